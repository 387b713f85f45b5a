/* Protects when subscribers are told: how long is waited after a failure, who waits for whom, what is given up, how
 * much is held in memory, and what becomes of a subscription that has ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "delivery_scene.h"

/* When the next attempt is made, of what is looked at each time that it is said to be time. */
static int64_t next_attempt_ms(struct delivery *delivery, int64_t now_ms)
{
    for (;;) {
        const struct delivery_plan next = plan(delivery, now_ms);
        if (next.step == DELIVERY_SEND)
            return now_ms;
        assert_true(next.until_ms > now_ms);
        now_ms = next.until_ms;
    }
}

static void test_patience_doubles_from_five_seconds_to_eight_hours(void **state)
{
    static const struct {
        int failures;
        uint32_t chance;
        int64_t retry_after_ms, wanted_ms;
    } rows[] = {
        {1, 0, 0, FIVE_SECONDS},
        {1, UINT32_MAX, 0, FIVE_SECONDS},
        {2, 0, 0, FIVE_SECONDS},
        {2, 5000, 0, 10000},
        {5, 0, 0, 40000},
        {5, 40000, 0, 80000},
        {14, 0, 0, EIGHT_HOURS / 2},
        {60, EIGHT_HOURS / 2, 0, EIGHT_HOURS},
        {1, 0, 1000, FIVE_SECONDS}, /* it is never asked too soon … */
        {1, 0, 60000, 60000},
        {5, 0, 60000, 60000},
        {1, 0, INT64_MAX, EIGHT_HOURS}, /* … nor kept from asking for ever */
    };
    (void)state;
    for (int outcome = DELIVERY_REFUSED; outcome <= DELIVERY_UNAVAILABLE; outcome++)
        for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
            struct delivery *delivery = follow(INT64_MAX);
            int64_t now_ms = 1000;
            take(delivery, 1, 0, now_ms);
            for (int failure = 1; failure <= rows[row].failures; failure++) {
                const bool is_last = failure == rows[row].failures;
                chance = is_last ? rows[row].chance : 0;
                now_ms = next_attempt_ms(delivery, now_ms);
                answer(delivery, (enum delivery_outcome)outcome, is_last ? rows[row].retry_after_ms : 0, now_ms);
            }
            assert_int_equal(next_attempt_ms(delivery, now_ms) - now_ms, rows[row].wanted_ms);
            delivery_free(delivery);
        }
}

static void test_who_is_down_is_asked_for_nobody_and_then_for_another(void **state)
{
    struct delivery *delivery = follow(INT64_MAX);
    (void)state;
    chance = 0;
    take(delivery, 1, 0, 1000);
    take(delivery, 2, 1, 1000);
    answer(delivery, DELIVERY_UNAVAILABLE, 0, 1000);
    assert_int_equal(plan(delivery, 1000 + FIVE_SECONDS - 1).step, DELIVERY_WAIT);
    assert_int_equal(plan(delivery, 1000 + FIVE_SECONDS).event->lane, 2);
    answer(delivery, DELIVERY_TAKEN, 0, 1000 + FIVE_SECONDS);
    assert_int_equal(plan(delivery, 1000 + FIVE_SECONDS).event->lane, 1);
    delivery_free(delivery);
}

static void test_one_that_is_refused_holds_up_its_child_alone(void **state)
{
    struct delivery *delivery = follow(INT64_MAX);
    (void)state;
    for (int i = 0; i < 30; i++)
        take(delivery, i % 3, i, 1000);
    answer(delivery, DELIVERY_REFUSED, 0, 1000);
    for (int i = 0; i < 20; i++) {
        assert_int_not_equal(plan(delivery, 1000).event->lane, 0);
        answer(delivery, DELIVERY_TAKEN, 0, 1000);
    }
    assert_int_equal(plan(delivery, 1000).step, DELIVERY_WAIT);
    assert_int_equal(delivery_standing(delivery)->waiting, 10);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(plan(delivery, 1000 + FIVE_SECONDS).event->offset, 3 * i);
        answer(delivery, DELIVERY_TAKEN, 0, 1000 + FIVE_SECONDS);
    }
    delivery_free(delivery);
}

