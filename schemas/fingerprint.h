/* What a schema is known by: CRC-64-AVRO of its Parsing Canonical Form (Avro 1.11, "Schema Fingerprints"). */
#ifndef SCHEMAS_FINGERPRINT_H
#define SCHEMAS_FINGERPRINT_H

#include <stddef.h>
#include <stdint.h>

#include "schemas/schema_tree.h"

/* The canonical form, to be freed; NULL when memory is short. */
char *schema_canonical_form(const struct schema_tree *tree);

uint64_t crc_64_avro(const void *bytes, size_t length);

#endif
