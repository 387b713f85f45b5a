/* Lines about children, written by several threads in whatever order the children come, and told sorted by child_id. */
#ifndef CONSUMER_CHILD_LINES_H
#define CONSUMER_CHILD_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "consumer/arena.h"
#include "consumer/parallel.h"

struct child_piece {   /* the lines of one child */
    const char *bytes; /* its id, then they */
    uint32_t id_length, length;
};

struct child_pieces {
    struct child_piece *items;
    size_t count, capacity;
};

struct child_lines_thread {
    char *text; /* the lines of the child at hand */
    size_t length, capacity;
    struct arena arena; /* of the bytes of pieces */
    struct child_pieces pieces;
};

struct child_lines {
    struct child_lines_thread threads[PARALLEL_MAX];
    struct child_pieces all; /* while they are written */
};

void child_lines_init(struct child_lines *lines);
void child_lines_fini(struct child_lines *lines);

/* The lines of one child, on THREAD: room for the next, of SIZE bytes and a newline, or NULL: no memory; so many bytes
 * of it are the line; and it has no more. False: no memory. */
char *child_lines_room(struct child_lines *lines, int thread, size_t size);
void child_lines_add(struct child_lines *lines, int thread, size_t length);
bool child_lines_end(struct child_lines *lines, int thread, struct text child_id);

/* Writes all that is kept, in the order of child_ids, and forgets it. What OUT can not take shows in ferror(OUT).
 * False: no memory. */
bool child_lines_write(struct child_lines *lines, FILE *out);

#endif
