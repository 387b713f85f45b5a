/* Protects what leaves the house: alerts, violations and dead letters as Avro C reads them, alerts as we read them
 * back, whichever version wrote them, and the JSON form, which has exactly the fields of the rules. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "alerts/alert_table.h"
#include "avro_c.h"
#include "schemas/alert_record.h"
#include "schemas/avro_bytes.h"
#include "tests/support/single_object.h"

static struct uuid uuid(const char *text)
{
    struct uuid parsed;
    assert_true(uuid_parse(text, strlen(text), &parsed));
    return parsed;
}

/* An alert with all there can be, or with as little as possible. */
static struct alert_record record_of(bool full)
{
    struct alert alert = {.cause = uuid("ff0279de-7973-54b7-8c44-db486a22fd7f"),
                          .rule = 1,
                          .level = LEVEL_VIOLATION,
                          .state = ALERT_OPEN,
                          .raised_on = {20162},
                          .violation_on = DAY_ABSENT,
                          .due_on = DAY_ABSENT,
                          .resolved_on = DAY_ABSENT,
                          .place = {text_of("azc-n"), LOCATION_CENTRE, REGION_NORTH},
                          .revision = 1};
    if (full) {
        alert.level = LEVEL_SEVERE;
        alert.state = ALERT_WITHDRAWN;
        alert.violation_on = (struct day){20193};
        alert.due_on = (struct day){20192};
        alert.resolved_on = (struct day){20200};
        alert.resolution = RESOLUTION_CORRECTED;
        alert.norm_months = 3;
        alert.place = (struct place){text_of("x:y.z_1-2"), LOCATION_TRANSIT, REGION_SOUTH};
        alert.unaccompanied = ANSWER_YES;
        alert.revision = UINT32_MAX;
        alert.withdrawn_by = uuid("8f460d51-e720-5d2a-a842-0d69d5b1eceb");
        alert.replaced_by = uuid("f7a0ebd5-57aa-5dcb-abda-0bc20e6d3ffb");
    }
    return alert_record_of(&alert, text_of("child-1"), INT64_C(1736845200123));
}

static void ids_follow_from_child_rule_and_cause(void **state)
{
    struct alert_record record = record_of(true);
    char id[UUID_TEXT_SIZE];
    struct uuid replacement = uuid_of_alert(text_of("child-1"), text_of("no-school"), &record.alert.replaced_by);
    (void)state;
    uuid_format(&record.alert_id, id);
    assert_string_equal(id, "b13b8a4b-f7d9-5cfe-ac8a-6c25b3c34edc"); /* of the example school-three-months */
    assert_true(uuid_equal(&record.replaced_by, &replacement));
    record = record_of(false);
    assert_true(uuid_is_nil(&record.replaced_by));
}

/* --- Avro -------------------------------------------------------------------------------------------------------- */

static void assert_text(const struct avro_c *record, const char *field, const char *expected)
{
    avro_value_t value = avro_c_field(&record->value, field);
    if (expected == NULL)
        assert_true(avro_c_is_null(&value));
    else
        assert_string_equal(avro_c_string(&value), expected);
}

static void assert_number(const struct avro_c *record, const char *field, int64_t expected)
{
    avro_value_t value = avro_c_field(&record->value, field);
    assert_true(avro_c_number(&value) == expected);
}

static void assert_absent(const struct avro_c *record, const char *field)
{
    assert_text(record, field, NULL);
}

static void avro_c_reads_a_full_alert(void **state)
{
    uint8_t bytes[ALERT_RECORD_BYTES_MAX];
    struct alert_record alert = record_of(true);
    struct avro_c record;
    (void)state;
    avro_c_read(&record, SCHEMA_ALERT, bytes, alert_record_write(&alert, single_object(), bytes, sizeof bytes));
    assert_text(&record, "alert_id", "b13b8a4b-f7d9-5cfe-ac8a-6c25b3c34edc");
    assert_text(&record, "child_id", "child-1");
    assert_text(&record, "rule", "no-school");
    assert_text(&record, "cause", "ff0279de-7973-54b7-8c44-db486a22fd7f");
    assert_text(&record, "level", "SEVERE");
    assert_text(&record, "state", "WITHDRAWN");
    assert_number(&record, "raised_on", 20162);
    assert_number(&record, "violation_on", 20193);
    assert_number(&record, "due_on", 20192);
    assert_number(&record, "resolved_on", 20200);
    assert_text(&record, "resolution", "CORRECTED");
    assert_number(&record, "norm_months", 3);
    assert_text(&record, "location_id", "x:y.z_1-2");
    assert_text(&record, "location_kind", "TRANSIT");
    assert_text(&record, "region", "SOUTH");
    assert_number(&record, "unaccompanied", 1);
    assert_number(&record, "revision", UINT32_MAX);
    assert_text(&record, "withdrawn_by", "8f460d51-e720-5d2a-a842-0d69d5b1eceb");
    assert_number(&record, "logged_at", INT64_C(1736845200123));
    avro_c_free(&record);
}

