/* A piece of text somebody else owns: a pointer and a length, not NUL-terminated. Absent is a length of zero. */
#ifndef RULES_TEXT_H
#define RULES_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define ID_LENGTH_MAX 64 /* of every id (rules.md 2) */

struct text {
    const char *bytes;
    uint32_t length;
};

static inline bool text_equal(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

/* As bytes, an absent text first. */
static inline int text_compare(struct text a, struct text b)
{
    uint32_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter == 0 ? 0 : memcmp(a.bytes, b.bytes, shorter);
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

/* An id is 1 to 64 bytes of A-Z a-z 0-9 . _ : - (rules.md 2). */
bool text_is_id(struct text text);

/* The length of the control character with which the NUL-terminated BYTES begin, or 0: a byte below a blank, DEL, or
 * one of C1 in UTF-8, with which a terminal can be told what to do as well. */
uint32_t text_control_length(const char *bytes);

#endif
