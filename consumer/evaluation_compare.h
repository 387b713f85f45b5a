/* One history under two sets of norms: which alerts appear, go and move. Both are judged child by child, so that only
 * what differs is ever kept. It is what `evaluate --compare` shows.
 */
#ifndef CONSUMER_EVALUATION_COMPARE_H
#define CONSUMER_EVALUATION_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "alerts/alert_change.h"
#include "consumer/evaluation.h"

struct comparison {
    const struct yardstick *before, *after;

    /* Told of each alert that is not the same, on the calling thread, sorted by child_id, rule name, and of the alert
     * before, or else the one after, raised_on and cause; its texts live until the next call. */
    void (*on_change)(void *context, const struct alert_change *change);
    void *context;

    uint64_t counts[RULE_COUNT][ALERT_CHANGE_KINDS]; /* set by the comparison */
};

/* Judges every child twice, on THREADS threads. False: no memory. */
bool evaluation_compare(struct evaluation *evaluation, int threads, struct comparison *comparison);

#endif
