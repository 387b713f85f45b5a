/* One history under two sets of norms: which alerts appear, go and move. Both are judged child by child, so that only
 * what differs of one child is ever kept. It is what `evaluate --compare` shows.
 */
#ifndef CONSUMER_COMPARISON_H
#define CONSUMER_COMPARISON_H

#include <stdbool.h>
#include <stdint.h>

#include "alerts/alert_change.h"
#include "rules/child.h"

struct comparison_counts {
    uint64_t of[RULE_COUNT][ALERT_CHANGE_KINDS]; /* alerts */
};
void comparison_counts_add(struct comparison_counts *sum, const struct comparison_counts *counts);

/* One thread's tools, and what it found. */
struct comparer {
    struct judgement before, after;
    struct alert_change *changes; /* of the last child, in the order of alert_change_compare */
    size_t count, capacity;
    struct comparison_counts counts; /* of all children */
};

bool comparer_init(struct comparer *comparer); /* false: no memory; comparer_fini is to be called all the same */
void comparer_fini(struct comparer *comparer);

/* Judges CHILD by both; the changes' texts are the child's. False: no memory. */
bool comparer_judge(struct comparer *comparer, const struct child *child, const struct yardstick *before,
                    const struct yardstick *after);

#endif
