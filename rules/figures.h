/* The figures: how many children, how long, how many school days lost (docs/figures.md). What one child adds to them,
 * as spans of days at one place: adding up children, days and groups is left to whoever asks.
 *
 * Like the alerts they are a function of the child's facts, the norms, the calendar and today, and they are made of the
 * same history and the same episodes: no rule is told twice.
 */
#ifndef RULES_FIGURES_H
#define RULES_FIGURES_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "child.h"
#include "day_set.h"
#include "figure.h"

/* The child counts in FIGURE on each day of [FROM, UNTIL), where it lived at the end of those days: once, but in
 * EMERGENCY_DAYS t - SINCE + 1 times on a day t, and in figures that are LOST on school days of place.region alone. */
struct figure_span {
    enum figure figure;
    struct day from, until;
    struct day since; /* of EMERGENCY_DAYS: the first day of the run in emergency reception */
    struct place place;
};

#define FIGURES_SETS 8

struct figures { /* working memory and result; one a thread */
    struct figure_span *spans;
    uint32_t count, capacity;
    enum answer unaccompanied; /* the profile's, as of today */
    struct day planned_on;     /* the first day after today on which a fact known today takes effect; DAY_NEVER */
    struct judgement judgement;
    union {
        struct {
            struct day_set home; /* days in reception, not an adult */
            struct day_set school_age, enrolled, on_arrival, by_moves, moves_in_term, made, rest;
        };
        struct day_set sets[FIGURES_SETS];
    };
};
static_assert(sizeof(struct figures) == offsetof(struct figures, sets) + FIGURES_SETS * sizeof(struct day_set),
              "each set that has a name is one of the sets");
bool figures_init(struct figures *figures); /* false when memory is short */
void figures_fini(struct figures *figures);

/* Counts CHILD on the days [FROM, UNTIL) into figures->spans. Days up to YARDSTICK's today are counted as the facts
 * known today have them; each later day as it will be if nothing happens, facts that are dated ahead taking effect on
 * their day. Spans of one figure do not overlap. False: memory is short. */
bool child_count(const struct child *child, const struct yardstick *yardstick, struct day from, struct day until,
                 struct figures *figures);

#endif
