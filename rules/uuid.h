/* UUIDs: event ids as they come, alert ids as they are derived (RFC 9562, version 5: SHA-1 of namespace and name). */
#ifndef RULES_UUID_H
#define RULES_UUID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "text.h"

#define UUID_TEXT_SIZE 37 /* 36 characters and a NUL */

struct uuid {
    uint8_t bytes[16];
};

#define UUID_NIL ((struct uuid){{0}})

/* As bytes, which is the order of their lower-case text. */
static inline int uuid_compare(const struct uuid *a, const struct uuid *b)
{
    return memcmp(a->bytes, b->bytes, 16);
}
static inline bool uuid_equal(const struct uuid *a, const struct uuid *b)
{
    return uuid_compare(a, b) == 0;
}
bool uuid_is_nil(const struct uuid *uuid);

/* Reads the 36-character form in either case; false leaves *UUID alone. */
bool uuid_parse(const char *text, size_t length, struct uuid *uuid);

/* Writes the lower-case form and a NUL. */
void uuid_format(const struct uuid *uuid, char text[static UUID_TEXT_SIZE]);

/* The id of the alert that RULE raises for CHILD because of CAUSE: UUIDv5 in the namespace of rules.md 5 of
 * "child_id \n rule \n cause". */
struct uuid uuid_of_alert(struct text child_id, struct text rule, const struct uuid *cause);

#endif