static void test_what_is_never_taken_is_given_up_and_the_child_goes_on(void **state)
{
    struct delivery *delivery = follow(60000);
    int64_t now_ms = 1000;
    int attempts = 1;
    (void)state;
    take(delivery, 1, 0, now_ms);
    take(delivery, 1, 1, now_ms);
    for (; !answer(delivery, DELIVERY_REFUSED, 0, now_ms); attempts++)
        now_ms = next_attempt_ms(delivery, now_ms);
    assert_in_range(now_ms - 1000, 60000, 120000);
    assert_in_range(attempts, 3, 10);
    assert_int_equal(delivery_standing(delivery)->given_up, 1);
    assert_int_equal(plan(delivery, now_ms).event->offset, 1);
    delivery_free(delivery);
}

/* One attempt of a process that lives no longer, with the one event there is. True: it is given up. */
static bool try_once(enum delivery_outcome outcome, int64_t now_ms)
{
    struct delivery *delivery = go_on(60000, 1, now_ms);
    take(delivery, 1, 0, now_ms);
    const bool is_given_up = answer(delivery, outcome, 0, now_ms);
    assert_int_equal(plan(delivery, now_ms).step, DELIVERY_WAIT);
    delivery_free(delivery);
    return is_given_up;
}

/* It counts from the first attempt there ever was, which is noted once, however many processes there are. */
static void test_what_is_never_taken_is_given_up_by_whichever_process_it_is(void **state)
{
    static const struct {
        int64_t at_ms[4];
        bool is_given_up[4];
        int notes;
    } rows[] = {
        {{1000, 31000, 60999, 61000}, {false, false, false, true}, 3}, /* offered, tried, given up */
        {{1000, 900000}, {false, true}, 3},
        {{9000, 1000, 60999, 61000}, {false, false, false, true}, 4}, /* the clock was set back: from then on */
        {{1000, 1000, 1000, 1000}, {false, false, false, false}, 2},
    };
    (void)state;
    for (int outcome = DELIVERY_REFUSED; outcome <= DELIVERY_UNAVAILABLE; outcome++)
        for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
            struct delivery *delivery = follow(60000);
            plan(delivery, 1);
            delivery_free(delivery);
            for (int i = 0; i < 4 && rows[row].at_ms[i] > 0; i++)
                assert_int_equal(try_once((enum delivery_outcome)outcome, rows[row].at_ms[i]),
                                 rows[row].is_given_up[i]);
            assert_int_equal(alert_notes, rows[row].notes);
        }
}

static const struct delivery_alert *kept_alert(void)
{
    int i = 0;
    while (i < kept_count && kept[i].kind != DELIVERY_OF_ALERT)
        i++;
    assert_in_range(i, 0, kept_count - 1);
    return &kept[i].of.alert;
}

static void test_what_ends_a_failure_ends_its_time(void **state)
{
    static const int64_t ends[1] = {2};
    const struct delivery_wish wish = {.from_ms = 0, .asked_at_ms = 5};
    struct delivery *delivery = follow(60000);
    (void)state;
    chance = 0;
    take(delivery, 1, 0, 1000);
    assert_false(answer(delivery, DELIVERY_REFUSED, 0, 1000));
    plan(delivery, 1000);
    assert_int_equal(kept_alert()->tried_since_ms, 1000);
    assert_false(answer(delivery, DELIVERY_TAKEN, 0, 60000));
    plan(delivery, 60000);
    assert_int_equal(kept_alert()->tried, -1);
    take(delivery, 1, 1, 60000); /* of the same alert */
    assert_false(answer(delivery, DELIVERY_REFUSED, 0, 60000));
    assert_int_equal(plan(delivery, 60000).step, DELIVERY_WAIT);
    assert_true(delivery_replay(delivery, &wish, ends, 100000));
    for (int pass = 0; pass < 2; pass++)
        take(delivery, 1, 1, 100000);
    delivery_reached(delivery, 0, 2);
    assert_false(answer(delivery, DELIVERY_REFUSED, 0, 130000));
    assert_true(answer(delivery, DELIVERY_REFUSED, 0, 190000));
    delivery_free(delivery);
}

