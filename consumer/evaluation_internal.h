/* Inside of an evaluation; for evaluation*.c. */
#ifndef CONSUMER_EVALUATION_INTERNAL_H
#define CONSUMER_EVALUATION_INTERNAL_H

#include "consumer/evaluation.h"
#include "consumer/evaluation_heap.h"
#include "consumer/parallel.h"

struct family { /* the events of one child */
    size_t first;
    uint32_t count;
};

struct evaluation {
    struct text only;                /* a child_id: events of others are not kept; or absent */
    struct heap heaps[PARALLEL_MAX]; /* one a thread that gathers */
    int heap_count;                  /* of them in use */
    bool is_sorted;                  /* the heaps are, and what follows was made of them */
    const char **events;             /* of all heaps, those of a child together */
    size_t event_count;
    struct family *families; /* in the order of child_ids */
    size_t family_count;
    uint64_t left_out;
};

/* Keeps EVENT in one of the heaps, if it is wanted. False: no memory. */
bool evaluation_keep(const struct evaluation *evaluation, struct heap *heap, const struct event *event);

/* Sorts the heaps and makes the families of them, unless that is done. False: no memory. */
bool evaluation_group(struct evaluation *evaluation);

#endif
