#include "consumer/evaluation_compare.h"

#include <stdlib.h>
#include <string.h>

/* One thread's tools, what differs for its children of the round, and what it counted of all. */
struct judge {
    struct judgement before, after;
    struct alert_change *changes;
    size_t count, capacity;
    uint64_t counts[RULE_COUNT][ALERT_CHANGE_KINDS];
};

struct judging {
    struct comparison *comparison;
    struct judge *judges;
    int judge_count;
};

static bool make_room(struct judge *judge, size_t wanted)
{
    if (judge->capacity - judge->count >= wanted)
        return true;
    const size_t capacity = judge->capacity * 2 + wanted;
    struct alert_change *larger = realloc(judge->changes, capacity * sizeof(*larger));
    if (larger == NULL)
        return false;
    judge->changes = larger;
    judge->capacity = capacity;
    return true;
}

static void note(struct judge *judge, const struct alert *before, const struct alert *after, struct text child_id)
{
    const struct alert *alert = before != NULL ? before : after;
    if (before != NULL && after != NULL && alert_same(before, after)) {
        judge->counts[alert->rule][ALERT_SAME]++;
        return;
    }
    struct alert_change *change = &judge->changes[judge->count++];
    *change = alert_change_of(before, after, child_id);
    judge->counts[alert->rule][change->kind]++;
}

/* Both judgements have their alerts in the order of their keys. */
static void merge(struct judge *judge, struct text child_id)
{
    const struct alert *before = judge->before.alerts, *before_end = before + judge->before.alert_count;
    const struct alert *after = judge->after.alerts, *after_end = after + judge->after.alert_count;
    while (before < before_end || after < after_end) {
        const int order = before == before_end ? 1 : after == after_end ? -1 : alert_compare_keys(before, after);
        note(judge, order <= 0 ? before : NULL, order >= 0 ? after : NULL, child_id);
        before += order <= 0;
        after += order >= 0;
    }
}

static int compare_changes(const void *a, const void *b)
{
    return alert_change_compare(a, b);
}

static bool judge_child(void *context, int thread, const struct child *child)
{
    const struct judging *judging = context;
    struct judge *judge = &judging->judges[thread];
    const size_t first = judge->count;
    child_assess(child, judging->comparison->before, &judge->before);
    child_assess(child, judging->comparison->after, &judge->after);
    if (!make_room(judge, judge->before.alert_count + judge->after.alert_count))
        return false;
    merge(judge, child->child_id);
    if (judge->count - first > 1)
        qsort(&judge->changes[first], judge->count - first, sizeof(*judge->changes), compare_changes);
    return true;
}

/* The children of one judge come before those of the next. */
static void hand_on(void *context)
{
    const struct judging *judging = context;
    const struct comparison *comparison = judging->comparison;
    for (int i = 0; i < judging->judge_count; i++) {
        struct judge *judge = &judging->judges[i];
        for (size_t c = 0; c < judge->count; c++)
            comparison->on_change(comparison->context, &judge->changes[c]);
        judge->count = 0;
    }
}

static void judge_fini(struct judge *judge, struct comparison *comparison)
{
    for (int rule = 0; rule < RULE_COUNT; rule++)
        for (int kind = 0; kind < ALERT_CHANGE_KINDS; kind++)
            comparison->counts[rule][kind] += judge->counts[rule][kind];
    judgement_fini(&judge->before);
    judgement_fini(&judge->after);
    free(judge->changes);
}

bool evaluation_compare(struct evaluation *evaluation, int threads, struct comparison *comparison)
{
    struct judging judging = {comparison, calloc((size_t)threads, sizeof(struct judge)), threads};
    const struct evaluation_visitor visitor = {judge_child, hand_on, &judging};
    bool done = judging.judges != NULL;
    memset(comparison->counts, 0, sizeof(comparison->counts));
    for (int i = 0; judging.judges != NULL && i < threads; i++)
        done = judgement_init(&judging.judges[i].before) && judgement_init(&judging.judges[i].after) && done;
    done = done && evaluation_visit(evaluation, threads, &visitor);
    for (int i = 0; judging.judges != NULL && i < threads; i++)
        judge_fini(&judging.judges[i], comparison);
    free(judging.judges);
    return done;
}
