/* Protects the door for records: every event that gets in is a fact, and whatever is not is turned away with the right
 * reason. A record that is wrongly turned away is a child forgotten. What Avro and JSON say of an event is the same. */
#include "testing.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "schemas/avro_bytes.h"
#include "schemas/event.h"
#include "schemas/schema.h"
#include "tests/support/single_object.h"

#define LONG_64 "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"

static struct event_reader *reader;

static int begin(void **state)
{
    (void)state;
    reader = event_reader_new();
    return reader == NULL;
}

static int end(void **state)
{
    (void)state;
    event_reader_free(reader);
    return 0;
}

/* --- Avro -------------------------------------------------------------------------------------------------------- */

/* An event's bytes, put together by hand. */
struct raw {
    enum stream stream;
    const char *event_id, *child_id, *rest; /* REST: hex, after recorded_at */
    int64_t occurred_on, recorded_at;
    enum problem problem;
    const char *field;
};

#define ID_AVRO "8f460d51-e720-5d2a-a842-0d69d5b1eceb"
#define AT INT64_C(1736845200000)

static const struct raw raws[] = {
    /* retracted, kind, school_id */
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02 73", 20000, AT, PROBLEM_NONE, ""},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "01 02 00", 20000, AT, PROBLEM_NONE, ""},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 02 00", 20000, AT, PROBLEM_FIELD_MISSING, "school_id"},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 04 00", 20000, AT, PROBLEM_MALFORMED, "kind"},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 00", 20000, AT, PROBLEM_ID_INVALID, "school_id"},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02 20", 20000, AT, PROBLEM_ID_INVALID, "school_id"},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02 73 00", 20000, AT, PROBLEM_TRAILING_BYTES, ""},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02", 20000, AT, PROBLEM_TRUNCATED, "school_id"},
    {STREAM_ENROLLMENT, "8f460d51-e720-5d2a-a842_0d69d5b1eceb", "c", "00 00 02 02 73", 20000, AT, PROBLEM_UUID_INVALID,
     "event_id"},
    {STREAM_ENROLLMENT, ID_AVRO, "", "00 00 02 02 73", 20000, AT, PROBLEM_ID_INVALID, "child_id"},
    {STREAM_ENROLLMENT, ID_AVRO, "\x1b[2J", "00 00 02 02 73", 20000, AT, PROBLEM_ID_INVALID, "child_id"},
    {STREAM_ENROLLMENT, ID_AVRO, LONG_64, "00 00 02 02 73", 20000, AT, PROBLEM_NONE, ""},
    {STREAM_ENROLLMENT, ID_AVRO, LONG_64 "x", "00 00 02 02 73", 20000, AT, PROBLEM_ID_INVALID, "child_id"},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02 73", -25567, AT, PROBLEM_NONE, ""},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02 73", -25568, AT, PROBLEM_DATE_INVALID, "occurred_on"},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02 73", 84005, AT, PROBLEM_NONE, ""},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02 73", 84006, AT, PROBLEM_DATE_INVALID, "occurred_on"},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02 73", INT32_MIN, AT, PROBLEM_DATE_INVALID, "occurred_on"},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02 73", INT64_C(20000000000), AT, PROBLEM_MALFORMED, "occurred_on"},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02 73", 20000, INT64_MAX, PROBLEM_INSTANT_INVALID, "recorded_at"},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "00 00 02 02 73", 20000, INT64_MIN, PROBLEM_INSTANT_INVALID, "recorded_at"},
    {STREAM_ENROLLMENT, ID_AVRO, "c", "02 00 02 02 73", 20000, AT, PROBLEM_MALFORMED, "retracted"},
    /* retracted, kind, location, birth_date, unaccompanied, applied_on */
    {STREAM_PLACEMENT, ID_AVRO, "c", "00 00 02 02 61 02 02 00 00 00", 20000, AT, PROBLEM_NONE, ""},
    {STREAM_PLACEMENT, ID_AVRO, "c", "00 02 00 00 00 00", 20000, AT, PROBLEM_NONE, ""},
    {STREAM_PLACEMENT, ID_AVRO, "c", "00 00 00 00 00 00", 20000, AT, PROBLEM_FIELD_MISSING, "location"},
    {STREAM_PLACEMENT, ID_AVRO, "c", "01 00 00 00 00 00", 20000, AT, PROBLEM_NONE, ""},
    {STREAM_PLACEMENT, ID_AVRO, "c", "00 00 02 00 02 02 00 00 00", 20000, AT, PROBLEM_ID_INVALID,
     "location.location_id"},
    {STREAM_PLACEMENT, ID_AVRO, "c", "00 00 02 02 61 18 02 00 00 00", 20000, AT, PROBLEM_MALFORMED, "location.kind"},
    {STREAM_PLACEMENT, ID_AVRO, "c", "00 00 02 02 61 02 06 00 00 00", 20000, AT, PROBLEM_MALFORMED, "location.region"},
    {STREAM_PLACEMENT, ID_AVRO, "c", "00 00 02 02 61 02 02 02 ffff7f 00 00", 20000, AT, PROBLEM_DATE_INVALID,
     "birth_date"},
    {STREAM_PLACEMENT, ID_AVRO, "c", "00 00 02 02 61 02 02 00 00 02 ffff7f", 20000, AT, PROBLEM_DATE_INVALID,
     "applied_on"},
    /* retracted, from_location_id, to, reason */
    {STREAM_MOVE, ID_AVRO, "c", "00 00 02 02 61 02 02 00", 20000, AT, PROBLEM_NONE, ""},
    {STREAM_MOVE, ID_AVRO, "c", "00 00 00 00", 20000, AT, PROBLEM_FIELD_MISSING, "to"},
    {STREAM_MOVE, ID_AVRO, "c", "01 00 00 00", 20000, AT, PROBLEM_NONE, ""},
    {STREAM_MOVE, ID_AVRO, "c", "00 02 02 2f 02 02 61 02 02 00", 20000, AT, PROBLEM_ID_INVALID, "from_location_id"},
    {STREAM_MOVE, ID_AVRO, "c", "00 00 02 02 61 02 02 02 0e", 20000, AT, PROBLEM_MALFORMED, "reason"},
    {STREAM_MOVE, ID_AVRO, "c", "00 04", 20000, AT, PROBLEM_MALFORMED, "from_location_id"},
};

