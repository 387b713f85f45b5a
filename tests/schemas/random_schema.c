#include "random_schema.h"

#include <stdio.h>
#include <string.h>

#define DEPTH_MAX 4

static const char *const primitives[] = {"null", "boolean", "int", "long", "float", "double", "bytes", "string"};

const char *schema_type(const json_t *schema)
{
    if (json_is_array(schema))
        return "union";
    return json_is_string(schema) ? json_string_value(schema) : json_string_value(json_object_get(schema, "type"));
}

static bool is(const json_t *schema, const char *type)
{
    return strcmp(schema_type(schema), type) == 0;
}

static json_t *named(struct schema_maker *maker, const char *type)
{
    char name[16];
    snprintf(name, sizeof name, "T%d", maker->names++);
    return json_pack("{ssss}", "type", type, "name", name);
}

/* --- schemas ------------------------------------------------------------------------------------------------------ */

static json_t *random_type(struct schema_maker *maker, int depth, bool in_union);

static json_t *random_enum(struct schema_maker *maker)
{
    json_t *schema = named(maker, "enum"), *symbols = json_array();
    uint32_t count = 1 + random_below(&maker->random, 5);
    for (uint32_t i = 0; i < count; i++)
        json_array_append_new(symbols, json_sprintf("S%u", (unsigned)i));
    json_object_set_new(schema, "symbols", symbols);
    return schema;
}

static json_t *random_record(struct schema_maker *maker, int depth)
{
    json_t *schema = named(maker, "record"), *fields = json_array();
    uint32_t count = 1 + random_below(&maker->random, 6); /* not none: Avro C can not have arrays of empty things */
    for (uint32_t i = 0; i < count; i++)
        json_array_append_new(fields, json_pack("{soso}", "name", json_sprintf("f%u", (unsigned)i), "type",
                                                random_type(maker, depth + 1, false)));
    json_object_set_new(schema, "fields", fields);
    return schema;
}

/* Whether no two branches are of one type that has no name. */
static bool is_union(const json_t *branches)
{
    for (size_t i = 0; i < json_array_size(branches); i++)
        for (size_t j = 0; j < i; j++) {
            const json_t *a = json_array_get(branches, i), *b = json_array_get(branches, j);
            if (is(a, schema_type(b)) && json_object_get(a, "name") == NULL)
                return false;
        }
    return json_array_size(branches) > 0;
}

static json_t *random_union(struct schema_maker *maker, int depth)
{
    json_t *branches = json_array();
    uint32_t count = 1 + random_below(&maker->random, 4);
    for (uint32_t i = 0; i < count; i++) {
        json_array_append_new(branches, random_type(maker, depth + 1, true));
        if (!is_union(branches))
            json_array_remove(branches, json_array_size(branches) - 1);
    }
    return branches;
}

static json_t *random_type(struct schema_maker *maker, int depth, bool in_union)
{
    uint32_t choice = random_below(&maker->random, depth >= DEPTH_MAX ? 10 : 16);
    if (choice == 8)
        return random_enum(maker);
    if (choice == 9) {
        json_t *schema = named(maker, "fixed");
        json_object_set_new(schema, "size", json_integer(1 + random_below(&maker->random, 5)));
        return schema;
    }
    if (choice < 8)
        return json_string(primitives[choice]);
    if (choice < 11)
        return random_record(maker, depth);
    if (choice < 13)
        return json_pack("{ssso}", "type", "array", "items", random_type(maker, depth + 1, false));
    if (choice == 13)
        return json_pack("{ssso}", "type", "map", "values", random_type(maker, depth + 1, false));
    return in_union ? json_string("null") : random_union(maker, depth);
}

json_t *random_schema(struct schema_maker *maker)
{
    return random_record(maker, 0);
}

/* --- readers ------------------------------------------------------------------------------------------------------ */

static json_t *changed(struct schema_maker *maker, const json_t *schema);

static void shuffle(struct schema_maker *maker, json_t *array)
{
    for (size_t i = json_array_size(array); i > 1; i--) {
        json_t *taken = json_incref(json_array_get(array, random_below(&maker->random, (uint32_t)i)));
        for (size_t j = 0; j < i; j++)
            if (json_array_get(array, j) == taken) {
                json_array_remove(array, j);
                break;
            }
        json_array_append_new(array, taken);
    }
}

