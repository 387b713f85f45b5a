/* Random children as a table of days, and the same as spans for a tally: what a tally says can be held against plain
 * counting. A set of children is a bit each.
 */
#ifndef TESTS_ALERTS_WORLD_H
#define TESTS_ALERTS_WORLD_H

#include "alerts/tally.h"
#include "tests/oracle/random_source.h"

#define WORLD_DAYS 24
#define WORLD_CHILDREN 60
#define WORLD_PLACES 9
#define NOWHERE (-1)

struct world_day {
    int place; /* or NOWHERE */
    bool counts[FIGURE_COUNT];
    struct day since; /* of EMERGENCY_DAYS */
};

struct world {
    struct calendar *calendar; /* not the world's */
    struct day first;
    struct place places[WORLD_PLACES];
    int child_count;
    bool alone[WORLD_CHILDREN];
    struct world_day days[WORLD_CHILDREN][WORLD_DAYS];
};

/* Up to CHILDREN_MAX children at places some of which share their location_id, kind or region. */
void world_make(struct world *world, struct random_source *random, struct calendar *calendar, int children_max);

/* The same children, some of whom live elsewhere, count otherwise or are not there. */
void world_change(struct world *world, struct random_source *random);

/* A finished tally of days number FROM to UNTIL (not included), made of one to three tallies of some children each. */
struct tally *world_tally(const struct world *world, struct random_source *random, int from, int until);

struct world_group {
    char name[ID_LENGTH_MAX + 1];
    uint64_t children[2]; /* sets: accompanied, unaccompanied */
    int64_t values[FIGURE_COUNT], sums[FIGURE_COUNT];
};
#define WORLD_GROUPS_MAX WORLD_PLACES

/* The groups of a question by name, whose days are number FROM to TO, both included; those without children of its
 * population too. Returns how many. */
int world_groups(const struct world *world, const struct figure_question *question, int from, int to,
                 struct world_group groups[static WORLD_GROUPS_MAX]);

/* The children counted at PLACE on these days. */
void world_children_at(const struct world *world, int place, int from, int to, uint64_t children[static 2]);

static inline struct day world_date(const struct world *world, int day)
{
    return (struct day){world->first.number + day};
}

#endif
