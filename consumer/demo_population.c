#include "consumer/demo_population.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "consumer/demo_register.h"

#define DAY_MS INT64_C(86400000)
#define CHILDREN_UNACCOMPANIED_REGULAR 1560
#define ADULT_MONTHS 216

/* Children of a family in reception. */
static const struct spread family_children = {{1, 1, 1, 1, 2, 2, 2, 3, 3, 4, HOUSEHOLD_CHILDREN_MAX}};

struct builder {
    struct demo_population *population;
    const struct calendar *calendar;
    uint64_t seed;
    uint64_t households;
    size_t capacity;
    bool failed;                                  /* memory ran out */
    int32_t residents[DEMO_SITES][DEMO_DAYS + 1]; /* by site: who came on a day, less who left */
};

static void keep_event(void *context, const struct event *event)
{
    struct builder *builder = context;
    struct demo_population *population = builder->population;
    if (event->fact.recorded_at_ms >= (DEMO_END.number + 1) * DAY_MS || builder->failed)
        return;
    if (population->event_count == builder->capacity) {
        size_t capacity = builder->capacity == 0 ? 4096 : 2 * builder->capacity;
        struct event *events = realloc(population->events, capacity * sizeof *events);
        if (events == NULL) {
            builder->failed = true;
            return;
        }
        population->events = events;
        builder->capacity = capacity;
    }
    population->events[population->event_count] = *event;
    fact_normalize(&population->events[population->event_count++].fact);
}

/* --- the census --------------------------------------------------------------------------------------------------- */

static int census_day(struct day day)
{
    int number = day.number - DEMO_START.number;
    return number < 0 ? 0 : number > DEMO_DAYS ? DEMO_DAYS : number;
}

/* A child lives at SITE in [FROM, UNTIL). */
static void count_stay(struct builder *builder, uint32_t site, struct day from, struct day until)
{
    if (!day_before(from, until))
        return;
    builder->residents[site][census_day(from)]++;
    builder->residents[site][census_day(until)]--;
}

static void count_child(struct builder *builder, const struct household *household, int child)
{
    struct day from = household_child_from(household, child);
    struct day adult = day_add_months(household->births[child], ADULT_MONTHS);
    for (int stay = 0; stay < household->stay_count; stay++)
        count_stay(builder, household->stays[stay].site, day_later(from, household->stays[stay].from),
                   day_earlier(adult, household_stay_until(household, stay)));
}

static void count_site(struct builder *builder, uint32_t index)
{
    const struct demo_site *site = &builder->population->sites.sites[index];
    int32_t residents = 0;
    for (int i = 0; i < DEMO_DAYS; i++) {
        struct demo_census *census = &builder->population->census[i];
        residents += builder->residents[index][i];
        census->children += residents;
        if (!demo_site_is_emergency(site, day_plus(DEMO_START, i)))
            continue;
        census->in_emergency += residents;
        census->unaccompanied_in_emergency += site->unaccompanied ? residents : 0;
        census->emergency_sites += residents > 0;
    }
}

/* --- households --------------------------------------------------------------------------------------------------- */

static struct text new_child_id(struct builder *builder, struct demo_random *random)
{
    assert(builder->population->child_count < DEMO_CHILDREN_MAX);
    char *id = builder->population->child_ids[builder->population->child_count++];
    int length = snprintf(id, DEMO_CHILD_ID_SIZE, "k-%012llx", (unsigned long long)(demo_random_next(random) >> 16));
    return (struct text){id, (uint32_t)length};
}

static void write_down(struct builder *builder, struct household *household)
{
    for (int child = 0; child < household->child_count; child++) {
        struct demo_register reg = {.random = demo_random_of(demo_random_next(&household->random), 0),
                                    .on_event = keep_event,
                                    .context = builder};
        reg.child_id = new_child_id(builder, &reg.random);
        count_child(builder, household, child);
        register_child(&reg, household, child);
    }
}

/* A household of at most MOST children. */
static struct household new_household(struct builder *builder, bool unaccompanied, int most)
{
    struct household household = {
        .random = demo_random_of(builder->seed, builder->households++),
        .sites = &builder->population->sites,
        .calendar = builder->calendar,
        .unaccompanied = unaccompanied,
    };
    int children = unaccompanied ? 1 : demo_random_spread(&household.random, &family_children);
    household.child_count = children < most ? children : most;
    return household;
}

