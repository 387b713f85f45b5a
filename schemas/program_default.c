#include <string.h>

#include "schemas/program_build.h"

static bool set(struct compiler *compiler, const struct schema_node *reader, struct program_value value)
{
    value.type = reader->type;
    program_set(compiler, program_slot(compiler), value);
    return true;
}

static bool default_number(struct compiler *compiler, const struct schema_node *reader, const json_t *json)
{
    json_int_t number = json_integer_value(json);
    bool fits = reader->type == AVRO_TYPE_LONG || (number >= INT32_MIN && number <= INT32_MAX);
    return json_is_integer(json) && fits && set(compiler, reader, (struct program_value){.number = number});
}

static bool default_real(struct compiler *compiler, const struct schema_node *reader, const json_t *json)
{
    double real = json_number_value(json);
    if (reader->type == AVRO_TYPE_FLOAT)
        real = (double)(float)real;
    return json_is_number(json) && set(compiler, reader, (struct program_value){.real = real});
}

static bool default_text(struct compiler *compiler, const struct schema_node *reader, const json_t *json)
{
    struct program_value value = {.bytes = (const uint8_t *)json_string_value(json),
                                  .length = (uint32_t)json_string_length(json)};
    return json_is_string(json) && set(compiler, reader, value);
}

/* Bytes in JSON are a text whose characters, U+0000 to U+00FF, are the bytes. */
static bool default_bytes(struct compiler *compiler, const struct schema_node *reader, const json_t *json)
{
    if (!json_is_string(json))
        return false;
    size_t length = 0;
    char *bytes = program_text(compiler, json_string_value(json), json_string_length(json));
    if (bytes == NULL)
        return true; /* that memory is short is known */
    for (size_t i = 0; i < json_string_length(json); i++, length++) {
        uint8_t byte = (uint8_t)bytes[i];
        if (byte > 0xC3)
            return false;
        if (byte >= 0x80)
            byte = (uint8_t)((byte & 3) << 6 | ((uint8_t)bytes[++i] & 0x3F));
        bytes[length] = (char)byte;
    }
    if (reader->type == AVRO_TYPE_FIXED && length != reader->size)
        return false;
    return set(compiler, reader, (struct program_value){.bytes = (uint8_t *)bytes, .length = (uint32_t)length});
}

static bool default_symbol(struct compiler *compiler, const struct schema_node *reader, const json_t *json)
{
    for (uint32_t i = 0; json_is_string(json) && i < reader->symbols.count; i++)
        if (strcmp(reader->symbols.items[i], json_string_value(json)) == 0)
            return set(compiler, reader, (struct program_value){.number = i});
    return false;
}

static bool default_empty(struct compiler *compiler, const struct schema_node *reader, const json_t *json)
{
    bool empty = reader->type == AVRO_TYPE_ARRAY ? json_is_array(json) && json_array_size(json) == 0
                                                 : json_is_object(json) && json_object_size(json) == 0;
    uint32_t kind = program_item_kind(compiler, (struct item_kind){0, 1});
    return empty && set(compiler, reader, (struct program_value){.bytes = (const uint8_t *)"", .items = kind & 0xFFFF});
}

static bool default_record(struct compiler *compiler, const struct schema_node *reader, const json_t *json)
{
    if (!json_is_object(json))
        return false;
    set(compiler, reader, (struct program_value){.number = 0});
    for (uint32_t i = 0; i < reader->count; i++) {
        const struct schema_field *field = &reader->fields[i];
        const json_t *given = json_object_get(json, field->name);
        size_t mark = program_enter(compiler, ".", field->name);
        bool fits = compile_default(compiler, field->type, given == NULL ? field->default_value : given);
        if (!fits)
            return false;
        program_leave(compiler, mark);
    }
    return true;
}

bool compile_default(struct compiler *compiler, const struct schema_node *reader, const json_t *value)
{
    if (value == NULL)
        return false;
    if (!program_wants(compiler))
        return true;
    switch (reader->type) {
    case AVRO_TYPE_NULL:
        return json_is_null(value);
    case AVRO_TYPE_BOOLEAN:
        return json_is_boolean(value) && set(compiler, reader, (struct program_value){.number = json_is_true(value)});
    case AVRO_TYPE_INT:
    case AVRO_TYPE_LONG:
        return default_number(compiler, reader, value);
    case AVRO_TYPE_FLOAT:
    case AVRO_TYPE_DOUBLE:
        return default_real(compiler, reader, value);
    case AVRO_TYPE_STRING:
        return default_text(compiler, reader, value);
    case AVRO_TYPE_BYTES:
    case AVRO_TYPE_FIXED:
        return default_bytes(compiler, reader, value);
    case AVRO_TYPE_ENUM:
        return default_symbol(compiler, reader, value);
    case AVRO_TYPE_RECORD:
        return default_record(compiler, reader, value);
    case AVRO_TYPE_ARRAY:
    case AVRO_TYPE_MAP:
        return default_empty(compiler, reader, value);
    case AVRO_TYPE_UNION: /* a union's default is one of its first branch */
        return compile_default(compiler, reader->types[0], value);
    default:
        return false;
    }
}
