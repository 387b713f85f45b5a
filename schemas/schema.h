/* The shipped Avro schemas: their texts and their fingerprints. A record says by fingerprint which of them wrote it.
 *
 * schemas/<name>.avsc is the version records are written in; schemas/released/<name>-<version>.avsc are those that
 * earlier releases wrote, which stay readable. embed.c makes the tables here of them when the project is built.
 */
#ifndef SCHEMAS_SCHEMA_H
#define SCHEMAS_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

/* X(SYMBOL, file name). */
#define SCHEMAS(X)                                                                                                     \
    X(PLACEMENT, placement)                                                                                            \
    X(MOVE, move)                                                                                                      \
    X(ENROLLMENT, enrollment)                                                                                          \
    X(ALERT, alert)                                                                                                    \
    X(VIOLATION, violation)                                                                                            \
    X(DEAD_LETTER, dead_letter)                                                                                        \
    X(STATE, state)                                                                                                    \
    X(PROGRESS, progress)                                                                                              \
    X(DELIVERY_ALERT, delivery_alert)                                                                                  \
    X(DELIVERY_POSITION, delivery_position)                                                                            \
    X(DELIVERY_STANDING, delivery_standing)                                                                            \
    X(DELIVERY_WISH, delivery_wish)

/* clang-format off */
enum schema {
#define X(symbol, name) SCHEMA_##symbol,
    SCHEMAS(X)
#undef X
    SCHEMA_COUNT
};
/* clang-format on */

struct shipped_schema {
    enum schema schema;
    const char *text; /* the .avsc */
    size_t length;
    uint64_t fingerprint; /* CRC-64-AVRO of its parsing canonical form (fingerprint.h) */
};

extern const struct shipped_schema newest_schemas[SCHEMA_COUNT]; /* what is written now, by enum schema */
extern const struct shipped_schema earlier_schemas[];            /* what earlier releases wrote, newest first */
extern const size_t earlier_schema_count;

#endif
