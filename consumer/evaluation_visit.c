/* Visiting the children of an evaluation: in rounds, each thread some thousand children, so that who wants them in
 * order has few to keep.
 */
#include <stdlib.h>

#include "consumer/evaluation_internal.h"

#define FAMILIES_A_ROUND 8192 /* of a thread */

struct walker { /* one thread */
    const struct evaluation *evaluation;
    const struct evaluation_visitor *visitor;
    int thread;
    struct child child;
    size_t first, end; /* families of the round */
    uint64_t left_out;
    bool is_refused; /* the visitor's memory is short */
};

static bool visit_family(struct walker *walker, const struct family *family)
{
    const char *const *events = &walker->evaluation->events[family->first];
    child_reset(&walker->child, heap_event(events[0]).child_id);
    for (uint32_t i = 0; i < family->count; i++) {
        const struct fact fact = heap_event(events[i]).fact;
        walker->left_out += child_apply(&walker->child, &fact) == APPLIED_FULL;
    }
    return walker->visitor->visit(walker->visitor->context, walker->thread, &walker->child);
}

static void visit_families(void *context, int i)
{
    struct walker *walker = (struct walker *)context + i;
    for (size_t f = walker->first; f < walker->end && !walker->is_refused; f++)
        walker->is_refused = !visit_family(walker, &walker->evaluation->families[f]);
}

/* The next children to every walker; false: there are none left. */
static bool deal(struct walker *walkers, int count, size_t *next, size_t family_count)
{
    const bool any = *next < family_count;
    for (int i = 0; i < count; i++) {
        walkers[i].first = *next;
        *next = family_count - *next > FAMILIES_A_ROUND ? *next + FAMILIES_A_ROUND : family_count;
        walkers[i].end = *next;
    }
    return any;
}

static bool walk(struct walker *walkers, int count, const struct evaluation_visitor *visitor)
{
    for (size_t next = 0; deal(walkers, count, &next, walkers->evaluation->family_count);) {
        parallel_run(count, visit_families, walkers);
        for (int i = 0; i < count; i++)
            if (walkers[i].is_refused)
                return false;
        if (visitor->on_round != NULL)
            visitor->on_round(visitor->context);
    }
    return true;
}

bool evaluation_visit(struct evaluation *evaluation, int threads, const struct evaluation_visitor *visitor)
{
    struct walker *walkers = calloc((size_t)threads, sizeof(*walkers));
    bool done = walkers != NULL && evaluation_group(evaluation);
    for (int i = 0; walkers != NULL && i < threads; i++) {
        walkers[i] = (struct walker){.evaluation = evaluation, .visitor = visitor, .thread = i};
        done = child_init(&walkers[i].child) && done;
    }
    done = done && walk(walkers, threads, visitor);
    evaluation->left_out = 0;
    for (int i = 0; walkers != NULL && i < threads; i++) {
        evaluation->left_out += walkers[i].left_out;
        child_fini(&walkers[i].child);
    }
    free(walkers);
    return done;
}