/* A value for the type, as a default is written; NULL for types whose default is not tried here. */
static json_t *random_default(struct schema_maker *maker, const json_t *schema)
{
    const json_t *first = json_is_array(schema) ? json_array_get(schema, 0) : schema;
    if (is(first, "array") || is(first, "map"))
        return is(first, "array") ? json_array() : json_object();
    if (!is(first, "record"))
        return random_datum(maker, first);
    json_t *value = json_object(), *field;
    size_t index;
    json_array_foreach(json_object_get(first, "fields"), index, field)
    {
        const json_t *type = json_object_get(field, "type");
        json_object_set_new(value, json_string_value(json_object_get(field, "name")), random_default(maker, type));
    }
    return value;
}

static json_t *changed_record(struct schema_maker *maker, const json_t *schema)
{
    json_t *reader = json_copy((json_t *)schema), *fields = json_array(), *field;
    struct random *random = &maker->random;
    size_t index;
    json_array_foreach(json_object_get(schema, "fields"), index, field)
    {
        json_t *copy = json_copy(field);
        if (random_chance(random, 12) && index > 0) { /* one stays, for Avro C's sake */
            json_decref(copy);
            continue;
        }
        json_object_set_new(copy, "type", changed(maker, json_object_get(field, "type")));
        if (!maker->gentle && random_chance(random, 10)) {
            json_object_set_new(copy, "aliases", json_pack("[sO]", "never", json_object_get(field, "name")));
            json_object_set_new(copy, "name", json_sprintf("renamed%d", maker->names++));
        }
        json_array_append_new(fields, copy);
    }
    while (!maker->gentle && random_chance(random, 25)) {
        json_t *type = random_type(maker, DEPTH_MAX - 2, false);
        json_t *added = json_pack("{soso}", "name", json_sprintf("added%d", maker->names++), "type", type);
        if (random_chance(random, 97))
            json_object_set_new(added, "default", random_default(maker, type));
        json_array_append_new(fields, added);
    }
    if (random_chance(random, 50))
        shuffle(maker, fields);
    json_object_set_new(reader, "fields", fields);
    return reader;
}

static json_t *changed_enum(struct schema_maker *maker, const json_t *schema)
{
    json_t *reader = json_deep_copy(schema), *symbols = json_object_get(reader, "symbols");
    if (maker->gentle)
        return reader;
    if (json_array_size(symbols) > 1 && random_chance(&maker->random, 20))
        json_array_remove(symbols, random_below(&maker->random, (uint32_t)json_array_size(symbols)));
    if (random_chance(&maker->random, 20))
        json_array_append_new(symbols, json_string("ADDED"));
    if (random_chance(&maker->random, 50))
        shuffle(maker, symbols);
    if (random_chance(&maker->random, 40))
        json_object_set(reader, "default", json_array_get(symbols, 0));
    return reader;
}

static json_t *changed_union(struct schema_maker *maker, const json_t *schema)
{
    json_t *branch;
    size_t index;
    if (maker->gentle)
        return json_deep_copy(schema);
    json_t *reader = json_array();
    json_array_foreach(schema, index, branch) if (!random_chance(&maker->random, 8))
        json_array_append_new(reader, changed(maker, branch));
    if (random_chance(&maker->random, 20))
        json_array_append_new(reader, random_type(maker, DEPTH_MAX, true));
    shuffle(maker, reader);
    bool nested = false;
    json_array_foreach(reader, index, branch) nested = nested || json_is_array(branch);
    if (nested || !is_union(reader)) {
        json_decref(reader);
        return json_deep_copy(schema);
    }
    if (random_chance(&maker->random, 10)) {
        branch = json_incref(json_array_get(reader, 0));
        json_decref(reader);
        return branch;
    }
    return reader;
}

static json_t *promoted(struct schema_maker *maker, const json_t *schema)
{
    static const char *const wider[] = {"int", "long", "float", "double"};
    for (size_t i = 0; i < LENGTH(wider); i++)
        if (is(schema, wider[i]))
            return json_string(wider[i + random_below(&maker->random, (uint32_t)(LENGTH(wider) - i))]);
    if (!maker->gentle && (is(schema, "string") || is(schema, "bytes")))
        return json_string(random_chance(&maker->random, 50) ? "string" : "bytes");
    return json_deep_copy(schema);
}

