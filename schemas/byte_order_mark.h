/* The mark that some programs write before the first line of UTF-8: it is no part of the text. */
#ifndef SCHEMAS_BYTE_ORDER_MARK_H
#define SCHEMAS_BYTE_ORDER_MARK_H

#include <stddef.h>
#include <string.h>

/* How many bytes of TEXT, the beginning of a file, are that mark: 3 or 0. */
static inline size_t byte_order_mark(const char *text, size_t length)
{
    return length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

#endif
