/* What stands before a record that is written, and tells a reader which schema wrote it.
 *
 * In single-object encoding that is C3 01 and the schema's fingerprint; in Confluent's framing 00 and the id that a
 * schema registry gave the schema. Readers tell them apart by the first byte.
 */
#ifndef SCHEMAS_FRAMING_H
#define SCHEMAS_FRAMING_H

#include <stdint.h>

#include "schemas/schema.h"

#define FRAMING_BYTES_MAX 10

struct framing {
    uint8_t bytes[FRAMING_BYTES_MAX];
    uint8_t length;
};

struct framing framing_single_object(uint64_t fingerprint);
struct framing framing_confluent(uint32_t id);

/* Of the records that are written, by enum schema; state and progress do not ask, and are single-object always. */
struct framings {
    struct framing of[SCHEMA_COUNT];
};

/* Single-object encoding of the newest schema of each. */
void framings_single_object(struct framings *framings);

#endif
