/* Protects the reading of bytes that nobody vouches for: cut off anywhere, flipped anywhere, or made to claim what is
 * not there. None of it costs time or memory, reads past its end (the sanitizers watch), or harms what comes after. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dump.h"
#include "schemas/avro_bytes.h"
#include "schemas/event.h"
#include "tests/support/single_object.h"

#define BUDGET_MS 50

#define WITH(type)                                                                                                     \
    "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":" type                                   \
    "},{\"name\":\"a\",\"type\":\"int\"}]}"
#define ONLY_A "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}"
#define ARRAY(items) "{\"type\":\"array\",\"items\":" items "}"
#define EMPTY "{\"type\":\"record\",\"name\":\"Empty\",\"fields\":[{\"name\":\"n\",\"type\":\"null\"}]}"
#define NODE "{\"type\":\"record\",\"name\":\"Node\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}"

static const struct {
    const char *what, *type, *bytes;
    enum problem problem;
} claims[] = {
    {"2^62 nulls", ARRAY("\"null\""), "fe ff ff ff ff ff ff ff 7f 00 02", PROBLEM_MALFORMED},
    {"2^31 nulls in a block with a size", ARRAY("\"null\""), "ff ff ff ff 0f 00 00 02", PROBLEM_MALFORMED},
    {"2^62 empty records", ARRAY(EMPTY), "fe ff ff ff ff ff ff ff 7f 00 02", PROBLEM_MALFORMED},
    {"2^62 fixed of no bytes", ARRAY("{\"type\":\"fixed\",\"name\":\"F\",\"size\":0}"),
     "fe ff ff ff ff ff ff ff 7f 00 02", PROBLEM_MALFORMED},
    {"2^62 numbers", ARRAY("\"int\""), "fe ff ff ff ff ff ff ff 7f 00 02", PROBLEM_TRUNCATED},
    {"2^62 keys", "{\"type\":\"map\",\"values\":\"null\"}", "fe ff ff ff ff ff ff ff 7f 00 02", PROBLEM_TRUNCATED},
    {"2^62 arrays of nulls", ARRAY(ARRAY("\"null\"")), "fe ff ff ff ff ff ff ff 7f 00 02", PROBLEM_TRUNCATED},
    {"-2^63 numbers", ARRAY("\"int\""), "ff ff ff ff ff ff ff ff ff 01 00 00 02", PROBLEM_MALFORMED},
    {"a block of -1 bytes", ARRAY("\"int\""), "01 01 02 00 02", PROBLEM_MALFORMED},
    {"a block of 2^62 bytes", ARRAY("\"int\""), "01 fe ff ff ff ff ff ff ff 7f 02 00 02", PROBLEM_TRUNCATED},
    {"a text of -1 bytes", "\"string\"", "01 02", PROBLEM_MALFORMED},
    {"a text of 2^62 bytes", "\"string\"", "fe ff ff ff ff ff ff ff 7f 02", PROBLEM_TRUNCATED},
    {"a text of 2^63 - 1 bytes", "\"string\"", "fe ff ff ff ff ff ff ff ff 01 02", PROBLEM_TRUNCATED},
    {"a text of -2^63 bytes", "\"string\"", "ff ff ff ff ff ff ff ff ff 01 02", PROBLEM_MALFORMED},
    {"a fixed of 2^31 - 1 bytes", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2147483647}", "00 02",
     PROBLEM_TRUNCATED},
    {"a branch that is not there", "[\"null\",\"int\"]", "04 02", PROBLEM_MALFORMED},
    {"a branch of 2^62", "[\"null\",\"int\"]", "fe ff ff ff ff ff ff ff 7f 02", PROBLEM_MALFORMED},
    {"a branch of 2^32", "[\"null\",\"int\"]", "80 80 80 80 20 02", PROBLEM_MALFORMED},
    {"a symbol that is not there", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}", "02 02",
     PROBLEM_MALFORMED},
    {"a symbol of 2^32", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}", "80 80 80 80 20 02",
     PROBLEM_MALFORMED},
    {"an int of eleven bytes", "\"int\"", "80 80 80 80 80 80 80 80 80 80 00 02", PROBLEM_MALFORMED},
    {"an int of 2^31", "\"int\"", "80 80 80 80 10 02", PROBLEM_MALFORMED},
};

static void what_is_claimed_costs_nothing(void **state)
{
    static struct dump dump;
    (void)state;
    for (size_t i = 0; i < LENGTH(claims); i++)
        for (int wanted = 0; wanted < 2; wanted++) { /* read, and passed over */
            char writer[512], field[64];
            uint8_t bytes[64];
            struct finding finding;
            snprintf(writer, sizeof writer, WITH("%s"), claims[i].type);
            assert_int_equal(dump_init(&dump, writer, wanted ? writer : ONLY_A, field), COMPILED);
            size_t length = bytes_of(claims[i].bytes, bytes, sizeof bytes);
            double start = cpu_ms();
            if (program_run(dump.program, bytes, length, dump.values, &finding) || finding.problem != claims[i].problem)
                fail_msg("%s: %s", claims[i].what, problem_names[finding.problem]);
            assert_true(cpu_ms() - start < BUDGET_MS);
            assert_string_equal(finding.field, "x");
            dump_fini(&dump);
        }
}

