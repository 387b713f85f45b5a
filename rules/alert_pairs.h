/* Two lists of alerts of one child side by side, such as those of two days: what became of each alert. Both lists
 * ascend by alert_compare_keys, as those of a judgement and of a child do.
 */
#ifndef RULES_ALERT_PAIRS_H
#define RULES_ALERT_PAIRS_H

#include "alert.h"

struct alert_pair {                     /* of one rule and cause; at least one of them is there */
    const struct alert *before, *after; /* NULL: that list has none */
};

struct alert_pairs { /* what is still to come */
    const struct alert *before, *before_end, *after, *after_end;
};

/* The lists must outlive it. One that is empty may be NULL. */
struct alert_pairs alert_pairs_of(const struct alert *before, uint32_t before_count, const struct alert *after,
                                  uint32_t after_count);

/* The next pair, in the order of the keys; false leaves *PAIR alone: there are no more. */
bool alert_pairs_next(struct alert_pairs *pairs, struct alert_pair *pair);

#endif
