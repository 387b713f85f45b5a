/* Protects the reading of any writer's records with any reader's schema: random pairs of schemas and random data,
 * written by Avro C, read by us, and held against two others: a slow resolver of our own, and Avro C where it resolves
 * right (it maps no enum symbols, knows no aliases, and refuses fields that were added with a default). */
#include "testing.h"

#include <stdlib.h>
#include <string.h>

#include <avro.h>

#include "dump.h"
#include "random_schema.h"
#include "slow_resolver.h"

#define PAIRS 6000
#define DATA_EACH 3
#define BYTES_MAX 65536
#define SHOWN_SIZE 512
#define LOST "LOST-BY-AVRO-C" /* an empty array or map in a union: its resolver never chooses the branch */

static void must(int error)
{
    if (error != 0)
        fail_msg("Avro C: %s", avro_strerror());
}

/* --- Avro C writes ------------------------------------------------------------------------------------------------ */

static void fill(avro_value_t *value, const json_t *datum, const json_t *schema)
{
    avro_value_t inner;
    const char *key;
    json_t *item;
    size_t index;
    switch (avro_value_get_type(value)) {
    case AVRO_NULL:
        must(avro_value_set_null(value));
        break;
    case AVRO_BOOLEAN:
        must(avro_value_set_boolean(value, json_is_true(datum)));
        break;
    case AVRO_INT32:
        must(avro_value_set_int(value, (int32_t)json_integer_value(datum)));
        break;
    case AVRO_INT64:
        must(avro_value_set_long(value, json_integer_value(datum)));
        break;
    case AVRO_FLOAT:
        must(avro_value_set_float(value, (float)json_real_value(datum)));
        break;
    case AVRO_DOUBLE:
        must(avro_value_set_double(value, json_real_value(datum)));
        break;
    case AVRO_BYTES:
        must(avro_value_set_bytes(value, (void *)json_string_value(datum), json_string_length(datum)));
        break;
    case AVRO_STRING:
        must(avro_value_set_string_len(value, json_string_value(datum), json_string_length(datum) + 1));
        break;
    case AVRO_FIXED:
        must(avro_value_set_fixed(value, (void *)json_string_value(datum), json_string_length(datum)));
        break;
    case AVRO_ENUM:
        must(avro_value_set_enum(value,
                                 avro_schema_enum_get_by_name(avro_value_get_schema(value), json_string_value(datum))));
        break;
    case AVRO_ARRAY:
        json_array_foreach(datum, index, item)
        {
            must(avro_value_append(value, &inner, NULL));
            fill(&inner, item, json_object_get(schema, "items"));
        }
        break;
    case AVRO_MAP:
        json_object_foreach((json_t *)datum, key, item)
        {
            must(avro_value_add(value, key, &inner, NULL, NULL));
            fill(&inner, item, json_object_get(schema, "values"));
        }
        break;
    case AVRO_UNION:
        index = (size_t)json_integer_value(json_object_get(datum, "branch"));
        must(avro_value_set_branch(value, (int)index, &inner));
        fill(&inner, json_object_get(datum, "value"), json_array_get(schema, index));
        break;
    default:
        json_array_foreach(json_object_get(schema, "fields"), index, item)
        {
            const char *name = json_string_value(json_object_get(item, "name"));
            must(avro_value_get_by_name(value, name, &inner, NULL));
            fill(&inner, json_object_get(datum, name), json_object_get(item, "type"));
        }
    }
}

/* --- Avro C reads ------------------------------------------------------------------------------------------------- */

static void show(const avro_value_t *value, const char *shown, FILE *out);

static void show_inner(const avro_value_t *value, const char *shown, FILE *out)
{
    size_t count = 0;
    avro_type_t type = avro_value_get_type(value);
    must(avro_value_get_size(value, &count));
    if (type != AVRO_RECORD)
        fprintf(out, "%s: ", shown);
    for (size_t i = 0; i < count; i++) {
        char inner_shown[SHOWN_SIZE];
        avro_value_t inner;
        const char *name = NULL;
        must(avro_value_get_by_index(value, i, &inner, &name));
        if (type == AVRO_RECORD)
            snprintf(inner_shown, sizeof inner_shown, "%s%s%s", shown, *shown == '\0' ? "" : ".", name);
        else if (type == AVRO_MAP)
            snprintf(inner_shown, sizeof inner_shown, "%s{%s}", shown, name);
        else
            snprintf(inner_shown, sizeof inner_shown, "%s[%zu]", shown, i);
        show(&inner, inner_shown, out);
    }
}