/* Many small claims: a record as long as an event may be, full of whatever costs most a byte. */
static void the_longest_record_is_read_in_time(void **state)
{
    static const struct {
        const char *type;
        uint8_t byte;
    } fillings[] = {
        {ARRAY("\"null\""), 0x02},        /* blocks of one null */
        {ARRAY(ARRAY("\"null\"")), 0x02}, /* blocks of one array with blocks of one null */
        {NODE, 0x02},                     /* a chain without an end */
        {ARRAY(NODE), 0x02},
        {ARRAY("[\"null\",\"int\",\"string\"]"), 0x01},
    };
    static uint8_t bytes[EVENT_BYTES_MAX];
    static struct dump dump;
    (void)state;
    for (size_t i = 0; i < LENGTH(fillings); i++) {
        char writer[512], field[64];
        struct finding finding;
        snprintf(writer, sizeof writer, WITH("%s"), fillings[i].type);
        assert_int_equal(dump_init(&dump, writer, ONLY_A, field), COMPILED);
        memset(bytes, fillings[i].byte, sizeof bytes);
        double start = cpu_ms();
        assert_false(program_run(dump.program, bytes, sizeof bytes, dump.values, &finding));
        assert_true(cpu_ms() - start < BUDGET_MS);
        dump_fini(&dump);
    }
}

/* Thirty types, each with the one before twice: 2^30 values of no bytes, or of one. */
static void a_schema_that_doubles_itself_is_compiled_and_read_in_time(void **state)
{
    static struct dump dump;
    static const char *const seeds[] = {"null", "boolean"};
    (void)state;
    for (size_t seed = 0; seed < LENGTH(seeds); seed++) {
        char *writer = NULL, field[64];
        size_t size;
        struct finding finding;
        const uint8_t bytes[] = {0, 0, 0, 2};
        FILE *out = open_memstream(&writer, &size);
        fprintf(out, "{\"type\":\"record\",\"name\":\"R\",\"fields\":[");
        for (int i = 0; i < 30; i++) {
            char before[16];
            snprintf(before, sizeof before, "R%d", i - 1);
            const char *half = i == 0 ? seeds[seed] : before;
            fprintf(
                out,
                "{\"name\":\"f%d\",\"type\":[\"int\",{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[{\"name\":\"l\","
                "\"type\":\"%s\"},{\"name\":\"r\",\"type\":\"%s\"}]}]},",
                i, i, half, half);
        }
        fprintf(out, "{\"name\":\"last\",\"type\":\"R29\"},{\"name\":\"a\",\"type\":\"int\"}]}");
        fclose(out);
        double start = cpu_ms();
        assert_int_equal(dump_init(&dump, writer, ONLY_A, field), COMPILED);
        assert_false(program_run(dump.program, bytes, sizeof bytes, dump.values, &finding));
        assert_true(cpu_ms() - start < BUDGET_MS);
        dump_fini(&dump);
        free(writer);
    }
}

static void write_fields(FILE *out, const char *name, int count)
{
    fprintf(out, "{\"type\":\"record\",\"name\":\"%s\",\"fields\":[", name);
    for (int i = 0; i < count; i++)
        fprintf(out, "%s{\"name\":\"f%d\",\"type\":\"int\"}", i == 0 ? "" : ",", i);
    fprintf(out, "]}");
}

/* One placement, and as many as there may be in a union, each with a field of the same type with as many fields as
 * there may be. A loop that reads events compiles them. */
static void a_schema_that_asks_for_much_work_is_given_up_in_time(void **state)
{
    static const int branches[] = {1, SCHEMA_NAMES_MAX - 1};
    static const char *const paths[] = {"location.location_id"};
    const struct shipped_schema *newest = &newest_schemas[SCHEMA_PLACEMENT];
    struct schema_tree writer, reader;
    struct schema_error error;
    (void)state;
    assert_true(schema_tree_init(&reader, newest->text, newest->length, &error));
    for (size_t i = 0; i < LENGTH(branches); i++) {
        char *text = NULL, field[64];
        size_t size;
        struct program *program;
        FILE *out = open_memstream(&text, &size);
        fputs("[{\"type\":\"record\",\"name\":\"p.Placement\",\"fields\":[{\"name\":\"location\",\"type\":", out);
        write_fields(out, "l.Location", SCHEMA_MEMBERS_MAX);
        for (int branch = 1; branch < branches[i]; branch++)
            fprintf(out,
                    "}]},{\"type\":\"record\",\"name\":\"p%d.Placement\",\"fields\":[{\"name\":\"location\",\"type\":"
                    "\"l.Location\"",
                    branch);
        fputs("}]}]", out);
        fclose(out);
        assert_true(schema_tree_init(&writer, text, size, &error));
        double start = cpu_ms();
        assert_int_equal(program_new(&program, &writer, &reader, paths, LENGTH(paths), field), COMPILED_UNFIT);
        assert_true(cpu_ms() - start < BUDGET_MS);
        schema_tree_fini(&writer);
        free(text);
    }
    schema_tree_fini(&reader);
}

