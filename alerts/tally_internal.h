/* Inside of a tally; for tally*.c. */
#ifndef ALERTS_TALLY_INTERNAL_H
#define ALERTS_TALLY_INTERNAL_H

#include "alerts/tally.h"
#include "alerts/tally_places.h"

struct tally {
    struct day from, until;
    const struct calendar *calendar;
    bool is_finished;
    struct tally_places places;
};

static inline int64_t tally_day_value(const struct tally_day *day, int figure)
{
    return figure == FIGURE_EMERGENCY_DAYS ? day->emergency_days : day->counts[figure];
}

/* The children at a place, on the day or in the period of QUESTION. */
struct crowd leaf_crowd(const struct tally *tally, const struct leaf *leaf, const struct figure_question *question);

/* A crowd's children of a population. */
static inline uint64_t crowd_size(const struct crowd *crowd, enum population population)
{
    const uint64_t alone = crowd->counts[CROWD_UNACCOMPANIED];
    return population == POPULATION_UNACCOMPANIED ? alone : alone + crowd->counts[CROWD_ACCOMPANIED];
}

/* Its children that are printed: those of the population asked for, or of both that stand beside each other. */
static inline uint64_t crowd_shown(const struct crowd *crowd, const struct figure_question *question)
{
    return crowd_size(crowd, question->beside ? POPULATION_ALL : question->population);
}

/* --- groups that may be printed ----------------------------------------------------------------------------------- */

struct candidate {
    const struct group *group; /* of this tally, or where it has none of the compared one */
    struct figure_row row;
    struct crowd crowds[2]; /* here, and in the compared tally (the same again where there is none) */
    bool is_merged;         /* into `other` */
};

struct candidates {
    struct candidate *items; /* by name */
    size_t count;
    bool is_withheld; /* see struct figure_table */
};

/* The groups of a question that have children, none of them merged. False: no memory. */
bool candidates_gather(struct candidates *candidates, const struct tally *tally,
                       const struct figure_question *question);
void candidates_fini(struct candidates *candidates);

/* --- disclosure --------------------------------------------------------------------------------------------------- */

/* Decides which groups are merged (those that are stay so), or that nothing may be said. */
void candidates_merge(struct candidates *candidates, const struct figure_question *question);

/* Merges the kinds that the locations printed beside them would give away. False: no memory. */
bool kinds_merge_nested(struct candidates *kinds, const struct tally *tally, const struct figure_question *question);

/* *SETTLED becomes QUESTION, without `beside` where the populations can not stand beside each other. False: nothing may
 * be said at all. */
bool question_settle(const struct tally *tally, const struct figure_question *question,
                     struct figure_question *settled);

#endif
