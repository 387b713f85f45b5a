#include "figures.h"

#include <stdlib.h>
#include <string.h>

#include "emergency_run.h"

#define CAPACITY_AT_FIRST 64

bool figures_init(struct figures *figures)
{
    memset(figures, 0, sizeof(*figures));
    figures->capacity = CAPACITY_AT_FIRST;
    figures->spans = malloc(CAPACITY_AT_FIRST * sizeof(figures->spans[0]));
    bool done = figures->spans != NULL && judgement_init(&figures->judgement);
    for (int i = 0; i < FIGURES_SETS; i++)
        done = day_set_init(&figures->sets[i]) && done;
    if (!done)
        figures_fini(figures);
    return done;
}

void figures_fini(struct figures *figures)
{
    free(figures->spans);
    judgement_fini(&figures->judgement);
    for (int i = 0; i < FIGURES_SETS; i++)
        day_set_fini(&figures->sets[i]);
    memset(figures, 0, sizeof(*figures));
}

static bool span_add(struct figures *figures, const struct figure_span *span)
{
    if (figures->count == figures->capacity) {
        struct figure_span *larger = realloc(figures->spans, 2 * (size_t)figures->capacity * sizeof(larger[0]));
        if (larger == NULL)
            return false;
        figures->spans = larger;
        figures->capacity *= 2;
    }
    figures->spans[figures->count++] = *span;
    return true;
}

/* The days of DAYS, each at the place lived at. SINCE is that of EMERGENCY_DAYS. */
static bool count_days(struct figures *figures, enum figure figure, const struct day_set *days, struct day since)
{
    const struct history *history = &figures->judgement.history;
    const struct stay *stay = history->stays, *end = stay + history->stay_count;
    bool kept = true;
    for (const struct day_span *span = days->spans; span < days->spans + days->count; span++) {
        while (stay < end && !day_before(span->from, stay->until))
            stay++;
        for (const struct stay *at = stay; kept && at < end && day_before(at->from, span->until); at++)
            kept = span_add(figures, &(struct figure_span){.figure = figure,
                                                           .from = day_later(span->from, at->from),
                                                           .until = day_earlier(span->until, at->until),
                                                           .since = since,
                                                           .place = at->place});
    }
    return kept;
}

/* The days of DAYS on which the child counts at all. */
static bool count(struct figures *figures, enum figure figure, const struct day_set *days)
{
    day_set_intersect(&figures->rest, days, &figures->home);
    return count_days(figures, figure, &figures->rest, DAY_ABSENT);
}

/* --- where it lives ----------------------------------------------------------------------------------------------- */

static bool count_emergency(struct figures *figures)
{
    const struct history *history = &figures->judgement.history;
    const struct stay *run = history->stays;
    bool kept = true;
    while (kept && (run = emergency_run_from(history, run)) != NULL) {
        const struct stay *next = emergency_run_end(history, run, STAY_SCOPE_CONTINUOUS);
        figures->made.count = 0;
        day_set_add(&figures->made, run->from, next[-1].until);
        day_set_intersect(&figures->rest, &figures->made, &figures->home);
        kept = count_days(figures, FIGURE_IN_EMERGENCY, &figures->rest, DAY_ABSENT) &&
               count_days(figures, FIGURE_EMERGENCY_DAYS, &figures->rest, run->from);
        run = next;
    }
    return kept;
}

static bool count_moves(struct figures *figures, const struct calendar *calendar)
{
    const struct history *history = &figures->judgement.history;
    const struct stay *end = history->stays + history->stay_count;
    struct day_set *moves = &figures->made, *in_term = &figures->moves_in_term;
    moves->count = in_term->count = 0;
    for (const struct stay *stay = history->stays; stay < end; stay++) {
        if (!stay->is_move)
            continue;
        day_set_add(moves, stay->from, day_plus(stay->from, 1));
        if (!calendar_in_vacation(calendar, stay[-1].place.region, stay->from))
            day_set_add(in_term, stay->from, day_plus(stay->from, 1));
    }
    return count(figures, FIGURE_MOVES, moves) && count(figures, FIGURE_MOVES_IN_TERM, in_term);
}

/* --- what the rules say ------------------------------------------------------------------------------------------- */

static void episodes_find(struct figures *figures, const struct rule *rule, const struct yardstick *yardstick)
{
    struct judgement *judgement = &figures->judgement;
    judgement->episodes.count = 0;
    rule->assess(&judgement->history, yardstick->norms, yardstick->calendar, &judgement->episodes);
}

