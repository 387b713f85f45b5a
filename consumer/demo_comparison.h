/* Whether what was published is what the events give: the newest revisions of the ledger held against evaluation.h. */
#ifndef CONSUMER_DEMO_COMPARISON_H
#define CONSUMER_DEMO_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "consumer/demo_ledger.h"
#include "rules/child.h"
#include "schemas/event.h"

#define COMPARISON_LINES_MAX 20

struct comparison {
    uint64_t expected;  /* alerts that exist by the events; withdrawn ones are no part of it (rules.md 5) */
    uint64_t missing;   /* of those, not published */
    uint64_t unlike;    /* published otherwise */
    uint64_t left_over; /* published, but they do not exist */
};
static inline uint64_t comparison_differences(const struct comparison *comparison)
{
    return comparison->missing + comparison->unlike + comparison->left_over;
}

/* Compares; the first COMPARISON_LINES_MAX differences are written to LINES, as JSON of both sides. False: no memory.
 */
bool comparison_make(struct comparison *comparison, const struct ledger *ledger, const struct event *events,
                     size_t count, const struct yardstick *yardstick, FILE *lines);

#endif
