/* Protects what people are told about an alert: its numbers are the alert's own, the facts named are those that made it
 * and no other, the days named are the days on which something happens. Random children, and the oracle as witness.
 *
 * PA_SEED (default 1) is the first story's seed, PA_ROUNDS how many stories are told (default: ROUNDS). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/explanation_text.h"
#include "rules/explanation.h"
#include "tests/oracle/candidates.h"
#include "tests/oracle/show.h"
#include "tests/oracle/trial.h"

#ifdef NDEBUG
#define ROUNDS 4000
#else
#define ROUNDS 1000 /* slower without optimisation or with a sanitizer */
#endif
#define ALERTS_MAX 512
#define DAYS_LOOKED_AT 40

enum seen {
    SEEN_ALERT,
    SEEN_COUNTING,
    SEEN_REASON,
    SEEN_SEVERE_BY_DAYS,
    SEEN_HOLIDAYS,
    SEEN_CHANGE,
    SEEN_CHANGES,
    SEEN_END,
    SEEN_GONE,
    SEEN_MOVE_SINCE,
    SEEN_LESS_SEVERE,
    SEEN_COUNT
};
static const char *const seen_names[SEEN_COUNT] = {
    [SEEN_ALERT] = "alerts",
    [SEEN_COUNTING] = "countings",
    [SEEN_REASON] = "reasons",
    [SEEN_SEVERE_BY_DAYS] = "severe by school days",
    [SEEN_HOLIDAYS] = "put off",
    [SEEN_CHANGE] = "changes",
    [SEEN_CHANGES] = "several changes on a day",
    [SEEN_END] = "ends",
    [SEEN_GONE] = "withdrawn",
    [SEEN_MOVE_SINCE] = "moves after the end",
    [SEEN_LESS_SEVERE] = "less severe than the one before it",
};

struct witness {
    struct lab lab;
    struct explanation explanation;
    const struct story *story;
    struct day today;
    uint64_t seen[SEEN_COUNT]; /* how often each thing was there to be checked: a test of nothing is none */
};

/* Fails with the story that can be told again. */
#define check(witness, condition) check_holds(witness, condition, #condition)
static void check_holds(const struct witness *witness, bool holds, const char *condition)
{
    if (!holds)
        fail_msg("%s (seed %llu, day %d)", condition, (unsigned long long)witness->story->seed, witness->today.number);
}

static const struct calendar *calendar_of(const struct witness *witness)
{
    int i = 0;
    while (witness->lab.almanacs[i] != lab_almanac(&witness->lab, witness->story))
        i++;
    return witness->lab.calendars[i];
}

static void explain(struct witness *witness)
{
    struct yardstick yardstick = {&witness->story->norms, calendar_of(witness), witness->today, 400};
    assert_true(child_explain(&witness->lab.child, &yardstick, &witness->explanation));
}

/* --- its numbers are the alert's ---------------------------------------------------------------------------------- */

static bool is_school_day(const struct witness *witness, struct day day, enum region region)
{
    const struct stay *stay = history_stay_on(&witness->explanation.judgement.history, day);
    return stay != NULL && stay->place.region == region &&
           almanac_is_school_day(lab_almanac(&witness->lab, witness->story), region, day);
}

/* Those of the item up to and with DAY; each is one, and none is told twice. */
static int school_days_until(const struct witness *witness, const struct explained *item, struct day day)
{
    const struct school_day *days = &witness->explanation.school_days[item->school_days.first];
    int count = 0;
    for (uint32_t i = 0; i < item->school_days.count; i++) {
        check(witness, is_school_day(witness, days[i].day, days[i].region));
        check(witness, i == 0 || day_before(days[i - 1].day, days[i].day));
        count += !day_before(day, days[i].day);
    }
    return count;
}

/* Every day from counted_from on that is one, looked at by itself. */
static int school_days_looked_at(const struct witness *witness, const struct explained *item)
{
    const struct history *history = &witness->explanation.judgement.history;
    int count = 0;
    struct day day = day_later(item->episode.counted_from, item->period->from);
    for (; !day_before(witness->today, day) && day_before(day, item->episode.end); day.number++) {
        const struct stay *stay = history_stay_on(history, day);
        count += stay != NULL && is_school_day(witness, day, stay->place.region);
    }
    return count;
}

