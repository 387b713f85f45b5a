/* One random child, what is explained of it on a day, and how often each thing that is to be checked was there. What is
 * checked stands in one file a question; each fails with the seed of the story that can be told again. */
#ifndef TESTS_EXPLAIN_WITNESS_H
#define TESTS_EXPLAIN_WITNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "rules/explanation.h"
#include "tests/oracle/random_source.h"
#include "tests/oracle/trial.h"

#define ALERTS_MAX 512

enum seen {
    SEEN_ALERT,
    SEEN_COUNTING,
    SEEN_REASON,
    SEEN_SEVERE_BY_DAYS,
    SEEN_HOLIDAYS,
    SEEN_CHANGE,
    SEEN_CHANGES,
    SEEN_END,
    SEEN_GONE,
    SEEN_MOVE_SINCE,
    SEEN_LESS_SEVERE,
    SEEN_COUNT
};

struct witness {
    struct lab lab;
    struct explanation explanation;
    const struct story *story;
    struct day today;
    uint64_t seen[SEEN_COUNT]; /* how often each thing was there to be checked: a test of nothing is none */
};

/* Fails with the story that can be told again. */
#define check(witness, condition) check_holds(witness, condition, #condition)
void check_holds(const struct witness *witness, bool holds, const char *condition);

const struct calendar *calendar_of(const struct witness *witness);

/* Explains the child as it is in the laboratory. */
void explain(struct witness *witness);

/* --- the questions ------------------------------------------------------------------------------------------------ */

/* The numbers of each explanation are the alert's (numbers_check.c). */
void numbers_are_the_alerts(struct witness *witness);

/* The order, the facts named, what was withdrawn (reasons_check.c). */
void what_is_severe_comes_first(struct witness *witness);
void facts_named_made_it(struct witness *witness);
void withdrawn_is_told(struct witness *witness);

/* What is said of days to come happens, and nothing else (foresight_check.c). */
void next_change_is_the_oracles(struct witness *witness);
void ends_are_ends(struct witness *witness);

/* What people and programs read of it (texts_check.c). texts_are_whole lengthens the child's ids: it comes last. */
void texts_fit(struct witness *witness, struct random_source *random);
void json_is_one_line(struct witness *witness);
void texts_are_whole(struct witness *witness);

#endif
