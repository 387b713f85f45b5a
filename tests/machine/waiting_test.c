/* Protects what an input that waits for a schema does to all else: nothing. Its record stays where it is, other inputs
 * and partitions go on, children are judged on their day, also after a restart meanwhile, and ids that nobody knows are
 * waited for together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "schemas/alert_record.h"
#include "schemas/schema.h"
#include "tests/support/single_object.h"
#include "waiting_world.h"

#define UNKNOWN_ID 7
#define END 100 /* of every input: beyond what is read here, unless the test reads it to there */

static void a_record_whose_schema_is_not_told_lets_its_input_wait_and_nothing_else(void **state)
{
    struct world world;
    (void)state;
    world_init(&world, END);
    tell(&world, STREAM_MOVE, 0, 0, single_object());
    tell(&world, STREAM_MOVE, 0, 3, behind_id(UNKNOWN_ID));
    tell(&world, STREAM_MOVE, 0, 4, single_object());
    machine_input_end(world.machine, STREAM_MOVE, 0, 5);
    tell(&world, STREAM_MOVE, 1, 0, single_object());
    tell(&world, STREAM_PLACEMENT, 0, 8, single_object());
    assert_int_equal(machine_position(world.machine, STREAM_MOVE, 0), 1);
    assert_int_equal(machine_position(world.machine, STREAM_MOVE, 1), 1);
    assert_int_equal(machine_position(world.machine, STREAM_PLACEMENT, 0), 9);
    assert_int_equal(run(&world)->events, 3);
    assert_int_equal(waiting(&world, WAIT_AWAITED), 1);

    assert_int_equal(answer_all(&world, REGISTRY_OK, newest_schemas[SCHEMA_MOVE].text), 1);
    assert_int_equal(waiting(&world, WAIT_ANSWERED), 1);
    tell(&world, STREAM_MOVE, 0, 5, single_object()); /* still of what was fetched before */
    machine_read_again(world.machine, STREAM_MOVE, 0);
    assert_int_equal(waiting(&world, WAIT_READ_AGAIN), 1);
    assert_int_equal(machine_position(world.machine, STREAM_MOVE, 0), 1);
    for (int64_t offset = 3; offset <= 5; offset++)
        tell(&world, STREAM_MOVE, 0, offset, offset == 3 ? behind_id(UNKNOWN_ID) : single_object());
    assert_int_equal(machine_position(world.machine, STREAM_MOVE, 0), 6);
    assert_int_equal(waiting(&world, WAIT_READ_AGAIN), 0);
    const struct transaction *transaction = run(&world);
    assert_int_equal(transaction->events, 3);
    assert_int_equal(machine_counts(world.machine).dead_letters, 0);
    world_fini(&world);
}

static void while_an_input_waits_children_are_judged_on_their_day(void **state)
{
    struct world world;
    (void)state;
    world_init(&world, 1);
    for (int32_t partition = 0; partition < PARTITIONS; partition++)
        for (int input = 0; input < STATE_INPUTS; input++)
            tell(&world, input, partition, 0, single_object());
    run(&world);
    assert_true(machine_backlog_is_read(world.machine));
    for (int32_t partition = 0; partition < PARTITIONS; partition++) {
        tell(&world, STREAM_MOVE, partition, 1, behind_id(UNKNOWN_ID));
        machine_input_lag(world.machine, STREAM_MOVE, partition, 1000000);
    }
    assert_int_equal(waiting(&world, WAIT_AWAITED), PARTITIONS);
    assert_true(machine_backlog_is_read(world.machine));
    machine_clock(world.machine, (struct day){20400});
    assert_true(run(&world)->judged > 0);
    assert_int_equal(machine_today(world.machine).number, 20400);
    world_fini(&world);
}

/* Arrivals and moves are judged; nothing is heard of schools. */
static void begin_without_schools(struct world *world)
{
    world_init(world, 1);
    for (int32_t partition = 0; partition < PARTITIONS; partition++) {
        tell(world, STREAM_PLACEMENT, partition, 0, single_object());
        tell(world, STREAM_MOVE, partition, 0, single_object());
        machine_input_end(world->machine, STREAM_ENROLLMENT, partition, 1);
    }
    run(world);
    assert_true(machine_backlog_is_read(world->machine));
}

