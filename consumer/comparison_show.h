/* What stands above and below the changes that `evaluate --compare` shows to people. */
#ifndef CONSUMER_COMPARISON_SHOW_H
#define CONSUMER_COMPARISON_SHOW_H

#include "alerts/messages.h"
#include "consumer/command_compare.h"
#include "consumer/comparison.h"

/* What is compared, the norms that differ, and what the signs mean; on stdout. */
void comparison_show_head(enum language language, const struct yardstick *yardstick,
                          const struct compared_norms *compared);

/* How many alerts of each rule appear, go, move and stay; likewise. */
void comparison_show_counts(enum language language, const struct comparison_counts *counts);

#endif
