/* The instances of a simulated service: what a shell does with its machine. */
#include <stdlib.h>
#include <string.h>

#include "simulation_internal.h"
#include "tests/support/single_object.h"

static struct machine_settings settings_for(const struct simulation *sim)
{
    return (struct machine_settings){
        .norms = &sim->norms,
        .calendar = sim->calendar,
        .forget_retention_days = 100000,
        .partition_count = SIMULATED_PARTITIONS,
        .input_topics = {"placements", "moves", "enrollments"},
        .transaction_events_max = 20,
        .transaction_judged_max = 3,
        .transaction_bytes_max = 1 << 20,
        .gather_ms = 5,
        .lag_bound = 2,
        .cloud_events = true,
        .accept_later_day = true,
        .group = "simulated",
        .cluster_id = "simulated",
        .framings = single_object(),
    };
}

void instance_start(struct simulation *sim, struct instance *instance)
{
    struct machine_settings settings = settings_for(sim);

    if (instance->reader == NULL)
        instance->reader = event_reader_new();
    event_reader_use_ids(instance->reader, sim->registry.ids);
    instance->machine = machine_new(&settings, instance->reader);
    instance->alive = true;
    instance->asleep = false;
    instance->transaction = NULL;
    memset(instance->owns, 0, sizeof instance->owns);
    machine_clock(instance->machine, sim->day);
}

static struct partition_offsets offsets_of(const struct simulated_log *log, int partition)
{
    struct partition_offsets offsets = {{0}, {0}, {0}};

    for (int input = 0; input < STATE_INPUTS; input++) {
        offsets.committed[input] = log->committed[input][partition];
        offsets.end[input] = log->inputs[input][partition].end;
    }
    return offsets;
}

static void read_from(const struct simulation *sim, struct instance *instance, int input, int partition, int64_t offset)
{
    const struct simulated_topic *topic = &sim->log.inputs[input][partition];
    size_t *read_to = &instance->read_to[input][partition];

    *read_to = 0;
    while (*read_to < topic->count && topic->records[*read_to].offset < offset)
        ++*read_to;
}

void instance_restore_partition(struct simulation *sim, struct instance *instance, int partition)
{
    const struct simulated_topic *state = &sim->log.outputs[OUTPUT_STATE][partition];
    bool compacted = random_chance(&sim->random, 50);
    size_t count = state->count;
    struct simulated_record *newest = compacted ? simulated_topic_compacted(state, &count) : NULL;
    const struct simulated_record *records = compacted ? newest : state->records;

    machine_partition_add(instance->machine, partition);
    for (int input = 0; input < STATE_INPUTS; input++)
        instance->left_out[input][partition] = false;
    for (size_t i = 0; i < count; i++)
        machine_restore(instance->machine, partition, (struct text){records[i].key, (uint32_t)records[i].key_length},
                        records[i].value, records[i].value_length);
    free(newest);
    struct partition_offsets offsets = offsets_of(&sim->log, partition);
    struct partition_start start = machine_partition_start(instance->machine, partition, &offsets);
    if (!verdict_starts[start.verdict])
        simulation_fail(sim, "partition %d can not start: %s", partition, verdict_names[start.verdict]);
    for (int input = 0; input < STATE_INPUTS; input++)
        read_from(sim, instance, input, partition, start.next_offset[input]);
    sim->result.restores++;
}

/* After a restart everything is read back, for the partitions it owns. */
static void instance_restore(struct simulation *sim, struct instance *instance)
{
    for (int partition = 0; partition < SIMULATED_PARTITIONS; partition++)
        if (instance->owns[partition])
            instance_restore_partition(sim, instance, partition);
}

void instance_end_transaction(struct simulation *sim, struct instance *instance, bool try_commit)
{
    bool committed = try_commit && simulated_log_commit(&sim->log, instance->transaction, instance->generation);

    if (try_commit && !committed)
        sim->result.refusals++;
    sim->result.aborts += !committed;
    machine_end(instance->machine, committed);
    instance->transaction = NULL;
}

static void instance_drop(struct simulation *sim, struct instance *instance, bool finish)
{
    if (instance->transaction != NULL)
        instance_end_transaction(sim, instance, finish);
    machine_partitions_drop(instance->machine);
    memset(instance->owns, 0, sizeof instance->owns);
}

bool instance_is_member(const struct instance *instance)
{
    return instance->alive && !instance->asleep;
}

static int members(const struct simulation *sim, int numbers[INSTANCES])
{
    int count = 0;

    for (int i = 0; i < INSTANCES; i++)
        if (instance_is_member(&sim->instances[i]))
            numbers[count++] = i;
    return count;
}

/* Everybody who hears of it ends what is under way and gives up its partitions; then they are shared out anew. */
void rebalance(struct simulation *sim)
{
    int numbers[INSTANCES], count = members(sim, numbers);

    for (int i = 0; i < count; i++)
        instance_drop(sim, &sim->instances[numbers[i]], random_chance(&sim->random, 70));
    sim->log.generation++;
    sim->result.rebalances++;
    for (int i = 0; i < count; i++)
        sim->instances[numbers[i]].generation = sim->log.generation;
    for (int partition = 0; count > 0 && partition < SIMULATED_PARTITIONS; partition++) {
        struct instance *owner = &sim->instances[numbers[random_between(&sim->random, 0, count - 1)]];
        owner->owns[partition] = true;
        instance_restore_partition(sim, owner, partition);
    }
    simulation_tell(sim, "rebalance generation %d members %d\n", sim->log.generation, count);
}

