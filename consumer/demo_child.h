/* A program that works beside the demo: started, looked after, and gone when the demo is, whatever ends that. */
#ifndef CONSUMER_DEMO_CHILD_H
#define CONSUMER_DEMO_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct demo_child {
    pid_t pid;  /* 0: it does not run */
    int output; /* what it writes to standard output, to be read without waiting; -1: that goes to its log */
    int status; /* as waitpid has it, once it has ended */
};

/* The first of NAMES (ends with NULL) that is a program in PATH, as a path. False: none is. */
bool demo_child_find(const char *const *names, char *path, size_t size);

/* Starts the program at PATH with ARGUMENTS (the first is its name, the last NULL), its messages in the file LOG. It is
 * apart from the terminal's Ctrl-C, and gets SIGTERM when the thread that calls this ends. False: said in the log, and
 * there is nothing to end. */
bool demo_child_start(struct demo_child *child, const char *path, const char *const *arguments, const char *log,
                      bool reads_output);

/* Whether it goes on, asked without waiting. */
bool demo_child_runs(struct demo_child *child);

/* Waits until it has ended by itself. Whether that was with 0. */
bool demo_child_finish(struct demo_child *child);

/* Ends it by SIGTERM, and if it does not obey, by force. May be called again, and when it has ended by itself. */
void demo_child_end(struct demo_child *child);

#endif