/* --- events ------------------------------------------------------------------------------------------------------ */

static size_t write_event(enum fact_kind kind, uint8_t *bytes, size_t size)
{
    struct event event = {.child_id = text_of("child-1"),
                          .fact = {.event_id = {{1, 2, 3}},
                                   .recorded_at_ms = INT64_C(1736845200000),
                                   .occurred_on = {20000},
                                   .birth_date = {15000},
                                   .applied_on = {19999},
                                   .kind = kind,
                                   .unaccompanied = ANSWER_YES}};
    if (kind < FACT_ENROLLED)
        event.fact.place = (struct place){text_of("azc-n"), LOCATION_CENTRE, REGION_NORTH};
    else
        event.fact.school_id = text_of("s1");
    if (kind == FACT_MOVED) {
        event.from_location_id = text_of("azc-o");
        event.reason = text_of("CAPACITY");
    }
    return event_write(&event, single_object(), bytes, size);
}

static void an_event_cut_off_anywhere_is_refused(void **state)
{
    struct event_reader *reader = event_reader_new();
    (void)state;
    for (int kind = 0; kind < FACT_KIND_COUNT; kind++) {
        uint8_t bytes[512];
        size_t length = write_event((enum fact_kind)kind, bytes, sizeof bytes);
        for (size_t cut = 0; cut < length; cut++) {
            struct event event;
            struct finding finding;
            uint8_t *exact = malloc(cut + 1); /* it ends where its memory does */
            memcpy(exact + 1, bytes, cut);
            assert_false(event_read(reader, fact_stream((enum fact_kind)kind), exact + 1, cut, &event, &finding));
            assert_int_equal(finding.problem, cut < AVRO_FRAMING_BYTES ? PROBLEM_FRAMING_UNKNOWN : PROBLEM_TRUNCATED);
            free(exact);
        }
    }
    event_reader_free(reader);
}

static uint8_t flipped(uint8_t byte, uint32_t bit)
{
    return (uint8_t)(byte ^ (1U << bit));
}

/* Whatever a flipped bit or a random byte makes of it: refused with a reason, or an event that can be written again. */
static void an_event_with_other_bits_is_refused_or_is_an_event(void **state)
{
    struct random random = random_begin("an event with other bits");
    struct event_reader *reader = event_reader_new();
    uint32_t refused = 0, read = 0;
    (void)state;
    for (int round = 0; round < 40000; round++) {
        enum fact_kind kind = (enum fact_kind)random_below(&random, FACT_KIND_COUNT);
        uint8_t bytes[512], again[1024];
        struct event event, back;
        struct finding finding = finding_of(PROBLEM_NONE, NULL);
        size_t length = write_event(kind, bytes, sizeof bytes);
        for (uint32_t flips = 1 + random_below(&random, 3); flips > 0; flips--) {
            size_t at = random_below(&random, (uint32_t)length);
            bytes[at] = random_chance(&random, 50) ? flipped(bytes[at], random_below(&random, 8))
                                                   : (uint8_t)random_next(&random);
        }
        if (!event_read(reader, fact_stream(kind), bytes, length, &event, &finding)) {
            assert_true(finding.problem > PROBLEM_NONE && finding.problem < PROBLEM_COUNT && finding.field != NULL);
            refused++;
            continue;
        }
        size_t again_length = event_write(&event, single_object(), again, sizeof again);
        assert_true(event_read(reader, fact_stream(event.fact.kind), again, again_length, &back, &finding));
        assert_int_equal(fact_compare_versions(&event.fact, &back.fact), 0);
        read++;
    }
    event_reader_free(reader);
    assert_true(refused > 1000 && read > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_claimed_costs_nothing),
        cmocka_unit_test(the_longest_record_is_read_in_time),
        cmocka_unit_test(a_schema_that_doubles_itself_is_compiled_and_read_in_time),
        cmocka_unit_test(a_schema_that_asks_for_much_work_is_given_up_in_time),
        cmocka_unit_test(an_event_cut_off_anywhere_is_refused),
        cmocka_unit_test(an_event_with_other_bits_is_refused_or_is_an_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
