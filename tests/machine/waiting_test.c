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

#include "consumer/machine.h"
#include "rules/calendar.h"
#include "schemas/alert_record.h"
#include "schemas/avro_bytes.h"
#include "schemas/schema.h"
#include "schemas/schema_ids.h"
#include "tests/support/single_object.h"

#define PARTITIONS 2
#define UNKNOWN_ID 7
#define END 100 /* of every input: beyond what is read here, unless the test reads it to there */

#define KEPT_MOST 64

struct kept_record { /* of a transaction that was committed */
    enum output output;
    int32_t partition;
    struct text key;
    uint8_t *value;
    size_t value_length;
};

struct world {
    struct norms norms;
    struct calendar *calendar;
    struct schema_ids *ids;
    struct event_reader *reader;
    struct machine *machine;
    int64_t now_ms;
    int64_t next_offset[PARTITIONS][STATE_INPUTS];
    struct kept_record kept[KEPT_MOST];
    int kept_count;
};

static void set_up(struct world *world, int64_t end)
{
    *world = (struct world){.now_ms = 1000};
    norms_init(&world->norms);
    world->calendar = calendar_new(NULL, 0);
    world->ids = schema_ids_new(SCHEMA_IDS_PATIENCE_MS);
    world->reader = event_reader_new();
    event_reader_use_ids(world->reader, world->ids);
    const struct machine_settings settings = {.norms = &world->norms,
                                              .calendar = world->calendar,
                                              .forget_retention_days = 30,
                                              .partition_count = PARTITIONS,
                                              .input_topics = {"placements", "moves", "enrollments"},
                                              .transaction_events_max = 10000,
                                              .transaction_judged_max = 100,
                                              .transaction_bytes_max = 1 << 24,
                                              .gather_ms = 1,
                                              .lag_bound = 10,
                                              .group = "simulated",
                                              .cluster_id = "",
                                              .framings = single_object()};
    world->machine = machine_new(&settings, world->reader);
    machine_clock(world->machine, (struct day){20000});
    for (int32_t partition = 0; partition < PARTITIONS; partition++) {
        const struct partition_offsets offsets = {.committed = {OFFSET_NONE, OFFSET_NONE, OFFSET_NONE},
                                                  .end = {end, end, end}};
        assert_true(machine_partition_add(world->machine, partition));
        assert_true(verdict_starts[machine_partition_start(world->machine, partition, &offsets).verdict]);
    }
}

static void tear_down(struct world *world)
{
    for (int i = 0; i < world->kept_count; i++) {
        free((void *)(uintptr_t)world->kept[i].key.bytes);
        free(world->kept[i].value);
    }
    machine_free(world->machine);
    event_reader_free(world->reader);
    schema_ids_free(world->ids);
    calendar_free(world->calendar);
}

/* An event of a child of that partition. */
static void tell(struct world *world, int input, int32_t partition, int64_t offset, const struct framings *framings)
{
    static const enum fact_kind kinds[] = {FACT_ARRIVED, FACT_MOVED, FACT_ENROLLED};
    char child[24];
    uint8_t bytes[1024];
    struct event event = {.fact = {.event_id = {{(uint8_t)input, (uint8_t)partition, (uint8_t)offset}},
                                   .occurred_on = {19900},
                                   .recorded_at_ms = INT64_C(1719400000000),
                                   .birth_date = {17000},
                                   .applied_on = DAY_ABSENT,
                                   .kind = kinds[input]}};
    for (int i = 0;; i++) {
        event.child_id = (struct text){child, (uint32_t)snprintf(child, sizeof child, "child-%d", i)};
        if (key_partition(key_murmur2(event.child_id), PARTITIONS) == partition)
            break;
    }
    if (input == STREAM_ENROLLMENT)
        event.fact.school_id = (struct text){"s", 1};
    else
        event.fact.place = (struct place){{"l", 1}, LOCATION_EMERGENCY, REGION_NORTH};
    size_t length = event_write(&event, framings, bytes, sizeof bytes);
    const struct input_message message = {.input = input,
                                          .partition = partition,
                                          .offset = offset,
                                          .timestamp_ms = 1,
                                          .key = child,
                                          .key_length = event.child_id.length,
                                          .value = bytes,
                                          .value_length = length};
    assert_true(machine_message(world->machine, &message, world->now_ms));
}

static const struct framings *behind_id(uint32_t id)
{
    static struct framings framings;
    for (int schema = 0; schema < SCHEMA_COUNT; schema++)
        framings.of[schema] = framing_confluent(id);
    return &framings;
}

