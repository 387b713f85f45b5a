#include "simulation.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "../oracle/history_generator.h"
#include "../oracle/random_norms.h"
#include "simulated_log.h"
#include "simulation_truth.h"

#define INSTANCES 3
#define CHILDREN_MOST 12
#define STEPS 260

struct instance {
    struct machine *machine;
    bool alive, asleep; /* asleep: stopped, does not hear of rebalances */
    int generation;
    bool owns[SIMULATED_PARTITIONS];
    size_t read_to[STATE_INPUTS][SIMULATED_PARTITIONS]; /* records of the log handed to the machine */
    const struct transaction *transaction;
    char id[32];
};

struct simulation {
    struct simulated_log log;
    struct simulated_truth truth;
    struct random_source random;
    struct norms norms;
    struct calendar *calendar;
    struct event_reader *reader;
    struct instance instances[INSTANCES];
    struct story *story_of_child;
    struct event *unsent; /* what is still to be produced */
    size_t unsent_count;
    char (*child_ids)[24];
    struct day day, last_day;
    int64_t now_ms;
    bool backlog_first; /* everything is produced before the first start */
    struct simulation_result result;
    FILE *story;
};

static void tell(struct simulation *sim, const char *format, ...)
{
    va_list arguments;

    if (sim->story == NULL)
        return;
    va_start(arguments, format);
    vfprintf(sim->story, format, arguments);
    va_end(arguments);
}

static void fail(struct simulation *sim, const char *format, ...)
{
    va_list arguments;

    if (!sim->result.holds)
        return;
    sim->result.holds = false;
    va_start(arguments, format);
    vsnprintf(sim->result.why, sizeof sim->result.why, format, arguments);
    va_end(arguments);
    tell(sim, "FAILS: %s\n", sim->result.why);
}

/* --- the world's events --- */

static void unsent_fill(struct simulation *sim)
{
    int children = random_between(&sim->random, 2, CHILDREN_MOST);

    sim->child_ids = calloc((size_t)children, sizeof *sim->child_ids);
    sim->story_of_child = calloc(1, sizeof *sim->story_of_child);
    sim->unsent = calloc((size_t)children * STORY_VERSIONS_MAX, sizeof *sim->unsent);
    for (int c = 0; c < children; c++) {
        int length = snprintf(sim->child_ids[c], sizeof sim->child_ids[c], "child-%llx",
                              (unsigned long long)(random_bits(&sim->random) & 0xffffff));
        story_tell(sim->story_of_child, random_bits(&sim->random));
        for (size_t i = 0; i < sim->story_of_child->count; i++) {
            struct event *event = &sim->unsent[sim->unsent_count++];
            event->child_id = (struct text){sim->child_ids[c], (uint32_t)length};
            event->fact = sim->story_of_child->versions[i];
        }
    }
    for (size_t i = sim->unsent_count; i-- > 1;) {
        size_t other = (size_t)random_between(&sim->random, 0, (int)i);
        struct event kept = sim->unsent[i];
        sim->unsent[i] = sim->unsent[other];
        sim->unsent[other] = kept;
    }
}

static void days_choose(struct simulation *sim)
{
    struct day last = DAY_FIRST;

    for (size_t i = 0; i < sim->unsent_count; i++)
        last = day_later(last, sim->unsent[i].fact.occurred_on);
    sim->last_day = day_earlier(DAY_LAST, day_plus(last, random_between(&sim->random, -400, 500)));
    sim->day = day_plus(sim->last_day, -random_between(&sim->random, 0, 1200));
}

static void append(struct simulation *sim, int input, struct text key, const uint8_t *value, size_t length,
                   int64_t timestamp_ms)
{
    int32_t partition = key_partition(key_murmur2(key), SIMULATED_PARTITIONS);
    struct simulated_topic *topic = &sim->log.inputs[input][partition];

    simulated_topic_append(topic, key.bytes, key.length, value, length, timestamp_ms);
    if (random_chance(&sim->random, 10))
        topic->end += random_between(&sim->random, 1, 3); /* aborted records and markers */
}

