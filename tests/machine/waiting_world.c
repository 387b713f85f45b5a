#include "waiting_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "schemas/avro_bytes.h"
#include "tests/support/single_object.h"

void world_init(struct world *world, int64_t end)
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

void world_fini(struct world *world)
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

void tell(struct world *world, int input, int32_t partition, int64_t offset, const struct framings *framings)
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

const struct framings *behind_id(uint32_t id)
{
    static struct framings framings;
    for (int schema = 0; schema < SCHEMA_COUNT; schema++)
        framings.of[schema] = framing_confluent(id);
    return &framings;
}

uint32_t answer_all(struct world *world, enum registry_answer answer, const char *text)
{
    uint32_t id, count = 0;
    int64_t wait_ms;
    for (; schema_ids_next(world->ids, world->now_ms, &id, &wait_ms); count++)
        schema_ids_answer(world->ids, id, answer, text, strlen(text), text, world->now_ms);
    return count;
}

int waiting(const struct world *world, enum wait_stage stage)
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

void restart(struct world *world, int64_t end)
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

const struct transaction *run(struct world *world)
{
    assert_true(machine_is_due(world->machine, true, world->now_ms += 10));
    const struct transaction *transaction = machine_begin(world->machine, (struct text){"x", 1}, 1);
    while (!transaction->is_complete)
        assert_true(machine_compute(world->machine, 100000));
    keep(world, transaction);
    machine_end(world->machine, true);
    return transaction;
}
