#include "consumer/demo_life.h"

#include <assert.h>

#include "consumer/demo_population.h"

/* Days in emergency reception by DEMO_START: eight months in the mean, half of them over six. */
static const struct spread emergency_days = {{3, 27, 57, 91, 130, 177, 232, 300, 400, 560, 900}};
/* Days in reception of those that live in regular sites by then. */
static const struct spread regular_days = {{12, 50, 95, 150, 215, 285, 365, 470, 600, 800, 1100}};
/* Days at one site, where nothing forces a move: three moves within the first year are common. */
static const struct spread stay_days = {{12, 44, 68, 92, 116, 142, 170, 205, 250, 325, 520}};
/* Days from DEMO_START, or from arrival, until a household has a house or leaves the country. */
static const struct spread remaining_days = {{5, 70, 150, 230, 310, 400, 520, 660, 850, 1100, 1600}};
static const struct spread whole_days = {{15, 90, 170, 250, 340, 430, 540, 660, 820, 1050, 1500}};
static const struct spread age_days = {{0, 657, 1314, 1971, 2628, 3285, 3942, 4599, 5256, 5913, 6560}};
static const struct spread age_days_unaccompanied = {
    {4400, 5350, 5700, 5850, 5980, 6080, 6170, 6270, 6360, 6460, 6560}};
/* Days until the register has an ordinary arrival or move. */
static const struct spread recorded_days = {{0, 0, 0, 0, 0, 0, 1, 1, 2, 6, 45}};

#define POSTPONE_DAYS_MAX 40 /* COA moves families in school holidays, where one is near */

static const struct demo_site *site_of(const struct household *household, const struct household_stay *stay)
{
    return &household->sites->sites[stay->site];
}

static void add_stay(struct household *household, struct day from, uint32_t site, enum stay_cause cause)
{
    assert(household->stay_count < HOUSEHOLD_STAYS_MAX);
    bool planned = cause == CAUSE_CLOSURE || cause == CAUSE_CONVERSION;
    int recorded_after = planned ? -demo_random_between(&household->random, 2, 15)
                                 : demo_random_spread(&household->random, &recorded_days);
    household->stays[household->stay_count++] = (struct household_stay){from, site, cause, recorded_after};
}

static struct day weekday_from(struct day day)
{
    int weekday = day_weekday(day);
    return weekday > 4 ? day_plus(day, 7 - weekday) : day;
}

static struct day postponed_to_vacation(const struct household *household, const struct demo_site *site, struct day day)
{
    for (int i = 0; i < POSTPONE_DAYS_MAX; i++)
        if (calendar_in_vacation(household->calendar, site->place.region, day_plus(day, i)))
            return weekday_from(day_plus(day, i));
    return day;
}

/* When a household moves on by itself, that lives at SITE from DAY on. */
static struct day ordinary_move(struct household *household, const struct demo_site *site, struct day day)
{
    int days = demo_random_spread(&household->random, &stay_days);
    struct day move = weekday_from(day_plus(day, site->size == 0 ? 3 + days % 9 : days));
    bool patient = !household->unaccompanied && site->size != 0 && demo_random_percent(&household->random, 35);
    return patient ? postponed_to_vacation(household, site, move) : move;
}

static uint32_t pick_site(struct household *household, bool emergency, struct day day)
{
    return demo_sites_pick(household->sites, &household->random, emergency, household->unaccompanied, day);
}

static enum stay_cause ordinary_cause(struct household *household)
{
    int drawn = demo_random_below(&household->random, 6); /* half at own request, a third procedural */
    return drawn < 3 ? CAUSE_REQUEST : drawn < 5 ? CAUSE_PROCEDURE : CAUSE_CAPACITY;
}