/* A backlog of moves, and of enrollments behind the framing. */
static void read_backlog(struct world *world, const struct framings *enrollment)
{
    for (int32_t partition = 0; partition < PARTITIONS; partition++) {
        machine_input_end(world->machine, STREAM_PLACEMENT, partition, 3);
        tell(world, STREAM_MOVE, partition, 2, single_object());
        tell(world, STREAM_ENROLLMENT, partition, 2, enrollment);
    }
}

static void waits_are_long(struct world *world, int input)
{
    for (int32_t partition = 0; partition < PARTITIONS; partition++)
        machine_wait_is_long(world->machine, input, partition);
}

static bool newest_alert(const struct world *world, struct text key, struct alert_record *alert)
{
    struct alert_reader *reader = alert_reader_new();
    struct finding finding;
    bool found = false;
    for (int i = world->kept_count; i-- > 0 && !found;) {
        const struct kept_record *kept = &world->kept[i];
        found = kept->output == OUTPUT_ALERTS && text_equal(kept->key, key) &&
                alert_record_read(reader, kept->value, kept->value_length, alert, &finding);
    }
    alert_reader_free(reader);
    return found;
}

/* How many alerts of WORLD stand, not withdrawn. */
static int standing(const struct world *world, const struct world *other)
{
    int count = 0;
    for (int i = 0; i < world->kept_count; i++) {
        struct alert_record alert, others;
        if (world->kept[i].output != OUTPUT_ALERTS)
            continue;
        assert_true(newest_alert(world, world->kept[i].key, &alert));
        if (alert.alert.state == ALERT_WITHDRAWN)
            continue;
        assert_true(newest_alert(other, world->kept[i].key, &others));
        assert_true(alert_same(&alert.alert, &others.alert));
        count++;
    }
    return count;
}

static void restart_while_waiting_then_midnight_others_are_judged_and_in_the_end_all_facts_count(void **state)
{
    struct world world, straight;
    (void)state;
    begin_without_schools(&world);
    for (int round = 0; round < 2; round++) { /* the second after a crash: who was put off is still */
        restart(&world, 3);
        read_backlog(&world, behind_id(UNKNOWN_ID));
        assert_int_equal(run(&world)->judged, 0);
        assert_false(machine_backlog_is_read(world.machine));
    }
    machine_clock(world.machine, (struct day){20400});
    assert_int_equal(run(&world)->judged, 0); /* the answer may still come in a moment */
    waits_are_long(&world, STREAM_ENROLLMENT);
    assert_int_equal(run(&world)->judged, PARTITIONS);
    assert_true(machine_backlog_is_read(world.machine));
    machine_clock(world.machine, (struct day){20401});
    run(&world);
    assert_int_equal(machine_today(world.machine).number, 20401);

    answer_all(&world, REGISTRY_OK, newest_schemas[SCHEMA_ENROLLMENT].text);
    for (int32_t partition = 0; partition < PARTITIONS; partition++) {
        machine_read_again(world.machine, STREAM_ENROLLMENT, partition);
        tell(&world, STREAM_ENROLLMENT, partition, 2, behind_id(UNKNOWN_ID));
    }
    assert_int_equal(run(&world)->judged, PARTITIONS);

    begin_without_schools(&straight);
    restart(&straight, 3);
    read_backlog(&straight, single_object());
    machine_clock(straight.machine, (struct day){20401});
    run(&straight);
    assert_true(standing(&straight, &world) > 0);
    standing(&world, &straight);
    world_fini(&straight);
    world_fini(&world);
}

static void who_was_never_judged_is_judged_when_all_is_read(void **state)
{
    struct world world;
    (void)state;
    world_init(&world, 3);
    read_backlog(&world, behind_id(UNKNOWN_ID));
    waits_are_long(&world, STREAM_ENROLLMENT);
    assert_int_equal(run(&world)->judged, 0);
    machine_clock(world.machine, (struct day){20400});
    assert_int_equal(run(&world)->judged, 0);
    assert_false(machine_backlog_is_read(world.machine));
    world_fini(&world);
}

