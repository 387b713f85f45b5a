/* A file in large blocks of whole lines, so that any amount of text passes through little memory. */
#ifndef CONSUMER_LINE_BLOCKS_H
#define CONSUMER_LINE_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

struct line_blocks {
    int file;
    char *buffer;
    size_t size, used; /* bytes in the buffer */
    size_t given;      /* of them given out by the last call */
    bool is_begun;     /* the file's beginning was looked at */
    bool at_end;
    bool in_long_line; /* what follows up to a line's end was cut from the line before */
};

/* Reads the file of that descriptor, which stays the caller's, in blocks of at most SIZE bytes. False: no memory. */
bool line_blocks_init(struct line_blocks *blocks, int file, size_t size);
void line_blocks_fini(struct line_blocks *blocks);

/* The next block: *TEXT until the next call; *LENGTH 0 at the end. A line longer than a block is cut, and is still one
 * line. A byte order mark at the file's beginning is left out. False: reading failed, errno says why. */
bool line_blocks_next(struct line_blocks *blocks, const char **text, size_t *length);

#endif
