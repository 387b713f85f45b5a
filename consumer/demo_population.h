/* The children of the demo: reception in the Netherlands from the spring of 2025 on, as the Inspectorates' letter of 17
 * July 2025 has it, as the events that the registers would have sent. A pure function of a seed and the school
 * calendar.
 *
 * On DEMO_START exactly 7,044 children live in 186 emergency sites, 1,918 of them unaccompanied, and as many again in
 * regular ones; others come and go until DEMO_END. Sites close, and all their residents move on one day, in term or
 * not; schools are found late or never; registers are late, mistaken, corrected, and say things twice.
 */
#ifndef CONSUMER_DEMO_POPULATION_H
#define CONSUMER_DEMO_POPULATION_H

#include <stddef.h>
#include <stdint.h>

#include "consumer/demo_sites.h"
#include "rules/calendar.h"
#include "schemas/event.h"

#define DEMO_START ((struct day){20179}) /* 2025-04-01 */
#define DEMO_END ((struct day){20696})   /* 2026-08-31 */
#define DEMO_DAYS (20696 - 20179 + 1)

#define DEMO_CHILDREN_EMERGENCY 7044
#define DEMO_CHILDREN_UNACCOMPANIED 1918 /* of those */
#define DEMO_CHILDREN_REGULAR 7044
#define DEMO_CHILDREN_MAX 65536
#define DEMO_CHILD_ID_SIZE 16

struct demo_census { /* of one day; children under eighteen, whatever the registers knew by then */
    int32_t children, in_emergency, unaccompanied_in_emergency, emergency_sites;
};

struct demo_population {
    struct event *events; /* ascending by recorded_at; none recorded after DEMO_END */
    size_t event_count;
    uint32_t child_count; /* that the events are about */
    struct demo_census census[DEMO_DAYS];
    /* what the events' texts point into */
    struct demo_sites sites;
    char (*child_ids)[DEMO_CHILD_ID_SIZE];
};

/* NULL: no memory. */
struct demo_population *demo_population_new(uint64_t seed, const struct calendar *calendar);
void demo_population_free(struct demo_population *population);

/* How many of the events, from the first on, are recorded before DAY (UTC). */
size_t demo_population_recorded_before(const struct demo_population *population, struct day day);

#endif