static void check_school_days(struct witness *witness, const struct explained *item)
{
    const struct norms *norms = &witness->story->norms;
    const struct day *level_from = item->episode.level_from;
    if (rules[item->alert.rule]->counted != COUNTED_SCHOOL_DAYS)
        return;
    int told = school_days_until(witness, item, witness->today);
    check(witness, told == (int)item->school_days.count && told == school_days_looked_at(witness, item));
    if (item->episode.due_on.number != DAY_ABSENT.number) /* a term of months: only told how many there were */
        return;
    bool severe_by_count = day_before(level_from[LEVEL_VIOLATION], level_from[LEVEL_SEVERE]);
    if (severe_by_count && item->standing == STANDING_ALERT && item->alert.level == LEVEL_SEVERE) {
        witness->seen[SEEN_SEVERE_BY_DAYS]++;
        check(witness, school_days_until(witness, item, level_from[LEVEL_SEVERE]) == norms->severe_school_days + 1);
    }
    if (rules[item->alert.rule] == &rule_school_gap && item->alert.level >= LEVEL_VIOLATION &&
        item->standing == STANDING_ALERT)
        check(witness, school_days_until(witness, item, item->alert.violation_on) == norms->gap_grace_school_days + 1);
}

/* Each day from over_on until the violation lies in a vacation of the region lived in, and all are told. */
static void check_holidays(struct witness *witness, const struct explained *item)
{
    const struct region_days *days = &witness->explanation.holidays[item->holidays.first];
    const struct history *history = &witness->explanation.judgement.history;
    struct day next = item->episode.over_on;
    struct day until = day_earlier(item->episode.level_from[LEVEL_VIOLATION], item->episode.end);
    for (uint32_t i = 0; i < item->holidays.count; i++) {
        check(witness, day_equal(days[i].from, next) && day_before(days[i].from, days[i].until));
        for (; day_before(next, days[i].until); next.number++) {
            check(witness, history_stay_on(history, next)->place.region == days[i].region);
            check(witness, almanac_in_vacation(lab_almanac(&witness->lab, witness->story), days[i].region, next));
        }
        witness->seen[SEEN_HOLIDAYS]++;
    }
    check(witness, day_is_absent(item->episode.over_on) || !day_before(next, until));
}

/* Every day that is counted on which the child moved, looked at by itself. */
static uint32_t moves_looked_at(const struct witness *witness, const struct explained *item)
{
    const struct history *history = &witness->explanation.judgement.history;
    uint32_t count = 0;
    struct day day = item->episode.counted_from;
    for (; !day_before(witness->today, day) && day_before(day, item->episode.end); day.number++) {
        const struct stay *stay = history_stay_on(history, day);
        count += stay != NULL && stay->is_move && day_equal(stay->from, day);
    }
    return count;
}

static bool moved_since(const struct witness *witness, const struct explained *item)
{
    const struct history *history = &witness->explanation.judgement.history;
    const struct stay *stay = &history->stays[item->period->stay_first], *end = stay + item->period->stay_count;
    while (stay < end && !(stay->is_move && !day_before(stay->from, item->episode.end)))
        stay++;
    return stay < end;
}

static void check_moves(struct witness *witness, const struct explained *item)
{
    const struct stay *const *moves = &witness->explanation.moves[item->moves.first];
    if (rules[item->alert.rule]->counted != COUNTED_MOVES)
        return;
    check(witness, (int)item->moves.count >= witness->story->norms.repeated_moves);
    check(witness, day_equal(moves[0]->from, item->episode.counted_from));
    check(witness, item->moves.count == moves_looked_at(witness, item));
    witness->seen[SEEN_MOVE_SINCE] += moved_since(witness, item);
    int until_raised = 0;
    for (uint32_t i = 0; i < item->moves.count; i++)
        until_raised += moves[i]->is_move && !day_before(item->alert.raised_on, moves[i]->from);
    check(witness, until_raised == witness->story->norms.repeated_moves);
}

