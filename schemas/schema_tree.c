#include "schemas/schema_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/schema_parser.h"

const char *const avro_type_names[AVRO_TYPE_COUNT] = {
#define X(symbol, name) name,
    AVRO_TYPES(X)
#undef X
};

/* Every piece of a tree, given back together. */
struct schema_memory {
    struct schema_memory *next;
    max_align_t bytes[];
};

/* --- memory and failures ----------------------------------------------------------------------------------------- */

void *schema_fail(struct parser *parser, const char *why, const char *where)
{
    if (parser->error->why == NULL) {
        parser->error->why = why;
        snprintf(parser->error->where, sizeof parser->error->where, "%s", where == NULL ? "" : where);
    }
    return NULL;
}

void *schema_take(struct parser *parser, size_t count, size_t size)
{
    struct schema_memory *piece = calloc(1, sizeof *piece + count * size);
    if (piece == NULL)
        return schema_fail(parser, "memory is short", NULL);
    piece->next = parser->tree->memory;
    parser->tree->memory = piece;
    return piece->bytes;
}

struct schema_node *schema_node_new(struct parser *parser, enum avro_type type)
{
    struct schema_node *node = schema_take(parser, 1, sizeof *node);
    if (node != NULL)
        *node = (struct schema_node){.type = type, .default_symbol = -1};
    return node;
}

/* --- types without a name -------------------------------------------------------------------------------------- */

/* Two branches of a union that a value could not be told apart by. */
static bool same_branch(const struct schema_node *a, const struct schema_node *b)
{
    return a == b || (a->type == b->type && a->name == NULL);
}

static struct schema_node *parse_union(struct parser *parser, const json_t *json, const char *namespace)
{
    struct schema_node *node = schema_node_new(parser, AVRO_TYPE_UNION);
    size_t count = json_array_size(json);
    if (node == NULL || count == 0 || count > SCHEMA_MEMBERS_MAX)
        return schema_fail(parser, "a union needs branches, and not too many", NULL);
    node->types = schema_take(parser, count, sizeof(struct schema_node *));
    for (; node->types != NULL && node->count < count; node->count++) {
        struct schema_node *branch = schema_parse_type(parser, json_array_get(json, node->count), namespace);
        if (branch == NULL || branch->type == AVRO_TYPE_UNION)
            return schema_fail(parser, "a union can not be a branch of a union", NULL);
        node->types[node->count] = branch;
        for (uint32_t i = 0; i < node->count; i++)
            if (same_branch(node->types[i], branch))
                return schema_fail(parser, "a union has this branch twice", avro_type_names[branch->type]);
    }
    return node->types == NULL ? NULL : node;
}

static struct schema_node *parse_collection(struct parser *parser, enum avro_type type, const json_t *json,
                                            const char *namespace)
{
    struct schema_node *node = schema_node_new(parser, type);
    if (node == NULL || (node->types = schema_take(parser, 1, sizeof(struct schema_node *))) == NULL)
        return NULL;
    node->count = 1;
    node->types[0] = schema_parse_type(parser, json_object_get(json, type == AVRO_TYPE_ARRAY ? "items" : "values"),
                                       namespace);
    return node->types[0] == NULL ? NULL : node;
}

static enum avro_type type_find(const char *name)
{
    enum avro_type type = AVRO_TYPE_NULL;
    while (type < AVRO_TYPE_COUNT && strcmp(avro_type_names[type], name) != 0)
        type++;
    return type;
}

static struct schema_node *parse_name(struct parser *parser, const char *name, const char *namespace)
{
    enum avro_type type = type_find(name);
    if (type < AVRO_TYPE_FIXED) {
        if (parser->primitives[type] == NULL)
            parser->primitives[type] = schema_node_new(parser, type);
        return parser->primitives[type];
    }
    const char *full = schema_full_name(parser, name, namespace);
    struct schema_node *node = full == NULL ? NULL : schema_named_find(parser, full);
    return node != NULL ? node : schema_fail(parser, "this type is not known", name);
}

static struct schema_node *parse_object(struct parser *parser, const json_t *json, const char *namespace)
{
    const json_t *type_json = json_object_get(json, "type");
    if (schema_name_value(type_json) == NULL) /* {"type": {"type": …}} says no more than the inner one */
        return schema_parse_type(parser, type_json, namespace);
    enum avro_type type = type_find(schema_name_value(type_json));
    switch (type) {
    case AVRO_TYPE_RECORD:
    case AVRO_TYPE_ENUM:
    case AVRO_TYPE_FIXED:
        return schema_parse_named(parser, type, json, namespace);
    case AVRO_TYPE_ARRAY:
    case AVRO_TYPE_MAP:
        return parse_collection(parser, type, json, namespace);
    default:
        return parse_name(parser, schema_name_value(type_json), namespace);
    }
}

struct schema_node *schema_parse_type(struct parser *parser, const json_t *json, const char *namespace)
{
    if (parser->depth == SCHEMA_DEPTH_MAX)
        return schema_fail(parser, "types are nested too deep", NULL);
    parser->depth++;
    struct schema_node *node = NULL;
    if (schema_name_value(json) != NULL)
        node = parse_name(parser, schema_name_value(json), namespace);
    else if (json_is_array(json))
        node = parse_union(parser, json, namespace);
    else if (json_is_object(json))
        node = parse_object(parser, json, namespace);
    else
        schema_fail(parser, "a type is missing", NULL);
    parser->depth--;
    return node;
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

bool schema_tree_init(struct schema_tree *tree, const char *text, size_t length, struct schema_error *error)
{
    struct parser parser = {.tree = tree, .error = error};
    *tree = (struct schema_tree){0};
    *error = (struct schema_error){0};
    tree->text = json_loadb(text, length, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    tree->root = tree->text == NULL ? schema_fail(&parser, "this is not JSON", NULL)
                                    : schema_parse_type(&parser, tree->text, "");
    if (tree->root != NULL)
        return true;
    schema_tree_fini(tree);
    return false;
}

void schema_tree_fini(struct schema_tree *tree)
{
    while (tree->memory != NULL) {
        struct schema_memory *next = tree->memory->next;
        free(tree->memory);
        tree->memory = next;
    }
    json_decref(tree->text);
    *tree = (struct schema_tree){0};
}
