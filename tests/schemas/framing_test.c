/* Protects the first bytes of what is written: a wrong one, and no reader knows which schema wrote a record. */
#include "testing.h"

#include <string.h>

#include "schemas/alert_record.h"
#include "schemas/event.h"
#include "tests/support/single_object.h"

static const struct {
    uint32_t id;
    const char *bytes;
} confluent[] = {
    {0, "00 00 00 00 00"},         {1, "00 00 00 00 01"},          {0x01020304, "00 01 02 03 04"},
    {INT32_MAX, "00 7f ff ff ff"}, {UINT32_MAX, "00 ff ff ff ff"},
};

static void assert_framing(const struct framing *framing, const char *hex)
{
    uint8_t expected[FRAMING_BYTES_MAX];
    assert_int_equal(framing->length, bytes_of(hex, expected, sizeof expected));
    assert_memory_equal(framing->bytes, expected, framing->length);
}

static void confluent_framing_has_the_id_most_significant_byte_first(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(confluent); i++) {
        const struct framing framing = framing_confluent(confluent[i].id);
        assert_framing(&framing, confluent[i].bytes);
    }
}

static void single_object_framing_has_the_fingerprint_least_significant_byte_first(void **state)
{
    const struct framing framing = framing_single_object(UINT64_C(0x0123456789abcdef));
    (void)state;
    assert_framing(&framing, "c3 01 ef cd ab 89 67 45 23 01");
}

/* Each writer: its schema, and what it writes behind FRAMINGS. */
static size_t write_alert(const struct framings *framings, uint8_t *bytes, size_t size)
{
    const struct alert alert = {.place = {.location_id = text_of("azc-n")}};
    const struct alert_record record = alert_record_of(&alert, text_of("child-1"), 1);
    return alert_record_write(&record, framings, bytes, size);
}

static size_t write_violation(const struct framings *framings, uint8_t *bytes, size_t size)
{
    const struct alert alert = {.place = {.location_id = text_of("azc-n")}};
    const struct alert_record record = alert_record_of(&alert, text_of("child-1"), 1);
    return violation_record_write(&record, framings, bytes, size);
}

static size_t write_dead_letter(const struct framings *framings, uint8_t *bytes, size_t size)
{
    const struct dead_letter letter = {.topic = text_of("moves"), .finding = finding_of(PROBLEM_NO_KEY, "")};
    return dead_letter_write(&letter, framings, bytes, size);
}

static size_t write_event(enum fact_kind kind, const struct framings *framings, uint8_t *bytes, size_t size)
{
    const struct event event = {.child_id = text_of("child-1"), .fact = {.kind = kind}};
    return event_write(&event, framings, bytes, size);
}

static size_t write_placement(const struct framings *framings, uint8_t *bytes, size_t size)
{
    return write_event(FACT_ARRIVED, framings, bytes, size);
}

static size_t write_move(const struct framings *framings, uint8_t *bytes, size_t size)
{
    return write_event(FACT_MOVED, framings, bytes, size);
}

static size_t write_enrollment(const struct framings *framings, uint8_t *bytes, size_t size)
{
    return write_event(FACT_ENROLLED, framings, bytes, size);
}

static const struct {
    enum schema schema;
    size_t (*write)(const struct framings *framings, uint8_t *bytes, size_t size);
} writers[] = {
    {SCHEMA_PLACEMENT, write_placement}, {SCHEMA_MOVE, write_move},           {SCHEMA_ENROLLMENT, write_enrollment},
    {SCHEMA_ALERT, write_alert},         {SCHEMA_VIOLATION, write_violation}, {SCHEMA_DEAD_LETTER, write_dead_letter},
};

static void each_record_stands_behind_the_framing_of_its_schema(void **state)
{
    struct framings framings;
    (void)state;
    for (int schema = 0; schema < SCHEMA_COUNT; schema++)
        framings.of[schema] = framing_confluent(1000 + (uint32_t)schema);
    for (size_t i = 0; i < LENGTH(writers); i++) {
        uint8_t single[1024], registered[1024];
        const struct framing *framing = &framings.of[writers[i].schema];
        const size_t length = writers[i].write(single_object(), single, sizeof single);
        const size_t registered_length = writers[i].write(&framings, registered, sizeof registered);
        assert_memory_equal(single, single_object()->of[writers[i].schema].bytes, FRAMING_BYTES_MAX);
        assert_memory_equal(registered, framing->bytes, framing->length);
        assert_int_equal(registered_length - framing->length, length - FRAMING_BYTES_MAX);
        assert_memory_equal(registered + framing->length, single + FRAMING_BYTES_MAX, length - FRAMING_BYTES_MAX);
        for (size_t size = 0; size < registered_length; size++)
            assert_int_equal(writers[i].write(&framings, registered, size), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(confluent_framing_has_the_id_most_significant_byte_first),
        cmocka_unit_test(single_object_framing_has_the_fingerprint_least_significant_byte_first),
        cmocka_unit_test(each_record_stands_behind_the_framing_of_its_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