static void avro_c_reads_a_bare_alert_and_violation(void **state)
{
    static const char *const absent[] = {"violation_on", "due_on",      "resolved_on",
                                         "resolution",   "norm_months", "unaccompanied"};
    uint8_t bytes[ALERT_RECORD_BYTES_MAX];
    struct alert_record alert = record_of(false);
    struct avro_c record;
    (void)state;
    avro_c_read(&record, SCHEMA_ALERT, bytes, alert_record_write(&alert, single_object(), bytes, sizeof bytes));
    for (size_t i = 0; i < LENGTH(absent); i++)
        assert_absent(&record, absent[i]);
    assert_absent(&record, "withdrawn_by");
    assert_absent(&record, "replaced_by");
    avro_c_free(&record);
    avro_c_read(&record, SCHEMA_VIOLATION, bytes, violation_record_write(&alert, single_object(), bytes, sizeof bytes));
    for (size_t i = 0; i < LENGTH(absent); i++)
        assert_absent(&record, absent[i]);
    assert_text(&record, "state", "OPEN");
    assert_number(&record, "revision", 1);
    avro_c_free(&record);
}

static void avro_c_reads_a_dead_letter(void **state)
{
    static const uint8_t payload[] = {0, 1, 2, 255};
    struct dead_letter letter = {.topic = text_of("placements"),
                                 .partition = 3,
                                 .offset = INT64_C(1) << 40,
                                 .timestamp_ms = 5,
                                 .finding = finding_of(PROBLEM_FIELD_MISSING, "location"),
                                 .has_schema_id = true,
                                 .schema_id = 0xabc,
                                 .payload = payload,
                                 .payload_length = sizeof payload};
    uint8_t bytes[1024 + sizeof payload];
    struct avro_c record;
    (void)state;
    avro_c_read(&record, SCHEMA_DEAD_LETTER, bytes, dead_letter_write(&letter, single_object(), bytes, sizeof bytes));
    assert_text(&record, "topic", "placements");
    assert_number(&record, "partition", 3);
    assert_number(&record, "offset", INT64_C(1) << 40);
    assert_text(&record, "reason", "FIELD_MISSING");
    assert_text(&record, "explanation", "a field that the kind needs is missing");
    assert_text(&record, "field", "location");
    assert_text(&record, "schema_id", "0000000000000abc");
    avro_c_free(&record);
    letter.finding.field = "";
    letter.has_schema_id = false;
    letter.payload = NULL;
    avro_c_read(&record, SCHEMA_DEAD_LETTER, bytes, dead_letter_write(&letter, single_object(), bytes, sizeof bytes));
    assert_absent(&record, "field");
    assert_absent(&record, "schema_id");
    assert_absent(&record, "payload");
    avro_c_free(&record);
}

static void the_longest_records_fit(void **state)
{
    char id[ID_LENGTH_MAX + 1], topic[250];
    struct alert_record alert = record_of(true);
    struct dead_letter letter = {.partition = INT32_MAX,
                                 .offset = INT64_MAX,
                                 .timestamp_ms = INT64_MAX,
                                 .has_schema_id = true,
                                 .schema_id = UINT64_MAX};
    uint8_t bytes[ALERT_RECORD_BYTES_MAX];
    char line[ALERT_JSON_BYTES_MAX];
    (void)state;
    memset(id, 'x', ID_LENGTH_MAX);
    id[ID_LENGTH_MAX] = '\0';
    memset(topic, 't', 249);
    topic[249] = '\0';
    alert.child_id = alert.alert.place.location_id = text_of(id);
    assert_true(alert_record_write(&alert, single_object(), bytes, sizeof bytes) > 0);
    assert_true(violation_record_write(&alert, single_object(), bytes, sizeof bytes) > 0);
    assert_true(alert_record_write_json(&alert, true, line, sizeof line) > 0);
    assert_true(alert_line_write(&alert, line, ALERT_LINE_BYTES_MAX) > 0);
    assert_true(alert_table_row_write(LANGUAGE_DUTCH, &alert, line, ALERT_LINE_BYTES_MAX) > 0);
    letter.topic = text_of(topic);
    for (int problem = 0; problem < PROBLEM_COUNT; problem++) {
        letter.finding = finding_of((enum problem)problem, "location.location_id");
        assert_true(dead_letter_write(&letter, single_object(), bytes, sizeof bytes) > 0);
    }
}

