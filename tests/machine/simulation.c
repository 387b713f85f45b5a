#include "simulation_internal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 260

void simulation_tell(struct simulation *sim, const char *format, ...)
{
    va_list arguments;

    if (sim->story == NULL)
        return;
    va_start(arguments, format);
    vfprintf(sim->story, format, arguments);
    va_end(arguments);
}

void simulation_fail(struct simulation *sim, const char *format, ...)
{
    va_list arguments;

    if (!sim->result.holds)
        return;
    sim->result.holds = false;
    va_start(arguments, format);
    vsnprintf(sim->result.why, sizeof sim->result.why, format, arguments);
    va_end(arguments);
    simulation_tell(sim, "FAILS: %s\n", sim->result.why);
}

/* --- what goes wrong --- */

static void norms_change(struct simulation *sim)
{
    random_norms(&sim->random, &sim->norms);
    simulation_tell(sim, "new norms\n");
    for (int i = 0; i < INSTANCES; i++) { /* settings change by a restart */
        if (sim->instances[i].alive)
            instance_crash(sim, &sim->instances[i]);
        instance_start(sim, &sim->instances[i]);
    }
    rebalance(sim);
}

static void misfortune(struct simulation *sim)
{
    struct instance *instance = &sim->instances[random_between(&sim->random, 0, INSTANCES - 1)];
    int dice = random_between(&sim->random, 1, 100);

    if (dice <= 3 && instance->alive) {
        instance_crash(sim, instance);
        rebalance(sim);
    } else if (dice <= 7 && !instance->alive) {
        instance_start(sim, instance);
        rebalance(sim);
    } else if (dice <= 9 && instance_is_member(instance)) {
        instance->asleep = true;
        simulation_tell(sim, "asleep\n");
        if (random_chance(&sim->random, 70))
            rebalance(sim);
    } else if (dice <= 14 && instance->alive && instance->asleep) {
        instance_wake(sim, instance);
        rebalance(sim);
    } else if (dice <= 16) {
        rebalance(sim);
    } else if (dice == 17 && !sim->backlog_first && random_chance(&sim->random, 30)) {
        norms_change(sim);
    }
}

static void time_passes(struct simulation *sim)
{
    sim->now_ms += random_chance(&sim->random, 5) ? random_between(&sim->random, 0, 800)
                                                  : random_between(&sim->random, 0, 10);
    simulated_registry_act(&sim->registry, &sim->random, sim->now_ms);
    if (random_chance(&sim->random, 12) && day_before(sim->day, sim->last_day)) {
        sim->day = day_earlier(sim->last_day, day_plus(sim->day, random_between(&sim->random, 1, 90)));
        simulation_tell(sim, "day %d\n", sim->day.number);
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
    if (!instance_is_member(instance))
        return true;
    sim->now_ms += 100;
    machine_clock(instance->machine, sim->day);
    simulated_registry_answer(&sim->registry, sim->now_ms);
    bool drained = instance_feed(sim, instance, 1000);
    drained = !instance_waits(sim, instance) && drained;
    if (instance->transaction != NULL)
        instance_end_transaction(sim, instance, true);
    else
        instance_begin_if_due(sim, instance, drained);
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
    simulation_fail(sim, "it does not come to rest");
}

/* Once on some day, then on the last: the days between pass without traffic. */
static void settle(struct simulation *sim)
{
    while (sim->unsent_count > 0)
        produce_some(sim, 50);
    for (int i = 0; i < INSTANCES; i++) {
        struct instance *instance = &sim->instances[i];
        if (instance->alive && instance->asleep)
            instance_crash(sim, instance);
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
            instance_restore_partition(sim, &replay, partition);
            machine_partition_summary(replay.machine, partition, &children, &hash);
            if (children != live_children || hash != live_hash)
                simulation_fail(sim, "partition %d: the replay differs from the live state", partition);
        }
    machine_free(replay.machine);
    event_reader_free(replay.reader);
}

static void compare(struct simulation *sim)
{
    struct yardstick yardstick = {&sim->norms, sim->calendar, sim->last_day, 100000};
    char why[256];

    if (!truth_compare(&sim->truth, &sim->log, &yardstick, why, sizeof why))
        simulation_fail(sim, "%s", why);
    if (!headers_compare(&sim->log, sim->truth.reader, &sim->result.traced, why, sizeof why))
        simulation_fail(sim, "%s", why);
    sim->result.alerts = sim->truth.alerts;
    sim->result.revisions = sim->truth.revisions;
    if (sim->backlog_first && sim->truth.revisions != sim->truth.alerts)
        simulation_fail(sim, "a first start on a backlog published %llu revisions of %llu alerts",
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
    simulated_registry_init(&sim->registry, &sim->random);
    struct calendar_row rows[RANDOM_ROWS_MAX];
    sim->calendar = calendar_new(rows, random_calendar(&sim->random, rows));
    random_norms(&sim->random, &sim->norms);
    unsent_fill(sim);
    days_choose(sim);
    sim->backlog_first = random_chance(&sim->random, 15);
    sim->has_registry = random_chance(&sim->random, 40);
}

static void simulation_fini(struct simulation *sim)
{
    for (int i = 0; i < INSTANCES; i++) {
        if (sim->instances[i].alive)
            machine_free(sim->instances[i].machine);
        event_reader_free(sim->instances[i].reader);
    }
    simulated_registry_fini(&sim->registry);
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
