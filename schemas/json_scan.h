/* Reading JSON from left to right, one value at a time, without building a document and without allocating.
 *
 * Why not the library: a million events are read as lines, and a document of each costs five times what the event's
 * fields do (bench/decode_bench.c). What is accepted is RFC 8259, UTF-8 checked, nested at most JSON_DEPTH_MAX deep.
 */
#ifndef SCHEMAS_JSON_SCAN_H
#define SCHEMAS_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/text.h"

#define JSON_DEPTH_MAX 64

enum json_kind {
    JSON_KIND_NONE,
    JSON_KIND_NULL,
    JSON_KIND_FALSE,
    JSON_KIND_TRUE,
    JSON_KIND_NUMBER,
    JSON_KIND_TEXT,
    JSON_KIND_LIST,
    JSON_KIND_OBJECT
};

struct json_value {
    enum json_kind kind;
    struct text text; /* of a TEXT: without its quotes and escapes; it points into what is read or into `spare` */
};

struct json_scan {
    const char *at, *end;
    char *spare;      /* as long as what is read, for texts with escapes; or NULL */
    bool needs_spare; /* it failed for want of that: give it some and begin again */
    bool failed;      /* this is not JSON; nothing more is read */
};

/* The next value. Of a LIST or OBJECT only the opening bracket is read: go on with json_member or json_pass. */
struct json_value json_read(struct json_scan *scan);

/* The next member's name, its value comes next; false at the closing brace. *FIRST begins as true. */
bool json_member(struct json_scan *scan, bool *first, struct text *name);

/* Passes over the rest of a value whose beginning was read. */
void json_pass(struct json_scan *scan, const struct json_value *value);

/* Whether all was read, and read right. */
bool json_end(struct json_scan *scan);

#endif
