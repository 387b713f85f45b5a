/* Protects what is kept of a subscription, and what another process makes of it: that nothing is told unnoted or noted
 * for nothing, that what was removed is gone, and that offsets of a topic that is no more are not taken for those of
 * the one that is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "delivery_scene.h"

/* One transaction for a hundred; and what is told when nobody waits is noted at once, so that it is not told again. */
static void test_results_are_noted_with_the_next_offers(void **state)
{
    static const struct delivery_result taken = {DELIVERY_TAKEN, 0, ""};
    struct delivery *delivery = follow(INT64_MAX);
    int notes = 0;
    (void)state;
    plan(delivery, 1000);
    for (int child = 0; child < 1000; child++)
        take(delivery, child, child, 1000);
    for (int told = 0; told < 1000;) {
        const struct delivery_plan next = delivery_next(delivery, 1000);
        assert_int_not_equal(next.step, DELIVERY_WAIT);
        if (next.step == DELIVERY_SEND) {
            delivery_result(delivery, next.event, &taken, 1000);
            told++;
            continue;
        }
        assert_true(delivery_notes(delivery, 1000, on_note, NULL));
        delivery_noted(delivery);
        notes++;
    }
    assert_int_equal(notes, 10);
    plan(delivery, 1000); /* the last hundred */
    take(delivery, 1000, 1000, 2000);
    assert_false(answer(delivery, DELIVERY_TAKEN, 0, 2000));
    assert_int_equal(delivery_next(delivery, 2000).step, DELIVERY_NOTE); /* nothing else is to be done */
    delivery_free(delivery);
}

/* Another process may have taken over meanwhile, and have told what is newer: writing a note shows it. */
static void test_after_a_pause_it_is_noted_before_anything_is_told(void **state)
{
    struct delivery *delivery = follow(INT64_MAX);
    (void)state;
    take(delivery, 1, 0, 1000);
    take(delivery, 1, 1, 1000);
    answer(delivery, DELIVERY_UNAVAILABLE, 0, 1000);
    assert_int_equal(plan(delivery, 1000).step, DELIVERY_WAIT);
    assert_int_equal(delivery_next(delivery, 1000 + FIVE_SECONDS).step, DELIVERY_NOTE);
    assert_int_equal(plan(delivery, 1000 + FIVE_SECONDS).step, DELIVERY_SEND);
    delivery_free(delivery);
}

/* By a clock that was ahead then it was noted in the future: signs of life would not be noted until that is past, nor
 * it be noticed that another process took over. */
static void test_a_clock_that_was_set_back_delays_no_note(void **state)
{
    struct delivery *delivery = follow(INT64_MAX);
    (void)state;
    plan(delivery, 900000);
    delivery_free(delivery);
    delivery = go_on(INT64_MAX, 1, 200000);
    assert_int_equal(delivery_next(delivery, 200000).step, DELIVERY_NOTE);
    assert_int_equal(plan(delivery, 200000).until_ms, 200000 + 30000);
    delivery_free(delivery);
}

static bool on_tombstone(void *context, const struct delivery_record *note)
{
    assert_true(note->is_tombstone);
    *(enum delivery_kind *)context = note->kind;
    return on_note(NULL, note);
}

