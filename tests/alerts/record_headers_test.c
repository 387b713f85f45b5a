/* Protects the headers of alerts and violations: what each says of each kind of event, that ids of two events differ
 * and fit, and that the documentation has every header and type, and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "alerts/record_headers.h"
#include "document_table.h"

#define ALERT_ID "febb6568-4c45-5aa7-abd6-46b416880c37"
#define SOURCE "urn:nld:oin:00000001234567890000:systeem:placement-alerts"
#define TRACE "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
#define LOGGED_AT_MS INT64_C(1756796400123) /* 2025-09-02T07:00:00.123Z */

struct values {
    const char *of[RECORD_HEADER_COUNT];
};

static const struct {
    enum cloud_event event;
    uint32_t revision;
    const char *id, *type, *content_type;
} rows[CLOUD_EVENT_COUNT] = {
    {CLOUD_EVENT_ALERT_REVISED, 3, "alert/" ALERT_ID "/3/1756796400123", "nl.placementalerts.alert-revised.v1",
     "application/avro"},
    {CLOUD_EVENT_ALERT_FORGOTTEN, 0, "alert/" ALERT_ID "/forgotten/1756796400123",
     "nl.placementalerts.alert-forgotten.v1", NULL},
    {CLOUD_EVENT_VIOLATION_IN_FORCE, 3, "violation/" ALERT_ID "/3/1756796400123",
     "nl.placementalerts.violation-in-force.v1", "application/avro"},
    {CLOUD_EVENT_VIOLATION_OVER, 4, "violation/" ALERT_ID "/4/1756796400123", "nl.placementalerts.violation-over.v1",
     NULL},
    {CLOUD_EVENT_VIOLATION_FORGOTTEN, 0, "violation/" ALERT_ID "/forgotten/1756796400123",
     "nl.placementalerts.violation-forgotten.v1", NULL},
};

static struct values values_of(const struct record_headers *headers)
{
    struct values values;

    record_headers_values(headers, SOURCE, values.of);
    return values;
}

static void assert_text(const char *found, const char *expected)
{
    if (expected == NULL)
        assert_null(found);
    else
        assert_string_equal(found, expected);
}

static void test_each_event(void **state)
{
    (void)state;
    for (size_t i = 0; i < CLOUD_EVENT_COUNT; i++) {
        struct record_headers headers;
        record_headers_init(&headers);
        record_headers_describe(&headers, rows[i].event, ALERT_ID, rows[i].revision, LOGGED_AT_MS);
        struct values values = values_of(&headers);
        assert_text(values.of[RECORD_HEADER_SPECVERSION], "1.0");
        assert_text(values.of[RECORD_HEADER_ID], rows[i].id);
        assert_text(values.of[RECORD_HEADER_SOURCE], SOURCE);
        assert_text(values.of[RECORD_HEADER_TYPE], rows[i].type);
        assert_text(values.of[RECORD_HEADER_TIME], "2025-09-02T07:00:00.123Z");
        assert_text(values.of[RECORD_HEADER_CONTENT_TYPE], rows[i].content_type);
        assert_text(values.of[RECORD_HEADER_TRACEPARENT], NULL);
    }
}

/* A trace alone, and beside an event; neither where there is neither. */
static void test_trace(void **state)
{
    struct record_headers headers;

    (void)state;
    for (int is_event = 0; is_event < 2; is_event++)
        for (int is_traced = 0; is_traced < 2; is_traced++) {
            record_headers_init(&headers);
            if (is_event)
                record_headers_describe(&headers, CLOUD_EVENT_ALERT_REVISED, ALERT_ID, 1, LOGGED_AT_MS);
            if (is_traced)
                record_headers_trace(&headers, TRACE "-more");
            struct values values = values_of(&headers);
            assert_text(values.of[RECORD_HEADER_TRACEPARENT], is_traced ? TRACE : NULL);
            for (int i = 0; i < RECORD_HEADER_TRACEPARENT; i++)
                assert_int_equal(values.of[i] != NULL, is_event);
        }
}

static void test_longest_id(void **state)
{
    struct record_headers headers;

    (void)state;
    record_headers_init(&headers);
    record_headers_describe(&headers, CLOUD_EVENT_VIOLATION_OVER, ALERT_ID, UINT32_MAX, INSTANT_LAST_MS);
    assert_string_equal(headers.id, "violation/" ALERT_ID "/4294967295/7258118399999");
    record_headers_describe(&headers, CLOUD_EVENT_VIOLATION_OVER, ALERT_ID, UINT32_MAX, INSTANT_FIRST_MS);
    assert_true(strlen(headers.id) + 1 < CLOUD_EVENT_ID_SIZE);
}

static void test_types_are_of_the_profile(void **state)
{
    (void)state;
    for (int i = 0; i < CLOUD_EVENT_COUNT; i++) {
        const char *type = cloud_events[i].type;
        assert_int_equal(strspn(type, "abcdefghijklmnopqrstuvwxyz0123456789.-"), strlen(type));
        assert_int_equal(strncmp(type, "nl.", 3), 0);
        assert_string_equal(strrchr(type, '.'), ".v1");
        for (int other = 0; other < i; other++)
            assert_string_not_equal(type, cloud_events[other].type);
    }
}

static const char *const presences[] = {
    [RECORD_HEADER_ON_EVERY_RECORD] = "on every record",
    [RECORD_HEADER_WITH_A_VALUE] = "with a value",
    [RECORD_HEADER_WHERE_TRACED] = "where traced",
};

static void test_documented_headers(void **state)
{
    struct document_table table;
    (void)state;
    document_table_init(&table, "| header | is there |");
    for (enum record_header header = 0; header < RECORD_HEADER_COUNT; header++) {
        const struct document_row *row = document_table_row(&table, record_headers[header].name);
        document_assert_cell(row->cells[1], presences[record_headers[header].presence]);
        document_assert_begins(row->cells[2], record_headers[header].says);
    }
    assert_int_equal(table.count, RECORD_HEADER_COUNT);
    document_table_fini(&table);
}

static void test_documented_types(void **state)
{
    struct document_table table;
    (void)state;
    document_table_init(&table, "| type | topic |");
    for (enum cloud_event event = 0; event < CLOUD_EVENT_COUNT; event++) {
        const struct document_row *row = document_table_row(&table, cloud_events[event].type);
        document_assert_cell(row->cells[1],
                             cloud_events[event].about == CLOUD_EVENT_ABOUT_ALERT ? "alerts" : "violations");
        assert_int_equal(strcmp(row->cells[2], "null") != 0, cloud_events[event].has_value);
        document_assert_begins(row->cells[3], cloud_events[event].says);
    }
    assert_int_equal(table.count, CLOUD_EVENT_COUNT);
    document_table_fini(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_event),         cmocka_unit_test(test_trace),
        cmocka_unit_test(test_longest_id),         cmocka_unit_test(test_types_are_of_the_profile),
        cmocka_unit_test(test_documented_headers), cmocka_unit_test(test_documented_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
