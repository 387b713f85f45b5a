/* The files of events that a command is given: read into an evaluation, what is wrong with them said on stderr. */
#ifndef CONSUMER_EVENT_FILES_H
#define CONSUMER_EVENT_FILES_H

#include <stddef.h>
#include <stdint.h>

#include "consumer/evaluation.h"

/* Reads the JSON lines of COUNT files ("-": stdin) on THREADS threads. Each line that is no event is named on stderr
 * and counted in *BAD_LINES. A file that is missing ends it all: alerts of half the facts would be wrong ones. An exit
 * code; why is said on stderr, but for EXIT_OS: memory is short. Fields that no event has are named, too, once each. */
int event_files_read(struct evaluation *evaluation, const char *const *paths, size_t count, int threads,
                     uint64_t *bad_lines);

/* What is to be told of events that were read and looked at: says on stderr that facts were left out; EXIT_DATA where
 * any were, or lines were bad, else EXIT_OK. */
int event_files_conclude(uint64_t bad_lines, uint64_t left_out);

#endif
