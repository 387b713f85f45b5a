/* Protects that the numbers of an explanation are its alert's: each counted once more, day by day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/explain/witness.h"
#include "tests/oracle/show.h"

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

void numbers_are_the_alerts(struct witness *witness)
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
