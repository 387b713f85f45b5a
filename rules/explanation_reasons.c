/* Which facts made the alerts: the child is judged once more without each of them. */
#include <stdlib.h>
#include <string.h>

#include "alert_pairs.h"
#include "explanation_internal.h"

static bool reason_add(struct explanation *explanation, const struct reason *reason)
{
    void *items = explanation->reasons;
    if (!explanation_grow(&items, explanation->reason_count, &explanation->reason_room, sizeof(*reason)))
        return false;
    explanation->reasons = items;
    explanation->reasons[explanation->reason_count++] = *reason;
    return true;
}

/* What there is instead of an alert that is gone. */
static void find_another(const struct judgement *other, const struct alert *gone, struct reason *reason)
{
    for (const struct alert *alert = other->alerts; alert < other->alerts + other->alert_count; alert++) {
        if (alert->rule != gone->rule || !alert_covers(alert, gone->raised_on))
            continue;
        reason->without = WITHOUT_ANOTHER;
        reason->otherwise = *alert;
        return;
    }
}

/* FACT made ALERT one that is not OTHERWISE (NULL: that there is at all). */
static bool reason_note(struct explanation *explanation, const struct fact *fact, const struct alert *alert,
                        const struct alert *otherwise)
{
    struct reason reason = {.alert = (uint32_t)(alert - explanation->judgement.alerts),
                            .fact = fact,
                            .is_cause = uuid_equal(&alert->cause, &fact->event_id)};
    if (otherwise != NULL) {
        reason.without = WITHOUT_DIFFERENT;
        reason.otherwise = *otherwise;
    } else {
        find_another(&explanation->other, alert, &reason);
    }
    return reason_add(explanation, &reason);
}

/* Compares today's alerts with those there would be without FACT. */
static bool compare_without(struct explanation *explanation, const struct fact *fact)
{
    const struct judgement *today = &explanation->judgement, *other = &explanation->other;
    struct alert_pairs pairs = alert_pairs_of(today->alerts, today->alert_count, other->alerts, other->alert_count);
    struct alert_pair pair; /* today's, without */
    while (alert_pairs_next(&pairs, &pair)) {
        if (pair.before == NULL || (pair.after != NULL && alert_same(pair.before, pair.after)))
            continue;
        if (!reason_note(explanation, fact, pair.before, pair.after))
            return false;
    }
    return true;
}

static void judge_without(struct explanation *explanation, uint32_t left_out)
{
    const struct child *child = explanation->child;
    struct child fewer = *child;
    fewer.facts = explanation->fewer;
    fewer.fact_count = child->fact_count - 1;
    memcpy(fewer.facts, child->facts, left_out * sizeof(child->facts[0]));
    memcpy(fewer.facts + left_out, child->facts + left_out + 1,
           (fewer.fact_count - left_out) * sizeof(child->facts[0]));
    child_assess(&fewer, &explanation->yardstick, &explanation->other);
}

static int reason_compare(const void *a, const void *b)
{
    const struct reason *left = a, *right = b;
    if (left->alert != right->alert)
        return left->alert < right->alert ? -1 : 1;
    if (left->is_cause != right->is_cause)
        return left->is_cause ? -1 : 1;
    int order = day_compare(left->fact->occurred_on, right->fact->occurred_on);
    return order != 0 ? order : fact_compare_in_day(left->fact, right->fact);
}

static void hand_out(struct explanation *explanation)
{
    for (struct explained *item = explanation->items; item < explanation->items + explanation->item_count; item++) {
        if (item->standing != STANDING_ALERT)
            continue;
        const struct reason *reason = explanation->reasons;
        while (reason->alert != item->judged) /* the cause is always one */
            reason++;
        item->reasons.first = (uint32_t)(reason - explanation->reasons);
        const struct reason *end = explanation->reasons + explanation->reason_count;
        for (; reason < end && reason->alert == item->judged; reason++)
            item->reasons.count++;
    }
}

bool explanation_find_reasons(struct explanation *explanation)
{
    const struct child *child = explanation->child;
    if (explanation->judgement.alert_count == 0)
        return true;
    for (uint32_t i = 0; i < child->fact_count; i++) {
        if (child->facts[i].retracted) /* it has no effect */
            continue;
        judge_without(explanation, i);
        if (!compare_without(explanation, &child->facts[i]))
            return false;
    }
    qsort(explanation->reasons, explanation->reason_count, sizeof(explanation->reasons[0]), reason_compare);
    hand_out(explanation);
    return true;
}
