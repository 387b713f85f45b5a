/* emergency-stay: longer than six months in emergency reception (rules.md 4). */
#include "emergency_run.h"
#include "rule.h"

static const struct norm_option options[] = {
    {.name = "stay_scope",
     .type = NORM_SCOPE,
     .unit = "",
     .offset = offsetof(struct norms, stay_scope),
     .default_text = "continuous",
     .help = "What the term runs over: continuous emergency reception, or each emergency location by itself.",
     .source = "letter of the Inspectorates of 17 July 2025; COA's requirements of 2016 (per location)"},
    {.name = "stay_months",
     .type = NORM_DATED,
     .unit = "months",
     .offset = offsetof(struct norms, stay_months),
     .minimum = 1,
     .maximum = 120,
     .default_text = "6",
     .help = "Longest stay in emergency reception.",
     .source = "COA's requirements for emergency reception, 2016"},
    {.name = "stay_notice_days",
     .type = NORM_INTEGER,
     .unit = "days",
     .offset = offsetof(struct norms, stay_notice_days),
     .minimum = 0,
     .maximum = 365,
     .default_text = "30",
     .help = "How long before the last day of the term a notice is raised.",
     .source = "ours"},
    {.name = "stay_severe_months",
     .type = NORM_INTEGER,
     .unit = "months",
     .offset = offsetof(struct norms, stay_severe_months),
     .minimum = 1,
     .maximum = 240,
     .default_text = "12",
     .help = "Stay in emergency reception beyond which a violation is severe.",
     .source = "ours"},
};

static bool is_emergency(const struct stay *stay)
{
    return location_kind_is_emergency(stay->place.kind);
}

const struct stay *emergency_run_from(const struct history *history, const struct stay *from)
{
    const struct stay *end = history->stays + history->stay_count;
    while (from < end && !is_emergency(from))
        from++;
    return from < end ? from : NULL;
}

const struct stay *emergency_run_end(const struct history *history, const struct stay *first, enum stay_scope scope)
{
    const struct stay *stay = first + 1, *end = history->stays + history->stay_count;
    for (; stay < end && stay->period == first->period && is_emergency(stay); stay++)
        if (scope == STAY_SCOPE_LOCATION && stay->is_move)
            break;
    return stay;
}

static enum resolution run_resolution(const struct history *history, const struct stay *last)
{
    if (day_equal(last->until, history->periods[last->period].until))
        return RESOLUTION_DEPARTED;
    return is_emergency(last + 1) ? RESOLUTION_MOVED : RESOLUTION_REGULAR_RECEPTION;
}

static void run_assess(const struct history *history, const struct norms *norms, const struct stay *first,
                       const struct stay *last, struct episodes *episodes)
{
    struct day start = first->from;
    if (!day_before(start, history->adult_from))
        return;
    struct day violation = dated_norms_first_day_over(&norms->stay_months, start, start);
    struct day due_on = day_plus(violation, -1);
    struct day severe = day_plus(day_add_months(start, norms->stay_severe_months), 1);

    struct episode *episode = episodes_add(episodes, first->cause);
    episode->level_from[LEVEL_NOTICE] = day_later(day_plus(due_on, -norms->stay_notice_days), start);
    episode->level_from[LEVEL_VIOLATION] = violation;
    episode->level_from[LEVEL_SEVERE] = day_later(severe, violation);
    episode->counted_from = start;
    episode->over_on = violation;
    episode->due_on = due_on;
    episode->norm_months = dated_norm_on(&norms->stay_months, violation)->months;
    episode_end_on(episode, last->until, run_resolution(history, last));
    episode_end_on(episode, history->adult_from, RESOLUTION_TURNED_18);
}

static void assess(const struct history *history, const struct norms *norms, const struct calendar *calendar,
                   struct episodes *episodes)
{
    (void)calendar;
    const struct stay *run = history->stays;
    while ((run = emergency_run_from(history, run)) != NULL) {
        const struct stay *next = emergency_run_end(history, run, norms->stay_scope);
        run_assess(history, norms, run, next - 1, episodes);
        run = next;
    }
}

static const char *const shared_options[] = {"adult_months", NULL};
static const enum resolution ends[] = {RESOLUTION_DEPARTED, RESOLUTION_TURNED_18, RESOLUTION_REGULAR_RECEPTION,
                                       RESOLUTION_MOVED, RESOLUTION_NONE};

const struct rule rule_emergency_stay = {
    .name = "emergency-stay",
    .summary = "Longer than six months in emergency reception.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .shared_options = shared_options,
    .counted = COUNTED_DAYS,
    .figure = FIGURE_OVER_STAY_NORM,
    .figure_level = LEVEL_VIOLATION,
    .ends = ends,
    .assess = assess,
};
