/* Protects reading what stands behind a registry's id: the same event as behind a fingerprint, whichever version of the
 * schema the id is of; and each id, known or not, fitting or not, says what is to be done with its record. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/avro_bytes.h"
#include "schemas/event.h"
#include "schemas/schema.h"
#include "schemas/schema_ids.h"
#include "tests/support/single_object.h"

enum { NEWEST = 1, OTHER_VERSION = 2, LACKS_A_FIELD = 3, OF_ANOTHER_STREAM = 4, ABSENT = 5, NO_SCHEMA = 6, SILENT = 7 };

#define FIELD(name, type) "{\"name\":\"" name "\",\"type\":" type "}"
#define KIND "{\"type\":\"enum\",\"name\":\"EnrollmentKind\",\"symbols\":[\"WITHDRAWN\",\"ENROLLED\"]}"
#define ENROLLMENT(fields) "{\"type\":\"record\",\"name\":\"Enrollment\",\"fields\":[" fields "]}"
#define REORDERED                                                                                                      \
    FIELD("kind", KIND)                                                                                                \
    "," FIELD("event_id", "\"string\"") "," FIELD("child_id", "\"string\"") "," FIELD(                                 \
        "occurred_on", "\"int\"") "," FIELD("recorded_at", "\"long\"") "," FIELD("school_id", "\"string\"")

#define ID_HEX "48 38663436306435312d653732302d356432612d613834322d306436396435623165636562"
#define ENROLLED_HEX "02" ID_HEX "0263 c0b802 80aad4c08c65 047331"
#define ENROLLED_SAYS                                                                                                  \
    "{\"event_id\":\"8f460d51-e720-5d2a-a842-0d69d5b1eceb\",\"child_id\":\"c\",\"occurred_on\":\"2024-10-04\","        \
    "\"recorded_at\":\"2025-01-14T09:00:00.000Z\",\"retracted\":false,\"type\":\"enrollment\",\"kind\":\"ENROLLED\","  \
    "\"school_id\":\"s1\"}"

static const struct {
    const char *what, *bytes;
    const char *says;    /* the event as JSON, or the problem and its field */
    const char *without; /* the same of a reader that knows no registry */
} rows[] = {
    {"another version of the schema", "00 00000002" ENROLLED_HEX, ENROLLED_SAYS, "FRAMING_CONFLUENT "},
    {"a version that lacks a field", "00 00000003" ENROLLED_HEX, "SCHEMA_UNFIT child_id", "FRAMING_CONFLUENT "},
    {"a schema of another stream", "00 00000004" ENROLLED_HEX, "SCHEMA_UNFIT ", "FRAMING_CONFLUENT "},
    {"an id of no schema", "00 00000005" ENROLLED_HEX, "SCHEMA_UNKNOWN ", "FRAMING_CONFLUENT "},
    {"an id of what is no schema", "00 00000006" ENROLLED_HEX, "SCHEMA_UNUSABLE E: an enum needs symbols",
     "FRAMING_CONFLUENT "},
    {"an id that is not told yet", "00 00000007", "SCHEMA_AWAITED ", "FRAMING_CONFLUENT "},
    {"id 0", "00 00000000" ENROLLED_HEX, "SCHEMA_AWAITED ", "FRAMING_CONFLUENT "},
    {"id -1", "00 ffffffff" ENROLLED_HEX, "SCHEMA_AWAITED ", "FRAMING_CONFLUENT "},
    {"nothing behind the framing", "00 00000001", "TRUNCATED event_id", "FRAMING_CONFLUENT "},
    {"more behind the record", "00 00000002" ENROLLED_HEX "00", "TRAILING_BYTES ", "FRAMING_CONFLUENT "},
    {"a framing cut off", "00 000000", "FRAMING_UNKNOWN ", "FRAMING_UNKNOWN "},
    {"a framing cut off at once", "00", "FRAMING_UNKNOWN ", "FRAMING_UNKNOWN "},
    {"no framing", "", "FRAMING_UNKNOWN ", "FRAMING_UNKNOWN "},
};

static void tell(struct schema_ids *ids, uint32_t id, enum registry_answer answer, const char *text)
{
    uint32_t asked;
    int64_t wait_ms;
    schema_ids_find(ids, id, 0, 0);
    assert_true(schema_ids_next(ids, 0, &asked, &wait_ms) && asked == id);
    schema_ids_answer(ids, id, answer, text, text == NULL ? 0 : strlen(text), "as told", 0);
}

