/* What must be true at the end of a simulation, recomputed from the facts alone. */
#ifndef TESTS_MACHINE_SIMULATION_TRUTH_H
#define TESTS_MACHINE_SIMULATION_TRUTH_H

#include "rules/child.h"
#include "simulated_log.h"

struct true_fact {
    struct fact fact;
    char location_id[ID_LENGTH_MAX], school_id[ID_LENGTH_MAX];
};

struct true_child {
    char child_id[ID_LENGTH_MAX];
    uint32_t child_id_length;
    int64_t forgotten_at_ms;
    struct true_fact *facts;
    size_t fact_count, fact_capacity;
};

struct simulated_truth {
    struct true_child *children;
    size_t child_count;
    uint64_t dead_letters;
    uint64_t alerts, revisions; /* found by truth_compare */
    struct child child;
    struct judgement judgement;
    struct alert_reader *reader;
};

void truth_init(struct simulated_truth *truth);
void truth_fini(struct simulated_truth *truth);
void truth_add_fact(struct simulated_truth *truth, struct text child_id, const struct fact *fact);
void truth_forget(struct simulated_truth *truth, struct text child_id, int64_t at_ms);

/* A wish is only made where no event has versions on both sides of it: which of them were read before it would decide
 * where the fact stands in its day. */
bool truth_may_forget(const struct simulated_truth *truth, struct text child_id, int64_t at_ms,
                      const struct event *unsent, size_t unsent_count);

/* Newest alerts, violations, dead letters and progress in LOG are what the facts give; no revision stands twice. */
bool truth_compare(struct simulated_truth *truth, const struct simulated_log *log, const struct yardstick *yardstick,
                   char *why, size_t size);

#endif