static void move_on(struct household *household, struct day day)
{
    const struct household_stay *last = &household->stays[household->stay_count - 1];
    const struct demo_site *site = site_of(household, last);
    struct demo_random *random = &household->random;
    if (day_equal(day, site->converts_on)) {
        add_stay(household, day, last->site, CAUSE_CONVERSION);
    } else if (day_equal(day, site->closes_on)) {
        uint32_t next = site->successors[demo_random_below(random, DEMO_SUCCESSORS)];
        add_stay(household, day, next, CAUSE_CLOSURE);
    } else {
        bool emergency = demo_site_is_emergency(site, day);
        bool emergency_next = demo_random_percent(random, site->size == 0 ? 68 : emergency ? 76 : 16);
        add_stay(household, day, pick_site(household, emergency_next, day), ordinary_cause(household));
    }
}

/* Goes on from DAY at its last site until it departs or the demo ends. */
static void live_on(struct household *household, struct day day)
{
    while (household->stay_count < HOUSEHOLD_STAYS_MAX) {
        const struct demo_site *site = site_of(household, &household->stays[household->stay_count - 1]);
        struct day until = day_earlier(ordinary_move(household, site, day), site->closes_on);
        if (day_before(day, site->converts_on))
            until = day_earlier(until, site->converts_on);
        if (!day_before(until, household->departs_on) || !day_before(until, DEMO_END))
            return;
        move_on(household, until);
        day = until;
    }
}

static void bear_children(struct household *household, struct day reference)
{
    const struct spread *ages = household->unaccompanied ? &age_days_unaccompanied : &age_days;
    for (int i = 0; i < household->child_count; i++)
        household->births[i] = day_plus(reference, -1 - demo_random_spread(&household->random, ages));
}

/* Stays of one sort from DAY on, the last of them at HOME, which is where the household lives on DEMO_START. */
static struct day live_until_start(struct household *household, struct day day, uint32_t home, bool emergency)
{
    enum stay_cause cause = household->stay_count == 0 ? CAUSE_ARRIVAL : CAUSE_PROCEDURE;
    for (;;) {
        struct day next = weekday_from(day_plus(day, demo_random_spread(&household->random, &stay_days)));
        if (!day_before(next, DEMO_START) || household->stay_count == HOUSEHOLD_STAYS_MAX / 2)
            break;
        add_stay(household, day, pick_site(household, emergency, day), cause);
        cause = ordinary_cause(household);
        day = next;
    }
    add_stay(household, day, home, cause);
    return DEMO_START;
}

void household_live_through(struct household *household, uint32_t home)
{
    struct demo_random *random = &household->random;
    bool emergency = demo_site_is_emergency(&household->sites->sites[home], DEMO_START);
    int days = demo_random_spread(random, emergency ? &emergency_days : &regular_days);
    struct day from = day_plus(DEMO_START, -days);
    if (emergency && demo_random_percent(random, 70)) {
        add_stay(household, day_plus(from, -demo_random_between(random, 3, 11)), DEMO_SITE_ENTRANCE, CAUSE_ARRIVAL);
    } else if (!emergency && days > 120 && demo_random_percent(random, 45)) {
        add_stay(household, from, pick_site(household, true, from), CAUSE_ARRIVAL);
        from = day_plus(from, days / 3);
    }
    household->departs_on = day_plus(DEMO_START, demo_random_spread(random, &remaining_days));
    bear_children(household, DEMO_START);
    live_on(household, live_until_start(household, from, home, emergency));
}

void household_arrive(struct household *household, struct day day)
{
    struct demo_random *random = &household->random;
    bool entrance = demo_random_percent(random, 75);
    uint32_t site = entrance ? DEMO_SITE_ENTRANCE : pick_site(household, demo_random_percent(random, 60), day);
    household->departs_on = day_plus(day, demo_random_spread(random, &whole_days));
    bear_children(household, day);
    add_stay(household, day, site, CAUSE_ARRIVAL);
    live_on(household, day);
}

struct day household_child_from(const struct household *household, int child)
{
    return day_later(household->stays[0].from, household->births[child]);
}

struct day household_stay_until(const struct household *household, int stay)
{
    return stay + 1 < household->stay_count ? household->stays[stay + 1].from : household->departs_on;
}
