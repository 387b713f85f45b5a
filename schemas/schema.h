/* The shipped Avro schemas: their text and their fingerprints. A record says by fingerprint which of them wrote it. */
#ifndef SCHEMAS_SCHEMA_H
#define SCHEMAS_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

/* One a released version of a record, newest first within a record. Made at build time from schemas/<name>.avsc and
 * schemas/released/<name>-<version>.avsc. */
struct shipped_schema {
    const char *record;   /* "placement", "move", "enrollment", "alert", "violation", "dead_letter", "state", "progress" */
    const char *text;     /* the .avsc */
    size_t length;
};
extern const struct shipped_schema shipped_schemas[];
extern const size_t shipped_schema_count;

/* CRC-64-AVRO of the parsing canonical form is computed in fingerprint.h. */

#endif