static struct schema_ids *ids_told(void)
{
    struct schema_ids *ids = schema_ids_new(0);
    tell(ids, NEWEST, REGISTRY_OK, newest_schemas[SCHEMA_ENROLLMENT].text);
    tell(ids, OTHER_VERSION, REGISTRY_OK, ENROLLMENT(REORDERED));
    tell(ids, LACKS_A_FIELD, REGISTRY_OK, ENROLLMENT(FIELD("event_id", "\"string\"")));
    tell(ids, OF_ANOTHER_STREAM, REGISTRY_OK, newest_schemas[SCHEMA_MOVE].text);
    tell(ids, ABSENT, REGISTRY_ABSENT, NULL);
    tell(ids, NO_SCHEMA, REGISTRY_OK, "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[]}");
    tell(ids, SILENT, REGISTRY_UNAVAILABLE, NULL);
    return ids;
}

/* Reads as the service does: what is awaited is looked up, then read again. */
static bool read_event(struct event_reader *reader, const uint8_t *bytes, size_t length, struct event *event,
                       struct finding *finding)
{
    if (event_read(reader, STREAM_ENROLLMENT, bytes, length, event, finding))
        return true;
    return finding->problem == PROBLEM_SCHEMA_AWAITED &&
           event_reader_learn(reader, STREAM_ENROLLMENT, finding->schema_id, 0, 0, finding) &&
           event_read(reader, STREAM_ENROLLMENT, bytes, length, event, finding);
}

static int wrong_of(struct event_reader *reader, bool has_registry)
{
    int wrong = 0;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct event event;
        struct finding finding;
        char says[2048];
        uint8_t bytes[512];
        size_t length = bytes_of(rows[i].bytes, bytes, sizeof bytes);
        const char *expected = has_registry ? rows[i].says : rows[i].without;
        if (read_event(reader, bytes, length, &event, &finding))
            event_write_json(&event, says, sizeof says);
        else
            snprintf(says, sizeof says, "%s %s", problem_names[finding.problem], finding.field);
        if (strcmp(says, expected) != 0) {
            print_error("%s:\n  says %s\n  not  %s\n", rows[i].what, says, expected);
            wrong++;
        }
    }
    return wrong;
}

static void each_id_says_what_its_record_is(void **state)
{
    struct schema_ids *ids = ids_told();
    struct event_reader *reader = event_reader_new(), *without = event_reader_new();
    (void)state;
    event_reader_use_ids(reader, ids);
    for (int round = 0; round < 2; round++) /* what was learnt once is read in the same way again */
        assert_int_equal(wrong_of(reader, true), 0);
    assert_int_equal(wrong_of(without, false), 0);
    event_reader_free(reader);
    event_reader_free(without);
    schema_ids_free(ids);
}

static void both_framings_tell_the_same_event(void **state)
{
    struct schema_ids *ids = ids_told();
    struct event_reader *reader = event_reader_new();
    struct framings framings = *single_object();
    const struct event event = {.child_id = text_of("child-1"),
                                .fact = {.kind = FACT_ENROLLED, .occurred_on = {20000}, .school_id = text_of("s1")}};
    struct event read[2];
    uint8_t bytes[2][1024];
    (void)state;
    event_reader_use_ids(reader, ids);
    framings.of[SCHEMA_ENROLLMENT] = framing_confluent(NEWEST);
    for (int registered = 0; registered < 2; registered++) {
        struct finding finding;
        size_t length = event_write(&event, registered ? &framings : single_object(), bytes[registered],
                                    sizeof bytes[registered]);
        assert_true(read_event(reader, bytes[registered], length, &read[registered], &finding));
    }
    assert_int_equal(fact_compare_versions(&read[0].fact, &read[1].fact), 0);
    assert_int_equal(read[1].fact.occurred_on.number, event.fact.occurred_on.number);
    event_reader_free(reader);
    schema_ids_free(ids);
}

/* More ids than a reader keeps at a time: it learns those anew that it meets again. */
static void a_reader_of_very_many_ids_stays_right(void **state)
{
    struct schema_ids *ids = schema_ids_new(0);
    struct event_reader *reader = event_reader_new();
    uint8_t body[256];
    size_t body_length = bytes_of(ENROLLED_HEX, body, sizeof body);
    (void)state;
    event_reader_use_ids(reader, ids);
    for (uint32_t id = 0; id < 1500; id++)
        tell(ids, id, REGISTRY_OK, ENROLLMENT(REORDERED));
    for (uint32_t i = 0; i < 3000; i++) {
        uint8_t bytes[300];
        struct framing framing = framing_confluent(i * 7919 % 1500);
        struct event event;
        struct finding finding;
        memcpy(bytes, framing.bytes, framing.length);
        memcpy(bytes + framing.length, body, body_length);
        assert_true(read_event(reader, bytes, framing.length + body_length, &event, &finding));
        assert_true(text_equal(event.child_id, text_of("c")));
    }
    event_reader_free(reader);
    schema_ids_free(ids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_id_says_what_its_record_is),
        cmocka_unit_test(both_framings_tell_the_same_event),
        cmocka_unit_test(a_reader_of_very_many_ids_stays_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
