/* Protects that what is severe comes first, that the facts named are those that made an alert and no other, and that
 * what was withdrawn is told once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/explain/witness.h"
#include "tests/oracle/show.h"

/* --- the most severe comes first ---------------------------------------------------------------------------------- */

/* What is open, what is being counted, what was withdrawn, what is absent, what is over. */
static int place_in_order(const struct explained *item)
{
    return item->standing == STANDING_ALERT && item->alert.state == ALERT_RESOLVED ? STANDING_COUNT
                                                                                   : (int)item->standing;
}

void what_is_severe_comes_first(struct witness *witness)
{
    const struct explanation *explanation = &witness->explanation;
    for (uint32_t i = 1; i < explanation->item_count; i++) {
        const struct explained *item = &explanation->items[i], *before = item - 1;
        check(witness, place_in_order(before) <= place_in_order(item));
        if (place_in_order(before) != place_in_order(item))
            continue;
        if (item->standing == STANDING_ALERT && item->alert.state == ALERT_OPEN) {
            check(witness, before->alert.level >= item->alert.level);
            witness->seen[SEEN_LESS_SEVERE] += before->alert.level > item->alert.level;
        }
        if (place_in_order(item) == STANDING_COUNT) /* the latest first */
            check(witness, !day_before(before->alert.raised_on, item->alert.raised_on));
    }
}

/* --- the facts named are those that made it ----------------------------------------------------------------------- */

static const struct alert *expected_without(struct witness *witness, const struct uuid *event_id, size_t *count)
{
    static struct story without; /* large */
    without = *witness->story;
    without.count = 0;
    for (size_t i = 0; i < witness->story->count; i++)
        if (!uuid_equal(&witness->story->versions[i].event_id, event_id))
            without.versions[without.count++] = witness->story->versions[i];
    *count = 0;
    return without.count == 0 ? NULL : lab_expected(&witness->lab, &without, witness->today, count);
}

static const struct reason *reason_of(const struct explanation *explanation, const struct explained *item,
                                      const struct fact *fact)
{
    for (uint32_t i = 0; i < item->reasons.count; i++)
        if (explanation->reasons[item->reasons.first + i].fact == fact)
            return &explanation->reasons[item->reasons.first + i];
    return NULL;
}

static void check_reason(struct witness *witness, const struct explained *item, const struct reason *reason,
                         const struct alert *alerts, size_t count)
{
    const struct alert *same_key = NULL, *covering = NULL;
    for (size_t i = 0; i < count; i++) {
        if (alerts[i].rule != item->alert.rule)
            continue;
        if (uuid_equal(&alerts[i].cause, &item->alert.cause))
            same_key = &alerts[i];
        if (alert_covers(&alerts[i], item->alert.raised_on))
            covering = &alerts[i];
    }
    bool unchanged = same_key != NULL && same_alert(same_key, &item->alert);
    check(witness, unchanged == (reason == NULL));
    if (reason == NULL)
        return;
    witness->seen[SEEN_REASON]++;
    const struct alert *instead = same_key != NULL ? same_key : covering;
    check(witness, (reason->without == WITHOUT_DIFFERENT) == (same_key != NULL));
    check(witness, (reason->without == WITHOUT_NOTHING) == (instead == NULL));
    check(witness, instead == NULL || same_alert(&reason->otherwise, instead));
    check(witness, reason->is_cause == uuid_equal(&reason->fact->event_id, &item->alert.cause));
}

void facts_named_made_it(struct witness *witness)
{
    const struct explanation *explanation = &witness->explanation;
    for (uint32_t i = 0; i < witness->lab.child.fact_count; i++) {
        const struct fact *fact = &witness->lab.child.facts[i];
        size_t count;
        const struct alert *alerts = expected_without(witness, &fact->event_id, &count);
        for (uint32_t at = 0; at < explanation->item_count; at++) {
            const struct explained *item = &explanation->items[at];
            if (item->standing == STANDING_ALERT)
                check_reason(witness, item, reason_of(explanation, item, fact), alerts, count);
        }
    }
}

/* --- what was withdrawn ------------------------------------------------------------------------------------------- */

static bool is_told_once(const struct explanation *explanation, const struct explained *item)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < explanation->item_count; i++)
        count += alert_compare_keys(&explanation->items[i].alert, &item->alert) == 0;
    return count == 1;
}

/* Half the story is read and judged, then all of it: what was published in between and is no more is told. */
void withdrawn_is_told(struct witness *witness)
{
    struct child *child = &witness->lab.child;
    struct yardstick yardstick = {&witness->story->norms, calendar_of(witness), witness->today, 400};
    child_reset(child, (struct text){"child-1", 7});
    for (size_t i = 0; i < witness->story->count; i++) {
        struct fact version = witness->story->versions[i];
        fact_normalize(&version);
        child_apply(child, &version);
        if (i == witness->story->count / 2)
            child_judge(child, &yardstick, &witness->lab.judgement);
    }
    child_judge(child, &yardstick, &witness->lab.judgement);
    explain(witness);

    uint32_t told = 0, gone = 0;
    for (uint32_t i = 0; i < child->alert_count; i++)
        gone += child->alerts[i].state == ALERT_WITHDRAWN;
    for (uint32_t i = 0; i < witness->explanation.item_count; i++) {
        const struct explained *item = &witness->explanation.items[i];
        check(witness, item->standing != STANDING_ABSENT);
        check(witness, item->revision > 0 || item->standing == STANDING_COUNTING);
        check(witness, is_told_once(&witness->explanation, item));
        if (item->published == NULL || item->published->state != ALERT_WITHDRAWN)
            continue;
        told++;
        check(witness, item->standing == STANDING_WITHDRAWN || item->standing == STANDING_COUNTING);
        check(witness, item->by != NULL && uuid_equal(&item->by->event_id, &item->published->withdrawn_by));
    }
    check(witness, told == gone);
    witness->seen[SEEN_GONE] += told;
}
