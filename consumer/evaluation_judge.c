/* Judging the children of an evaluation. */
#include <stdlib.h>

#include "consumer/evaluation_internal.h"

/* One thread's tools, and the alerts of its children of the round. */
struct judge {
    struct judgement judgement;
    struct alert_record *alerts;
    size_t count, capacity;
};

struct judging {
    const struct yardstick *yardstick;
    struct judge *judges;
    int judge_count;
    void (*on_alert)(void *context, const struct alert_record *alert);
    void *context;
};

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

void evaluation_order_alerts(struct judgement *judgement)
{
    if (judgement->alert_count > 1)
        qsort(judgement->alerts, judgement->alert_count, sizeof(*judgement->alerts), compare_alerts);
}

static enum visit judge_child(void *context, int thread, const struct child *child)
{
    const struct judging *judging = context;
    struct judge *judge = &judging->judges[thread];
    struct judgement *judgement = &judge->judgement;
    child_assess(child, judging->yardstick, judgement);
    if (!make_room(judge, judgement->alert_count))
        return VISIT_NO_MEMORY;
    evaluation_order_alerts(judgement);
    for (uint32_t i = 0; i < judgement->alert_count; i++)
        judge->alerts[judge->count++] = alert_record_of(&judgement->alerts[i], child->child_id, 0);
    return VISIT_GO_ON;
}

/* The children of one judge come before those of the next. */
static enum visit hand_on(void *context)
{
    const struct judging *judging = context;
    for (int i = 0; i < judging->judge_count; i++) {
        struct judge *judge = &judging->judges[i];
        for (size_t a = 0; a < judge->count; a++)
            judging->on_alert(judging->context, &judge->alerts[a]);
        judge->count = 0;
    }
    return VISIT_GO_ON;
}

bool evaluation_run(struct evaluation *evaluation, const struct yardstick *yardstick, int threads,
                    void (*on_alert)(void *context, const struct alert_record *alert), void *context)
{
    struct judging judging = {yardstick, calloc((size_t)threads, sizeof(struct judge)), threads, on_alert, context};
    const struct evaluation_visitor visitor = {judge_child, hand_on, &judging};
    bool done = judging.judges != NULL;
    for (int i = 0; judging.judges != NULL && i < threads; i++)
        done = judgement_init(&judging.judges[i].judgement) && done;
    done = done && evaluation_visit(evaluation, threads, &visitor) == VISIT_GO_ON;
    for (int i = 0; judging.judges != NULL && i < threads; i++) {
        judgement_fini(&judging.judges[i].judgement);
        free(judging.judges[i].alerts);
    }
    free(judging.judges);
    return done;
}
