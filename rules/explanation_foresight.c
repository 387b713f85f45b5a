/* The next day on which an alert changes if nothing happens, and what changes then. */
#include "alert_pairs.h"
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

/* Notes every alert that differs between today and the other judgement. */
static bool compare_days(struct explanation *explanation)
{
    const struct judgement *today = &explanation->judgement, *then = &explanation->other;
    struct alert_pairs pairs = alert_pairs_of(today->alerts, today->alert_count, then->alerts, then->alert_count);
    struct alert_pair pair;
    bool kept = true;
    while (kept && alert_pairs_next(&pairs, &pair)) {
        const bool is_same = pair.before != NULL && pair.after != NULL && alert_same(pair.before, pair.after);
        kept = is_same || foreseen_add(explanation, pair.before, pair.after);
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
