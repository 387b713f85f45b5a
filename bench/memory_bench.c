/* What a child costs in memory while the service runs: the growth of the process by so many restored children, their
 * index and the allocator's own needs included, divided by their number.
 *
 *     memory_bench [--children=200000] [--partitions=12]    bytes a child, a fact, an alert
 *
 * Each population is restored in a process of its own, which nothing was in before.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/probe.h"
#include "consumer/machine.h"
#include "consumer/settings.h"

#define FACTS 11
#define ALERTS 10
#define STATE_BYTES_MAX 65536

static double children = 200000, partitions = 12;

struct population {
    uint32_t facts, alerts; /* of each child */
};

static double resident_bytes(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%*d %ld", &pages) != 1)
        probe_fail("/proc/self/statm", "can not be read");
    fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

static struct uuid uuid_number(uint32_t child, uint32_t number)
{
    struct uuid uuid;
    uint64_t random = ((uint64_t)child << 32 | number) * UINT64_C(0x9e3779b97f4a7c15);
    for (int i = 0; i < 16; i++) {
        random = (random ^ random >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
        uuid.bytes[i] = (uint8_t)(random >> 56);
    }
    return uuid;
}

/* A life of arrival, school, moves and school again, a fact a month. */
static struct fact fact_number(uint32_t child, uint32_t number)
{
    static const enum fact_kind kinds[] = {FACT_MOVED, FACT_ENROLLED, FACT_WITHDRAWN};
    static const char *const places[] = {"site-001", "site-002", "site-003"}, *const schools[] = {"school-1",
                                                                                                  "school-2"};
    struct fact fact = {.event_id = uuid_number(child, number),
                        .recorded_at_ms = INT64_C(1700000000000) + number * INT64_C(2600000000) + child % 80000000,
                        .occurred_on = {19676 + (int32_t)number * 30},
                        .birth_date = DAY_ABSENT,
                        .applied_on = DAY_ABSENT,
                        .kind = number == 0 ? FACT_ARRIVED : kinds[number % 3]};
    fact.first_recorded_at_ms = fact.recorded_at_ms;
    if (fact.kind == FACT_ARRIVED) {
        fact.birth_date = (struct day){16000 + (int32_t)(child % 3000)};
        fact.unaccompanied = ANSWER_NO;
    }
    if (fact.kind == FACT_ARRIVED || fact.kind == FACT_MOVED)
        fact.place = (struct place){{places[(child + number) % 3], 8}, LOCATION_EMERGENCY, REGION_NORTH};
    else
        fact.school_id = (struct text){schools[child % 2], 8};
    return fact;
}

static struct alert alert_number(const struct child *child, uint32_t number)
{
    const struct day raised_on = {19800 + (int32_t)number};
    return (struct alert){.cause = child->facts[number % child->fact_count].event_id,
                          .rule = (uint8_t)(number / 3),
                          .level = LEVEL_VIOLATION,
                          .state = ALERT_OPEN,
                          .raised_on = raised_on,
                          .violation_on = day_plus(raised_on, 31),
                          .due_on = day_plus(raised_on, 30),
                          .resolved_on = DAY_ABSENT,
                          .norm_months = 6,
                          .place = {{"site-001", 8}, LOCATION_EMERGENCY, REGION_NORTH},
                          .unaccompanied = ANSWER_NO,
                          .revision = 2,
                          .sequence = child->sequence};
}

static void child_make(struct child *child, struct text child_id, uint32_t number, const struct population *population)
{
    child_reset(child, child_id);
    for (uint32_t i = 0; i < population->facts; i++) {
        struct fact fact = fact_number(number, i);
        child_apply(child, &fact);
    }
    for (uint32_t i = 0; i < population->alerts; i++)
        child->alerts[child->alert_count++] = alert_number(child, i);
    child->next_change_on = (struct day){20500};
}

static void restore_all(struct machine *machine, const struct population *population)
{
    static uint8_t bytes[STATE_BYTES_MAX];
    struct child child;
    if (!child_init(&child))
        probe_fail("restoring", "memory is short");
    for (uint32_t i = 0; i < (uint32_t)children; i++) {
        char name[16];
        struct text child_id = {name, (uint32_t)snprintf(name, sizeof name, "c%012x", i)};
        child_make(&child, child_id, i, population);
        size_t length = state_write(&child, bytes, sizeof bytes);
        if (!machine_restore(machine, key_partition(key_murmur2(child_id), (int32_t)partitions), child_id, bytes,
                             length))
            probe_fail("restoring", "refused");
    }
    child_fini(&child);
}

static double population_measure(const struct population *population)
{
    struct settings settings;
    if (!settings_init(&settings))
        probe_fail("starting", "memory is short");
    struct calendar *calendar = settings_calendar(&settings, stderr);
    struct event_reader *reader = event_reader_new();
    const struct machine_settings machine_settings = {.norms = &settings.norms,
                                                      .calendar = calendar,
                                                      .partition_count = (int32_t)partitions,
                                                      .group = "",
                                                      .cluster_id = ""};
    struct machine *machine = machine_new(&machine_settings, reader);
    if (machine == NULL)
        probe_fail("starting", "memory is short");
    for (int32_t i = 0; i < (int32_t)partitions; i++)
        machine_partition_add(machine, i);
    struct population nobody = {1, 0};
    const double wanted = children;
    children = 100; /* working memory is touched once, before it counts */
    restore_all(machine, &nobody);
    children = wanted;
    malloc_trim(0);
    const double before = resident_bytes();
    restore_all(machine, population);
    malloc_trim(0);
    return (resident_bytes() - before) / children;
}

/* In a process of its own. */
static double population_bytes(struct population population)
{
    int ends[2], status;
    double bytes = 0;
    if (pipe(ends) != 0)
        probe_fail("starting", "no pipe");
    pid_t child = fork();
    if (child == 0) {
        bytes = population_measure(&population);
        _exit(write(ends[1], &bytes, sizeof bytes) == sizeof bytes ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    close(ends[1]);
    if (child < 0 || read(ends[0], &bytes, sizeof bytes) != sizeof bytes)
        probe_fail("measuring", "the process ended early");
    close(ends[0]);
    waitpid(child, &status, 0);
    return bytes;
}

int main(int argc, char **argv)
{
    struct settings settings;
    const struct probe_number numbers[] = {{"children", &children}, {"partitions", &partitions}};
    probe_arguments(argc, argv, numbers, 2, &settings);
    settings_fini(&settings);
    const double arrived = population_bytes((struct population){1, 0});
    const double lived = population_bytes((struct population){FACTS, 0});
    const double alerted = population_bytes((struct population){FACTS, ALERTS});
    const double fact = (lived - arrived) / (FACTS - 1);
    printf("{\"child\": %.1f, \"fact\": %.1f, \"alert\": %.1f}\n", arrived - fact, fact, (alerted - lived) / ALERTS);
    return 0;
}
