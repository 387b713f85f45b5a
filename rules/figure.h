/* The names of what is counted (docs/figures.md); how it is counted of one child is told in figures.h. */
#ifndef RULES_FIGURE_H
#define RULES_FIGURE_H

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

#endif
