#include "consumer/comparison.h"

#include <stdlib.h>
#include <string.h>

#include "rules/alert_pairs.h"

void comparison_counts_add(struct comparison_counts *sum, const struct comparison_counts *counts)
{
    for (int rule = 0; rule < RULE_COUNT; rule++)
        for (int kind = 0; kind < ALERT_CHANGE_KINDS; kind++)
            sum->of[rule][kind] += counts->of[rule][kind];
}

bool comparer_init(struct comparer *comparer)
{
    memset(comparer, 0, sizeof(*comparer));
    const bool has_before = judgement_init(&comparer->before);
    return judgement_init(&comparer->after) && has_before;
}

void comparer_fini(struct comparer *comparer)
{
    judgement_fini(&comparer->before);
    judgement_fini(&comparer->after);
    free(comparer->changes);
}

static bool make_room(struct comparer *comparer, size_t wanted)
{
    if (comparer->capacity - comparer->count >= wanted)
        return true;
    const size_t capacity = comparer->capacity * 2 + wanted;
    struct alert_change *larger = realloc(comparer->changes, capacity * sizeof(*larger));
    if (larger == NULL)
        return false;
    comparer->changes = larger;
    comparer->capacity = capacity;
    return true;
}

static void note(struct comparer *comparer, const struct alert_pair *pair, struct text child_id)
{
    const struct alert *before = pair->before, *after = pair->after, *alert = before != NULL ? before : after;
    if (before != NULL && after != NULL && alert_same(before, after)) {
        comparer->counts.of[alert->rule][ALERT_SAME]++;
        return;
    }
    struct alert_change *change = &comparer->changes[comparer->count++];
    *change = alert_change_of(before, after, child_id);
    comparer->counts.of[alert->rule][change->kind]++;
}

static int compare_changes(const void *a, const void *b)
{
    return alert_change_compare(a, b);
}

bool comparer_judge(struct comparer *comparer, const struct child *child, const struct yardstick *before,
                    const struct yardstick *after)
{
    comparer->count = 0;
    child_assess(child, before, &comparer->before);
    child_assess(child, after, &comparer->after);
    if (!make_room(comparer, comparer->before.alert_count + comparer->after.alert_count))
        return false;
    struct alert_pairs pairs = alert_pairs_of(comparer->before.alerts, comparer->before.alert_count,
                                              comparer->after.alerts, comparer->after.alert_count);
    for (struct alert_pair pair; alert_pairs_next(&pairs, &pair);)
        note(comparer, &pair, child->child_id);
    if (comparer->count > 1)
        qsort(comparer->changes, comparer->count, sizeof(*comparer->changes), compare_changes);
    return true;
}
