#include "testing.h"

#include "avro_c.h"

#include "schemas/avro_bytes.h"

static void must(int error)
{
    if (error != 0)
        fail_msg("Avro C: %s", avro_strerror());
}

void avro_c_read(struct avro_c *record, enum schema schema, const uint8_t *bytes, size_t length)
{
    const struct shipped_schema *shipped = &newest_schemas[schema];
    uint64_t fingerprint;
    assert_true(avro_framing(bytes, length, &fingerprint) && fingerprint == shipped->fingerprint);
    must(avro_schema_from_json_length(shipped->text, shipped->length, &record->schema));
    record->class = avro_generic_class_from_schema(record->schema);
    must(avro_generic_value_new(record->class, &record->value));
    avro_reader_t reader = avro_reader_memory((const char *)bytes + AVRO_FRAMING_BYTES,
                                              (int64_t)(length - AVRO_FRAMING_BYTES));
    must(avro_value_read(reader, &record->value));
    char rest;
    assert_int_not_equal(avro_read(reader, &rest, 1), 0); /* that was all */
    avro_reader_free(reader);
}

void avro_c_free(struct avro_c *record)
{
    avro_value_decref(&record->value);
    avro_value_iface_decref(record->class);
    avro_schema_decref(record->schema);
}

static avro_value_t through_union(avro_value_t value)
{
    avro_value_t branch = {0};
    if (avro_value_get_type(&value) != AVRO_UNION)
        return value;
    must(avro_value_get_current_branch(&value, &branch));
    return branch;
}

avro_value_t avro_c_field(const avro_value_t *value, const char *name)
{
    avro_value_t field = {0};
    must(avro_value_get_by_name(value, name, &field, NULL));
    return through_union(field);
}

avro_value_t avro_c_item(const avro_value_t *value, size_t index)
{
    avro_value_t item = {0};
    must(avro_value_get_by_index(value, index, &item, NULL));
    return through_union(item);
}

size_t avro_c_count(const avro_value_t *value)
{
    size_t count = 0;
    must(avro_value_get_size(value, &count));
    return count;
}

bool avro_c_is_null(const avro_value_t *value)
{
    return avro_value_get_type(value) == AVRO_NULL;
}

int64_t avro_c_number(const avro_value_t *value)
{
    int number = 0;
    int64_t long_number = 0;
    switch (avro_value_get_type(value)) {
    case AVRO_INT32:
        must(avro_value_get_int(value, &number));
        return number;
    case AVRO_BOOLEAN:
        must(avro_value_get_boolean(value, &number));
        return number;
    case AVRO_ENUM:
        must(avro_value_get_enum(value, &number));
        return number;
    default:
        must(avro_value_get_long(value, &long_number));
        return long_number;
    }
}

const char *avro_c_string(const avro_value_t *value)
{
    const char *string = NULL;
    size_t size;
    if (avro_value_get_type(value) == AVRO_ENUM)
        return avro_schema_enum_get(avro_value_get_schema(value), (int)avro_c_number(value));
    must(avro_value_get_string(value, &string, &size));
    return string;
}
