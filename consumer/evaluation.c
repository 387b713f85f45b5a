#include "consumer/evaluation.h"

#include <stdlib.h>

#include "consumer/evaluation_internal.h"

struct evaluation *evaluation_new(void)
{
    struct evaluation *evaluation = calloc(1, sizeof(*evaluation));
    if (evaluation == NULL)
        return NULL;
    for (int i = 0; i < PARALLEL_MAX; i++)
        heap_init(&evaluation->heaps[i]);
    evaluation->heap_count = 1;
    return evaluation;
}

void evaluation_free(struct evaluation *evaluation)
{
    if (evaluation == NULL)
        return;
    for (int i = 0; i < PARALLEL_MAX; i++)
        heap_fini(&evaluation->heaps[i]);
    free(evaluation->events);
    free(evaluation->families);
    free(evaluation);
}

void evaluation_keep_only(struct evaluation *evaluation, struct text child_id)
{
    evaluation->only = child_id;
}

bool evaluation_keep(const struct evaluation *evaluation, struct heap *heap, const struct event *event)
{
    const bool is_wanted = evaluation->only.length == 0 || text_equal(event->child_id, evaluation->only);
    return !is_wanted || heap_add(heap, event);
}

bool evaluation_add(struct evaluation *evaluation, const struct event *event)
{
    evaluation->is_sorted = false;
    return evaluation_keep(evaluation, &evaluation->heaps[0], event);
}

size_t evaluation_event_count(const struct evaluation *evaluation)
{
    return evaluation->event_count;
}

size_t evaluation_child_count(const struct evaluation *evaluation)
{
    return evaluation->family_count;
}

uint64_t evaluation_left_out(const struct evaluation *evaluation)
{
    return evaluation->left_out;
}

/* --- grouping ----------------------------------------------------------------------------------------------------- */

static void sort_one(void *context, int i)
{
    struct evaluation *evaluation = context;
    heap_sort(&evaluation->heaps[i]);
}

/* The heap whose next entry is the smallest, or NULL at the end of all. */
static struct heap *least(struct evaluation *evaluation, const size_t next[static PARALLEL_MAX], int *which)
{
    struct heap *found = NULL;
    for (int i = 0; i < evaluation->heap_count; i++) {
        struct heap *heap = &evaluation->heaps[i];
        if (next[i] < heap->count &&
            (found == NULL || heap_compare(&heap->entries[next[i]], &found->entries[next[*which]]) < 0)) {
            found = heap;
            *which = i;
        }
    }
    return found;
}

/* The heaps as one sequence, cut where the child changes. The arrays are large enough. */
static void merge(struct evaluation *evaluation)
{
    size_t next[PARALLEL_MAX] = {0};
    const struct heap_entry *last = NULL;
    const struct heap *heap;
    int which = 0;
    evaluation->event_count = evaluation->family_count = 0;
    while ((heap = least(evaluation, next, &which)) != NULL) {
        const struct heap_entry *entry = &heap->entries[next[which]++];
        if (last == NULL || heap_compare(last, entry) != 0)
            evaluation->families[evaluation->family_count++] = (struct family){evaluation->event_count, 0};
        evaluation->families[evaluation->family_count - 1].count++;
        evaluation->events[evaluation->event_count++] = entry->kept;
        last = entry;
    }
}

bool evaluation_group(struct evaluation *evaluation)
{
    size_t count = 1; /* not an array of nothing */
    if (evaluation->is_sorted)
        return true;
    for (int i = 0; i < evaluation->heap_count; i++)
        count += evaluation->heaps[i].count;
    free(evaluation->events);
    free(evaluation->families);
    evaluation->events = malloc(count * sizeof(*evaluation->events));
    evaluation->families = malloc(count * sizeof(*evaluation->families));
    if (evaluation->events == NULL || evaluation->families == NULL)
        return false;
    parallel_run(evaluation->heap_count, sort_one, evaluation);
    merge(evaluation);
    evaluation->is_sorted = true;
    return true;
}