static json_t *changed(struct schema_maker *maker, const json_t *schema)
{
    if (!maker->gentle && random_chance(&maker->random, 1))
        return random_type(maker, DEPTH_MAX, true);
    if (!maker->gentle && !json_is_array(schema) && !is(schema, "null") && random_chance(&maker->random, 8))
        return json_pack("[so]", "null", json_deep_copy(schema));
    if (is(schema, "record"))
        return changed_record(maker, schema);
    if (is(schema, "enum"))
        return changed_enum(maker, schema);
    if (is(schema, "union"))
        return changed_union(maker, schema);
    const char *inner = is(schema, "array") ? "items" : "values";
    if (!is(schema, "array") && !is(schema, "map"))
        return random_chance(&maker->random, 40) ? promoted(maker, schema) : json_deep_copy(schema);
    json_t *reader = json_copy((json_t *)schema);
    json_object_set_new(reader, inner, changed(maker, json_object_get(schema, inner)));
    return reader;
}

json_t *random_reader(struct schema_maker *maker, const json_t *writer)
{
    return changed_record(maker, writer);
}

/* --- data --------------------------------------------------------------------------------------------------------- */

static json_t *random_text(struct schema_maker *maker, uint32_t length)
{
    char text[16];
    for (uint32_t i = 0; i < length; i++)
        text[i] = (char)('!' + random_below(&maker->random, 90));
    return json_stringn(text, length);
}

/* Small ones, large ones, and the ends. */
static json_int_t random_number(struct schema_maker *maker, json_int_t least, json_int_t most)
{
    switch (random_below(&maker->random, 8)) {
    case 0:
        return least;
    case 1:
        return most;
    case 2:
        return (json_int_t)(random_next(&maker->random) % (uint64_t)most);
    default:
        return (json_int_t)random_below(&maker->random, 300) - 150;
    }
}

static json_t *random_items(struct schema_maker *maker, const json_t *schema)
{
    bool map = is(schema, "map");
    json_t *items = map ? json_object() : json_array();
    uint32_t count = random_below(&maker->random, 5);
    for (uint32_t i = 0; i < count; i++) {
        char key[16];
        snprintf(key, sizeof key, "k%u", (unsigned)i);
        if (map)
            json_object_set_new(items, key, random_datum(maker, json_object_get(schema, "values")));
        else
            json_array_append_new(items, random_datum(maker, json_object_get(schema, "items")));
    }
    return items;
}

json_t *random_datum(struct schema_maker *maker, const json_t *schema)
{
    struct random *random = &maker->random;
    if (is(schema, "null"))
        return json_null();
    if (is(schema, "boolean"))
        return json_boolean(random_chance(random, 50));
    if (is(schema, "int"))
        return json_integer(random_number(maker, INT32_MIN, INT32_MAX));
    if (is(schema, "long"))
        return json_integer(random_number(maker, INT64_MIN, INT64_MAX));
    if (is(schema, "float") || is(schema, "double"))
        return json_real((double)((int)random_below(random, 2000000) - 1000000) / 8);
    if (is(schema, "bytes") || is(schema, "string"))
        return random_text(maker, random_below(random, 12));
    if (is(schema, "fixed"))
        return random_text(maker, (uint32_t)json_integer_value(json_object_get(schema, "size")));
    if (is(schema, "enum")) {
        const json_t *symbols = json_object_get(schema, "symbols");
        return json_incref(json_array_get(symbols, random_below(random, (uint32_t)json_array_size(symbols))));
    }
    if (is(schema, "union")) {
        uint32_t branch = random_below(random, (uint32_t)json_array_size(schema));
        return json_pack("{siso}", "branch", (int)branch, "value", random_datum(maker, json_array_get(schema, branch)));
    }
    if (!is(schema, "record"))
        return random_items(maker, schema);
    json_t *datum = json_object(), *field;
    size_t index;
    json_array_foreach(json_object_get(schema, "fields"), index, field) json_object_set_new(
        datum, json_string_value(json_object_get(field, "name")), random_datum(maker, json_object_get(field, "type")));
    return datum;
}