static void produce_event(struct simulation *sim, const struct event *event)
{
    uint8_t bytes[1024];
    struct event read;
    struct finding finding;
    enum stream stream = fact_stream(event->fact.kind);
    size_t length = event_write(event, bytes, sizeof bytes);

    if (random_chance(&sim->random, 2))
        bytes[length / 2] ^= 0x40;
    append(sim, (int)stream, event->child_id, bytes, length, event->fact.recorded_at_ms);
    if (event_read(sim->reader, stream, bytes, length, &read, &finding) && text_equal(read.child_id, event->child_id))
        truth_add_fact(&sim->truth, event->child_id, &read.fact);
    else
        sim->truth.dead_letters++;
    sim->result.events++;
}

/* A wish to forget comes after every fact of the child so far, and before those that are still to come only by
 * accident. */
static void produce_forget(struct simulation *sim)
{
    const struct event *event = &sim->unsent[random_between(&sim->random, 0, (int)sim->unsent_count - 1)];
    int64_t at_ms = event->fact.recorded_at_ms;

    if (!truth_may_forget(&sim->truth, event->child_id, at_ms, sim->unsent, sim->unsent_count))
        return;
    append(sim, random_between(&sim->random, 0, 2), event->child_id, NULL, 0, at_ms);
    truth_forget(&sim->truth, event->child_id, at_ms);
    tell(sim, "forget %.*s\n", (int)event->child_id.length, event->child_id.bytes);
}

static void produce_some(struct simulation *sim, int most)
{
    for (int i = random_between(&sim->random, 1, most); i > 0 && sim->unsent_count > 0; i--) {
        if (random_chance(&sim->random, 1))
            produce_forget(sim);
        produce_event(sim, &sim->unsent[sim->unsent_count - 1]);
        if (random_chance(&sim->random, 95))
            sim->unsent_count--; /* else it is sent once more */
    }
}

/* --- instances --- */

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
        .accept_later_day = true,
        .cluster_id = "simulated",
    };
}

static void instance_start(struct simulation *sim, struct instance *instance)
{
    struct machine_settings settings = settings_for(sim);

    instance->machine = machine_new(&settings, sim->reader);
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

static void restore(struct simulation *sim, struct instance *instance, int partition)
{
    const struct simulated_topic *state = &sim->log.outputs[OUTPUT_STATE][partition];
    bool compacted = random_chance(&sim->random, 50);
    size_t count = state->count;
    struct simulated_record *newest = compacted ? simulated_topic_compacted(state, &count) : NULL;
    const struct simulated_record *records = compacted ? newest : state->records;

    machine_partition_add(instance->machine, partition);
    for (size_t i = 0; i < count; i++)
        machine_restore(instance->machine, partition, (struct text){records[i].key, (uint32_t)records[i].key_length},
                        records[i].value, records[i].value_length);
    free(newest);
    struct partition_offsets offsets = offsets_of(&sim->log, partition);
    struct partition_start start = machine_partition_start(instance->machine, partition, &offsets);
    if (!verdict_starts[start.verdict])
        fail(sim, "partition %d can not start: %s", partition, verdict_names[start.verdict]);
    for (int input = 0; input < STATE_INPUTS; input++) {
        const struct simulated_topic *topic = &sim->log.inputs[input][partition];
        size_t *read_to = &instance->read_to[input][partition];
        *read_to = 0;
        while (*read_to < topic->count && topic->records[*read_to].offset < start.next_offset[input])
            ++*read_to;
    }
    sim->result.restores++;
}

/* After a restart everything is read back, for the partitions it owns. */
static void instance_restore(struct simulation *sim, struct instance *instance)
{
    for (int partition = 0; partition < SIMULATED_PARTITIONS; partition++)
        if (instance->owns[partition])
            restore(sim, instance, partition);
}

static void transaction_end(struct simulation *sim, struct instance *instance, bool try_commit)
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
        transaction_end(sim, instance, finish);
    machine_partitions_drop(instance->machine);
    memset(instance->owns, 0, sizeof instance->owns);
}

