/* Judging an evaluation: in rounds, each thread some thousand children, so that alerts come out in order and few wait.
 */
#include <stdlib.h>

#include "consumer/evaluation_internal.h"

#define FAMILIES_A_ROUND 8192 /* children a thread judges before their alerts are handed on */

/* One thread's tools, its children of the round and their alerts. */
struct judge {
    const struct evaluation *evaluation;
    const struct yardstick *yardstick;
    struct child child;
    struct judgement judgement;
    size_t first, end; /* families */
    struct alert_record *alerts;
    size_t count, capacity;
    uint64_t left_out;
    bool short_of_memory;
};

static bool judge_init(struct judge *judge, const struct evaluation *evaluation, const struct yardstick *yardstick)
{
    *judge = (struct judge){.evaluation = evaluation, .yardstick = yardstick};
    return child_init(&judge->child) && judgement_init(&judge->judgement);
}

static void judge_fini(struct judge *judge)
{
    child_fini(&judge->child);
    judgement_fini(&judge->judgement);
    free(judge->alerts);
}

static bool make_room(struct judge *judge, size_t wanted)
{
    if (judge->capacity - judge->count >= wanted)
        return true;
    const size_t capacity = judge->capacity * 2 + wanted;
    struct alert_record *larger = realloc(judge->alerts, capacity * sizeof(*larger));
    if (larger == NULL)
        return false;
    judge->alerts = larger;
    judge->capacity = capacity;
    return true;
}

static int compare_alerts(const void *a, const void *b)
{
    return alert_compare(a, b);
}

static bool judge_family(struct judge *judge, const struct family *family)
{
    struct judgement *judgement = &judge->judgement;
    const char *const *events = &judge->evaluation->events[family->first];
    const struct text child_id = heap_event(events[0]).child_id;
    child_reset(&judge->child, child_id);
    for (uint32_t i = 0; i < family->count; i++) {
        const struct fact fact = heap_event(events[i]).fact;
        judge->left_out += child_apply(&judge->child, &fact) == APPLIED_FULL;
    }
    child_assess(&judge->child, judge->yardstick, judgement);
    if (!make_room(judge, judgement->alert_count))
        return false;
    if (judgement->alert_count > 1)
        qsort(judgement->alerts, judgement->alert_count, sizeof(*judgement->alerts), compare_alerts);
    for (uint32_t i = 0; i < judgement->alert_count; i++)
        judge->alerts[judge->count++] = alert_record_of(&judgement->alerts[i], child_id, 0);
    return true;
}

static void judge_families(void *context, int i)
{
    struct judge *judge = (struct judge *)context + i;
    judge->count = 0;
    for (size_t f = judge->first; f < judge->end && !judge->short_of_memory; f++)
        judge->short_of_memory = !judge_family(judge, &judge->evaluation->families[f]);
}

/* The next children to every judge; false: there are none left. */
static bool deal(struct judge *judges, int count, size_t *next, size_t family_count)
{
    const bool any = *next < family_count;
    for (int i = 0; i < count; i++) {
        judges[i].first = *next;
        *next = family_count - *next > FAMILIES_A_ROUND ? *next + FAMILIES_A_ROUND : family_count;
        judges[i].end = *next;
    }
    return any;
}

static bool judge_all(struct judge *judges, int count, size_t family_count,
                      void (*on_alert)(void *context, const struct alert_record *alert), void *context)
{
    for (size_t next = 0; deal(judges, count, &next, family_count);) {
        parallel_run(count, judge_families, judges);
        for (int i = 0; i < count; i++) {
            if (judges[i].short_of_memory)
                return false;
            for (size_t a = 0; a < judges[i].count; a++)
                on_alert(context, &judges[i].alerts[a]);
        }
    }
    return true;
}

bool evaluation_run(struct evaluation *evaluation, const struct yardstick *yardstick, int threads,
                    void (*on_alert)(void *context, const struct alert_record *alert), void *context)
{
    struct judge *judges = calloc((size_t)threads, sizeof(*judges));
    bool done = judges != NULL && evaluation_group(evaluation);
    for (int i = 0; judges != NULL && i < threads; i++)
        done &= judge_init(&judges[i], evaluation, yardstick);
    done = done && judge_all(judges, threads, evaluation->family_count, on_alert, context);
    evaluation->left_out = 0;
    for (int i = 0; judges != NULL && i < threads; i++) {
        evaluation->left_out += judges[i].left_out;
        judge_fini(&judges[i]);
    }
    free(judges);
    return done;
}
