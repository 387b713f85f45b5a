/* Protects what is kept of deliveries: each record is what it was after it was written and read, Avro C reads the same
 * by the schema, keys of one subscription are not taken for those of another, and bytes that are no record are refused.
 */
#include "testing.h"

#include <string.h>

#include "avro_c.h"
#include "schemas/avro_bytes.h"
#include "schemas/delivery_record.h"
#include "schemas/instant.h"
#include "schemas/schema.h"

#define ALERT_ID "febb6568-4c45-5aa7-abd6-46b416880c37"
#define NAME "school-1"

static struct uuid alert_id(void)
{
    struct uuid uuid;
    assert_true(uuid_parse(ALERT_ID, strlen(ALERT_ID), &uuid));
    return uuid;
}

static struct delivery_record record_of(enum delivery_kind kind)
{
    struct delivery_record record = {.kind = kind};
    switch (kind) {
    case DELIVERY_OF_ALERT:
        record.alert_id = alert_id();
        record.of.alert = (struct delivery_alert){TOLD_LEFT, INT64_MAX, -1, 9999, UINT32_MAX, 12, 8};
        break;
    case DELIVERY_OF_PARTITION:
        record.partition = 17;
        record.of.position = (struct delivery_position){INT64_MAX, 12, 0};
        break;
    case DELIVERY_OF_SUBSCRIPTION:
        record.of.standing = (struct delivery_standing){.is_gone = true,
                                                        .since_ms = INSTANT_FIRST_MS,
                                                        .noted_at_ms = 1,
                                                        .filter_hash = UINT64_MAX,
                                                        .survey_from_ms = INSTANT_LAST_MS,
                                                        .wish_heeded_ms = 2,
                                                        .waiting = 1000,
                                                        .waiting_since_ms = 3,
                                                        .delivered = INT64_MAX,
                                                        .given_up = 4,
                                                        .succeeded_at_ms = 5,
                                                        .failed_at_ms = 6,
                                                        .failure = "no answer"};
        break;
    case DELIVERY_OF_WISH:
        record.of.wish = (struct delivery_wish){INSTANT_FIRST_MS, 7};
        break;
    }
    return record;
}

static const struct {
    enum delivery_kind kind;
    enum schema schema;
    const char *key;
    struct {
        const char *field;
        int64_t number;
    } fields[6];
} rows[] = {
    {DELIVERY_OF_ALERT,
     SCHEMA_DELIVERY_ALERT,
     NAME "/" ALERT_ID,
     {{"told", TOLD_LEFT},
      {"offset", INT64_MAX},
      {"offered", -1},
      {"lane", UINT32_MAX},
      {"tried", 12},
      {"tried_since", 8}}},
    {DELIVERY_OF_PARTITION,
     SCHEMA_DELIVERY_POSITION,
     NAME "/17",
     {{"next", INT64_MAX}, {"survey_end", 12}, {"known", 0}}},
    {DELIVERY_OF_SUBSCRIPTION,
     SCHEMA_DELIVERY_STANDING,
     NAME,
     {{"is_gone", 1}, {"filter_hash", -1}, {"waiting", 1000}, {"failed_at", 6}}},
    {DELIVERY_OF_WISH, SCHEMA_DELIVERY_WISH, NAME "/replay", {{"from", INSTANT_FIRST_MS}, {"asked_at", 7}}},
};

static void each_is_what_it_was(void **state)
{
    (void)state;
    for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        const struct delivery_record record = record_of(rows[row].kind);
        uint8_t bytes[DELIVERY_BYTES_MAX], again[DELIVERY_BYTES_MAX];
        char key[DELIVERY_KEY_SIZE];
        struct delivery_record read;
        struct avro_c avro;
        const size_t length = delivery_record_write(&record, bytes);
        assert_int_not_equal(length, 0);
        assert_int_equal(delivery_key_write(&record, NAME, key), strlen(rows[row].key));
        assert_string_equal(key, rows[row].key);
        assert_true(delivery_key_read(text_of(key), NAME, &read));
        assert_int_equal(read.kind, record.kind);
        assert_true(delivery_record_read(bytes, length, &read));
        assert_int_equal(delivery_record_write(&read, again), length);
        assert_memory_equal(bytes, again, length);
        avro_c_read(&avro, rows[row].schema, bytes, length);
        for (int i = 0; i < 6 && rows[row].fields[i].field != NULL; i++) {
            avro_value_t field = avro_c_field(&avro.value, rows[row].fields[i].field);
            assert_true(avro_c_number(&field) == rows[row].fields[i].number);
        }
        avro_c_free(&avro);
    }
}