static uint32_t answer_all(struct world *world, enum registry_answer answer, const char *text)
{
    uint32_t id, count = 0;
    int64_t wait_ms;
    for (; schema_ids_next(world->ids, world->now_ms, &id, &wait_ms); count++)
        schema_ids_answer(world->ids, id, answer, text, strlen(text), text, world->now_ms);
    return count;
}

static int waiting(const struct world *world, enum wait_stage stage)
{
    struct input_wait wait;
    uint32_t place = 0;
    int count = 0;
    while (machine_wait_next(world->machine, &place, world->now_ms, &wait))
        count += wait.stage == stage;
    return count;
}

static void *copy_of(const void *bytes, size_t length)
{
    void *copy = malloc(length + 1);
    assert_non_null(copy);
    return length == 0 ? copy : memcpy(copy, bytes, length);
}

static void keep(struct world *world, const struct transaction *transaction)
{
    for (size_t i = 0; i < transaction->record_count; i++) {
        const struct output_record *record = &transaction->records[i];
        if (record->output != OUTPUT_STATE && record->output != OUTPUT_ALERTS)
            continue;
        assert_true(world->kept_count < KEPT_MOST && record->value != NULL);
        world->kept[world->kept_count++] = (struct kept_record){
            .output = record->output,
            .partition = record->partition,
            .key = {copy_of(record->key, record->key_length), record->key_length},
            .value = copy_of(record->value, record->value_length),
            .value_length = record->value_length};
    }
    for (size_t i = 0; i < transaction->offset_count; i++)
        world->next_offset[transaction->offsets[i].partition][transaction->offsets[i].input] =
            transaction->offsets[i].offset;
}

/* Its partitions are read back from the changelog; every input's backlog ends at END. */
static void restart(struct world *world, int64_t end)
{
    machine_partitions_drop(world->machine);
    for (int32_t partition = 0; partition < PARTITIONS; partition++) {
        struct partition_offsets offsets = {.end = {end, end, end}};
        memcpy(offsets.committed, world->next_offset[partition], sizeof offsets.committed);
        assert_true(machine_partition_add(world->machine, partition));
        for (int i = 0; i < world->kept_count; i++) {
            const struct kept_record *kept = &world->kept[i];
            if (kept->output == OUTPUT_STATE && kept->partition == partition)
                assert_true(machine_restore(world->machine, partition, kept->key, kept->value, kept->value_length));
        }
        assert_int_equal(machine_partition_start(world->machine, partition, &offsets).verdict, VERDICT_CONTINUES);
    }
}

/* Runs the transaction that is due; what it was is valid until the next. */
static const struct transaction *run(struct world *world)
{
    assert_true(machine_is_due(world->machine, true, world->now_ms += 10));
    const struct transaction *transaction = machine_begin(world->machine, (struct text){"x", 1}, 1);
    while (!transaction->is_complete)
        assert_true(machine_compute(world->machine, 100000));
    keep(world, transaction);
    machine_end(world->machine, true);
    return transaction;
}

static void a_record_whose_schema_is_not_told_lets_its_input_wait_and_nothing_else(void **state)
{
    struct world world;
    (void)state;
    set_up(&world, END);
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
    tear_down(&world);
}

static void while_an_input_waits_children_are_judged_on_their_day(void **state)
{
    struct world world;
    (void)state;
    set_up(&world, 1);
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
    tear_down(&world);
}

/* Arrivals and moves are judged; nothing is heard of schools. */
static void begin_without_schools(struct world *world)
{
    set_up(world, 1);
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
    tear_down(&straight);
    tear_down(&world);
}

static void who_was_never_judged_is_judged_when_all_is_read(void **state)
{
    struct world world;
    (void)state;
    set_up(&world, 3);
    read_backlog(&world, behind_id(UNKNOWN_ID));
    waits_are_long(&world, STREAM_ENROLLMENT);
    assert_int_equal(run(&world)->judged, 0);
    machine_clock(world.machine, (struct day){20400});
    assert_int_equal(run(&world)->judged, 0);
    assert_false(machine_backlog_is_read(world.machine));
    tear_down(&world);
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
    tear_down(&world);
}

static void a_thousand_ids_that_nobody_knows_are_waited_for_together(void **state)
{
    struct world world;
    (void)state;
    set_up(&world, 2000);
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
    tear_down(&world);
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
    set_up(&world, END);
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
    tear_down(&world);
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
