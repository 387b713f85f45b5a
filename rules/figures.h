/* The figures: how many children, how long, how many school days lost (docs/figures.md). What one child adds to them,
 * as spans of days at one place: adding up children, days and groups is left to whoever asks.
 *
 * Like the alerts they are a function of the child's facts, the norms, the calendar and today, and they are made of the
 * same history and the same episodes: no rule is told twice.
 */
#ifndef RULES_FIGURES_H
#define RULES_FIGURES_H

#include <stdbool.h>
#include <stdint.h>

#include "child.h"
#include "day_set.h"

/* In the order in which they are shown: the name, and what a period gives. STOCK: the last day's and the mean of all
 * days. FLOW: the sum of all days. LOST: a flow that counts on school days of the region lived in alone. */
#define FIGURES(X)                                                                                                     \
    X(CHILDREN, children, STOCK)                                                                                       \
    X(IN_EMERGENCY, in_emergency, STOCK)                                                                               \
    X(EMERGENCY_DAYS, emergency_days, STOCK)                                                                           \
    X(OVER_STAY_NORM, over_stay_norm, STOCK)                                                                           \
    X(WITHOUT_SCHOOL, without_school, STOCK)                                                                           \
    X(OVER_SCHOOL_NORM, over_school_norm, STOCK)                                                                       \
    X(INTERRUPTED_BY_MOVE, interrupted_by_move, STOCK)                                                                 \
    X(INTERRUPTED_OTHERWISE, interrupted_otherwise, STOCK)                                                             \
    X(MOVED_OFTEN, moved_often, STOCK)                                                                                 \
    X(MOVES, moves, FLOW)                                                                                              \
    X(MOVES_IN_TERM, moves_in_term, FLOW)                                                                              \
    X(LOST_ON_ARRIVAL, lost_on_arrival, LOST)                                                                          \
    X(LOST_BY_MOVES, lost_by_moves, LOST)                                                                              \
    X(LOST_OTHERWISE, lost_otherwise, LOST)
enum figure {
#define X(symbol, name, sort) FIGURE_##symbol,
    FIGURES(X)
#undef X
        FIGURE_COUNT
};

enum figure_sort { FIGURE_STOCK, FIGURE_FLOW, FIGURE_LOST };
extern const char *const figure_names[FIGURE_COUNT];
extern const enum figure_sort figure_sorts[FIGURE_COUNT];

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
    struct judgement judgement;
    union {
        struct {
            struct day_set home; /* days in reception, not an adult */
            struct day_set school_age, enrolled, on_arrival, by_moves, moves_in_term, made, rest;
        };
        struct day_set sets[FIGURES_SETS];
    };
};
bool figures_init(struct figures *figures); /* false when memory is short */
void figures_fini(struct figures *figures);

/* Counts CHILD on the days [FROM, UNTIL) into figures->spans. Days up to YARDSTICK's today are counted as the facts
 * known today have them; each later day as it will be if nothing happens, facts that are dated ahead taking effect on
 * their day. Spans of one figure do not overlap. False: memory is short. */
bool child_count(const struct child *child, const struct yardstick *yardstick, struct day from, struct day until,
                 struct figures *figures);

#endif
