#include "slow_resolver.h"

#include <string.h>

#include "dump.h"
#include "random_schema.h"

#define SHOWN_SIZE 512

static bool is(const json_t *schema, const char *type)
{
    return strcmp(schema_type(schema), type) == 0;
}
static const char *text_in(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static bool is_one_of(const json_t *schema, const char *const *types)
{
    for (; *types != NULL; types++)
        if (is(schema, *types))
            return true;
    return false;
}

static const json_t *field_find(const json_t *record, const char *name)
{
    json_t *field;
    size_t index;
    json_array_foreach(json_object_get(record, "fields"), index,
                       field) if (strcmp(text_in(field, "name"), name) == 0) return field;
    return NULL;
}

static const json_t *source_of(const json_t *writer, const json_t *field)
{
    json_t *alias;
    size_t index;
    const json_t *found = field_find(writer, text_in(field, "name"));
    json_array_foreach(json_object_get(field, "aliases"), index, alias) if (found == NULL)
        found = field_find(writer, json_string_value(alias));
    return found;
}

/* --- whether it fits ---------------------------------------------------------------------------------------------- */

static bool primitive_fits(const json_t *writer, const json_t *reader)
{
    static const char *const int_to[] = {"int", "long", "float", "double", NULL};
    static const char *const text_to[] = {"string", "bytes", NULL};
    if (is(writer, "int"))
        return is_one_of(reader, int_to);
    if (is(writer, "long"))
        return is_one_of(reader, int_to + 1);
    if (is(writer, "float"))
        return is_one_of(reader, int_to + 2);
    if (is(writer, "string") || is(writer, "bytes"))
        return is_one_of(reader, text_to);
    return is(reader, schema_type(writer));
}

static bool record_fits(const json_t *writer, const json_t *reader)
{
    json_t *field;
    size_t index;
    json_array_foreach(json_object_get(reader, "fields"), index, field)
    {
        const json_t *source = source_of(writer, field);
        if (source == NULL ? json_object_get(field, "default") == NULL
                           : !slow_fits(json_object_get(source, "type"), json_object_get(field, "type")))
            return false;
    }
    return true;
}

bool slow_fits(const json_t *writer, const json_t *reader)
{
    json_t *branch;
    size_t index;
    if (is(writer, "union")) {
        json_array_foreach(writer, index, branch) if (slow_fits(branch, reader)) return true;
        return false;
    }
    if (is(reader, "union")) {
        json_array_foreach(reader, index, branch) if (slow_fits(writer, branch)) return true;
        return false;
    }
    if (json_object_get(writer, "name") == NULL && !is(writer, "array") && !is(writer, "map"))
        return primitive_fits(writer, reader);
    if (!is(reader, schema_type(writer)))
        return false;
    if (is(writer, "array"))
        return slow_fits(json_object_get(writer, "items"), json_object_get(reader, "items"));
    if (is(writer, "map"))
        return slow_fits(json_object_get(writer, "values"), json_object_get(reader, "values"));
    if (strcmp(text_in(writer, "name"), text_in(reader, "name")) != 0)
        return false;
    if (is(writer, "record"))
        return record_fits(writer, reader);
    return is(writer, "enum") || json_equal(json_object_get(writer, "size"), json_object_get(reader, "size"));
}

/* --- what it is --------------------------------------------------------------------------------------------------- */

static void show_name(char *inner, const char *shown, const char *name)
{
    snprintf(inner, SHOWN_SIZE, "%s%s%s", shown, *shown == '\0' ? "" : ".", name);
}

static void show_number(const json_t *datum, const json_t *reader, const char *shown, FILE *out)
{
    if (is(reader, "int") || is(reader, "long"))
        dump_long(out, shown, json_integer_value(datum));
    else if (json_is_integer(datum))
        dump_real(out, shown,
                  is(reader, "float") ? (double)(float)json_integer_value(datum) : (double)json_integer_value(datum));
    else
        dump_real(out, shown, json_real_value(datum));
}

/* What needs no resolving: the same in both schemas but for promotion. */
static void show_primitive(const json_t *datum, const json_t *reader, const char *shown, FILE *out)
{
    if (is(reader, "null"))
        dump_word(out, shown, "null");
    else if (is(reader, "boolean"))
        dump_word(out, shown, json_is_true(datum) ? "true" : "false");
    else if (json_is_number(datum))
        show_number(datum, reader, shown, out);
    else
        dump_text(out, shown, json_string_value(datum), json_string_length(datum));
}

static void show_default(const json_t *reader, const json_t *value, const char *shown, FILE *out)
{
    json_t *field;
    size_t index;
    if (is(reader, "union")) {
        show_default(json_array_get(reader, 0), value, shown, out);
    } else if (is(reader, "array") || is(reader, "map")) {
        fprintf(out, "%s: ", shown);
    } else if (is(reader, "enum")) {
        dump_word(out, shown, json_string_value(value));
    } else if (is(reader, "record")) {
        json_array_foreach(json_object_get(reader, "fields"), index, field)
        {
            char inner[SHOWN_SIZE];
            show_name(inner, shown, text_in(field, "name"));
            show_default(json_object_get(field, "type"), json_object_get(value, text_in(field, "name")), inner, out);
        }
    } else {
        show_primitive(value, reader, shown, out);
    }
}

static bool resolve_record(const json_t *writer, const json_t *datum, const json_t *reader, const char *shown,
                           FILE *out)
{
    json_t *field;
    size_t index;
    bool right = true;
    json_array_foreach(json_object_get(reader, "fields"), index, field)
    {
        char inner[SHOWN_SIZE];
        const json_t *source = source_of(writer, field), *type = json_object_get(field, "type");
        show_name(inner, shown, text_in(field, "name"));
        if (source == NULL)
            show_default(type, json_object_get(field, "default"), inner, out);
        else
            right = right && slow_resolve(json_object_get(source, "type"),
                                          json_object_get(datum, text_in(source, "name")), type, inner, out);
    }
    return right;
}

static bool resolve_enum(const json_t *datum, const json_t *reader, const char *shown, FILE *out)
{
    json_t *symbol;
    size_t index;
    const json_t *found = json_object_get(reader, "default");
    json_array_foreach(json_object_get(reader, "symbols"), index, symbol) if (json_equal(symbol, datum)) found = symbol;
    if (found != NULL)
        dump_word(out, shown, json_string_value(found));
    return found != NULL;
}

static bool resolve_items(const json_t *writer, const json_t *datum, const json_t *reader, const char *shown, FILE *out)
{
    char inner[SHOWN_SIZE];
    const char *key;
    json_t *item;
    size_t index;
    bool right = true;
    fprintf(out, "%s: ", shown);
    json_array_foreach(datum, index, item)
    {
        snprintf(inner, sizeof inner, "%s[%zu]", shown, index);
        right = right &&
                slow_resolve(json_object_get(writer, "items"), item, json_object_get(reader, "items"), inner, out);
    }
    json_object_foreach((json_t *)datum, key, item)
    {
        snprintf(inner, sizeof inner, "%s{%s}", shown, key);
        right = right &&
                slow_resolve(json_object_get(writer, "values"), item, json_object_get(reader, "values"), inner, out);
    }
    return right;
}

bool slow_resolve(const json_t *writer, const json_t *datum, const json_t *reader, const char *shown, FILE *out)
{
    json_t *branch;
    size_t index;
    if (is(writer, "union")) {
        const json_t *taken = json_array_get(writer, (size_t)json_integer_value(json_object_get(datum, "branch")));
        return slow_fits(taken, reader) && slow_resolve(taken, json_object_get(datum, "value"), reader, shown, out);
    }
    if (is(reader, "union")) {
        json_array_foreach(reader, index, branch) if (slow_fits(writer, branch)) return slow_resolve(
            writer, datum, branch, shown, out);
        return false;
    }
    if (is(writer, "record"))
        return resolve_record(writer, datum, reader, shown, out);
    if (is(writer, "enum"))
        return resolve_enum(datum, reader, shown, out);
    if (is(writer, "array") || is(writer, "map"))
        return resolve_items(writer, datum, reader, shown, out);
    show_primitive(datum, reader, shown, out);
    return true;
}