static void test_no_more_is_read_than_there_is_room_for(void **state)
{
    struct delivery *delivery = follow(INT64_MAX);
    int offset = 0;
    (void)state;
    for (; delivery_room(delivery) > 0; offset++)
        take(delivery, offset, offset, 1000);
    assert_int_equal(offset, DELIVERY_WAITING_MAX);
    answer(delivery, DELIVERY_TAKEN, 0, 1000);
    assert_int_equal(delivery_room(delivery), 1);
    delivery_free(delivery);
}

static void test_who_wants_no_more_is_told_nothing_until_it_is_wished(void **state)
{
    static const int64_t ends[1] = {2};
    const struct delivery_wish wish = {.from_ms = 0, .asked_at_ms = 5};
    struct delivery *delivery = follow(INT64_MAX);
    int64_t offset;
    (void)state;
    take(delivery, 1, 0, 1000);
    take(delivery, 2, 1, 1000);
    answer(delivery, DELIVERY_UNSUBSCRIBED, 0, 1000);
    assert_int_equal(delivery_room(delivery), 0);
    assert_true(delivery_standing(delivery)->is_gone);
    assert_int_equal(plan(delivery, 1000 + EIGHT_HOURS).step, DELIVERY_WAIT);
    assert_true(delivery_replay(delivery, &wish, ends, 2000));
    assert_false(delivery_replay(delivery, &wish, ends, 2000));
    assert_true(delivery_seek(delivery, 0, &offset));
    assert_int_equal(offset, 0);
    assert_false(delivery_standing(delivery)->is_gone);
    assert_int_equal(delivery_room(delivery), DELIVERY_WAITING_MAX);
    delivery_free(delivery);
}

/* While it waited for a registry, say, in the middle of what it was handed. */
static void test_what_comes_after_it_wanted_no_more_is_not_told(void **state)
{
    struct delivery *delivery = follow(INT64_MAX);
    (void)state;
    take(delivery, 1, 0, 1000);
    answer(delivery, DELIVERY_UNSUBSCRIBED, 0, 1000);
    take(delivery, 2, 1, 1000);
    assert_int_equal(plan(delivery, 1000).step, DELIVERY_WAIT);
    assert_int_equal(delivery_standing(delivery)->waiting, 0);
    delivery_free(delivery);
}

static void test_a_wish_is_heeded_whatever_clock_it_was_asked_by(void **state)
{
    static const int64_t ends[1] = {0};
    const struct delivery_wish ahead = {.asked_at_ms = 5000}, behind = {.asked_at_ms = 4000}, none = {0};
    struct delivery *delivery = follow(INT64_MAX);
    (void)state;
    assert_false(delivery_replay(delivery, &none, ends, 1000));
    assert_true(delivery_replay(delivery, &ahead, ends, 1000));
    assert_true(delivery_replay(delivery, &behind, ends, 1000));
    assert_false(delivery_replay(delivery, &behind, ends, 1000));
    assert_false(delivery_replay(delivery, &none, ends, 1000));
    delivery_free(delivery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patience_doubles_from_five_seconds_to_eight_hours),
        cmocka_unit_test(test_who_is_down_is_asked_for_nobody_and_then_for_another),
        cmocka_unit_test(test_one_that_is_refused_holds_up_its_child_alone),
        cmocka_unit_test(test_what_is_never_taken_is_given_up_and_the_child_goes_on),
        cmocka_unit_test(test_what_is_never_taken_is_given_up_by_whichever_process_it_is),
        cmocka_unit_test(test_what_ends_a_failure_ends_its_time),
        cmocka_unit_test(test_no_more_is_read_than_there_is_room_for),
        cmocka_unit_test(test_who_wants_no_more_is_told_nothing_until_it_is_wished),
        cmocka_unit_test(test_what_comes_after_it_wanted_no_more_is_not_told),
        cmocka_unit_test(test_a_wish_is_heeded_whatever_clock_it_was_asked_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