/* CHILDREN in households of one sort that live on DEMO_START in the sites of [FIRST, UNTIL) that are theirs; none stays
 * empty. */
static void settle(struct builder *builder, int children, bool unaccompanied, uint32_t first, uint32_t until)
{
    const struct demo_sites *sites = &builder->population->sites;
    bool emergency = demo_site_is_emergency(&sites->sites[first], DEMO_START);
    uint32_t home = first;
    while (children > 0) {
        struct household household = new_household(builder, unaccompanied, children);
        while (home < until && (sites->sites[home].unaccompanied != unaccompanied || sites->sites[home].size == 0))
            home++;
        household_live_through(
            &household,
            home < until ? home++ : demo_sites_pick(sites, &household.random, emergency, unaccompanied, DEMO_START));
        write_down(builder, &household);
        children -= household.child_count;
    }
}

static void settle_all(struct builder *builder)
{
    uint32_t emergency = DEMO_SITES_EMERGENCY, regular = emergency + DEMO_SITES_REGULAR;
    settle(builder, DEMO_CHILDREN_UNACCOMPANIED, true, 0, emergency);
    settle(builder, DEMO_CHILDREN_EMERGENCY - DEMO_CHILDREN_UNACCOMPANIED, false, 0, emergency);
    settle(builder, CHILDREN_UNACCOMPANIED_REGULAR, true, emergency, regular);
    settle(builder, DEMO_CHILDREN_REGULAR - CHILDREN_UNACCOMPANIED_REGULAR, false, emergency, regular);
}

static void welcome_newcomers(struct builder *builder)
{
    struct demo_random random = demo_random_of(builder->seed, UINT64_MAX);
    for (struct day day = day_plus(DEMO_START, 1); !day_before(DEMO_END, day); day = day_plus(day, 1)) {
        int households = day_weekday(day) > 4 ? 0 : demo_random_between(&random, 13, 25);
        for (int i = 0; i < households; i++) {
            struct household household = new_household(builder, demo_random_percent(&random, 32),
                                                       HOUSEHOLD_CHILDREN_MAX);
            household_arrive(&household, day);
            write_down(builder, &household);
        }
    }
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

/* By recorded_at; then by what tells versions apart, so that the order is the same everywhere. */
static int compare_events(const void *a, const void *b)
{
    const struct fact *x = &((const struct event *)a)->fact, *y = &((const struct event *)b)->fact;
    if (x->recorded_at_ms != y->recorded_at_ms)
        return x->recorded_at_ms < y->recorded_at_ms ? -1 : 1;
    return uuid_compare(&x->event_id, &y->event_id);
}

static bool populate(struct builder *builder)
{
    struct demo_population *population = builder->population;
    population->child_ids = malloc(DEMO_CHILDREN_MAX * sizeof *population->child_ids);
    if (population->child_ids == NULL)
        return false;
    demo_sites_init(&population->sites, builder->seed);
    settle_all(builder);
    welcome_newcomers(builder);
    for (uint32_t site = 0; site < DEMO_SITES; site++)
        count_site(builder, site);
    if (!builder->failed)
        qsort(population->events, population->event_count, sizeof *population->events, compare_events);
    return !builder->failed;
}

struct demo_population *demo_population_new(uint64_t seed, const struct calendar *calendar)
{
    struct demo_population *population = calloc(1, sizeof *population);
    struct builder *builder = calloc(1, sizeof *builder);
    bool done = false;
    if (population != NULL && builder != NULL) {
        builder->population = population;
        builder->calendar = calendar;
        builder->seed = seed;
        done = populate(builder);
    }
    free(builder);
    if (done)
        return population;
    demo_population_free(population);
    return NULL;
}

void demo_population_free(struct demo_population *population)
{
    if (population == NULL)
        return;
    free(population->events);
    free(population->child_ids);
    free(population);
}

size_t demo_population_recorded_before(const struct demo_population *population, struct day day)
{
    size_t low = 0, high = population->event_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (population->events[middle].fact.recorded_at_ms < day.number * DAY_MS)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
