#include "consumer/line_blocks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "schemas/byte_order_mark.h"

bool line_blocks_init(struct line_blocks *blocks, int file, size_t size)
{
    *blocks = (struct line_blocks){.file = file, .size = size, .buffer = malloc(size)};
    return blocks->buffer != NULL;
}

void line_blocks_fini(struct line_blocks *blocks)
{
    free(blocks->buffer);
}

static void drop(struct line_blocks *blocks, size_t count)
{
    memmove(blocks->buffer, blocks->buffer + count, blocks->used - count);
    blocks->used -= count;
}

/* Until the buffer is full or the file at its end. */
static bool fill(struct line_blocks *blocks)
{
    while (!blocks->at_end && blocks->used < blocks->size) {
        const ssize_t count = read(blocks->file, blocks->buffer + blocks->used, blocks->size - blocks->used);
        if (count < 0 && errno != EINTR)
            return false;
        blocks->at_end = count == 0;
        blocks->used += count > 0 ? (size_t)count : 0;
    }
    return true;
}

/* Passes over the rest of a line that was cut. */
static bool skip_long_line(struct line_blocks *blocks)
{
    while (blocks->in_long_line) {
        const char *newline = memchr(blocks->buffer, '\n', blocks->used);
        drop(blocks, newline == NULL ? blocks->used : (size_t)(newline - blocks->buffer) + 1);
        blocks->in_long_line = newline == NULL && !blocks->at_end;
        if (!fill(blocks))
            return false;
    }
    return true;
}

bool line_blocks_next(struct line_blocks *blocks, const char **text, size_t *length)
{
    drop(blocks, blocks->given);
    blocks->given = 0;
    if (!fill(blocks) || !skip_long_line(blocks))
        return false;
    if (!blocks->is_begun)
        drop(blocks, byte_order_mark(blocks->buffer, blocks->used));
    blocks->is_begun = true;
    const char *newline = memrchr(blocks->buffer, '\n', blocks->used);
    const bool takes_all = newline == NULL || blocks->at_end;
    blocks->in_long_line = newline == NULL && !blocks->at_end;
    blocks->given = takes_all ? blocks->used : (size_t)(newline - blocks->buffer) + 1;
    *text = blocks->buffer;
    *length = blocks->given;
    return true;
}
