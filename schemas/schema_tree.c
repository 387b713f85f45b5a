#include "schemas/schema_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_LENGTH_MAX 256

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

static struct schema_node *parse_type(struct parser *parser, const json_t *json, const char *namespace);

/* --- small things ------------------------------------------------------------------------------------------------ */

static void *fail(struct parser *parser, const char *why, const char *where)
{
    if (parser->error->why == NULL) {
        parser->error->why = why;
        snprintf(parser->error->where, sizeof parser->error->where, "%s", where == NULL ? "" : where);
    }
    return NULL;
}

static void *take(struct parser *parser, size_t count, size_t size)
{
    struct schema_memory *piece = calloc(1, sizeof *piece + count * size);
    if (piece == NULL)
        return fail(parser, "memory is short", NULL);
    piece->next = parser->tree->memory;
    parser->tree->memory = piece;
    return piece->bytes;
}

/* A JSON string as a name; NULL where it is no string. NULs are for defaults alone (the byte 0): no name has one. */
static const char *name_value(const json_t *json)
{
    const char *name = json_string_value(json);
    return name != NULL && strlen(name) == json_string_length(json) ? name : NULL;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/* Letters, digits and _, not a digit first; with DOTTED also several of those between dots. */
static bool is_name(const char *name, bool dotted)
{
    if (!is_letter(*name))
        return false;
    for (; *name != '\0'; name++) {
        if (dotted && *name == '.' && is_letter(name[1]))
            continue;
        if (!is_letter(*name) && !(*name >= '0' && *name <= '9'))
            return false;
    }
    return true;
}

const char *schema_short_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot == NULL ? name : dot + 1;
}

/* NAME with NAMESPACE, where it has none of its own. NULL where it is no name. */
static const char *full_name(struct parser *parser, const char *name, const char *namespace)
{
    if (!is_name(name, true) || strlen(name) + strlen(namespace) + 2 > NAME_LENGTH_MAX)
        return fail(parser, "this is no name", name);
    if (strchr(name, '.') != NULL || *namespace == '\0')
        return name;
    char *full = take(parser, NAME_LENGTH_MAX, 1);
    if (full != NULL)
        snprintf(full, NAME_LENGTH_MAX, "%s.%s", namespace, name);
    return full;
}

/* The part of a full name before its last dot. */
static const char *namespace_of(struct parser *parser, const char *name)
{
    const char *short_name = schema_short_name(name);
    if (short_name == name)
        return "";
    size_t length = (size_t)(short_name - name - 1);
    char *namespace = take(parser, length + 1, 1);
    return namespace == NULL ? NULL : memcpy(namespace, name, length);
}

static struct schema_node *node_new(struct parser *parser, enum avro_type type)
{
    struct schema_node *node = take(parser, 1, sizeof *node);
    if (node != NULL)
        *node = (struct schema_node){.type = type, .default_symbol = -1};
    return node;
}

/* --- named types ------------------------------------------------------------------------------------------------- */

static struct schema_node *named_find(const struct parser *parser, const char *name)
{
    for (const struct named *named = parser->named; named != NULL; named = named->next)
        if (strcmp(named->node->name, name) == 0)
            return named->node;
    return NULL;
}

static bool parse_names(struct parser *parser, const json_t *json, const char *namespace, struct schema_names *names)
{
    size_t count = json_array_size(json);
    if (json != NULL && (!json_is_array(json) || count > SCHEMA_MEMBERS_MAX))
        return fail(parser, "expected an array of names, and not too many", NULL);
    names->items = take(parser, count, sizeof *names->items);
    if (names->items == NULL)
        return false;
    for (; names->count < count; names->count++) {
        const char *name = name_value(json_array_get(json, names->count));
        if (name == NULL)
            return fail(parser, "expected a name", NULL);
        names->items[names->count] = full_name(parser, name, namespace);
        if (names->items[names->count] == NULL)
            return false;
    }
    return true;
}

