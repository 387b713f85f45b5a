#include "alert.h"

#include <string.h>

const char *const alert_state_names[ALERT_STATE_COUNT] = {
    [ALERT_OPEN] = "OPEN", [ALERT_RESOLVED] = "RESOLVED", [ALERT_WITHDRAWN] = "WITHDRAWN"};

static struct day first_day_of_any_level(const struct episode *episode)
{
    struct day first = DAY_NEVER;
    for (int level = 0; level < LEVEL_COUNT; level++)
        first = day_earlier(first, episode->level_from[level]);
    return first;
}

/* The first day after the last one on which the episode holds. One that is always reported holds on the day it begins,
 * also when it ends on it. */
static struct day holds_until(const struct episode *episode, struct day raised_on)
{
    bool for_its_day = episode->always_reported && day_equal(raised_on, episode->end);
    return for_its_day ? day_plus(raised_on, 1) : episode->end;
}

static void note_change(struct day *next, struct day today, struct day change)
{
    if (day_before(today, change))
        *next = day_earlier(*next, change);
}

static void changes_note(const struct episode *episode, struct day until, struct day today, struct day *next)
{
    for (int level = 0; level < LEVEL_COUNT; level++)
        if (day_before(episode->level_from[level], until))
            note_change(next, today, episode->level_from[level]);
    note_change(next, today, episode->end);
}

/* Levels as of the last day the alert speaks of. */
static void levels_set(struct alert *alert, const struct episode *episode, struct day last)
{
    for (int level = 0; level < LEVEL_COUNT; level++)
        if (!day_before(last, episode->level_from[level]))
            alert->level = (enum level)level;
    struct day violation = day_earlier(episode->level_from[LEVEL_VIOLATION], episode->level_from[LEVEL_SEVERE]);
    alert->violation_on = day_before(last, violation) ? DAY_ABSENT : violation;
}

bool alert_from_episode(struct alert *alert, uint8_t rule, const struct episode *episode, const struct history *history,
                        struct day *next)
{
    struct day today = history->today, raised_on = first_day_of_any_level(episode);
    struct day until = holds_until(episode, raised_on);
    if (!day_before(raised_on, until))
        return false;
    changes_note(episode, until, today, next);
    if (day_before(today, raised_on))
        return false;

    bool over = !day_before(today, episode->end);
    struct day last = over ? day_plus(until, -1) : today;
    *alert = (struct alert){
        .cause = episode->cause->event_id,
        .rule = rule,
        .state = over ? ALERT_RESOLVED : ALERT_OPEN,
        .raised_on = raised_on,
        .due_on = episode->due_on,
        .resolved_on = over ? episode->end : DAY_ABSENT,
        .resolution = over ? episode->resolution : RESOLUTION_NONE,
        .norm_months = episode->norm_months,
        .place = history_stay_on(history, last)->place,
        .unaccompanied = history->unaccompanied,
    };
    levels_set(alert, episode, last);
    return true;
}

bool alert_same(const struct alert *a, const struct alert *b)
{
    return uuid_equal(&a->cause, &b->cause) && a->rule == b->rule && a->level == b->level && a->state == b->state &&
           day_equal(a->raised_on, b->raised_on) && day_equal(a->violation_on, b->violation_on) &&
           day_equal(a->due_on, b->due_on) && day_equal(a->resolved_on, b->resolved_on) &&
           a->resolution == b->resolution && a->norm_months == b->norm_months && place_equal(&a->place, &b->place) &&
           a->unaccompanied == b->unaccompanied;
}

bool alert_in_force(const struct alert *alert)
{
    return alert->state == ALERT_OPEN && alert->level >= LEVEL_VIOLATION;
}

int alert_compare(const struct alert *a, const struct alert *b)
{
    int order = strcmp(rules[a->rule]->name, rules[b->rule]->name);
    if (order == 0)
        order = day_compare(a->raised_on, b->raised_on);
    return order != 0 ? order : uuid_compare(&a->cause, &b->cause);
}

int alert_compare_keys(const struct alert *a, const struct alert *b)
{
    return a->rule != b->rule ? (a->rule > b->rule) - (a->rule < b->rule) : uuid_compare(&a->cause, &b->cause);
}

bool alert_covers(const struct alert *alert, struct day day)
{
    if (day_equal(alert->raised_on, day))
        return true;
    bool resolved_by_then = !day_is_absent(alert->resolved_on) && !day_before(day, alert->resolved_on);
    return day_before(alert->raised_on, day) && !resolved_by_then;
}

struct uuid alert_id(const struct alert *alert, struct text child_id)
{
    const char *name = rules[alert->rule]->name;
    return uuid_of_alert(child_id, (struct text){name, (uint32_t)strlen(name)}, &alert->cause);
}
