/* One partition of the state topic in memory, for population_topic.c: the newest state of each child, to be visited in
 * parallel.
 */
#ifndef CONSUMER_POPULATION_PARTITION_H
#define CONSUMER_POPULATION_PARTITION_H

#include <stdatomic.h>

#include "consumer/children.h"
#include "consumer/parallel.h"
#include "consumer/population.h"
#include "consumer/topic_reader.h"

#define UNREADABLE_NAMED 8

struct unreadable_records { /* those that count: newest of their key */
    int64_t offsets[UNREADABLE_NAMED];
    uint64_t count; /* also of those beyond the named */
};

struct population_thread {
    struct child child;
    uint64_t visited;   /* of all partitions */
    bool is_unreadable; /* a state of this partition is */
};

struct population_partition {
    const struct population_question *question;
    struct children children;
    int64_t *offsets; /* by slot, of its record; ~offset: it can not be read */
    uint32_t offset_capacity;
    bool has_progress;           /* that can be read or not */
    struct day judged_through;   /* by its newest progress record that can be read; DAY_ABSENT: by none */
    int64_t progress_unreadable; /* the offset of its newest one where that can not be read; else -1 */
    struct unreadable_records unreadable;
    struct population_thread threads[PARALLEL_MAX];

    /* while it is visited */
    struct day today;
    atomic_uint next_slot;
    atomic_int said; /* an enum visit: the visitor's last word, which holds for all threads */
};

/* Empty; with memory for any child on each of the question's threads. False: it is short, and there is nothing to be
 * ended. */
bool population_partition_init(struct population_partition *partition, const struct population_question *question);
void population_partition_fini(struct population_partition *partition);

/* One record of it, in order; only those are kept that the question is about. False: memory is short. */
bool population_partition_put(struct population_partition *partition, const struct topic_record *record);

/* All its records were put: visits its children on TODAY or, where the question has no as_of, on the day it was judged
 * through, if that is later; partition->today is the result, and partition->unreadable is complete, of those that
 * were looked at. What the visitor said last: nobody is visited once it is not VISIT_GO_ON. */
enum visit population_partition_visit(struct population_partition *partition, struct day today);

/* Nothing is left of it: ready for the next. */
void population_partition_empty(struct population_partition *partition);

/* Children visited so far, of all partitions. */
uint64_t population_partition_visited(const struct population_partition *partition);

#endif