/* Gives NODE its name, aliases and number, and makes it known to what follows. Its namespace, or NULL. */
static const char *name_node(struct parser *parser, struct schema_node *node, const json_t *json, const char *enclosing)
{
    const char *name = name_value(json_object_get(json, "name"));
    const char *own = name_value(json_object_get(json, "namespace"));
    if (name == NULL || (own != NULL && *own != '\0' && !is_name(own, true)))
        return fail(parser, "a named type needs a name, and a namespace must be one", name);
    node->name = full_name(parser, name, own == NULL ? enclosing : own);
    if (node->name == NULL)
        return NULL;
    if (named_find(parser, node->name) != NULL)
        return fail(parser, "this name is defined twice", node->name);
    const char *namespace = namespace_of(parser, node->name);
    struct named *named = take(parser, 1, sizeof *named);
    if (namespace == NULL || named == NULL ||
        !parse_names(parser, json_object_get(json, "aliases"), namespace, &node->aliases))
        return NULL;
    *named = (struct named){node, parser->named};
    parser->named = named;
    node->number = parser->tree->named_count++;
    return namespace;
}

static bool parse_field(struct parser *parser, const json_t *json, const char *namespace, struct schema_field *field)
{
    field->name = name_value(json_object_get(json, "name"));
    if (field->name == NULL || !is_name(field->name, false))
        return fail(parser, "a field needs a name", field->name);
    field->default_value = json_object_get(json, "default");
    if (!parse_names(parser, json_object_get(json, "aliases"), "", &field->aliases))
        return false;
    field->type = parse_type(parser, json_object_get(json, "type"), namespace);
    return field->type != NULL;
}

static bool parse_record(struct parser *parser, struct schema_node *node, const json_t *json, const char *namespace)
{
    const json_t *fields = json_object_get(json, "fields");
    if (!json_is_array(fields) || json_array_size(fields) > SCHEMA_MEMBERS_MAX)
        return fail(parser, "a record needs an array of fields, and not too many", node->name);
    node->fields = take(parser, json_array_size(fields), sizeof *node->fields);
    if (node->fields == NULL)
        return false;
    for (; node->count < json_array_size(fields); node->count++) {
        struct schema_field *field = &node->fields[node->count];
        if (!parse_field(parser, json_array_get(fields, node->count), namespace, field))
            return false;
        for (uint32_t i = 0; i < node->count; i++)
            if (strcmp(node->fields[i].name, field->name) == 0)
                return fail(parser, "this field is there twice", field->name);
    }
    return true;
}

static int32_t symbol_find(const struct schema_names *symbols, const char *symbol)
{
    for (uint32_t i = 0; i < symbols->count; i++)
        if (strcmp(symbols->items[i], symbol) == 0)
            return (int32_t)i;
    return -1;
}

static bool parse_enum(struct parser *parser, struct schema_node *node, const json_t *json)
{
    const json_t *default_symbol = json_object_get(json, "default");
    if (!parse_names(parser, json_object_get(json, "symbols"), "", &node->symbols))
        return false;
    for (uint32_t i = 0; i < node->symbols.count; i++)
        if (symbol_find(&node->symbols, node->symbols.items[i]) != (int32_t)i ||
            strchr(node->symbols.items[i], '.') != NULL)
            return fail(parser, "this symbol is there twice, or is no name", node->symbols.items[i]);
    if (node->symbols.count == 0)
        return fail(parser, "an enum needs symbols", node->name);
    if (default_symbol == NULL)
        return true;
    const char *symbol = name_value(default_symbol);
    node->default_symbol = symbol == NULL ? -1 : symbol_find(&node->symbols, symbol);
    return node->default_symbol >= 0 || fail(parser, "an enum's default must be one of its symbols", node->name);
}

static bool parse_fixed(struct parser *parser, struct schema_node *node, const json_t *json)
{
    const json_t *size = json_object_get(json, "size");
    if (!json_is_integer(size) || json_integer_value(size) < 0 || json_integer_value(size) > INT32_MAX)
        return fail(parser, "a fixed needs a size", node->name);
    node->size = (uint32_t)json_integer_value(size);
    return true;
}

