/* Random schemas, readers of them that differ as schemas do in real life, and random data; all as JSON documents. */
#ifndef TESTS_SCHEMAS_RANDOM_SCHEMA_H
#define TESTS_SCHEMAS_RANDOM_SCHEMA_H

#include <jansson.h>

#include "testing.h"

struct schema_maker {
    struct random random;
    int names;   /* given so far: no two types have one name */
    bool gentle; /* only such differences as Avro C resolves right: fields removed and reordered, numbers promoted */
};

json_t *random_schema(struct schema_maker *maker);                       /* of a record */
json_t *random_reader(struct schema_maker *maker, const json_t *writer); /* WRITER, changed */
json_t *random_datum(struct schema_maker *maker, const json_t *schema);  /* of a union: {"branch": 1, "value": …} */

/* What a piece of a schema is: "record", "union", "int", … */
const char *schema_type(const json_t *schema);

#endif