static void what_is_cut_off_or_goes_on_is_refused(void **state)
{
    (void)state;
    for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        const struct delivery_record record = record_of(rows[row].kind);
        uint8_t bytes[DELIVERY_BYTES_MAX + 1] = {0};
        const size_t length = delivery_record_write(&record, bytes);
        struct delivery_record read = {.kind = record.kind};
        for (size_t cut = 0; cut < length; cut++)
            assert_false(delivery_record_read(bytes, cut, &read));
        assert_false(delivery_record_read(bytes, length + 1, &read));
        bytes[2] ^= 1; /* another schema's */
        assert_false(delivery_record_read(bytes, length, &read));
        assert_true(delivery_record_read(NULL, 0, &read));
        assert_true(read.is_tombstone);
    }
}

/* What an earlier release kept is gone on from: of what it did not keep there is none. */
static void an_alert_of_each_release_is_read(void **state)
{
    static const struct {
        uint64_t fingerprint;
        const char *bytes;
        struct delivery_alert alert;
    } releases[] = {
        {0xd777b6b0b7597bb1, "04 0e 0a 04 12", {TOLD_HELD, 7, 5, 2, 9, -1, 0}},
        {0xe439dee2ee16b0f0, "04 0e 0a 04 12 16 1a", {TOLD_HELD, 7, 5, 2, 9, 11, 13}},
    };
    size_t released = 0;
    (void)state;
    for (size_t i = 0; i < earlier_schema_count; i++)
        released += earlier_schemas[i].schema == SCHEMA_DELIVERY_ALERT;
    assert_int_equal(released, LENGTH(releases));
    for (size_t i = 0; i < LENGTH(releases); i++) {
        uint8_t bytes[DELIVERY_BYTES_MAX], wanted[DELIVERY_BYTES_MAX], found[DELIVERY_BYTES_MAX];
        struct avro_writer writer = {bytes, bytes + sizeof bytes, false};
        struct delivery_record read = {.kind = DELIVERY_OF_ALERT};
        const struct delivery_record alert = {.kind = DELIVERY_OF_ALERT, .of.alert = releases[i].alert};
        avro_put_framing(&writer, releases[i].fingerprint);
        const size_t length = bytes_of(releases[i].bytes, writer.at, sizeof bytes - AVRO_FRAMING_BYTES);
        assert_true(delivery_record_read(bytes, AVRO_FRAMING_BYTES + length, &read));
        const size_t written = delivery_record_write(&alert, wanted);
        assert_int_equal(delivery_record_write(&read, found), written);
        assert_memory_equal(found, wanted, written);
        read.kind = DELIVERY_OF_PARTITION;
        assert_false(delivery_record_read(bytes, AVRO_FRAMING_BYTES + length, &read));
    }
}

static void keys_of_others_are_not_ours(void **state)
{
    static const char *const others[] = {"",          "school",       "school-12",          "school-12/17",
                                         NAME "/",    NAME "/x",      NAME "/1234567890",   NAME "/-1",
                                         NAME "/17x", NAME "/Replay", NAME "/" ALERT_ID "0"};
    struct delivery_record record;
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(delivery_key_read(text_of(others[i]), NAME, &record));
    assert_true(delivery_key_read(text_of(NAME "/" ALERT_ID), NAME, &record));
    const struct uuid wanted = alert_id();
    assert_true(uuid_equal(&record.alert_id, &wanted));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_what_it_was),
        cmocka_unit_test(what_is_cut_off_or_goes_on_is_refused),
        cmocka_unit_test(an_alert_of_each_release_is_read),
        cmocka_unit_test(keys_of_others_are_not_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
