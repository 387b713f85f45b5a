/* What `evaluate` finds of one child, as lines; for evaluate.c. */
#ifndef CONSUMER_EVALUATE_JUDGE_H
#define CONSUMER_EVALUATE_JUDGE_H

#include "consumer/child_lines.h"
#include "consumer/comparison.h"
#include "consumer/evaluate.h"

struct evaluate_judge { /* of one thread */
    const struct evaluate_question *question;
    struct yardstick yardstick, compared;
    struct judgement judgement; /* or, where norms are compared, */
    struct comparer comparer;
    uint64_t shown; /* alerts, or changes */
};

/* False: no memory; evaluate_judge_fini is to be called all the same. */
bool evaluate_judge_init(struct evaluate_judge *judge, const struct evaluate_question *question);
void evaluate_judge_fini(struct evaluate_judge *judge);

/* Adds what is to be shown of CHILD to LINES, on that thread. False: no memory. */
bool evaluate_judge_child(struct evaluate_judge *judge, const struct child *child, struct child_lines *lines,
                          int thread);

#endif
