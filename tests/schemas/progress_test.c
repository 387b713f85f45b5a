/* Protects how far a partition has come: its record is what it was, as Avro C reads it too; a part of it is none. */
#include "testing.h"

#include "avro_c.h"
#include "schemas/state.h"

static void progress_is_what_it_was(void **state)
{
    struct progress progress = {.next_offset = {0, 17, INT64_MAX},
                                .judged_through = {20500},
                                .yardstick_hash = UINT64_MAX - 3,
                                .transactional_id = text_of("placement-alerts-a-0-1"),
                                .cluster_id = text_of("MkU3OEVBNTcwNTJENDM2Qk")};
    struct progress read;
    struct avro_c record;
    uint8_t bytes[PROGRESS_BYTES_MAX];
    (void)state;
    for (int judged = 0; judged < 2; judged++) {
        progress.judged_through = judged ? (struct day){20500} : DAY_ABSENT;
        size_t length = progress_write(&progress, bytes, sizeof bytes);
        assert_true(progress_read(bytes, length, &read));
        for (int i = 0; i < STATE_INPUTS; i++)
            assert_true(read.next_offset[i] == progress.next_offset[i]);
        assert_int_equal(read.judged_through.number, progress.judged_through.number);
        assert_true(read.yardstick_hash == progress.yardstick_hash);
        assert_true(text_equal(read.transactional_id, progress.transactional_id));
        assert_true(text_equal(read.cluster_id, progress.cluster_id));
        avro_c_read(&record, SCHEMA_PROGRESS, bytes, length);
        avro_value_t offset = avro_c_field(&record.value, "move_offset");
        avro_value_t id = avro_c_field(&record.value, "transactional_id");
        avro_value_t day = avro_c_field(&record.value, "judged_through");
        assert_int_equal(avro_c_number(&offset), 17);
        assert_string_equal(avro_c_string(&id), "placement-alerts-a-0-1");
        assert_int_equal(avro_c_is_null(&day), !judged);
        avro_c_free(&record);
        for (size_t cut = 0; cut < length; cut++)
            assert_false(progress_read(bytes, cut, &read));
        for (size_t size = 0; size < length; size++)
            assert_int_equal(progress_write(&progress, bytes, size), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(progress_is_what_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
