/* Protects what subscribers are sent: each event is a CloudEvent with the id and type of the topic's record, or one of
 * its own; its data are the published alert, or no more than who may not know it needs; nothing of a child is in what
 * others see; whatever a topic can hold has room; the documentation has every type, and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "alerts/webhook_event.h"
#include "document_table.h"

#define SOURCE "urn:nld:oin:00000001234567890000:systeem:placement-alerts"
#define ALERT_ID "febb6568-4c45-5aa7-abd6-46b416880c37"
#define CAUSE "8f3f1d6a-5b0e-4c55-9d43-0d6a3c1c9b01"
#define TIME "2025-09-02T07:00:00.123Z"
#define AT_MS INT64_C(1756796400123)
#define CHILD "k-7301"
#define LOCATION "noodopvang-goes-01"

static struct text text_of(const char *string)
{
    return (struct text){string, (uint32_t)strlen(string)};
}

static struct alert_record record_of(const char *child, const char *location)
{
    struct alert_record record = {
        .child_id = text_of(child),
        .logged_at_ms = AT_MS,
        .alert = {.level = LEVEL_SEVERE, .revision = 3, .norm_months = 6, .place.location_id = text_of(location)},
    };
    assert_true(uuid_parse(ALERT_ID, strlen(ALERT_ID), &record.alert_id));
    assert_true(uuid_parse(CAUSE, strlen(CAUSE), &record.alert.cause));
    return record;
}

static bool write_event(struct webhook_event *event, enum webhook_event_type type, const struct alert_record *record)
{
    switch (type) {
    case WEBHOOK_EVENT_REVISED:
        return webhook_event_revised(event, SOURCE, record);
    case WEBHOOK_EVENT_LEFT:
        return webhook_event_left(event, SOURCE, record);
    default:
        return webhook_event_forgotten(event, SOURCE, &record->alert_id, record->logged_at_ms);
    }
}

static const struct {
    const char *id, *type, *data; /* NULL: the record */
} rows[WEBHOOK_EVENT_COUNT] = {
    [WEBHOOK_EVENT_REVISED] = {"alert/" ALERT_ID "/3/1756796400123", "nl.placementalerts.alert-revised.v1", NULL},
    [WEBHOOK_EVENT_LEFT] = {"alert/" ALERT_ID "/3-left/1756796400123", "nl.placementalerts.alert-left.v1",
                            "{\"alert_id\":\"" ALERT_ID "\",\"revision\":3,\"logged_at\":\"" TIME "\"}"},
    [WEBHOOK_EVENT_FORGOTTEN] = {"alert/" ALERT_ID "/forgotten/1756796400123", "nl.placementalerts.alert-forgotten.v1",
                                 "{\"alert_id\":\"" ALERT_ID "\"}"},
};

