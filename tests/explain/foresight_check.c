/* Protects what is said of days to come: the next day of change is the oracle's, and what would end an alert does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tests/explain/witness.h"
#include "tests/oracle/show.h"

#define DAYS_LOOKED_AT 40

/* --- the next day of change --------------------------------------------------------------------------------------- */

static const struct alert *alert_of_key(const struct alert *alerts, size_t count, const struct alert *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (alert_compare_keys(&alerts[i], wanted) == 0)
            return &alerts[i];
    return NULL;
}

/* Whether it is foreseen once that BEFORE becomes AFTER; NULL: there is none. */
static bool is_foreseen(const struct explanation *explanation, const struct alert *before, const struct alert *after)
{
    int times = 0;
    for (uint32_t i = 0; i < explanation->foreseen_count; i++) {
        const struct foreseen *foreseen = &explanation->foreseen[i];
        times += foreseen->was == (before != NULL) && foreseen->is == (after != NULL) &&
                 (before == NULL || same_alert(&foreseen->before, before)) &&
                 (after == NULL || same_alert(&foreseen->after, after));
    }
    return times == 1;
}

/* What is foreseen is all that differs between the two days, and nothing else. */
static void changes_are_the_oracles(struct witness *witness, const struct alert *today, size_t count,
                                    const struct alert *then, size_t then_count)
{
    const struct explanation *explanation = &witness->explanation;
    uint32_t differing = 0;
    for (size_t i = 0; i < count; i++) {
        const struct alert *after = alert_of_key(then, then_count, &today[i]);
        if (after != NULL && same_alert(after, &today[i]))
            continue;
        check(witness, is_foreseen(explanation, &today[i], after));
        differing++;
    }
    for (size_t i = 0; i < then_count; i++) {
        if (alert_of_key(today, count, &then[i]) != NULL)
            continue;
        check(witness, is_foreseen(explanation, NULL, &then[i]));
        differing++;
    }
    check(witness, differing == explanation->foreseen_count);
    witness->seen[SEEN_CHANGES] += differing > 1;
}

void next_change_is_the_oracles(struct witness *witness)
{
    static struct alert today[ALERTS_MAX];
    const struct explanation *explanation = &witness->explanation;
    struct day next = explanation->next_change_on;
    size_t count, then_count, looked = 0;
    const struct alert *alerts = lab_expected(&witness->lab, witness->story, witness->today, &count);
    assert_true(count <= ALERTS_MAX);
    memcpy(today, alerts, count * sizeof(today[0]));

    int span = day_is_never(next) || day_before(DAY_LAST, next) ? 900 : next.number - witness->today.number;
    int step = span / DAYS_LOOKED_AT + 1;
    for (int ahead = span - 1; ahead > 0; ahead -= step, looked++) {
        struct day day = {witness->today.number + ahead};
        if (day_before(DAY_LAST, day))
            continue;
        alerts = lab_expected(&witness->lab, witness->story, day, &then_count);
        check(witness, same_alerts(today, count, alerts, then_count));
    }
    check(witness, day_is_never(next) == (explanation->foreseen_count == 0));
    if (day_is_never(next) || day_before(DAY_LAST, next))
        return;
    witness->seen[SEEN_CHANGE]++;
    alerts = lab_expected(&witness->lab, witness->story, next, &then_count);
    check(witness, !same_alerts(today, count, alerts, then_count));
    changes_are_the_oracles(witness, today, count, alerts, then_count);
}

/* --- what would end it -------------------------------------------------------------------------------------------- */

/* What somebody must see to, as the fact of tomorrow that says it happened. */
static const struct {
    enum resolution resolution;
    enum fact_kind kind;
    enum location_kind location;
} deeds[] = {
    {RESOLUTION_DEPARTED, FACT_DEPARTED, LOCATION_OTHER},
    {RESOLUTION_REGULAR_RECEPTION, FACT_MOVED, LOCATION_CENTRE},
    {RESOLUTION_MOVED, FACT_MOVED, LOCATION_EMERGENCY},
    {RESOLUTION_SCHOOL_STARTED, FACT_ENROLLED, LOCATION_OTHER},
    {RESOLUTION_SCHOOL_RESUMED, FACT_ENROLLED, LOCATION_OTHER},
};

