/* The reception sites of the demo: emergency ones that close, open and are converted, and regular ones. */
#ifndef CONSUMER_DEMO_SITES_H
#define CONSUMER_DEMO_SITES_H

#include <stdbool.h>
#include <stdint.h>

#include "consumer/demo_random.h"
#include "rules/fact.h"

/* The letter's numbers of April 2025, and of the regular sites of January 2025 as published. */
#define DEMO_SITES_EMERGENCY 186
#define DEMO_SITES_REGULAR 94
#define DEMO_SITES_LATER 60 /* emergency sites that open afterwards */
#define DEMO_SITES (DEMO_SITES_EMERGENCY + DEMO_SITES_REGULAR + DEMO_SITES_LATER)

#define DEMO_SITE_ENTRANCE DEMO_SITES_EMERGENCY /* the first regular one: the central reception centre */
#define DEMO_SITES_UNACCOMPANIED 45             /* the first so many emergency sites are for unaccompanied children */
#define DEMO_SUCCESSORS 3

struct demo_site {
    char location_id[40];
    char primary_school[32], transition_school[32];
    struct place place;             /* location_id points to the one above */
    bool unaccompanied;             /* for children without parents only */
    int size;                       /* weight when somebody needs a place */
    struct day opens_on, closes_on; /* the first day with residents, and the first without; DAY_FIRST, DAY_NEVER */
    struct day converts_on;         /* from this day it is a regular centre; DAY_NEVER */
    uint32_t successors[DEMO_SUCCESSORS]; /* where its residents go when it closes */
};

struct demo_sites {
    struct demo_site sites[DEMO_SITES]; /* emergency, regular, later; must not be moved: places point into it */
};

void demo_sites_init(struct demo_sites *sites, uint64_t seed);

bool demo_site_is_open(const struct demo_site *site, struct day day);
bool demo_site_is_emergency(const struct demo_site *site, struct day day);

/* The place it is on DAY. */
struct place demo_site_place(const struct demo_site *site, struct day day);

/* A site open on DAY of the sort wanted, larger ones more often. There always is one. */
uint32_t demo_sites_pick(const struct demo_sites *sites, struct demo_random *random, bool emergency, bool unaccompanied,
                         struct day day);

#endif