static void show(const avro_value_t *value, const char *shown, FILE *out)
{
    int number = 0;
    int64_t long_number = 0;
    float single = 0;
    double real = 0;
    const void *bytes = NULL;
    const char *string = NULL;
    size_t size = 0;
    avro_value_t branch;
    switch (avro_value_get_type(value)) {
    case AVRO_NULL:
        dump_word(out, shown, "null");
        break;
    case AVRO_BOOLEAN:
        must(avro_value_get_boolean(value, &number));
        dump_word(out, shown, number ? "true" : "false");
        break;
    case AVRO_INT32:
        must(avro_value_get_int(value, &number));
        dump_long(out, shown, number);
        break;
    case AVRO_INT64:
        must(avro_value_get_long(value, &long_number));
        dump_long(out, shown, long_number);
        break;
    case AVRO_FLOAT:
        must(avro_value_get_float(value, &single));
        dump_real(out, shown, (double)single);
        break;
    case AVRO_DOUBLE:
        must(avro_value_get_double(value, &real));
        dump_real(out, shown, real);
        break;
    case AVRO_BYTES:
        must(avro_value_get_bytes(value, &bytes, &size));
        dump_text(out, shown, bytes, size);
        break;
    case AVRO_STRING:
        must(avro_value_get_string(value, &string, &size));
        dump_text(out, shown, string, size - 1);
        break;
    case AVRO_FIXED:
        must(avro_value_get_fixed(value, &bytes, &size));
        dump_text(out, shown, bytes, size);
        break;
    case AVRO_ENUM:
        must(avro_value_get_enum(value, &number));
        dump_word(out, shown, avro_schema_enum_get(avro_value_get_schema(value), number));
        break;
    case AVRO_UNION:
        if (avro_value_get_current_branch(value, &branch) == 0)
            show(&branch, shown, out);
        else
            dump_word(out, shown, LOST);
        break;
    default:
        show_inner(value, shown, out);
    }
}

/* --- a pair of schemas ---------------------------------------------------------------------------------------------
 */

struct pair {
    struct schema_maker maker;
    json_t *writer, *reader;
    char *writer_text, *reader_text;
    avro_schema_t avro_writer, avro_reader;
    avro_value_iface_t *writer_class, *reader_class, *resolver; /* the latter two of gentle pairs only */
    struct dump dump;
    enum compiled compiled;
    uint32_t read, refused, compared; /* records; the last with Avro C */
};

static void pair_begin(struct pair *pair)
{
    char field[64];
    struct random *random = &pair->maker.random;
    pair->maker.names = 0;
    pair->maker.gentle = random_chance(random, 40);
    pair->writer = random_schema(&pair->maker);
    pair->reader = random_reader(&pair->maker, pair->writer);
    pair->writer_text = json_dumps(pair->writer, 0);
    pair->reader_text = json_dumps(pair->reader, 0);
    must(avro_schema_from_json_length(pair->writer_text, strlen(pair->writer_text), &pair->avro_writer));
    pair->writer_class = avro_generic_class_from_schema(pair->avro_writer);
    if (pair->maker.gentle) {
        must(avro_schema_from_json_length(pair->reader_text, strlen(pair->reader_text), &pair->avro_reader));
        pair->reader_class = avro_generic_class_from_schema(pair->avro_reader);
        pair->resolver = avro_resolved_writer_new(pair->avro_writer, pair->avro_reader);
        assert_non_null(pair->resolver);
    }
    pair->compiled = dump_init(&pair->dump, pair->writer_text, pair->reader_text, field);
    if ((pair->compiled == COMPILED) != slow_fits(pair->writer, pair->reader))
        fail_msg("%s at \"%s\"\n%s\n%s", pair->compiled == COMPILED ? "fits" : "unfit", field, pair->writer_text,
                 pair->reader_text);
}

static void pair_end(struct pair *pair)
{
    dump_fini(&pair->dump);
    if (pair->maker.gentle) {
        avro_value_iface_decref(pair->resolver);
        avro_value_iface_decref(pair->reader_class);
        avro_schema_decref(pair->avro_reader);
    }
    avro_value_iface_decref(pair->writer_class);
    avro_schema_decref(pair->avro_writer);
    free(pair->writer_text);
    free(pair->reader_text);
    json_decref(pair->writer);
    json_decref(pair->reader);
}

