/* Visiting the children of an evaluation: in rounds, each thread some thousand children, so that who wants them in
 * order has few to keep.
 */
#include <stdatomic.h>
#include <stdlib.h>

#include "consumer/evaluation_internal.h"

#define FAMILIES_A_ROUND 8192 /* of a thread */

struct walk {
    const struct evaluation *evaluation;
    const struct evaluation_visitor *visitor;
    atomic_int said; /* an enum visit; what one thread is told ends it for all */
};

struct walker { /* one thread */
    struct walk *walk;
    int thread;
    struct child child;
    size_t first, end; /* families of the round */
    uint64_t left_out;
};

static enum visit visit_family(struct walker *walker, const struct family *family)
{
    const char *const *events = &walker->walk->evaluation->events[family->first];
    child_reset(&walker->child, heap_event(events[0]).child_id);
    for (uint32_t i = 0; i < family->count; i++) {
        const struct fact fact = heap_event(events[i]).fact;
        walker->left_out += child_apply(&walker->child, &fact) == APPLIED_FULL;
    }
    return walker->walk->visitor->visit(walker->walk->visitor->context, walker->thread, &walker->child);
}

static void visit_families(void *context, int i)
{
    struct walker *walker = (struct walker *)context + i;
    struct walk *walk = walker->walk;
    for (size_t f = walker->first; f < walker->end && atomic_load(&walk->said) == VISIT_GO_ON; f++) {
        const enum visit said = visit_family(walker, &walk->evaluation->families[f]);
        if (said != VISIT_GO_ON)
            atomic_store(&walk->said, said);
    }
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

static enum visit walk_on(struct walk *walk, struct walker *walkers, int count)
{
    const struct evaluation_visitor *visitor = walk->visitor;
    for (size_t next = 0; deal(walkers, count, &next, walk->evaluation->family_count);) {
        parallel_run(count, visit_families, walkers);
        enum visit said = (enum visit)atomic_load(&walk->said);
        if (said == VISIT_GO_ON && visitor->on_round != NULL)
            said = visitor->on_round(visitor->context);
        if (said != VISIT_GO_ON)
            return said;
    }
    return VISIT_GO_ON;
}

enum visit evaluation_visit(struct evaluation *evaluation, int threads, const struct evaluation_visitor *visitor)
{
    struct walker *walkers = calloc((size_t)threads, sizeof(*walkers));
    struct walk walk = {.evaluation = evaluation, .visitor = visitor};
    bool has_memory = walkers != NULL && evaluation_group(evaluation);
    for (int i = 0; walkers != NULL && i < threads; i++) {
        walkers[i] = (struct walker){.walk = &walk, .thread = i};
        has_memory = child_init(&walkers[i].child) && has_memory;
    }
    const enum visit said = has_memory ? walk_on(&walk, walkers, threads) : VISIT_NO_MEMORY;
    evaluation->left_out = 0;
    for (int i = 0; walkers != NULL && i < threads; i++) {
        evaluation->left_out += walkers[i].left_out;
        child_fini(&walkers[i].child);
    }
    free(walkers);
    return said;
}
