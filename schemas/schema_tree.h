/* An Avro schema as a tree: read from its JSON text, names resolved, checked as the specification asks.
 *
 * The tree is what programs (program.h), canonical forms and fingerprints (fingerprint.h) are made of. A named type
 * that is used again is the same node, so that a recursive schema is a graph; whoever walks it must bear that in mind.
 */
#ifndef SCHEMAS_SCHEMA_TREE_H
#define SCHEMAS_SCHEMA_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#define SCHEMA_DEPTH_MAX 64     /* types nested in the text */
#define SCHEMA_MEMBERS_MAX 4096 /* fields, branches or symbols of one type */
#define SCHEMA_NAMES_MAX 1024   /* named types */

/* The names are those of the specification. */
/* clang-format off */
#define AVRO_TYPES(X)                                                                                                  \
    X(NULL, "null") X(BOOLEAN, "boolean") X(INT, "int") X(LONG, "long") X(FLOAT, "float") X(DOUBLE, "double")          \
    X(BYTES, "bytes") X(STRING, "string") X(FIXED, "fixed") X(ENUM, "enum") X(RECORD, "record") X(ARRAY, "array")      \
    X(MAP, "map") X(UNION, "union")
enum avro_type {
#define X(symbol, name) AVRO_TYPE_##symbol,
    AVRO_TYPES(X)
#undef X
    AVRO_TYPE_COUNT
};
/* clang-format on */
extern const char *const avro_type_names[AVRO_TYPE_COUNT];

struct schema_names {
    const char **items;
    uint32_t count;
};

struct schema_field {
    const char *name;
    struct schema_names aliases;
    struct schema_node *type;
    const json_t *default_value; /* NULL: none */
};

struct schema_node {
    enum avro_type type;
    const char *name;            /* of a fixed, enum or record, with its namespace; else NULL */
    struct schema_names aliases; /* of a named type, with namespaces */
    uint32_t number;             /* of a named type: 0, 1, … in the order of the text */
    uint32_t size;               /* FIXED: bytes */
    uint32_t count;              /* RECORD: fields; UNION: branches; ARRAY, MAP: 1 */
    struct schema_field *fields; /* RECORD */
    struct schema_node **types;  /* UNION: branches; ARRAY, MAP: what the items are */
    struct schema_names symbols; /* ENUM */
    int32_t default_symbol;      /* ENUM: index, or -1 */
};

struct schema_tree {
    const struct schema_node *root;
    uint32_t named_count;
    /* for schema_tree.c alone */
    json_t *text;
    struct schema_memory *memory;
};

struct schema_error {
    const char *why;
    char where[64]; /* the name it is about, cut off where longer; "": the schema as a whole */
};

/* Reads a schema. False: TREE is empty, and ERROR says what is wrong with the text, or that memory is short. */
bool schema_tree_init(struct schema_tree *tree, const char *text, size_t length, struct schema_error *error);
void schema_tree_fini(struct schema_tree *tree);

/* The name without its namespace. */
const char *schema_short_name(const char *name);

#endif