/* The days on which the rule has the level from which it counts. */
static void sets_of_rule(struct figures *figures, const struct rule *rule)
{
    const struct episodes *episodes = &figures->judgement.episodes;
    figures->made.count = 0;
    for (const struct episode *episode = episodes->items; episode < episodes->items + episodes->count; episode++) {
        struct day from = DAY_NEVER;
        for (int level = (int)rule->figure_level; level < LEVEL_COUNT; level++)
            from = day_earlier(from, episode->level_from[level]);
        day_set_add(&figures->made, from, episode->end);
    }
}

static bool count_alerts(struct figures *figures, const struct yardstick *yardstick)
{
    bool kept = true;
    for (int i = 0; kept && i < RULE_COUNT; i++) {
        episodes_find(figures, rules[i], yardstick);
        sets_of_rule(figures, rules[i]);
        kept = count(figures, rules[i]->figure, &figures->made);
    }
    return kept;
}

/* --- school ------------------------------------------------------------------------------------------------------- */

static void sets_of_school(struct figures *figures, const struct yardstick *yardstick)
{
    const struct history *history = &figures->judgement.history;
    const struct episodes *moves = &figures->judgement.episodes;
    figures->school_age.count = figures->enrolled.count = figures->made.count = figures->by_moves.count = 0;
    day_set_add(&figures->school_age, history->school_age_from, DAY_NEVER);
    for (uint32_t i = 0; i < history->schooling_count; i++)
        day_set_add(&figures->enrolled, history->schoolings[i].from, history->schoolings[i].until);
    for (const struct period *period = history->periods; period < history->periods + history->period_count; period++)
        day_set_add(&figures->made, period->from,
                    day_earlier(period->until, history_enrolled_from(history, period->from)));
    day_set_intersect(&figures->on_arrival, &figures->made, &figures->school_age);
    episodes_find(figures, &rule_school_move, yardstick);
    for (const struct episode *move = moves->items; move < moves->items + moves->count; move++)
        day_set_add(&figures->by_moves, move->counted_from, move->end);
}

static bool count_school(struct figures *figures, const struct yardstick *yardstick)
{
    struct day_set *without_school = &figures->made;
    sets_of_school(figures, yardstick);
    day_set_subtract(without_school, &figures->school_age, &figures->enrolled);
    if (!count(figures, FIGURE_WITHOUT_SCHOOL, without_school) ||
        !count(figures, FIGURE_LOST_ON_ARRIVAL, &figures->on_arrival) ||
        !count(figures, FIGURE_LOST_BY_MOVES, &figures->by_moves))
        return false;
    day_set_subtract(&figures->rest, without_school, &figures->on_arrival);
    day_set_subtract(without_school, &figures->rest, &figures->by_moves);
    return count(figures, FIGURE_LOST_OTHERWISE, without_school);
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

/* The days [FROM, UNTIL), all of them as the history that was built has them. */
static bool count_span(struct figures *figures, const struct yardstick *yardstick, struct day from, struct day until)
{
    const struct history *history = &figures->judgement.history;
    const struct day_set *home = &figures->home;
    figures->home.count = 0;
    until = day_earlier(until, history->adult_from);
    for (const struct stay *stay = history->stays; stay < history->stays + history->stay_count; stay++)
        day_set_add(&figures->home, day_later(stay->from, from), day_earlier(stay->until, until));
    if (home->count == 0)
        return true;
    return count_days(figures, FIGURE_CHILDREN, home, DAY_ABSENT) && count_emergency(figures) &&
           count_alerts(figures, yardstick) && count_moves(figures, yardstick->calendar) &&
           count_school(figures, yardstick);
}

bool child_count(const struct child *child, const struct yardstick *yardstick, struct day from, struct day until,
                 struct figures *figures)
{
    struct history *history = &figures->judgement.history;
    struct day as_of = yardstick->today;
    bool kept = true;
    figures->count = 0;
    figures->planned_on = DAY_ABSENT;
    for (;;) {
        history_build(history, child->facts, child->fact_count, yardstick->norms, as_of);
        figures->unaccompanied = history->unaccompanied; /* of whatever day: the profile heeds facts dated ahead */
        if (day_is_absent(figures->planned_on))          /* the first time, as of today */
            figures->planned_on = history->next_fact_on;
        struct day next = day_earlier(history->next_fact_on, until);
        kept = !day_before(from, next) || count_span(figures, yardstick, from, next);
        if (!kept || !day_before(next, until))
            return kept;
        from = day_later(from, next);
        as_of = next;
    }
}
