/* Where an evaluation keeps its events: a heap of each thread that gathers, sorted by child when it is to be judged.
 *
 * Sorting groups the facts of a child and orders the children in one step, needs no hash table, and touches mostly the
 * first bytes of the ids, which stand in the sorted entries themselves.
 */
#ifndef CONSUMER_EVALUATION_HEAP_H
#define CONSUMER_EVALUATION_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "consumer/arena.h"
#include "schemas/event.h"

#define PREFIX_WORDS 2

/* What is kept of an event, in the arena: not aligned, so it is copied out. */
struct kept_event {
    struct text child_id;
    struct fact fact;
};

struct heap_entry {
    uint64_t prefix[PREFIX_WORDS]; /* the child_id's first bytes as big-endian numbers */
    const char *kept;              /* bytes of a struct kept_event */
};

struct heap {
    struct arena arena; /* of the kept events and their texts */
    struct heap_entry *entries;
    size_t count, capacity;
};

void heap_init(struct heap *heap);
void heap_fini(struct heap *heap);

/* Keeps a copy of EVENT. False: no memory. */
bool heap_add(struct heap *heap, const struct event *event);

/* Orders the entries by child_id. */
void heap_sort(struct heap *heap);

/* The order of two entries' child_ids. */
int heap_compare(const struct heap_entry *a, const struct heap_entry *b);

struct kept_event heap_event(const char *kept);

#endif