void instance_crash(struct simulation *sim, struct instance *instance)
{
    if (instance->transaction != NULL && random_chance(&sim->random, 50))
        simulated_log_commit(&sim->log, instance->transaction, instance->generation); /* it died after its commit */
    machine_free(instance->machine);
    instance->machine = NULL;
    instance->alive = false;
    instance->transaction = NULL;
    sim->result.crashes++;
    simulation_tell(sim, "crash\n");
}

/* Nobody knows whether the commit took place: the partitions are read back. */
static void end_uncertain(struct simulation *sim, struct instance *instance)
{
    if (random_chance(&sim->random, 50))
        simulated_log_commit(&sim->log, instance->transaction, instance->generation);
    machine_end(instance->machine, false);
    instance->transaction = NULL;
    machine_partitions_drop(instance->machine);
    sim->result.uncertain++;
    instance_restore(sim, instance);
    simulation_tell(sim, "uncertain end\n");
}

static void refused_or_kept(struct simulation *sim, struct instance *instance)
{
    bool current = instance->generation == sim->log.generation;

    instance_end_transaction(sim, instance, true);
    if (!current)
        instance_drop(sim, instance, false);
}

static void end_somehow(struct simulation *sim, struct instance *instance)
{
    int dice = random_between(&sim->random, 1, 100);

    if (dice <= 75 || instance->generation != sim->log.generation)
        refused_or_kept(sim, instance);
    else if (dice <= 88)
        instance_end_transaction(sim, instance, false);
    else
        end_uncertain(sim, instance);
}

static bool feed(struct simulation *sim, struct instance *instance, int input, int partition, int most)
{
    const struct simulated_topic *topic = &sim->log.inputs[input][partition];
    size_t *read_to = &instance->read_to[input][partition];

    if (instance->left_out[input][partition])
        return true;
    if (*read_to > 0 && random_chance(&sim->random, 3))
        --*read_to; /* a client may deliver a message again */
    for (; most > 0 && *read_to < topic->count && !machine_is_full(instance->machine); most--, ++*read_to) {
        const struct simulated_record *record = &topic->records[*read_to];
        const char *traceparent = record->headers.traceparent;
        struct input_message message = {input,
                                        partition,
                                        record->offset,
                                        record->timestamp_ms,
                                        record->key,
                                        record->key_length,
                                        record->value,
                                        record->value_length,
                                        {traceparent, (uint32_t)strlen(traceparent)}};
        machine_message(instance->machine, &message, sim->now_ms);
    }
    if (*read_to < topic->count)
        return false;
    machine_input_end(instance->machine, input, partition, topic->end);
    return true;
}

bool instance_feed(struct simulation *sim, struct instance *instance, int most)
{
    bool drained = true;

    for (int partition = 0; partition < SIMULATED_PARTITIONS; partition++)
        for (int input = 0; input < STATE_INPUTS; input++)
            if (instance->owns[partition])
                drained = feed(sim, instance, input, partition, most) && drained;
    return drained;
}

void instance_begin_if_due(struct simulation *sim, struct instance *instance, bool drained)
{
    if (instance->transaction != NULL || !machine_is_due(instance->machine, drained, sim->now_ms))
        return;
    instance->transaction = machine_begin(instance->machine, (struct text){"simulated-0", 11}, ++sim->now_ms);
    bool computed = instance->transaction != NULL;
    while (computed && !instance->transaction->is_complete)
        computed = machine_compute(instance->machine, (size_t)random_between(&sim->random, 1, 30));
    if (!computed)
        simulation_fail(sim, "no transaction");
}

bool instance_waits(struct simulation *sim, struct instance *instance)
{
    struct input_wait wait;
    uint32_t place = 0;
    bool waits = false;

    while (machine_wait_next(instance->machine, &place, sim->now_ms, &wait)) {
        bool *left_out = &instance->left_out[wait.input][wait.partition];
        waits = true;
        if (wait.stage == WAIT_ANSWERED) {
            machine_read_again(instance->machine, wait.input, wait.partition);
            read_from(sim, instance, wait.input, wait.partition,
                      machine_position(instance->machine, wait.input, wait.partition));
        }
        if (wait.stage == WAIT_AWAITED && random_chance(&sim->random, 20))
            machine_wait_is_long(instance->machine, wait.input, wait.partition);
        sim->result.waits += wait.stage == WAIT_ANSWERED;
        *left_out = wait.stage == WAIT_AWAITED && (*left_out || random_chance(&sim->random, 30));
    }
    return waits;
}

static void lags_tell(struct simulation *sim, struct instance *instance)
{
    for (int partition = 0; partition < SIMULATED_PARTITIONS; partition++)
        for (int input = 0; instance->owns[partition] && input < STATE_INPUTS; input++)
            machine_input_lag(instance->machine, input, partition, sim->log.inputs[input][partition].end);
}

void instance_act(struct simulation *sim, struct instance *instance)
{
    bool drained = false;

    if (!instance_is_member(instance))
        return;
    machine_clock(instance->machine, day_plus(sim->day, sim->backlog_first ? 0 : random_between(&sim->random, -1, 0)));
    if (random_chance(&sim->random, 20))
        lags_tell(sim, instance);
    if (random_chance(&sim->random, 70))
        drained = instance_feed(sim, instance, random_between(&sim->random, 1, 8));
    instance_waits(sim, instance);
    if (instance->transaction != NULL)
        end_somehow(sim, instance);
    else
        instance_begin_if_due(sim, instance, drained);
}

void instance_wake(struct simulation *sim, struct instance *instance)
{
    instance->asleep = false;
    if (instance->transaction != NULL)
        refused_or_kept(sim, instance);
}