static void where_there_is_no_room_nothing_is_written(void **state)
{
    struct alert_record alert = record_of(true);
    uint8_t bytes[ALERT_RECORD_BYTES_MAX];
    size_t length = alert_record_write(&alert, single_object(), bytes, sizeof bytes);
    (void)state;
    for (size_t size = 0; size < length; size++) {
        uint8_t *exact = malloc(size + 1);
        assert_int_equal(alert_record_write(&alert, single_object(), exact + 1, size), 0);
        assert_int_equal(alert_record_write_json(&alert, true, (char *)exact + 1, size), 0);
        free(exact);
    }
}

/* --- reading back ------------------------------------------------------------------------------------------------ */

static void alerts_are_read_back(void **state)
{
    struct alert_reader *reader = alert_reader_new();
    (void)state;
    for (int full = 0; full < 2; full++) {
        struct alert_record alert = record_of(full), back;
        struct finding finding;
        uint8_t bytes[ALERT_RECORD_BYTES_MAX];
        size_t length = alert_record_write(&alert, single_object(), bytes, sizeof bytes);
        assert_true(alert_record_read(reader, bytes, length, &back, &finding));
        assert_true(uuid_equal(&back.alert_id, &alert.alert_id));
        assert_true(text_equal(back.child_id, alert.child_id));
        assert_int_equal(back.alert.rule, alert.alert.rule);
        assert_true(uuid_equal(&back.alert.cause, &alert.alert.cause));
        assert_true(alert_same(&back.alert, &alert.alert));
        assert_true(back.alert.revision == alert.alert.revision);
        assert_true(uuid_equal(&back.alert.withdrawn_by, &alert.alert.withdrawn_by));
        assert_true(uuid_equal(&back.replaced_by, &alert.replaced_by));
        assert_true(back.logged_at_ms == alert.logged_at_ms);
        for (size_t cut = 0; cut < length; cut++) {
            uint8_t *exact = malloc(cut + 1);
            memcpy(exact + 1, bytes, cut);
            assert_false(alert_record_read(reader, exact + 1, cut, &back, &finding));
            free(exact);
        }
        for (size_t bit = 0; bit < 8 * length; bit++) { /* whatever comes of it */
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
            if (alert_record_read(reader, bytes, length, &back, &finding)) {
                char line[ALERT_JSON_BYTES_MAX];
                assert_true(alert_record_write_json(&back, true, line, sizeof line) > 0);
            }
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
    }
    alert_reader_free(reader);
}

static void an_alert_of_an_unknown_rule_is_said_so(void **state)
{
    struct alert_reader *reader = alert_reader_new();
    struct alert_record alert = record_of(false), back;
    struct finding finding;
    uint8_t bytes[ALERT_RECORD_BYTES_MAX];
    size_t length = alert_record_write(&alert, single_object(), bytes, sizeof bytes);
    uint8_t *rule = memmem(bytes, length, "no-school", 9);
    (void)state;
    memcpy(rule, "no-sports", 9);
    assert_false(alert_record_read(reader, bytes, length, &back, &finding));
    assert_int_equal(finding.problem, PROBLEM_SYMBOL_UNKNOWN);
    assert_string_equal(finding.field, "rule");
    alert_reader_free(reader);
}

/* --- JSON and lines for people ----------------------------------------------------------------------------------- */

static void json_has_the_fields_of_the_rules(void **state)
{
    char line[ALERT_JSON_BYTES_MAX];
    struct alert_record alert = record_of(false);
    (void)state;
    size_t length = alert_record_write_json(&alert, false, line, sizeof line);
    assert_int_equal(length, strlen(line));
    assert_string_equal(
        line, "{\"alert_id\":\"b13b8a4b-f7d9-5cfe-ac8a-6c25b3c34edc\",\"child_id\":\"child-1\",\"rule\":\"no-school\","
              "\"cause\":\"ff0279de-7973-54b7-8c44-db486a22fd7f\",\"level\":\"VIOLATION\",\"state\":\"OPEN\","
              "\"raised_on\":\"2025-03-15\",\"violation_on\":null,\"due_on\":null,\"resolved_on\":null,"
              "\"resolution\":null,\"norm_months\":null,\"location_id\":\"azc-n\",\"location_kind\":\"CENTRE\","
              "\"region\":\"NORTH\",\"unaccompanied\":null}");
    alert = record_of(true);
    alert_record_write_json(&alert, true, line, sizeof line);
    const char *rest = strstr(line, "\"level\"");
    assert_string_equal(
        rest, "\"level\":\"SEVERE\",\"state\":\"WITHDRAWN\",\"raised_on\":\"2025-03-15\","
              "\"violation_on\":\"2025-04-15\",\"due_on\":\"2025-04-14\",\"resolved_on\":\"2025-04-22\","
              "\"resolution\":\"CORRECTED\",\"norm_months\":3,\"location_id\":\"x:y.z_1-2\","
              "\"location_kind\":\"TRANSIT\",\"region\":\"SOUTH\",\"unaccompanied\":true,"
              "\"revision\":4294967295,\"withdrawn_by\":\"8f460d51-e720-5d2a-a842-0d69d5b1eceb\","
              "\"replaced_by\":\"d9e9db32-52a3-5291-b58d-bae98fcc77bf\",\"logged_at\":\"2025-01-14T09:00:00.123Z\"}");
}

static void people_see_aligned_columns(void **state)
{
    struct alert_record alerts[] = {record_of(false), record_of(true)};
    char *text = NULL, line[ALERT_LINE_BYTES_MAX];
    size_t length;
    FILE *out = open_memstream(&text, &length);
    (void)state;
    alert_table_head_write(LANGUAGE_ENGLISH, line, sizeof line);
    fprintf(out, "%s\n", line);
    for (size_t i = 0; i < LENGTH(alerts); i++) {
        alert_table_row_write(LANGUAGE_ENGLISH, &alerts[i], line, sizeof line);
        fprintf(out, "%s\n", line);
    }
    fclose(out);
    assert_string_equal(text, "CHILD             RULE            LEVEL      STATE      RAISED      OVER SINCE  DUE     "
                              "    ENDED       BECAUSE            LOCATION\n"
                              "child-1           no-school       VIOLATION  OPEN       2025-03-15  -           -       "
                              "    -           -                  azc-n (CENTRE, NORTH)\n"
                              "child-1           no-school       SEVERE     WITHDRAWN  2025-03-15  2025-04-15  "
                              "2025-04-14  2025-04-22  CORRECTED          x:y.z_1-2 (TRANSIT, SOUTH)\n");
    free(text);
    alert_line_write(&alerts[0], line, sizeof line);
    assert_string_equal(
        line, "#1  VIOLATION  OPEN       no-school       child-1           azc-n (CENTRE, NORTH)  raised 2025-03-15");
    alerts[1].alert.revision = 12;
    alert_line_write(&alerts[1], line, sizeof line);
    assert_string_equal(
        line, "#12 SEVERE     WITHDRAWN  no-school       child-1           x:y.z_1-2 (TRANSIT, SOUTH)  raised "
              "2025-03-15  over since 2025-04-15  due 2025-04-14  CORRECTED 2025-04-22");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_follow_from_child_rule_and_cause),
        cmocka_unit_test(avro_c_reads_a_full_alert),
        cmocka_unit_test(avro_c_reads_a_bare_alert_and_violation),
        cmocka_unit_test(avro_c_reads_a_dead_letter),
        cmocka_unit_test(the_longest_records_fit),
        cmocka_unit_test(where_there_is_no_room_nothing_is_written),
        cmocka_unit_test(alerts_are_read_back),
        cmocka_unit_test(an_alert_of_an_unknown_rule_is_said_so),
        cmocka_unit_test(json_has_the_fields_of_the_rules),
        cmocka_unit_test(people_see_aligned_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
