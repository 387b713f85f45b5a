/* The next day on which an alert changes if nothing happens, and what changes then. */
#include "explanation_internal.h"

static bool foreseen_add(struct explanation *explanation, const struct alert *before, const struct alert *after)
{
    void *items = explanation->foreseen;
    if (!explanation_grow(&items, explanation->foreseen_count, &explanation->foreseen_room, sizeof(struct foreseen)))
        return false;
    explanation->foreseen = items;
    struct foreseen *foreseen = &explanation->foreseen[explanation->foreseen_count++];
    *foreseen = (struct foreseen){.was = before != NULL, .is = after != NULL};
    if (before != NULL)
        foreseen->before = *before;
    if (after != NULL)
        foreseen->after = *after;
    return true;
}

/* Notes every alert that differs between today and the other judgement; both ascend by their keys. */
static bool compare_days(struct explanation *explanation)
{
    const struct judgement *today = &explanation->judgement, *then = &explanation->other;
    const struct alert *before = today->alerts, *before_end = before + today->alert_count;
    const struct alert *after = then->alerts, *after_end = after + then->alert_count;
    bool kept = true;
    while (kept && (before < before_end || after < after_end)) {
        int order = before == before_end ? 1 : after == after_end ? -1 : alert_compare_keys(before, after);
        if (order < 0)
            kept = foreseen_add(explanation, before++, NULL);
        else if (order > 0)
            kept = foreseen_add(explanation, NULL, after++);
        else {
            kept = alert_same(before, after) || foreseen_add(explanation, before, after);
            before++;
            after++;
        }
    }
    return kept;
}

/* A day on which something can change need not change an alert: a fact dated ahead may change nothing. */
bool explanation_foresee(struct explanation *explanation, struct day next)
{
    struct yardstick ahead = explanation->yardstick;
    bool kept = true;
    while (kept && explanation->foreseen_count == 0 && !day_is_never(next)) {
        ahead.today = explanation->next_change_on = next;
        next = child_assess(explanation->child, &ahead, &explanation->other);
        kept = compare_days(explanation);
    }
    if (explanation->foreseen_count == 0)
        explanation->next_change_on = DAY_NEVER;
    return kept;
}
