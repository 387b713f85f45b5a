/* Protects what becomes of what Alertmanager did not answer, so that nobody knows whether it took it, or refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alertmanager_scene.h"

/* --- what was not answered ---------------------------------------------------------------------------------------- */

static void told_without_an_answer(struct scene *scene)
{
    struct alertmanager_round round;
    assert_true(alertmanager_book_look(scene->book, &scene->moment, &round));
    assert_int_equal(round.count, 1);
    alertmanager_book_untold(scene->book, &round, 0, 1);
}

/* What was not answered may have been taken, or not. */
static void test_an_end_that_was_not_answered(void **state)
{
    struct scene scene;
    const struct alert_record other = replaced(2, 1), other_again = record_of(2);
    (void)state;
    open_told(&scene, 1);
    take(&scene, &other);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+1 VIOLATION"); /* as one that took another's place */
    pass(&scene, SECOND_MS);
    told_without_an_answer(&scene);
    take(&scene, &other_again);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+1 VIOLATION, +2 VIOLATION"); /* as it was */
    close_scene(&scene);
}

static void test_a_beginning_that_was_not_answered(void **state)
{
    struct scene scene;
    const struct alert_record over = ended(1), again = record_of(1);
    (void)state;
    open_told(&scene, 1);
    take(&scene, &over);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-1 SCHOOL_STARTED");
    take(&scene, &again);
    pass(&scene, MINUTE_MS);
    told_without_an_answer(&scene);
    take(&scene, &over);
    pass(&scene, MINUTE_MS);
    assert_string_equal(told(&scene), "-1 SCHOOL_STARTED");
    close_scene(&scene);
}

static void test_a_beginning_that_was_never_sent(void **state)
{
    struct scene scene;
    const struct alert_record open = record_of(1), over = ended(1);
    (void)state;
    open_scene(&scene);
    meet(&scene);
    take(&scene, &open);
    assert_string_equal(told(&scene), "");
    take(&scene, &over);
    pass(&scene, MINUTE_MS);
    assert_string_equal(told(&scene), "");
    close_scene(&scene);
}

/* --- what was refused --------------------------------------------------------------------------------------------- */

static void refuse(struct scene *scene, bool is_first)
{
    struct alertmanager_round round;
    assert_true(alertmanager_book_look(scene->book, &scene->moment, &round));
    assert_int_equal(round.count, 1);
    alertmanager_book_untold(scene->book, &round, 0, 1);
    assert_int_equal(alertmanager_book_refused(scene->book, &round, 0, &scene->moment), is_first);
}

/* An alert that is refused holds up neither the beginning nor the end of another. */
static void test_one_that_is_refused(void **state)
{
    struct scene scene;
    const struct alert_record refused = record_of(2), news = record_of(3), over = ended(1);
    (void)state;
    open_told(&scene, 1);
    take(&scene, &refused);
    pass(&scene, SECOND_MS);
    refuse(&scene, true);
    take(&scene, &news);
    take(&scene, &over);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+3 VIOLATION");
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-1 SCHOOL_STARTED");
    pass(&scene, HOUR_MS - 3 * SECOND_MS);
    assert_string_equal(told(&scene), "");
    pass(&scene, SECOND_MS);
    refuse(&scene, false);
    assert_string_equal(told(&scene), "");
    pass(&scene, HOUR_MS);
    assert_string_equal(told(&scene), "+2 VIOLATION");
    close_scene(&scene);
}

static void take_again(struct scene *scene)
{
    struct alert_record record = record_of(1);
    record.alert.revision = 2;
    take(scene, &record);
}

static void start_again(struct scene *scene)
{
    const int64_t now_ms = scene->moment.now_ms;
    assert_true(alertmanager_book_contact(scene->book, now_ms - SECOND_MS, now_ms));
}

static void try_refused(struct scene *scene)
{
    alertmanager_book_try_refused(scene->book);
}

static void test_what_lets_it_be_tried_again(void **state)
{
    static void (*const rows[])(struct scene *) = {take_again, start_again, try_refused};
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct scene scene;
        const struct alert_record record = record_of(1);
        open_scene(&scene);
        take(&scene, &record);
        meet(&scene);
        pass(&scene, SECOND_MS);
        refuse(&scene, true);
        assert_string_equal(told(&scene), "");
        rows[i](&scene);
        pass(&scene, SECOND_MS);
        assert_string_equal(told(&scene), "+1 VIOLATION");
        close_scene(&scene);
    }
}

static void test_an_end_that_is_refused(void **state)
{
    struct scene scene;
    const struct alert_record over = ended(1), other = record_of(2), other_over = ended(2);
    (void)state;
    open_told(&scene, 1);
    take(&scene, &other);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "+2 VIOLATION");
    take(&scene, &over);
    pass(&scene, SECOND_MS);
    refuse(&scene, true);
    take(&scene, &other_over);
    pass(&scene, SECOND_MS);
    assert_string_equal(told(&scene), "-2 SCHOOL_STARTED");
    pass(&scene, HOUR_MS);
    assert_string_equal(told(&scene), "-1 SCHOOL_STARTED");
    close_scene(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_end_that_was_not_answered),
        cmocka_unit_test(test_a_beginning_that_was_not_answered),
        cmocka_unit_test(test_a_beginning_that_was_never_sent),
        cmocka_unit_test(test_one_that_is_refused),
        cmocka_unit_test(test_what_lets_it_be_tried_again),
        cmocka_unit_test(test_an_end_that_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