static json_t *json_of(const struct webhook_event *event)
{
    json_t *json = json_loadb(event->body, event->body_length, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    return json;
}

static void assert_member(const json_t *json, const char *name, const char *expected)
{
    const char *found = json_string_value(json_object_get(json, name));
    assert_non_null(found);
    assert_string_equal(found, expected);
}

static void test_each_event(void **state)
{
    const struct alert_record record = record_of(CHILD, LOCATION);
    char published[ALERT_JSON_BYTES_MAX];
    (void)state;
    assert_true(alert_record_write_json(&record, true, published, sizeof(published)) > 0);
    for (enum webhook_event_type type = 0; type < WEBHOOK_EVENT_COUNT; type++) {
        struct webhook_event event;
        assert_true(write_event(&event, type, &record));
        assert_int_equal(event.type, type);
        assert_string_equal(event.id, rows[type].id);
        json_t *json = json_of(&event),
               *data = json_loads(rows[type].data == NULL ? published : rows[type].data, 0, NULL);
        assert_member(json, "specversion", "1.0");
        assert_member(json, "id", rows[type].id);
        assert_member(json, "source", SOURCE);
        assert_member(json, "type", rows[type].type);
        assert_member(json, "time", TIME);
        assert_member(json, "datacontenttype", "application/json");
        assert_true(json_equal(json_object_get(json, "data"), data));
        assert_int_equal(json_object_size(json), 7);
        json_decref(json);
        json_decref(data);
    }
}

/* Who hears of an event from the topic and as a webhook knows it by its id. */
static void test_ids_and_types_are_those_of_the_topic(void **state)
{
    static const enum cloud_event of_topic[] = {[WEBHOOK_EVENT_REVISED] = CLOUD_EVENT_ALERT_REVISED,
                                                [WEBHOOK_EVENT_LEFT] = CLOUD_EVENT_COUNT,
                                                [WEBHOOK_EVENT_FORGOTTEN] = CLOUD_EVENT_ALERT_FORGOTTEN};
    const struct alert_record record = record_of(CHILD, LOCATION);
    (void)state;
    for (enum webhook_event_type type = 0; type < WEBHOOK_EVENT_COUNT; type++) {
        struct record_headers headers;
        struct webhook_event event;
        assert_true(write_event(&event, type, &record));
        for (enum cloud_event other = 0; other < CLOUD_EVENT_COUNT; other++) {
            record_headers_describe(&headers, other, ALERT_ID, type == WEBHOOK_EVENT_FORGOTTEN ? 0 : 3, AT_MS);
            assert_int_equal(strcmp(webhook_events[type].type, cloud_events[other].type) == 0, other == of_topic[type]);
            if (other == of_topic[type])
                assert_string_equal(event.id, headers.id);
            if (type == WEBHOOK_EVENT_LEFT)
                assert_string_not_equal(event.id, headers.id);
        }
    }
}

/* Attributes are seen by proxies and stand in logs. */
static void test_nothing_of_a_child_is_beside_the_data(void **state)
{
    const struct alert_record record = record_of(CHILD, LOCATION);
    (void)state;
    for (enum webhook_event_type type = 0; type < WEBHOOK_EVENT_COUNT; type++) {
        struct webhook_event event;
        assert_true(write_event(&event, type, &record));
        const bool is_told = type == WEBHOOK_EVENT_REVISED;
        assert_int_equal(strstr(event.body, CHILD) != NULL, is_told);
        assert_int_equal(strstr(event.body, LOCATION) != NULL, is_told);
        *strstr(event.body, "\"data\":") = '\0';
        assert_null(strstr(event.body, CHILD));
        assert_null(strstr(event.body, LOCATION));
        assert_null(strstr(event.body, CAUSE));
        assert_null(strstr(event.id, CHILD));
    }
}

static void test_the_longest_has_room(void **state)
{
    char source[256], id[ID_LENGTH_MAX + 1];
    struct webhook_event event;
    (void)state;
    memset(source, 'u', sizeof(source) - 1);
    memset(id, 'k', sizeof(id) - 1);
    source[sizeof(source) - 1] = id[sizeof(id) - 1] = '\0';
    struct alert_record record = record_of(id, id);
    record.alert.revision = UINT32_MAX;
    for (int last = 0; last < 2; last++) {
        record.logged_at_ms = last ? INSTANT_LAST_MS : INSTANT_FIRST_MS;
        assert_true(webhook_event_revised(&event, source, &record));
        assert_int_equal(event.body_length, strlen(event.body));
        json_decref(json_of(&event));
        assert_true(webhook_event_left(&event, source, &record));
        assert_non_null(strstr(event.id, "/4294967295-left/"));
        json_t *json = json_of(&event);
        assert_member(json, "id", event.id);
        assert_true(strlen(event.id) + 1 < CLOUD_EVENT_ID_SIZE);
        json_decref(json);
    }
}

static void test_an_instant_that_no_record_can_have_is_refused(void **state)
{
    struct alert_record record = record_of(CHILD, LOCATION);
    struct webhook_event event;
    (void)state;
    record.logged_at_ms = INSTANT_LAST_MS + 1;
    assert_false(webhook_event_forgotten(&event, SOURCE, &record.alert_id, record.logged_at_ms));
    assert_false(webhook_event_forgotten(&event, SOURCE, &record.alert_id, INSTANT_FIRST_MS - 1));
}

static void test_documented_types(void **state)
{
    struct document_table table;
    (void)state;
    document_table_init(&table, "| type | happened | data |");
    for (enum webhook_event_type type = 0; type < WEBHOOK_EVENT_COUNT; type++) {
        const struct document_row *row = document_table_row(&table, webhook_events[type].type);
        document_assert_begins(row->cells[1], webhook_events[type].says);
        document_assert_begins(row->cells[2], webhook_events[type].data);
    }
    assert_int_equal(table.count, WEBHOOK_EVENT_COUNT);
    document_table_fini(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_event),
        cmocka_unit_test(test_ids_and_types_are_those_of_the_topic),
        cmocka_unit_test(test_nothing_of_a_child_is_beside_the_data),
        cmocka_unit_test(test_the_longest_has_room),
        cmocka_unit_test(test_documented_types),
        cmocka_unit_test(test_an_instant_that_no_record_can_have_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
