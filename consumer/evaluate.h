/* What `evaluate` shows: the alerts that exist on a day, or how other norms would change them, of children wherever
 * they come from, sorted by child.
 */
#ifndef CONSUMER_EVALUATE_H
#define CONSUMER_EVALUATE_H

#include "alerts/messages.h"
#include "consumer/command_compare.h"
#include "rules/calendar.h"

struct evaluate_question {
    const struct arguments *arguments;     /* its operands are FILE…; with none the state topic is asked */
    const struct compared_norms *compared; /* its file is NULL: nothing is compared */
    const struct calendar *calendar;
    struct day as_of;
    enum language language;
    bool as_json;
};

/* Answers it on stdout, and for people sums it up on stderr. An exit code as of population_visit; that stdout takes
 * nothing ends it, and is for the caller to find. */
int evaluate(const struct evaluate_question *question);

#endif