static size_t write_with_avro_c(struct pair *pair, const json_t *datum, uint8_t *bytes)
{
    avro_value_t value;
    avro_writer_t writer = avro_writer_memory((char *)bytes, BYTES_MAX);
    must(avro_generic_value_new(pair->writer_class, &value));
    fill(&value, datum, pair->writer);
    must(avro_value_write(writer, &value));
    size_t length = (size_t)avro_writer_tell(writer);
    avro_writer_free(writer);
    avro_value_decref(&value);
    return length;
}

static void read_with_avro_c(struct pair *pair, const uint8_t *bytes, size_t length, FILE *out)
{
    avro_value_t value, resolved;
    avro_reader_t reader = avro_reader_memory((const char *)bytes, (int64_t)length);
    must(avro_generic_value_new(pair->reader_class, &value));
    must(avro_resolved_writer_new_value(pair->resolver, &resolved));
    avro_resolved_writer_set_dest(&resolved, &value);
    must(avro_value_read(reader, &resolved));
    show(&value, "", out);
    avro_value_decref(&resolved);
    avro_value_decref(&value);
    avro_reader_free(reader);
}

/* Cut off, or changed: refused, or read without harm. */
static void disturb(struct pair *pair, const uint8_t *bytes, size_t length, FILE *nowhere)
{
    struct finding finding;
    for (int round = 0; round < 12 && length > 0; round++) {
        size_t at = random_below(&pair->maker.random, (uint32_t)length);
        uint8_t *changed = malloc(length), *cut = malloc(at + 1); /* both end where their memory does */
        memcpy(changed, bytes, length);
        memcpy(cut + 1, bytes, at);
        changed[at] = (uint8_t)random_next(&pair->maker.random);
        dump_record(&pair->dump, changed, length, nowhere, &finding);
        assert_false(program_run(pair->dump.program, cut + 1, at, pair->dump.values, &finding));
        free(cut);
        free(changed);
    }
}

static void check_datum(struct pair *pair)
{
    static uint8_t bytes[BYTES_MAX];
    char *texts[3] = {NULL, NULL, NULL};
    size_t sizes[3];
    FILE *outs[3];
    struct finding finding;
    json_t *datum = random_datum(&pair->maker, pair->writer);
    size_t length = write_with_avro_c(pair, datum, bytes);
    for (int i = 0; i < 3; i++)
        outs[i] = open_memstream(&texts[i], &sizes[i]);
    bool expected = slow_resolve(pair->writer, datum, pair->reader, "", outs[0]);
    bool read = dump_record(&pair->dump, bytes, length, outs[1], &finding);
    if (pair->maker.gentle)
        read_with_avro_c(pair, bytes, length, outs[2]);
    for (int i = 0; i < 3; i++)
        fclose(outs[i]);
    bool compare_avro_c = pair->maker.gentle && strstr(texts[2], LOST) == NULL;
    if (read != expected || (read && strcmp(texts[0], texts[1]) != 0) ||
        (compare_avro_c && strcmp(texts[0], texts[2]) != 0))
        fail_msg("%s\n%s\nslow   %d %s\nours   %d %s\nAvro C %s", pair->writer_text, pair->reader_text, expected,
                 texts[0], read, texts[1], texts[2]);
    if (!read)
        assert_true(finding.problem == PROBLEM_SYMBOL_UNKNOWN || finding.problem == PROBLEM_SCHEMA_UNFIT);
    pair->read += read;
    pair->refused += !read;
    pair->compared += compare_avro_c;
    json_decref(datum);
    for (int i = 0; i < 3; i++)
        free(texts[i]);
    FILE *nowhere = open_memstream(&texts[0], &sizes[0]);
    disturb(pair, bytes, length, nowhere);
    fclose(nowhere);
    free(texts[0]);
}

static void random_records_are_what_two_others_say(void **state)
{
    static struct pair pair;
    uint32_t unfit = 0;
    (void)state;
    pair.maker.random = random_begin("random records");
    for (int i = 0; i < PAIRS; i++) {
        pair_begin(&pair);
        for (int j = 0; pair.compiled == COMPILED && j < DATA_EACH; j++)
            check_datum(&pair);
        unfit += pair.compiled != COMPILED;
        pair_end(&pair);
    }
    printf("%d pairs, %u unfit; %u records read, %u refused, %u compared with Avro C's\n", PAIRS, unfit, pair.read,
           pair.refused, pair.compared);
    assert_true(unfit > 50 && pair.read > PAIRS && pair.refused > 50 && pair.compared > PAIRS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_records_are_what_two_others_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