static bool is_member(const struct instance *instance)
{
    return instance->alive && !instance->asleep;
}

static int members(const struct simulation *sim, int numbers[INSTANCES])
{
    int count = 0;

    for (int i = 0; i < INSTANCES; i++)
        if (is_member(&sim->instances[i]))
            numbers[count++] = i;
    return count;
}

/* Everybody who hears of it ends what is under way and gives up its partitions; then they are shared out anew. */
static void rebalance(struct simulation *sim)
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
        restore(sim, owner, partition);
    }
    tell(sim, "rebalance generation %d members %d\n", sim->log.generation, count);
}

static void crash(struct simulation *sim, struct instance *instance)
{
    if (instance->transaction != NULL && random_chance(&sim->random, 50))
        simulated_log_commit(&sim->log, instance->transaction, instance->generation); /* it died after its commit */
    machine_free(instance->machine);
    instance->machine = NULL;
    instance->alive = false;
    instance->transaction = NULL;
    sim->result.crashes++;
    tell(sim, "crash\n");
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
    tell(sim, "uncertain end\n");
}

static void refused_or_kept(struct simulation *sim, struct instance *instance)
{
    bool current = instance->generation == sim->log.generation;

    transaction_end(sim, instance, true);
    if (!current)
        instance_drop(sim, instance, false);
}

static void end_somehow(struct simulation *sim, struct instance *instance)
{
    int dice = random_between(&sim->random, 1, 100);

    if (dice <= 75 || instance->generation != sim->log.generation)
        refused_or_kept(sim, instance);
    else if (dice <= 88)
        transaction_end(sim, instance, false);
    else
        end_uncertain(sim, instance);
}

static bool feed(struct simulation *sim, struct instance *instance, int input, int partition, int most)
{
    const struct simulated_topic *topic = &sim->log.inputs[input][partition];
    size_t *read_to = &instance->read_to[input][partition];

    if (*read_to > 0 && random_chance(&sim->random, 3))
        --*read_to; /* a client may deliver a message again */
    for (; most > 0 && *read_to < topic->count && !machine_is_full(instance->machine); most--, ++*read_to) {
        const struct simulated_record *record = &topic->records[*read_to];
        struct input_message message = {input,       partition,          record->offset, record->timestamp_ms,
                                        record->key, record->key_length, record->value,  record->value_length};
        machine_message(instance->machine, &message, sim->now_ms);
    }
    if (*read_to < topic->count)
        return false;
    machine_input_end(instance->machine, input, partition, topic->end);
    return true;
}

static bool feed_all(struct simulation *sim, struct instance *instance, int most)
{
    bool drained = true;

    for (int partition = 0; partition < SIMULATED_PARTITIONS; partition++)
        for (int input = 0; input < STATE_INPUTS; input++)
            if (instance->owns[partition])
                drained = feed(sim, instance, input, partition, most) && drained;
    return drained;
}

static void begin_if_due(struct simulation *sim, struct instance *instance, bool drained)
{
    if (instance->transaction != NULL || !machine_is_due(instance->machine, drained, sim->now_ms))
        return;
    instance->transaction = machine_begin(instance->machine, (struct text){"simulated-0", 11}, sim->now_ms);
    bool computed = instance->transaction != NULL;
    while (computed && !instance->transaction->is_complete)
        computed = machine_compute(instance->machine, (size_t)random_between(&sim->random, 1, 30));
    if (!computed)
        fail(sim, "no transaction");
}

static void lags_tell(struct simulation *sim, struct instance *instance)
{
    for (int partition = 0; partition < SIMULATED_PARTITIONS; partition++)
        for (int input = 0; instance->owns[partition] && input < STATE_INPUTS; input++)
            machine_input_lag(instance->machine, input, partition, sim->log.inputs[input][partition].end);
}

