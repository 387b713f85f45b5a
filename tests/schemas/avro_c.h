/* Avro C as the second opinion: reads what we wrote. */
#ifndef TESTS_SCHEMAS_AVRO_C_H
#define TESTS_SCHEMAS_AVRO_C_H

#include <avro.h>

#include "schemas/schema.h"

/* A record that Avro C has read with a shipped schema; free with avro_c_free. */
struct avro_c {
    avro_schema_t schema;
    avro_value_iface_t *class;
    avro_value_t value;
};

/* Reads framed BYTES, all of them, and fails the test where that is not possible. */
void avro_c_read(struct avro_c *record, enum schema schema, const uint8_t *bytes, size_t length);
void avro_c_free(struct avro_c *record);

/* The value at a path such as "facts", 3, "at": field by field; a union is passed through to its branch. */
avro_value_t avro_c_field(const avro_value_t *value, const char *name);
avro_value_t avro_c_item(const avro_value_t *value, size_t index);
size_t avro_c_count(const avro_value_t *value);
bool avro_c_is_null(const avro_value_t *value);
int64_t avro_c_number(const avro_value_t *value);     /* of an int, long, boolean or the index of an enum */
const char *avro_c_string(const avro_value_t *value); /* of a string or the symbol of an enum */

#endif
