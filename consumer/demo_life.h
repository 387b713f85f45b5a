/* The life of a household in reception: who they are, and where they live when. */
#ifndef CONSUMER_DEMO_LIFE_H
#define CONSUMER_DEMO_LIFE_H

#include <stdbool.h>

#include "consumer/demo_random.h"
#include "consumer/demo_sites.h"
#include "rules/calendar.h"

#define HOUSEHOLD_CHILDREN_MAX 6
#define HOUSEHOLD_STAYS_MAX 48

enum stay_cause { CAUSE_ARRIVAL, CAUSE_REQUEST, CAUSE_PROCEDURE, CAUSE_CAPACITY, CAUSE_CLOSURE, CAUSE_CONVERSION };

struct household_stay {
    struct day from;
    uint32_t site;
    enum stay_cause cause;
    int recorded_after; /* days from `from` until the register has it; negative: planned */
};

struct household {
    struct demo_random random;
    const struct demo_sites *sites;
    const struct calendar *calendar;
    bool unaccompanied;
    int child_count;
    struct day births[HOUSEHOLD_CHILDREN_MAX];
    int stay_count;
    struct household_stay stays[HOUSEHOLD_STAYS_MAX];
    struct day departs_on; /* the first day out of reception */
};

/* A household that lives at HOME on DEMO_START. RANDOM, sites, calendar, unaccompanied and child_count are set. */
void household_live_through(struct household *household, uint32_t home);

/* A household that comes on DAY, after DEMO_START. */
void household_arrive(struct household *household, struct day day);

/* Where child number CHILD lives: its first day in reception, and the day each of its household's stays ends. */
struct day household_child_from(const struct household *household, int child);
struct day household_stay_until(const struct household *household, int stay);

#endif