/* It is as new: also where the topic was not compacted since, so that what was kept is read before its tombstone. */
static void test_of_what_was_removed_nothing_is_gone_on_from(void **state)
{
    static struct delivery_record earlier[KEPT_MAX];
    static const int64_t ends[1] = {1};
    const struct delivery_wishes wishes = {.partitions = 1, .give_up_ms = 60000, .filter_hash = 1, .random = on_chance};
    struct delivery *delivery = follow(60000);
    enum delivery_kind last;
    bool anew;
    (void)state;
    take(delivery, 1, 0, 1000);
    take(delivery, 2, 1, 1000);
    assert_false(answer(delivery, DELIVERY_TAKEN, 0, 1000));
    assert_false(answer(delivery, DELIVERY_TAKEN, 0, 1000));
    plan(delivery, 1000);
    delivery_free(delivery);
    const int earlier_count = kept_count;
    memcpy(earlier, kept, sizeof kept);
    delivery = go_on(60000, 3, 2000);
    assert_true(delivery_tombstones(delivery, on_tombstone, &last));
    assert_int_equal(last, DELIVERY_OF_SUBSCRIPTION);
    assert_int_equal(kept_count, earlier_count + 1); /* the wish that nobody had */
    delivery_free(delivery);

    delivery = delivery_new(&wishes);
    for (int i = 0; i < earlier_count; i++)
        assert_true(delivery_recall(delivery, &earlier[i]));
    for (int i = 0; i < kept_count; i++)
        assert_true(delivery_recall(delivery, &kept[i]));
    delivery_start(delivery, ends, 3000, &anew);
    assert_false(anew);
    assert_int_equal(delivery_standing(delivery)->delivered, 0);
    assert_int_equal(delivery_standing(delivery)->since_ms, 3000);
    for (int pass = 0; pass < 2; pass++) {
        int64_t offset;
        assert_true(delivery_seek(delivery, 0, &offset));
        assert_int_equal(offset, 0);
        take(delivery, 1, 0, 3000); /* which was held, and is open */
    }
    assert_int_equal(plan(delivery, 3000).event->offset, 0);
    delivery_free(delivery);
}

/* Offsets begin anew, and so do revisions: all that the new topic holds is told. */
static void test_a_topic_that_is_made_anew_is_noticed(void **state)
{
    static const int64_t ends[1] = {3};
    const struct delivery_wishes wishes = {.partitions = 1, .give_up_ms = INT64_MAX, .random = on_chance};
    const struct delivery_record earlier[] = {
        {.kind = DELIVERY_OF_SUBSCRIPTION, .of.standing = {.survey_from_ms = DELIVERY_NO_SURVEY}},
        {.kind = DELIVERY_OF_PARTITION, .of.position = {.next = 40}},
        {.kind = DELIVERY_OF_ALERT,
         .alert_id = {{1, [13] = 1}},
         .of.alert = {.told = TOLD_HELD, .offset = 39, .offered = 30, .lane = 1}},
    };
    struct delivery *delivery = delivery_new(&wishes);
    bool anew;
    int64_t offset;
    (void)state;
    for (size_t i = 0; i < sizeof earlier / sizeof earlier[0]; i++)
        assert_true(delivery_recall(delivery, &earlier[i]));
    delivery_start(delivery, ends, 1000, &anew);
    assert_true(anew);
    for (int pass = 0; pass < 2; pass++) {
        assert_true(delivery_seek(delivery, 0, &offset));
        assert_int_equal(offset, 0);
        take(delivery, 1, 2, 1000);
    }
    assert_int_equal(plan(delivery, 1000).event->offset, 2);
    delivery_free(delivery);
}

/* Offsets of the topic that there was must not be taken for those of the new one by the next process, either. */
static void test_a_topic_that_is_made_anew_is_so_for_the_next_process(void **state)
{
    struct delivery *delivery = follow(INT64_MAX);
    (void)state;
    for (int offset = 0; offset < 9; offset++) {
        take(delivery, 1, offset, 1000);
        assert_false(answer(delivery, DELIVERY_TAKEN, 0, 1000));
    }
    plan(delivery, 1000);
    delivery_free(delivery);
    delivery = go_on(INT64_MAX, 3, 2000);
    assert_int_equal(delivery_next(delivery, 2000).step, DELIVERY_NOTE);
    plan(delivery, 2000);
    delivery_free(delivery); /* before it told anything */
    delivery = go_on(INT64_MAX, 3, 3000);
    take(delivery, 1, 2, 3000);
    take(delivery, 1, 2, 3000);
    assert_int_equal(plan(delivery, 3000).step, DELIVERY_SEND);
    delivery_free(delivery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results_are_noted_with_the_next_offers),
        cmocka_unit_test(test_after_a_pause_it_is_noted_before_anything_is_told),
        cmocka_unit_test(test_a_clock_that_was_set_back_delays_no_note),
        cmocka_unit_test(test_of_what_was_removed_nothing_is_gone_on_from),
        cmocka_unit_test(test_a_topic_that_is_made_anew_is_noticed),
        cmocka_unit_test(test_a_topic_that_is_made_anew_is_so_for_the_next_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