static bool rule_can_end_by(const struct rule *rule, enum resolution resolution)
{
    const enum resolution *end = rule->ends;
    while (*end != RESOLUTION_NONE && *end != resolution)
        end++;
    return *end == resolution;
}

static void check_numbers(struct witness *witness, const struct explained *item)
{
    const struct alert *alert = &item->alert;
    const struct episode *episode = &item->episode;
    struct day over = day_plus(alert->due_on, 1);
    check(witness, day_is_absent(alert->due_on) == day_is_absent(episode->over_on));
    check(witness, day_is_absent(alert->due_on) || day_equal(over, episode->over_on));
    check(witness, alert->norm_months == episode->norm_months);
    check(witness, rule_can_end_by(rules[alert->rule], alert->resolution));
    if (item->standing == STANDING_ALERT) {
        witness->seen[SEEN_ALERT]++;
        check(witness, !day_before(witness->today, episode->level_from[alert->level]));
        check(witness, day_is_absent(alert->violation_on) ||
                           day_equal(alert->violation_on, episode->level_from[LEVEL_VIOLATION]));
        check(witness, day_is_absent(alert->resolved_on) || day_equal(alert->resolved_on, episode->end));
    } else {
        witness->seen[SEEN_COUNTING]++;
        check(witness, day_before(witness->today, alert->raised_on));
    }
    check(witness, !day_before(explained_counted_until(&witness->explanation, item), episode->counted_from));
    check_school_days(witness, item);
    check_holidays(witness, item);
    check_moves(witness, item);
}

static void numbers_are_the_alerts(struct witness *witness)
{
    const struct explanation *explanation = &witness->explanation;
    size_t count, found = 0;
    const struct alert *expected = lab_expected(&witness->lab, witness->story, witness->today, &count);
    for (uint32_t i = 0; i < explanation->item_count; i++) {
        const struct explained *item = &explanation->items[i];
        bool is_alert = item->standing == STANDING_ALERT;
        for (size_t at = 0; is_alert && at < count; at++)
            found += same_alert(&item->alert, &expected[at]);
        if (is_alert || item->standing == STANDING_COUNTING)
            check_numbers(witness, item);
    }
    check(witness, found == count);
}

/* --- the most severe comes first ---------------------------------------------------------------------------------- */

/* What is open, what is being counted, what was withdrawn, what is absent, what is over. */
static int place_in_order(const struct explained *item)
{
    return item->standing == STANDING_ALERT && item->alert.state == ALERT_RESOLVED ? STANDING_COUNT
                                                                                   : (int)item->standing;
}

static void what_is_severe_comes_first(struct witness *witness)
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

static void facts_named_made_it(struct witness *witness)
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

static void next_change_is_the_oracles(struct witness *witness)
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

static void ends_are_ends(struct witness *witness)
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

/* --- what was withdrawn ------------------------------------------------------------------------------------------- */

static bool is_told_once(const struct explanation *explanation, const struct explained *item)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < explanation->item_count; i++)
        count += alert_compare_keys(&explanation->items[i].alert, &item->alert) == 0;
    return count == 1;
}

/* Half the story is read and judged, then all of it: what was published in between and is no more is told. */
static void withdrawn_is_told(struct witness *witness)
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

/* --- the texts ---------------------------------------------------------------------------------------------------- */

/* Whatever the history: no line passes the width, and there are no characters that the locale lacks. */
static void texts_fit(struct witness *witness, struct random_source *random)
{
    struct page page = {.language = random_chance(random, 50) ? LANGUAGE_DUTCH : LANGUAGE_ENGLISH,
                        .columns = random_between(random, PAGE_COLUMNS_LEAST, 200),
                        .has_utf8 = random_chance(random, 70)};
    const struct explanation_question question = {.from_files = random_chance(random, 50),
                                                  .in_full = random_chance(random, 50)};
    char *text = NULL;
    size_t length;
    page.out = open_memstream(&text, &length);
    explanation_print(&page, &witness->explanation, &question);
    fclose(page.out);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        check(witness, page_text_columns(line) <= page.columns);
        for (const char *at = line; !page.has_utf8 && *at != '\0'; at++)
            check(witness, *at > 0 && *at != '?');
    }
    free(text);
}