static void instance_act(struct simulation *sim, struct instance *instance)
{
    bool drained = false;

    if (!is_member(instance))
        return;
    machine_clock(instance->machine, day_plus(sim->day, sim->backlog_first ? 0 : random_between(&sim->random, -1, 0)));
    if (random_chance(&sim->random, 20))
        lags_tell(sim, instance);
    if (random_chance(&sim->random, 70))
        drained = feed_all(sim, instance, random_between(&sim->random, 1, 8));
    if (instance->transaction != NULL)
        end_somehow(sim, instance);
    else
        begin_if_due(sim, instance, drained);
}

/* --- what goes wrong --- */

static void norms_change(struct simulation *sim)
{
    random_norms(&sim->random, &sim->norms);
    tell(sim, "new norms\n");
    for (int i = 0; i < INSTANCES; i++) { /* settings change by a restart */
        if (sim->instances[i].alive)
            crash(sim, &sim->instances[i]);
        instance_start(sim, &sim->instances[i]);
    }
    rebalance(sim);
}

static void misfortune(struct simulation *sim)
{
    struct instance *instance = &sim->instances[random_between(&sim->random, 0, INSTANCES - 1)];
    int dice = random_between(&sim->random, 1, 100);

    if (dice <= 3 && instance->alive) {
        crash(sim, instance);
        rebalance(sim);
    } else if (dice <= 7 && !instance->alive) {
        instance_start(sim, instance);
        rebalance(sim);
    } else if (dice <= 9 && is_member(instance)) {
        instance->asleep = true;
        tell(sim, "asleep\n");
        if (random_chance(&sim->random, 70))
            rebalance(sim);
    } else if (dice <= 14 && instance->alive && instance->asleep) {
        instance->asleep = false;
        if (instance->transaction != NULL)
            refused_or_kept(sim, instance);
        rebalance(sim);
    } else if (dice <= 16) {
        rebalance(sim);
    } else if (dice == 17 && !sim->backlog_first && random_chance(&sim->random, 30)) {
        norms_change(sim);
    }
}

static void time_passes(struct simulation *sim)
{
    sim->now_ms += random_between(&sim->random, 0, 10);
    if (random_chance(&sim->random, 12) && day_before(sim->day, sim->last_day)) {
        sim->day = day_earlier(sim->last_day, day_plus(sim->day, random_between(&sim->random, 1, 90)));
        tell(sim, "day %d\n", sim->day.number);
    }
}

static void step(struct simulation *sim)
{
    if (!sim->backlog_first && random_chance(&sim->random, 50))
        produce_some(sim, 6);
    time_passes(sim);
    misfortune(sim);
    for (int i = 0; i < INSTANCES; i++)
        instance_act(sim, &sim->instances[i]);
}

/* --- the end: everything is sent, the last day has come, and all is done --- */

static bool settled(struct simulation *sim, struct instance *instance)
{
    if (!is_member(instance))
        return true;
    sim->now_ms += 100;
    machine_clock(instance->machine, sim->day);
    bool drained = feed_all(sim, instance, 1000);
    if (instance->transaction != NULL)
        transaction_end(sim, instance, true);
    else
        begin_if_due(sim, instance, drained);
    return drained && instance->transaction == NULL && machine_is_caught_up(instance->machine) &&
           !machine_is_due(instance->machine, true, sim->now_ms);
}

static void come_to_rest(struct simulation *sim)
{
    for (int round = 0; round < 20000; round++) {
        bool all = true;
        for (int i = 0; i < INSTANCES; i++)
            all = settled(sim, &sim->instances[i]) && all;
        if (all)
            return;
    }
    fail(sim, "it does not come to rest");
}

