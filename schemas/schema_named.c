#include <stdio.h>
#include <string.h>

#include "schemas/schema_parser.h"

#define NAME_LENGTH_MAX 256

/* --- names ------------------------------------------------------------------------------------------------------- */

/* A JSON string as a name; NULL where it is no string. NULs are for defaults alone (the byte 0): no name has one. */
const char *schema_name_value(const json_t *json)
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
const char *schema_full_name(struct parser *parser, const char *name, const char *namespace)
{
    if (!is_name(name, true) || strlen(name) + strlen(namespace) + 2 > NAME_LENGTH_MAX)
        return schema_fail(parser, "this is no name", name);
    if (strchr(name, '.') != NULL || *namespace == '\0')
        return name;
    char *full = schema_take(parser, NAME_LENGTH_MAX, 1);
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
    char *namespace = schema_take(parser, length + 1, 1);
    return namespace == NULL ? NULL : memcpy(namespace, name, length);
}

/* --- types ------------------------------------------------------------------------------------------------------- */

struct schema_node *schema_named_find(const struct parser *parser, const char *name)
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
        return schema_fail(parser, "expected an array of names, and not too many", NULL);
    names->items = schema_take(parser, count, sizeof *names->items);
    if (names->items == NULL)
        return false;
    for (; names->count < count; names->count++) {
        const char *name = schema_name_value(json_array_get(json, names->count));
        if (name == NULL)
            return schema_fail(parser, "expected a name", NULL);
        names->items[names->count] = schema_full_name(parser, name, namespace);
        if (names->items[names->count] == NULL)
            return false;
    }
    return true;
}

/* Gives NODE its name, aliases and number, and makes it known to what follows. Its namespace, or NULL. */
static const char *name_node(struct parser *parser, struct schema_node *node, const json_t *json, const char *enclosing)
{
    const char *name = schema_name_value(json_object_get(json, "name"));
    const char *own = schema_name_value(json_object_get(json, "namespace"));
    if (name == NULL || (own != NULL && *own != '\0' && !is_name(own, true)))
        return schema_fail(parser, "a named type needs a name, and a namespace must be one", name);
    node->name = schema_full_name(parser, name, own == NULL ? enclosing : own);
    if (node->name == NULL)
        return NULL;
    if (schema_named_find(parser, node->name) != NULL)
        return schema_fail(parser, "this name is defined twice", node->name);
    if (parser->tree->named_count == SCHEMA_NAMES_MAX)
        return schema_fail(parser, "too many types have names", node->name);
    const char *namespace = namespace_of(parser, node->name);
    struct named *named = schema_take(parser, 1, sizeof *named);
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
    field->name = schema_name_value(json_object_get(json, "name"));
    if (field->name == NULL || !is_name(field->name, false))
        return schema_fail(parser, "a field needs a name", field->name);
    field->default_value = json_object_get(json, "default");
    if (!parse_names(parser, json_object_get(json, "aliases"), "", &field->aliases))
        return false;
    field->type = schema_parse_type(parser, json_object_get(json, "type"), namespace);
    return field->type != NULL;
}

static bool parse_record(struct parser *parser, struct schema_node *node, const json_t *json, const char *namespace)
{
    const json_t *fields = json_object_get(json, "fields");
    if (!json_is_array(fields) || json_array_size(fields) > SCHEMA_MEMBERS_MAX)
        return schema_fail(parser, "a record needs an array of fields, and not too many", node->name);
    node->fields = schema_take(parser, json_array_size(fields), sizeof *node->fields);
    if (node->fields == NULL)
        return false;
    for (; node->count < json_array_size(fields); node->count++) {
        struct schema_field *field = &node->fields[node->count];
        if (!parse_field(parser, json_array_get(fields, node->count), namespace, field))
            return false;
        for (uint32_t i = 0; i < node->count; i++)
            if (strcmp(node->fields[i].name, field->name) == 0)
                return schema_fail(parser, "this field is there twice", field->name);
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
            return schema_fail(parser, "this symbol is there twice, or is no name", node->symbols.items[i]);
    if (node->symbols.count == 0)
        return schema_fail(parser, "an enum needs symbols", node->name);
    if (default_symbol == NULL)
        return true;
    const char *symbol = schema_name_value(default_symbol);
    node->default_symbol = symbol == NULL ? -1 : symbol_find(&node->symbols, symbol);
    return node->default_symbol >= 0 || schema_fail(parser, "an enum's default must be one of its symbols", node->name);
}

static bool parse_fixed(struct parser *parser, struct schema_node *node, const json_t *json)
{
    const json_t *size = json_object_get(json, "size");
    if (!json_is_integer(size) || json_integer_value(size) < 0 || json_integer_value(size) > INT32_MAX)
        return schema_fail(parser, "a fixed needs a size", node->name);
    node->size = (uint32_t)json_integer_value(size);
    return true;
}

struct schema_node *schema_parse_named(struct parser *parser, enum avro_type type, const json_t *json,
                                       const char *enclosing)
{
    struct schema_node *node = schema_node_new(parser, type);
    const char *namespace = node == NULL ? NULL : name_node(parser, node, json, enclosing);
    if (namespace == NULL)
        return NULL;
    bool parsed = type == AVRO_TYPE_RECORD ? parse_record(parser, node, json, namespace)
                  : type == AVRO_TYPE_ENUM ? parse_enum(parser, node, json)
                                           : parse_fixed(parser, node, json);
    return parsed ? node : NULL;
}