static void an_input_far_behind_that_waits_again_is_not_waited_for(void **state)
{
    struct world world;
    (void)state;
    begin_without_schools(&world);
    for (int32_t partition = 0; partition < PARTITIONS; partition++) {
        tell(&world, STREAM_MOVE, partition, 1, single_object());
        machine_input_lag(world.machine, STREAM_MOVE, partition, 1000000);
        tell(&world, STREAM_MOVE, partition, 2, behind_id(UNKNOWN_ID));
    }
    assert_int_equal(run(&world)->judged, 0);
    assert_false(machine_backlog_is_read(world.machine));
    waits_are_long(&world, STREAM_MOVE);
    assert_int_equal(run(&world)->judged, PARTITIONS);
    assert_true(machine_backlog_is_read(world.machine));
    world_fini(&world);
}

static void a_thousand_ids_that_nobody_knows_are_waited_for_together(void **state)
{
    struct world world;
    (void)state;
    world_init(&world, 2000);
    for (int64_t offset = 0; offset < 1000; offset++)
        tell(&world, STREAM_MOVE, 0, offset, behind_id((uint32_t)offset));
    for (int round = 0; round < 3; round++, world.now_ms += SCHEMA_IDS_PATIENCE_MS / 2) {
        assert_int_equal(waiting(&world, WAIT_AWAITED), 1);
        assert_int_equal(answer_all(&world, REGISTRY_ABSENT, "no such id"), 1000);
    }
    world.now_ms += 1000000; /* however long it takes to be read again */
    assert_int_equal(waiting(&world, WAIT_ANSWERED), 1);
    machine_read_again(world.machine, STREAM_MOVE, 0);
    for (int64_t offset = 0; offset < 1000; offset++)
        tell(&world, STREAM_MOVE, 0, offset, behind_id((uint32_t)offset));
    assert_int_equal(machine_position(world.machine, STREAM_MOVE, 0), 1000);
    assert_int_equal(machine_counts(world.machine).dead_letters, 1000);
    tell(&world, STREAM_MOVE, 0, 1000, behind_id(5)); /* it may have been given out since */
    assert_int_equal(waiting(&world, WAIT_AWAITED), 1);
    world_fini(&world);
}

static bool contains(const struct transaction *transaction, const char *text)
{
    for (size_t i = 0; i < transaction->record_count; i++)
        if (transaction->records[i].output == OUTPUT_DEAD_LETTERS &&
            memmem(transaction->records[i].value, transaction->records[i].value_length, text, strlen(text)) != NULL)
            return true;
    return false;
}

/* What is wrong is told by one reader for all ids; each letter keeps its own. */
static void dead_letters_tell_what_is_wrong_with_each_schema(void **state)
{
    static const char *const schemas[] = {"{\"type\":\"enum\",\"name\":\"First\",\"symbols\":[]}",
                                          "{\"type\":\"fixed\",\"name\":\"Second\"}"};
    struct world world;
    uint32_t id;
    int64_t wait_ms;
    (void)state;
    world_init(&world, END);
    for (int round = 0; round < 2; round++, world.now_ms += SCHEMA_IDS_PATIENCE_MS) {
        for (int64_t offset = 0; offset < 2; offset++)
            tell(&world, STREAM_MOVE, 0, offset, behind_id((uint32_t)offset));
        while (schema_ids_next(world.ids, world.now_ms, &id, &wait_ms))
            schema_ids_answer(world.ids, id, REGISTRY_OK, schemas[id], strlen(schemas[id]), "", world.now_ms);
    }
    for (int64_t offset = 0; offset < 2; offset++)
        tell(&world, STREAM_MOVE, 0, offset, behind_id((uint32_t)offset));
    const struct transaction *transaction = run(&world);
    assert_true(contains(transaction, "First: an enum needs symbols"));
    assert_true(contains(transaction, "Second: a fixed needs a size"));
    world_fini(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_whose_schema_is_not_told_lets_its_input_wait_and_nothing_else),
        cmocka_unit_test(while_an_input_waits_children_are_judged_on_their_day),
        cmocka_unit_test(restart_while_waiting_then_midnight_others_are_judged_and_in_the_end_all_facts_count),
        cmocka_unit_test(who_was_never_judged_is_judged_when_all_is_read),
        cmocka_unit_test(an_input_far_behind_that_waits_again_is_not_waited_for),
        cmocka_unit_test(a_thousand_ids_that_nobody_knows_are_waited_for_together),
        cmocka_unit_test(dead_letters_tell_what_is_wrong_with_each_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
