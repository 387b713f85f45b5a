/* How a schema's text becomes a tree: the ground between types that have a name (schema_named.c) and all others
 * (schema_tree.c). */
#ifndef SCHEMAS_SCHEMA_PARSER_H
#define SCHEMAS_SCHEMA_PARSER_H

#include "schemas/schema_tree.h"

struct named {
    struct schema_node *node;
    struct named *next;
};

struct parser {
    struct schema_tree *tree;
    struct schema_error *error;
    struct named *named; /* so far, the newest first */
    struct schema_node *primitives[AVRO_TYPE_FIXED];
    int depth;
};

/* Zeroed memory of the tree's; NULL: memory is short, which is noted. */
void *schema_take(struct parser *parser, size_t count, size_t size);
struct schema_node *schema_node_new(struct parser *parser, enum avro_type type);

/* Notes what is wrong first, and in which name, which may be NULL. Always NULL. */
void *schema_fail(struct parser *parser, const char *why, const char *where);

/* A JSON string as a name; NULL where it is no string. */
const char *schema_name_value(const json_t *json);

/* NAME with NAMESPACE, where it has none of its own. NULL where it is no name. */
const char *schema_full_name(struct parser *parser, const char *name, const char *namespace);

/* The type of that full name among those so far, or NULL. */
struct schema_node *schema_named_find(const struct parser *parser, const char *name);

/* A record, enum or fixed; any type. NAMESPACE is that around it. NULL: noted. */
struct schema_node *schema_parse_named(struct parser *parser, enum avro_type type, const json_t *json,
                                       const char *namespace);
struct schema_node *schema_parse_type(struct parser *parser, const json_t *json, const char *namespace);

#endif