static size_t put_raw(const struct raw *raw, uint8_t *bytes, size_t size)
{
    static const enum schema schemas[STREAM_COUNT] = {SCHEMA_PLACEMENT, SCHEMA_MOVE, SCHEMA_ENROLLMENT};
    uint8_t rest[64];
    struct avro_writer writer = {bytes, bytes + size, false};
    avro_put_framing(&writer, newest_schemas[schemas[raw->stream]].fingerprint);
    avro_put_string(&writer, raw->event_id);
    avro_put_string(&writer, raw->child_id);
    avro_put_long(&writer, raw->occurred_on);
    avro_put_long(&writer, raw->recorded_at);
    avro_put(&writer, rest, bytes_of(raw->rest, rest, sizeof rest));
    return avro_written(&writer, bytes);
}

static void records_are_read_or_refused_with_the_reason(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < LENGTH(raws); i++) {
        struct event event;
        struct finding finding = finding_of(PROBLEM_NONE, "");
        uint8_t bytes[512];
        size_t length = put_raw(&raws[i], bytes, sizeof bytes);
        bool read = event_read(reader, raws[i].stream, bytes, length, &event, &finding);
        if (read != (raws[i].problem == PROBLEM_NONE) || finding.problem != raws[i].problem ||
            strcmp(finding.field, raws[i].field) != 0) {
            print_error("row %zu gave %s %s\n", i, problem_names[finding.problem], finding.field);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static const struct {
    const char *bytes;
    enum problem problem;
} framings[] = {
    {"", PROBLEM_FRAMING_UNKNOWN},
    {"00", PROBLEM_FRAMING_UNKNOWN},
    {"00 00 00 00", PROBLEM_FRAMING_UNKNOWN},
    {"00 00 00 00 07", PROBLEM_FRAMING_CONFLUENT},
    {"00 00 00 00 07 02 02", PROBLEM_FRAMING_CONFLUENT},
    {"c3", PROBLEM_FRAMING_UNKNOWN},
    {"c3 01 00 00 00 00 00 00 00", PROBLEM_FRAMING_UNKNOWN},
    {"c3 01 00 00 00 00 00 00 00 00", PROBLEM_SCHEMA_UNKNOWN},
    {"c3 02 00 00 00 00 00 00 00 00", PROBLEM_FRAMING_UNKNOWN},
    {"7b 22 65 76 65 6e 74 22 3a 7d 20", PROBLEM_FRAMING_UNKNOWN},
    {"4f 62 6a 01 00 00 00 00 00 00 00", PROBLEM_FRAMING_UNKNOWN}, /* a file of Avro's */
};

static void framing_is_told_by_the_first_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(framings); i++) {
        struct event event;
        struct finding finding;
        uint8_t bytes[64];
        size_t length = bytes_of(framings[i].bytes, bytes, sizeof bytes);
        assert_false(event_read(reader, STREAM_MOVE, bytes, length, &event, &finding));
        if (finding.problem != framings[i].problem)
            fail_msg("%s gave %s", framings[i].bytes, problem_names[finding.problem]);
        assert_string_equal(finding.field, "");
    }
}

static void a_record_of_another_topic_is_unfit(void **state)
{
    struct event event;
    struct finding finding;
    uint8_t bytes[512];
    (void)state;
    size_t length = put_raw(&raws[0], bytes, sizeof bytes);
    assert_false(event_read(reader, STREAM_MOVE, bytes, length, &event, &finding));
    assert_int_equal(finding.problem, PROBLEM_SCHEMA_UNFIT);
}