/* Ids as long as they may be, each what it was and then nothing but dots. */
static void ids_lengthen(struct child *child)
{
    static char ids[2 * CHILD_FACTS_MAX][ID_LENGTH_MAX]; /* large */
    for (uint32_t i = 0; i < child->fact_count; i++) {
        struct text *const texts[] = {&child->facts[i].place.location_id, &child->facts[i].school_id};
        for (uint32_t t = 0; t < 2; t++) {
            if (texts[t]->length == 0)
                continue;
            char *id = ids[2 * i + t];
            memset(id, '.', ID_LENGTH_MAX);
            memcpy(id, texts[t]->bytes, texts[t]->length);
            *texts[t] = (struct text){id, ID_LENGTH_MAX};
        }
    }
}

/* Nothing is left out without being said: no text is too long for where it is put together. */
static void texts_are_whole(struct witness *witness)
{
    static char child_id[ID_LENGTH_MAX];
    memset(child_id, 'c', sizeof(child_id));
    ids_lengthen(&witness->lab.child);
    witness->lab.child.child_id = (struct text){child_id, ID_LENGTH_MAX};
    explain(witness);
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        struct page page = {.language = (enum language)language, .columns = INT16_MAX};
        char *text = NULL;
        size_t length;
        page.out = open_memstream(&text, &length);
        explanation_print(&page, &witness->explanation, &(struct explanation_question){.in_full = true});
        fclose(page.out);
        check(witness, strstr(text, TEXT_CUT) == NULL);
        free(text);
    }
}

static void json_is_one_line(struct witness *witness)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    check(witness, explanation_print_json(out, &witness->explanation, &(struct explanation_question){0}));
    fclose(out);
    check(witness, length > 2 && text[0] == '{' && strcmp(text + length - 2, "}\n") == 0);
    check(witness, strchr(text, '\n') == text + length - 1);
    free(text);
}

/* --- the test ----------------------------------------------------------------------------------------------------- */

static void explanations_hold_for_random_histories(void **state)
{
    struct witness *witness = *state;
    static struct story story;           /* large */
    static struct candidates candidates; /* likewise */
    uint64_t seed = trial_setting("PA_SEED", 1), rounds = trial_setting("PA_ROUNDS", ROUNDS);
    print_message("PA_SEED=%llu PA_ROUNDS=%llu\n", (unsigned long long)seed, (unsigned long long)rounds);
    witness->story = &story;
    for (uint64_t i = 0; i < rounds; i++) {
        story_tell(&story, seed + i);
        struct random_source random = {story.seed + 7};
        candidates_find(&candidates, &witness->lab, &story, &random);
        for (int day = 0; day < 2; day++) {
            witness->today = candidates_random(&candidates, &random);
            lab_apply_story(&witness->lab, &story, &random);
            explain(witness);
            numbers_are_the_alerts(witness);
            what_is_severe_comes_first(witness);
            facts_named_made_it(witness);
            next_change_is_the_oracles(witness);
            ends_are_ends(witness);
            withdrawn_is_told(witness);
            what_is_severe_comes_first(witness);
            texts_fit(witness, &random);
            json_is_one_line(witness);
            texts_are_whole(witness);
        }
    }
    for (int i = 0; i < SEEN_COUNT; i++) {
        print_message("%s: %llu\n", seen_names[i], (unsigned long long)witness->seen[i]);
        assert_true(rounds < 500 || witness->seen[i] > 0);
    }
}

static int set_up(void **state)
{
    static struct witness witness;
    *state = &witness;
    bool ready = lab_init(&witness.lab, PROJECT_SOURCE_DIR "/etc/school-calendar.csv");
    return explanation_init(&witness.explanation) && ready ? 0 : -1;
}

static int tear_down(void **state)
{
    struct witness *witness = *state;
    lab_fini(&witness->lab);
    explanation_fini(&witness->explanation);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(explanations_hold_for_random_histories),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
