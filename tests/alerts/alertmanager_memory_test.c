/* Protects that the book forgets what is over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alertmanager_scene.h"

static struct alert_record numbered(unsigned number)
{
    struct alert_record record = record_of((uint8_t)number);
    record.alert_id = (struct uuid){{(uint8_t)number, (uint8_t)(number >> 8), 7}};
    return record;
}

static void test_what_is_over_is_forgotten(void **state)
{
    struct scene scene;
    (void)state;
    open_scene(&scene);
    for (unsigned number = 0; number < 5000; number++) { /* long ago, and lately */
        struct alert_record record = numbered(number);
        record.alert.state = ALERT_RESOLVED;
        record.alert.revision = 2;
        record.logged_at_ms = number % 2 == 0 ? NOON_MS - 15 * DAY_MS : NOON_MS;
        take(&scene, &record);
    }
    assert_int_equal(alertmanager_book_entry_count(scene.book), 2500);
    meet(&scene);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "");
    assert_int_equal(alertmanager_book_entry_count(scene.book), 0);
    close_scene(&scene);
}

static void test_what_was_told_of_is_forgotten_some_minutes_later(void **state)
{
    struct scene scene;
    struct alertmanager_round round;
    (void)state;
    open_scene(&scene);
    meet(&scene);
    for (int turn = 0; turn < 2; turn++) { /* they open, they end */
        for (unsigned number = 0; number < 5000; number++) {
            struct alert_record record = numbered(number);
            record.alert.state = turn == 0 ? ALERT_OPEN : ALERT_RESOLVED;
            record.alert.revision = (uint32_t)(turn + 1);
            take(&scene, &record);
        }
        pass(&scene, 10 * SECOND_MS);
        assert_true(alertmanager_book_look(scene.book, &scene.moment, &round));
        assert_int_equal(round.count, 5000);
        alertmanager_book_told(scene.book, &round, 0, round.count, &scene.moment);
        assert_int_equal(alertmanager_book_entry_count(scene.book), 5000);
        assert_int_equal(alertmanager_book_open_count(scene.book), turn == 0 ? 5000 : 0);
    }
    pass(&scene, 11 * MINUTE_MS);
    assert_false(alertmanager_book_contact(scene.book, scene.started_at_ms, scene.moment.now_ms));
    assert_string_equal(told(&scene), "");
    assert_int_equal(alertmanager_book_entry_count(scene.book), 0);
    close_scene(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_over_is_forgotten),
        cmocka_unit_test(test_what_was_told_of_is_forgotten_some_minutes_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
