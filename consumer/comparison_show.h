/* `evaluate --compare`: what other norms would have meant for the alerts of a day. */
#ifndef CONSUMER_COMPARISON_SHOW_H
#define CONSUMER_COMPARISON_SHOW_H

#include <stdbool.h>

#include "alerts/messages.h"
#include "consumer/command_compare.h"
#include "consumer/evaluation.h"

/* Prints what appears, goes and changes when the children of EVALUATION are judged by the other norms instead of those
 * of YARDSTICK: for people with the norms that differ and the counts of each rule, or one JSON object a line. *CHANGES
 * is how many lines that were. False: no memory. */
bool evaluate_compare(struct evaluation *evaluation, const struct yardstick *yardstick,
                      const struct compared_norms *compared, enum language language, int threads, bool as_json,
                      uint64_t *changes);

#endif