static struct schema_node *parse_named(struct parser *parser, enum avro_type type, const json_t *json,
                                       const char *enclosing)
{
    struct schema_node *node = node_new(parser, type);
    const char *namespace = node == NULL ? NULL : name_node(parser, node, json, enclosing);
    if (namespace == NULL)
        return NULL;
    bool parsed = type == AVRO_TYPE_RECORD ? parse_record(parser, node, json, namespace)
                  : type == AVRO_TYPE_ENUM ? parse_enum(parser, node, json)
                                           : parse_fixed(parser, node, json);
    return parsed ? node : NULL;
}

/* --- the other types --------------------------------------------------------------------------------------------- */

/* Two branches of a union that a value could not be told apart by. */
static bool same_branch(const struct schema_node *a, const struct schema_node *b)
{
    return a == b || (a->type == b->type && a->name == NULL);
}

static struct schema_node *parse_union(struct parser *parser, const json_t *json, const char *namespace)
{
    struct schema_node *node = node_new(parser, AVRO_TYPE_UNION);
    size_t count = json_array_size(json);
    if (node == NULL || count == 0 || count > SCHEMA_MEMBERS_MAX)
        return fail(parser, "a union needs branches, and not too many", NULL);
    node->types = take(parser, count, sizeof(struct schema_node *));
    for (; node->types != NULL && node->count < count; node->count++) {
        struct schema_node *branch = parse_type(parser, json_array_get(json, node->count), namespace);
        if (branch == NULL || branch->type == AVRO_TYPE_UNION)
            return fail(parser, "a union can not be a branch of a union", NULL);
        node->types[node->count] = branch;
        for (uint32_t i = 0; i < node->count; i++)
            if (same_branch(node->types[i], branch))
                return fail(parser, "a union has this branch twice", avro_type_names[branch->type]);
    }
    return node->types == NULL ? NULL : node;
}

static struct schema_node *parse_collection(struct parser *parser, enum avro_type type, const json_t *json,
                                            const char *namespace)
{
    struct schema_node *node = node_new(parser, type);
    if (node == NULL || (node->types = take(parser, 1, sizeof(struct schema_node *))) == NULL)
        return NULL;
    node->count = 1;
    node->types[0] = parse_type(parser, json_object_get(json, type == AVRO_TYPE_ARRAY ? "items" : "values"), namespace);
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
            parser->primitives[type] = node_new(parser, type);
        return parser->primitives[type];
    }
    const char *full = full_name(parser, name, namespace);
    struct schema_node *node = full == NULL ? NULL : named_find(parser, full);
    return node != NULL ? node : fail(parser, "this type is not known", name);
}

static struct schema_node *parse_object(struct parser *parser, const json_t *json, const char *namespace)
{
    const json_t *type_json = json_object_get(json, "type");
    if (name_value(type_json) == NULL) /* {"type": {"type": …}} says no more than the inner one */
        return parse_type(parser, type_json, namespace);
    enum avro_type type = type_find(name_value(type_json));
    switch (type) {
    case AVRO_TYPE_RECORD:
    case AVRO_TYPE_ENUM:
    case AVRO_TYPE_FIXED:
        return parse_named(parser, type, json, namespace);
    case AVRO_TYPE_ARRAY:
    case AVRO_TYPE_MAP:
        return parse_collection(parser, type, json, namespace);
    default:
        return parse_name(parser, name_value(type_json), namespace);
    }
}

static struct schema_node *parse_type(struct parser *parser, const json_t *json, const char *namespace)
{
    if (parser->depth == SCHEMA_DEPTH_MAX)
        return fail(parser, "types are nested too deep", NULL);
    parser->depth++;
    struct schema_node *node = NULL;
    if (name_value(json) != NULL)
        node = parse_name(parser, name_value(json), namespace);
    else if (json_is_array(json))
        node = parse_union(parser, json, namespace);
    else if (json_is_object(json))
        node = parse_object(parser, json, namespace);
    else
        fail(parser, "a type is missing", NULL);
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
    tree->root = tree->text == NULL ? fail(&parser, "this is not JSON", NULL) : parse_type(&parser, tree->text, "");
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
