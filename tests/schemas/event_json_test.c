/* Protects the door for lines of JSON: every event that gets in is a fact, and whatever is not is turned away with the
 * right reason. A line that is wrongly turned away is a child forgotten. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/event.h"

#define ID "\"event_id\":\"FF0279DE-7973-54b7-8c44-db486a22fd7f\""
#define HEAD ID ",\"child_id\":\"child-1\",\"occurred_on\":\"2025-01-14\",\"recorded_at\":\"2025-01-14T09:00:00.000Z\""
#define PLACE "{\"location_id\":\"azc-n\",\"kind\":\"CENTRE\",\"region\":\"NORTH\"}"
#define ARRIVED "{" HEAD ",\"type\":\"placement\",\"kind\":\"ARRIVED\",\"location\":" PLACE
#define MOVED "{" HEAD ",\"type\":\"move\",\"to\":" PLACE
#define ENROLLED "{" HEAD ",\"type\":\"enrollment\",\"kind\":\"ENROLLED\",\"school_id\":\"s1\""
#define WITH(id, child, on, at)                                                                                        \
    "{\"event_id\":" id ",\"child_id\":" child ",\"occurred_on\":" on ",\"recorded_at\":" at                           \
    ",\"type\":\"enrollment\",\"kind\":\"ENROLLED\",\"school_id\":\"s1\"}"
#define UUID "\"8f460d51-e720-5d2a-a842-0d69d5b1eceb\""
#define LONG_64 "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"

static const struct {
    const char *line;
    enum problem problem;
    const char *field;
} lines[] = {
    {ARRIVED "}", PROBLEM_NONE, ""},
    {MOVED "}", PROBLEM_NONE, ""},
    {ENROLLED "}", PROBLEM_NONE, ""},
    {" \t" ARRIVED " } \r\n", PROBLEM_NONE, ""},
    {ARRIVED ",\"birth_date\":null,\"unaccompanied\":null,\"applied_on\":null,\"retracted\":null}", PROBLEM_NONE, ""},
    {ARRIVED ",\"school_id\":17,\"other\":[{\"a\":[1,-2.5e+3,true]},\"\\u00e9\\ud83d\\ude00\"]}", PROBLEM_NONE, ""},
    {"{" HEAD ",\"type\":\"placement\",\"kind\":\"DEPARTED\"}", PROBLEM_NONE, ""},
    {"{" HEAD ",\"type\":\"placement\",\"kind\":\"ARRIVED\",\"retracted\":true}", PROBLEM_NONE, ""},
    {"{" HEAD ",\"type\":\"move\",\"retracted\":true}", PROBLEM_NONE, ""},
    {"{" HEAD ",\"type\":\"enrollment\",\"kind\":\"WITHDRAWN\",\"retracted\":true}", PROBLEM_NONE, ""},
    {WITH(UUID, "\"" LONG_64 "\"", "\"1900-01-01\"", "\"2199-12-31t23:59:59.9999z\""), PROBLEM_NONE, ""},
    {WITH(UUID, "\"c\\u0068ild-1\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00+00:00\""), PROBLEM_NONE, ""},
    {MOVED ",\"reason\":\"FOLLOWED_A_BALLOON\"}", PROBLEM_NONE, ""}, /* changes no alert, so it loses no move */
    /* not JSON */
    {"", PROBLEM_NOT_JSON, ""},
    {"null", PROBLEM_NOT_JSON, ""},
    {"[]", PROBLEM_NOT_JSON, ""},
    {"{", PROBLEM_NOT_JSON, ""},
    {ARRIVED, PROBLEM_NOT_JSON, ""},
    {ARRIVED "}}", PROBLEM_NOT_JSON, ""},
    {ARRIVED "} x", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",}", PROBLEM_NOT_JSON, ""},
    {ARRIVED " \"x\":1}", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",\"x\":}", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",\"x\":01}", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",\"x\":1.}", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",\"x\":1e}", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",\"x\":nul}", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",\"x\":\"\n\"}", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",\"x\":\"\\x\"}", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",\"x\":\"\\u12\"}", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",\"x\":\"\\ud83d\"}", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",\"x\":\"\xff\"}", PROBLEM_NOT_JSON, ""},
    {ARRIVED ",\"x\":\"\xc0\x80\"}", PROBLEM_NOT_JSON, ""},         /* an overlong form, of two bytes */
    {ARRIVED ",\"x\":\"\xe0\x9f\xbf\"}", PROBLEM_NOT_JSON, ""},     /* of three */
    {ARRIVED ",\"x\":\"\xf0\x8f\xbf\xbf\"}", PROBLEM_NOT_JSON, ""}, /* of four */
    {ARRIVED ",\"x\":\"\xed\xa0\x80\"}", PROBLEM_NOT_JSON, ""},     /* a surrogate */
    {ARRIVED ",\"x\":\"\xf4\x90\x80\x80\"}", PROBLEM_NOT_JSON, ""}, /* past U+10FFFF */
    {ARRIVED ",\"x\":\"\xe2\x82\"}", PROBLEM_NOT_JSON, ""},         /* cut off */
    {ARRIVED ",\"x\":\"\xed\x9f\xbf\xf4\x8f\xbf\xbf\"}", PROBLEM_NONE, ""},
    {ARRIVED ",\"x\":[1,]}", PROBLEM_NOT_JSON, ""},
    /* missing */
    {"{}", PROBLEM_FIELD_MISSING, "type"},
    {"{" HEAD "}", PROBLEM_FIELD_MISSING, "type"},
    {"{\"type\":\"move\"}", PROBLEM_FIELD_MISSING, "event_id"},
    {"{\"type\":\"move\"," ID "}", PROBLEM_FIELD_MISSING, "child_id"},
    {"{\"type\":\"move\"," ID ",\"child_id\":\"c\"}", PROBLEM_FIELD_MISSING, "occurred_on"},
    {"{\"type\":\"move\"," ID ",\"child_id\":\"c\",\"occurred_on\":\"2025-01-01\"}", PROBLEM_FIELD_MISSING,
     "recorded_at"},
    {"{" HEAD ",\"type\":\"placement\"}", PROBLEM_FIELD_MISSING, "kind"},
    {"{" HEAD ",\"type\":\"placement\",\"kind\":\"ARRIVED\"}", PROBLEM_FIELD_MISSING, "location"},
    {"{" HEAD ",\"type\":\"placement\",\"kind\":\"ARRIVED\",\"location\":null}", PROBLEM_FIELD_MISSING, "location"},
    {"{" HEAD ",\"type\":\"move\"}", PROBLEM_FIELD_MISSING, "to"},
    {"{" HEAD ",\"type\":\"enrollment\",\"kind\":\"ENROLLED\"}", PROBLEM_FIELD_MISSING, "school_id"},
    {"{" HEAD ",\"type\":\"enrollment\",\"kind\":\"WITHDRAWN\",\"retracted\":false}", PROBLEM_FIELD_MISSING,
     "school_id"},
    {"{" HEAD ",\"type\":\"move\",\"to\":{\"kind\":\"CENTRE\",\"region\":\"NORTH\"}}", PROBLEM_FIELD_MISSING,
     "to.location_id"},
    {"{" HEAD ",\"type\":\"move\",\"to\":{\"location_id\":\"a\",\"region\":\"NORTH\"}}", PROBLEM_FIELD_MISSING,
     "to.kind"},
    {"{" HEAD ",\"type\":\"move\",\"to\":{\"location_id\":\"a\",\"kind\":\"CENTRE\"}}", PROBLEM_FIELD_MISSING,
     "to.region"},
    /* of the wrong type */
    {WITH("1", "\"c\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_FIELD_TYPE, "event_id"},
    {WITH(UUID, "1", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_FIELD_TYPE, "child_id"},
    {WITH(UUID, "\"c\"", "20250101", "\"2025-01-01T00:00:00Z\""), PROBLEM_FIELD_TYPE, "occurred_on"},
    {WITH(UUID, "\"c\"", "\"2025-01-01\"", "1736000000000"), PROBLEM_FIELD_TYPE, "recorded_at"},
    {ARRIVED ",\"retracted\":\"true\"}", PROBLEM_FIELD_TYPE, "retracted"},
    {ARRIVED ",\"retracted\":1}", PROBLEM_FIELD_TYPE, "retracted"},
    {ARRIVED ",\"unaccompanied\":\"no\"}", PROBLEM_FIELD_TYPE, "unaccompanied"},
    {ARRIVED ",\"birth_date\":2010}", PROBLEM_FIELD_TYPE, "birth_date"},
    {"{" HEAD ",\"type\":\"placement\",\"kind\":7,\"location\":" PLACE "}", PROBLEM_FIELD_TYPE, "kind"},
    {"{" HEAD ",\"type\":\"placement\",\"kind\":\"ARRIVED\",\"location\":\"azc\"}", PROBLEM_FIELD_TYPE, "location"},
    {"{" HEAD ",\"type\":\"placement\",\"kind\":\"ARRIVED\",\"location\":[]}", PROBLEM_FIELD_TYPE, "location"},
    {"{" HEAD ",\"type\":\"enrollment\",\"kind\":\"ENROLLED\",\"school_id\":{}}", PROBLEM_FIELD_TYPE, "school_id"},
    {MOVED ",\"from_location_id\":true}", PROBLEM_FIELD_TYPE, "from_location_id"},
    {MOVED ",\"reason\":3}", PROBLEM_FIELD_TYPE, "reason"},
    /* symbols */
    {"{" HEAD ",\"type\":\"birthday\"}", PROBLEM_SYMBOL_UNKNOWN, "type"},
    {"{" HEAD ",\"type\":\"placement\",\"kind\":\"ENROLLED\"}", PROBLEM_SYMBOL_UNKNOWN, "kind"},
    {"{" HEAD ",\"type\":\"placement\",\"kind\":\"arrived\"}", PROBLEM_SYMBOL_UNKNOWN, "kind"},
    {"{" HEAD ",\"type\":\"enrollment\",\"kind\":\"ARRIVED\",\"school_id\":\"s\"}", PROBLEM_SYMBOL_UNKNOWN, "kind"},
    {"{" HEAD ",\"type\":\"move\",\"to\":{\"location_id\":\"a\",\"kind\":\"HOTEL\",\"region\":\"NORTH\"}}",
     PROBLEM_SYMBOL_UNKNOWN, "to.kind"},
    {"{" HEAD ",\"type\":\"move\",\"to\":{\"location_id\":\"a\",\"kind\":\"CENTRE\",\"region\":\"NORTH\\u0000\"}}",
     PROBLEM_SYMBOL_UNKNOWN, "to.region"},
    /* ids */
    {WITH("\"8f460d51-e720-5d2a-a842-0d69d5b1ece\"", "\"c\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""),
     PROBLEM_UUID_INVALID, "event_id"},
    {WITH("\"8f460d51-e720-5d2a-a842-0d69d5b1eceg\"", "\"c\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""),
     PROBLEM_UUID_INVALID, "event_id"},
    {WITH("\"8f460d51e7205d2aa8420d69d5b1eceb\"", "\"c\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""),
     PROBLEM_UUID_INVALID, "event_id"},
    {WITH("\"\"", "\"c\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_UUID_INVALID, "event_id"},
    {WITH(UUID, "\"\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_ID_INVALID, "child_id"},
    {WITH(UUID, "\"" LONG_64 "e\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_ID_INVALID, "child_id"},
    {WITH(UUID, "\"a b\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_ID_INVALID, "child_id"},
    {WITH(UUID, "\"\xc3\xa9\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_ID_INVALID, "child_id"},
    {WITH(UUID, "\"a\\u0000\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_ID_INVALID, "child_id"},
    {WITH(UUID, "\"a\\n\"", "\"2025-01-01\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_ID_INVALID, "child_id"},
    {"{" HEAD ",\"type\":\"move\",\"to\":{\"location_id\":\"\",\"kind\":\"CENTRE\",\"region\":\"NORTH\"}}",
     PROBLEM_ID_INVALID, "to.location_id"},
    {"{" HEAD ",\"type\":\"enrollment\",\"kind\":\"ENROLLED\",\"school_id\":\"\"}", PROBLEM_ID_INVALID, "school_id"},
    {MOVED ",\"from_location_id\":\"\"}", PROBLEM_ID_INVALID, "from_location_id"},
    /* dates and instants */
    {WITH(UUID, "\"c\"", "\"1899-12-31\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_DATE_INVALID, "occurred_on"},
    {WITH(UUID, "\"c\"", "\"2200-01-01\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_DATE_INVALID, "occurred_on"},
    {WITH(UUID, "\"c\"", "\"2025-02-29\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_DATE_INVALID, "occurred_on"},
    {WITH(UUID, "\"c\"", "\"2025-1-01\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_DATE_INVALID, "occurred_on"},
    {WITH(UUID, "\"c\"", "\"2025-01-01T00:00:00Z\"", "\"2025-01-01T00:00:00Z\""), PROBLEM_DATE_INVALID, "occurred_on"},
    {ARRIVED ",\"birth_date\":\"1899-01-01\"}", PROBLEM_DATE_INVALID, "birth_date"},
    {ARRIVED ",\"applied_on\":\"\"}", PROBLEM_DATE_INVALID, "applied_on"},
    {WITH(UUID, "\"c\"", "\"2025-01-01\"", "\"2025-01-01\""), PROBLEM_INSTANT_INVALID, "recorded_at"},
    {WITH(UUID, "\"c\"", "\"2025-01-01\"", "\"2025-01-01T00:00Z\""), PROBLEM_INSTANT_INVALID, "recorded_at"},
    {WITH(UUID, "\"c\"", "\"2025-01-01\"", "\"1899-12-31T23:59:59Z\""), PROBLEM_INSTANT_INVALID, "recorded_at"},
    {WITH(UUID, "\"c\"", "\"2025-01-01\"", "\"2199-12-31T23:59:59-00:01\""), PROBLEM_INSTANT_INVALID, "recorded_at"},
};

static void lines_are_read_or_refused_with_the_reason(void **state)
{
    struct event_storage storage = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < LENGTH(lines); i++) {
        struct event event;
        struct finding finding = finding_of(PROBLEM_NONE, "");
        /* at the end of its memory, so that a sanitizer sees reading past it */
        size_t length = strlen(lines[i].line);
        char *line = malloc(length + 1);
        char *start = line + 1;
        memcpy(start, lines[i].line, length);
        bool read = event_read_json(start, length, &storage, &event, &finding);
        if (read != (lines[i].problem == PROBLEM_NONE) || finding.problem != lines[i].problem ||
            strcmp(finding.field, lines[i].field) != 0) {
            print_error("%s\n  gave %s %s\n", lines[i].line, problem_names[finding.problem], finding.field);
            wrong++;
        }
        free(line);
    }
    event_storage_fini(&storage);
    assert_int_equal(wrong, 0);
}

static const struct {
    const char *text;
    int64_t ms; /* or -1 */
} instants[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"1970-01-01t00:00:00z", 0},
    {"1970-01-01T00:00:00.001Z", 1},
    {"1970-01-01T00:00:00.0019999999999999999999999999Z", 1},
    {"1970-01-01T00:00:00.5Z", 500},
    {"1970-01-01T01:30:00+01:30", 0},
    {"1969-12-31T23:00:00-01:00", 0},
    {"1970-01-01T00:00:00-00:00", 0},
    {"2025-01-14T09:00:00.000Z", INT64_C(1736845200000)},
    {"2025-01-14T10:00:59+01:00", INT64_C(1736845259000)},
    {"1970-01-01T00:00:60Z", -1},
    {"1970-01-01T24:00:00Z", -1},
    {"1970-01-01T00:60:00Z", -1},
    {"1970-01-01 00:00:00Z", -1},
    {"1970-01-01T00:00:00", -1},
    {"1970-01-01T00:00:00.Z", -1},
    {"1970-01-01T00:00:00,5Z", -1},
    {"1970-01-01T00:00:00+0100", -1},
    {"1970-01-01T00:00:00+24:00", -1},
    {"1970-01-01T00:00:00+01:60", -1},
    {"1970-01-01T00:00:00ZZ", -1},
    {"1970-02-30T00:00:00Z", -1},
    {"1970-01-01T0:00:00Z", -1},
};

static void instants_are_read_as_rfc_3339_has_them(void **state)
{
    struct event_storage storage = {0};
    (void)state;
    for (size_t i = 0; i < LENGTH(instants); i++) {
        struct event event;
        struct finding finding;
        char line[512];
        int length = snprintf(line, sizeof line,
                              "{\"event_id\":" UUID ",\"child_id\":\"c\",\"occurred_on\":\"2025-01-01\",\"type\":"
                              "\"enrollment\",\"kind\":\"ENROLLED\",\"school_id\":\"s\",\"recorded_at\":\"%s\"}",
                              instants[i].text);
        bool read = event_read_json(line, (size_t)length, &storage, &event, &finding);
        if (read != (instants[i].ms >= 0) || (read && event.fact.recorded_at_ms != instants[i].ms))
            fail_msg("%s", instants[i].text);
    }
    event_storage_fini(&storage);
}

static void an_event_of_json_says_what_the_line_says(void **state)
{
    static const char line[] =
        "{\"type\":\"move\",\"event_id\":\"FF0279DE-7973-54B7-8C44-DB486A22FD7F\",\"child_id\":\"no\",\"child_id\":"
        "\"\\u0063hild\\u002d1\",\"occurred_on\":\"2025-01-14\",\"recorded_at\":\"2025-01-14T09:00:00Z\",\"retracted\":"
        "true,"
        "\"birth_date\":\"2010-01-01\",\"to\":{\"region\":\"SOUTH\",\"kind\":\"CRISIS_EMERGENCY\",\"location_id\":"
        "\"n\\u002e1\"},"
        "\"from_location_id\":\"x:1\",\"reason\":\"CAPACITY\",\"school_id\":\"s1\"}";
    struct event_storage storage = {0};
    struct event event;
    struct finding finding;
    char uuid[UUID_TEXT_SIZE];
    (void)state;
    assert_true(event_read_json(line, strlen(line), &storage, &event, &finding));
    uuid_format(&event.fact.event_id, uuid);
    assert_string_equal(uuid, "ff0279de-7973-54b7-8c44-db486a22fd7f");
    assert_true(text_equal(event.child_id, text_of("child-1"))); /* of two, the last */
    assert_int_equal(event.fact.kind, FACT_MOVED);
    assert_int_equal(event.fact.occurred_on.number, 20102);
    assert_true(event.fact.recorded_at_ms == INT64_C(1736845200000));
    assert_true(event.fact.first_recorded_at_ms == event.fact.recorded_at_ms);
    assert_true(event.fact.retracted);
    assert_true(text_equal(event.fact.place.location_id, text_of("n.1")));
    assert_int_equal(event.fact.place.kind, LOCATION_CRISIS_EMERGENCY);
    assert_int_equal(event.fact.place.region, REGION_SOUTH);
    assert_true(text_equal(event.from_location_id, text_of("x:1")));
    assert_true(text_equal(event.reason, text_of("CAPACITY")));
    /* what a move does not carry is not there */
    assert_true(day_is_absent(event.fact.birth_date));
    assert_int_equal(event.fact.school_id.length, 0);
    assert_int_equal(event.fact.sequence, 0);
    event_storage_fini(&storage);
}

static void a_departure_says_nothing_of_an_arrival(void **state)
{
    static const char line[] = "{" HEAD ",\"type\":\"placement\",\"kind\":\"DEPARTED\",\"location\":" PLACE
                               ",\"birth_date\":\"2010-01-01\",\"unaccompanied\":true,\"applied_on\":\"2024-01-01\"}";
    struct event_storage storage = {0};
    struct event event;
    struct finding finding;
    (void)state;
    assert_true(event_read_json(line, strlen(line), &storage, &event, &finding));
    assert_true(text_equal(event.fact.place.location_id, text_of("azc-n")));
    assert_true(day_is_absent(event.fact.birth_date) && day_is_absent(event.fact.applied_on));
    assert_int_equal(event.fact.unaccompanied, ANSWER_UNKNOWN);
    event_storage_fini(&storage);
}

static void a_line_too_long_or_too_deep_is_refused(void **state)
{
    struct event_storage storage = {0};
    struct event event;
    struct finding finding;
    char *line = malloc(EVENT_BYTES_MAX + 1);
    (void)state;
    memset(line, ' ', EVENT_BYTES_MAX + 1);
    assert_false(event_read_json(line, EVENT_BYTES_MAX + 1, &storage, &event, &finding));
    assert_int_equal(finding.problem, PROBLEM_TOO_LONG);
    memset(line, '[', EVENT_BYTES_MAX);
    memcpy(line, "{\"a\":", 5);
    double start = cpu_ms();
    assert_false(event_read_json(line, EVENT_BYTES_MAX, &storage, &event, &finding));
    assert_int_equal(finding.problem, PROBLEM_NOT_JSON);
    assert_true(cpu_ms() - start < 50);
    free(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_read_or_refused_with_the_reason),
        cmocka_unit_test(instants_are_read_as_rfc_3339_has_them),
        cmocka_unit_test(an_event_of_json_says_what_the_line_says),
        cmocka_unit_test(a_departure_says_nothing_of_an_arrival),
        cmocka_unit_test(a_line_too_long_or_too_deep_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