static struct fact deed_of(const struct ending *ending, struct day tomorrow)
{
    size_t i = 0;
    while (deeds[i].resolution != ending->resolution)
        assert_true(++i < sizeof(deeds) / sizeof(deeds[0]));
    struct fact fact = {.kind = deeds[i].kind, .occurred_on = tomorrow, .recorded_at_ms = INT64_MAX / 2};
    memset(fact.event_id.bytes, 0xff, sizeof(fact.event_id.bytes));
    fact.birth_date = fact.applied_on = DAY_ABSENT;
    if (fact.kind == FACT_MOVED)
        fact.place = (struct place){{"elsewhere", 9}, deeds[i].location, REGION_NORTH};
    if (fact.kind == FACT_ENROLLED)
        fact.school_id = (struct text){"school-new", 10};
    return fact;
}

/* The alert tomorrow, with one fact more. */
static const struct alert *alert_after(struct witness *witness, const struct explained *item, const struct fact *deed)
{
    static struct fact facts[CHILD_FACTS_MAX];
    struct judgement *judgement = &witness->lab.judgement;
    struct child child = witness->lab.child;
    memcpy(facts, child.facts, child.fact_count * sizeof(facts[0]));
    child.facts = facts;
    facts[child.fact_count++] = *deed; /* its event_id comes last */
    struct yardstick tomorrow = {&witness->story->norms, calendar_of(witness), deed->occurred_on, 400};
    child_assess(&child, &tomorrow, judgement);
    for (uint32_t i = 0; i < judgement->alert_count; i++)
        if (alert_compare_keys(&judgement->alerts[i], &item->alert) == 0)
            return &judgement->alerts[i];
    return NULL;
}

static bool has_ending(const struct explained *item, enum resolution resolution, struct day on)
{
    for (uint32_t i = 0; i < item->ending_count; i++)
        if (item->endings[i].resolution == resolution && day_equal(item->endings[i].on, on))
            return true;
    return false;
}

static void check_endings(struct witness *witness, const struct explained *item, bool tomorrow_is_free)
{
    struct day tomorrow = day_plus(witness->today, 1);
    if (!day_is_never(item->episode.end) && day_before(witness->today, item->episode.end))
        check(witness, has_ending(item, item->episode.resolution, item->episode.end));
    for (uint32_t i = 0; i < item->ending_count; i++) {
        const struct ending *ending = &item->endings[i];
        if (!day_is_absent(ending->on)) {
            check(witness, !day_before(item->episode.end, ending->on));
            continue;
        }
        if (!tomorrow_is_free || item->standing != STANDING_ALERT || !day_before(tomorrow, item->episode.end))
            continue;
        struct fact deed = deed_of(ending, tomorrow);
        const struct alert *after = alert_after(witness, item, &deed);
        witness->seen[SEEN_END]++;
        check(witness, after != NULL && after->state == ALERT_RESOLVED && after->resolution == ending->resolution &&
                           day_equal(after->resolved_on, tomorrow));
    }
}

void ends_are_ends(struct witness *witness)
{
    const struct explanation *explanation = &witness->explanation;
    bool tomorrow_is_free = day_before(day_plus(witness->today, 1), explanation->judgement.history.next_fact_on);
    for (uint32_t i = 0; i < explanation->item_count; i++) {
        const struct explained *item = &explanation->items[i];
        bool is_open = item->standing == STANDING_COUNTING || item->alert.state == ALERT_OPEN;
        check(witness, is_open || item->ending_count == 0);
        if (item->standing == STANDING_ALERT || item->standing == STANDING_COUNTING)
            check_endings(witness, item, tomorrow_is_free);
    }
}