static void a_record_longer_than_an_event_is_refused(void **state)
{
    struct event event;
    struct finding finding;
    uint8_t *bytes = calloc(1, EVENT_BYTES_MAX + 1);
    (void)state;
    assert_false(event_read(reader, STREAM_MOVE, bytes, EVENT_BYTES_MAX + 1, &event, &finding));
    assert_int_equal(finding.problem, PROBLEM_TOO_LONG);
    free(bytes);
}

/* --- there and back ---------------------------------------------------------------------------------------------- */

static void assert_same(const struct event *a, const struct event *b)
{
    assert_true(text_equal(a->child_id, b->child_id));
    assert_true(uuid_equal(&a->fact.event_id, &b->fact.event_id));
    assert_int_equal(fact_compare_versions(&a->fact, &b->fact), 0);
    assert_int_equal(a->fact.first_recorded_at_ms, b->fact.first_recorded_at_ms);
    assert_true(text_equal(a->from_location_id, b->from_location_id));
    assert_true(text_equal(a->reason, b->reason));
}

/* A case's event as JSON, from JSON, to Avro, from Avro, to JSON: and every member is what it was. */
static void go_there_and_back(json_t *json)
{
    struct event_storage storage = {0};
    struct event event, again;
    struct finding finding;
    uint8_t bytes[1024];
    char written[2048];
    const char *key;
    json_t *value;
    char *line = json_dumps(json, 0);
    if (!event_read_json(line, strlen(line), &storage, &event, &finding))
        fail_msg("%s: %s %s", line, problem_names[finding.problem], finding.field);
    size_t length = event_write(&event, single_object(), bytes, sizeof bytes);
    assert_true(length > 0);
    assert_true(event_read(reader, fact_stream(event.fact.kind), bytes, length, &again, &finding));
    assert_same(&event, &again);
    size_t written_length = event_write_json(&again, written, sizeof written);
    assert_true(written_length == strlen(written) && written_length > 0);
    json_t *back = json_loadb(written, written_length, JSON_REJECT_DUPLICATES, NULL);
    json_object_foreach(json, key, value)
    {
        bool same = json_equal(value, json_object_get(back, key));
        bool impossible = strcmp(key, "birth_date") == 0 ||
                          strcmp(key, "applied_on") == 0; /* may have been made absent */
        if (!same && !(impossible && json_is_null(json_object_get(back, key))))
            fail_msg("%s: %s became %s", key, line, written);
    }
    for (size_t size = 0; size < length; size++) /* where there is no room, nothing is written past it */
        assert_int_equal(event_write(&event, single_object(), bytes, size), 0);
    for (size_t size = 0; size <= written_length; size++)
        assert_int_equal(event_write_json(&event, written, size), 0);
    json_decref(back);
    free(line);
    event_storage_fini(&storage);
}

static void events_of_the_worked_examples_go_there_and_back(void **state)
{
    DIR *directory = opendir(PROJECT_SOURCE_DIR "/tests/cases");
    size_t count = 0, index;
    (void)state;
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[1024];
        json_t *event;
        if (strstr(entry->d_name, ".json") == NULL)
            continue;
        snprintf(path, sizeof path, "%s/%s", PROJECT_SOURCE_DIR "/tests/cases", entry->d_name);
        json_t *file = json_load_file(path, 0, NULL);
        assert_non_null(file);
        json_array_foreach(json_object_get(file, "events"), index, event)
        {
            go_there_and_back(event);
            count++;
        }
        json_decref(file);
    }
    closedir(directory);
    assert_true(count > 200);
}

/* Of the tests of Kafka's Java client, as Java prints them. */
static const struct {
    const char *key;
    int32_t hash;
} hashes[] = {
    {"21", -973932308},
    {"foobar", -790332482},
    {"a-little-bit-long-string", -985981536},
    {"a-little-bit-longer-string", -1486304829},
    {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971},
    {"abc", 479470107},
};

static void keys_go_where_java_sends_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(hashes); i++)
        if ((int32_t)key_murmur2(text_of(hashes[i].key)) != hashes[i].hash)
            fail_msg("%s gave %d", hashes[i].key, (int)key_murmur2(text_of(hashes[i].key)));
    assert_int_equal(key_partition(0x80000007, 5), 2); /* the sign is dropped, not negated */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_read_or_refused_with_the_reason),
        cmocka_unit_test(framing_is_told_by_the_first_bytes),
        cmocka_unit_test(a_record_of_another_topic_is_unfit),
        cmocka_unit_test(a_record_longer_than_an_event_is_refused),
        cmocka_unit_test(events_of_the_worked_examples_go_there_and_back),
        cmocka_unit_test(keys_go_where_java_sends_them),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