/* Once on some day, then on the last: the days between pass without traffic. */
static void settle(struct simulation *sim)
{
    while (sim->unsent_count > 0)
        produce_some(sim, 50);
    for (int i = 0; i < INSTANCES; i++) {
        struct instance *instance = &sim->instances[i];
        if (instance->alive && instance->asleep)
            crash(sim, instance);
        if (!instance->alive)
            instance_start(sim, instance);
    }
    rebalance(sim);
    come_to_rest(sim);
    sim->day = sim->last_day;
    come_to_rest(sim);
}

/* A replay of the changelog gives the live state. */
static void compare_replay(struct simulation *sim)
{
    struct instance replay = {0};

    instance_start(sim, &replay);
    for (int i = 0; i < INSTANCES; i++)
        for (int partition = 0; partition < SIMULATED_PARTITIONS; partition++) {
            uint32_t live_children, children;
            uint64_t live_hash, hash;
            if (!sim->instances[i].owns[partition])
                continue;
            machine_partition_summary(sim->instances[i].machine, partition, &live_children, &live_hash);
            restore(sim, &replay, partition);
            machine_partition_summary(replay.machine, partition, &children, &hash);
            if (children != live_children || hash != live_hash)
                fail(sim, "partition %d: the replay differs from the live state", partition);
        }
    machine_free(replay.machine);
}

static void compare(struct simulation *sim)
{
    struct yardstick yardstick = {&sim->norms, sim->calendar, sim->last_day, 100000};
    char why[256];

    if (!truth_compare(&sim->truth, &sim->log, &yardstick, why, sizeof why))
        fail(sim, "%s", why);
    sim->result.alerts = sim->truth.alerts;
    sim->result.revisions = sim->truth.revisions;
    if (sim->backlog_first && sim->truth.revisions != sim->truth.alerts)
        fail(sim, "a first start on a backlog published %llu revisions of %llu alerts",
             (unsigned long long)sim->truth.revisions, (unsigned long long)sim->truth.alerts);
    compare_replay(sim);
}

static void simulation_init(struct simulation *sim, uint64_t seed, FILE *story)
{
    memset(sim, 0, sizeof *sim);
    sim->random.state = seed;
    sim->story = story;
    sim->result.holds = true;
    simulated_log_init(&sim->log);
    truth_init(&sim->truth);
    sim->reader = event_reader_new();
    struct calendar_row rows[RANDOM_ROWS_MAX];
    sim->calendar = calendar_new(rows, random_calendar(&sim->random, rows));
    random_norms(&sim->random, &sim->norms);
    unsent_fill(sim);
    days_choose(sim);
    sim->backlog_first = random_chance(&sim->random, 15);
}

static void simulation_fini(struct simulation *sim)
{
    for (int i = 0; i < INSTANCES; i++)
        if (sim->instances[i].alive)
            machine_free(sim->instances[i].machine);
    event_reader_free(sim->reader);
    calendar_free(sim->calendar);
    truth_fini(&sim->truth);
    simulated_log_fini(&sim->log);
    free(sim->unsent);
    free(sim->child_ids);
    free(sim->story_of_child);
}

/* On a backlog nothing is judged before it is read: here without the days' passing, which would revise alerts rightly.
 */
static void run_on_backlog(struct simulation *sim)
{
    while (sim->unsent_count > 0)
        produce_some(sim, 50);
    sim->day = sim->last_day;
}

struct simulation_result simulation_run(uint64_t seed, FILE *story)
{
    static struct simulation sim;

    simulation_init(&sim, seed, story);
    if (sim.backlog_first)
        run_on_backlog(&sim);
    for (int i = 0; i < INSTANCES; i++)
        instance_start(&sim, &sim.instances[i]);
    rebalance(&sim);
    for (int i = 0; i < STEPS && sim.result.holds; i++)
        step(&sim);
    if (sim.result.holds)
        settle(&sim);
    if (sim.result.holds)
        compare(&sim);
    struct simulation_result result = sim.result;
    simulation_fini(&sim);
    return result;
}
