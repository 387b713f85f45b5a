/* no-school: no access to education within three months, two from 12 June 2026 (rules.md 4). */
#include "rule.h"

static const struct norm_option options[] = {
    {.name = "school_months",
     .type = NORM_DATED,
     .may_defer = true,
     .unit = "months",
     .offset = offsetof(struct norms, school_months),
     .minimum = 1,
     .maximum = 120,
     .default_text = "3, 2+holidays from 2026-06-12",
     .help = "Longest time without access to education; +holidays: a violation waits for the end of a school vacation.",
     .source = "Directive 2013/33/EU, article 14; from 12 June 2026 Directive (EU) 2024/1346, article 16"},
    {.name = "school_notice_days",
     .type = NORM_INTEGER,
     .unit = "days",
     .offset = offsetof(struct norms, school_notice_days),
     .minimum = 0,
     .maximum = 365,
     .default_text = "30",
     .help = "How long before the last day of the term a notice is raised.",
     .source = "ours"},
    {.name = "school_severe_months",
     .type = NORM_INTEGER,
     .unit = "months",
     .offset = offsetof(struct norms, school_severe_months),
     .minimum = 1,
     .maximum = 240,
     .default_text = "6",
     .help = "Time without education beyond which a violation is severe.",
     .source = "ours"},
};

/* In force until the day before the next norm's first; DAY_NEVER. */
static struct day norm_until(const struct dated_norms *norms, const struct dated_norm *norm)
{
    return norm + 1 < norms->norms + norms->count ? norm[1].from : DAY_NEVER;
}

/* The first day from OVER on that no vacation puts off. In a vacation nothing changes before the child moves, the norm
 * changes or term begins, so only those days are looked at. DAY_NEVER: not while the child is in reception. */
static struct day violation_day(const struct history *history, const struct dated_norms *norms,
                                const struct calendar *calendar, struct day over)
{
    for (struct day day = over;;) {
        const struct dated_norm *norm = dated_norm_on(norms, day);
        if (!norm->defers_to_holidays)
            return day;
        const struct stay *stay = history_stay_on(history, day);
        if (stay == NULL)
            return DAY_NEVER;
        struct day term = calendar_term_day_from(calendar, stay->place.region, day);
        if (day_equal(term, day))
            return day;
        day = day_earlier(term, day_earlier(stay->until, norm_until(norms, norm)));
    }
}

static void period_assess(const struct history *history, const struct norms *norms, const struct calendar *calendar,
                          const struct period *period, struct episodes *episodes)
{
    struct day applied_on = day_is_absent(period->applied_on) ? period->from : period->applied_on;
    struct day clock = day_later(applied_on, history->school_age_from);
    struct day first = day_later(clock, period->from);
    struct day school = history_enrolled_from(history, period->from);
    if (!day_before(first, day_earlier(day_earlier(period->until, history->adult_from), school)))
        return;
    struct day over = dated_norms_first_day_over(&norms->school_months, clock, first);
    struct day due_on = day_plus(over, -1);
    struct day violation = violation_day(history, &norms->school_months, calendar, over);
    struct day severe = day_plus(day_add_months(clock, norms->school_severe_months), 1);

    struct episode *episode = episodes_add(episodes, period->opener);
    episode->level_from[LEVEL_NOTICE] = day_later(day_plus(due_on, -norms->school_notice_days), first);
    episode->level_from[LEVEL_VIOLATION] = violation;
    episode->level_from[LEVEL_SEVERE] = day_later(severe, violation);
    episode->counted_from = clock;
    episode->over_on = over;
    episode->due_on = due_on;
    episode->norm_months = dated_norm_on(&norms->school_months, over)->months;
    episode_end_on(episode, period->until, RESOLUTION_DEPARTED);
    episode_end_on(episode, history->adult_from, RESOLUTION_TURNED_18);
    episode_end_on(episode, school, RESOLUTION_SCHOOL_STARTED);
}

static void assess(const struct history *history, const struct norms *norms, const struct calendar *calendar,
                   struct episodes *episodes)
{
    for (uint32_t i = 0; i < history->period_count; i++)
        period_assess(history, norms, calendar, &history->periods[i], episodes);
}

static const char *const shared_options[] = {"school_age_months", "adult_months", NULL};
static const enum resolution ends[] = {RESOLUTION_DEPARTED, RESOLUTION_TURNED_18, RESOLUTION_SCHOOL_STARTED,
                                       RESOLUTION_NONE};

const struct rule rule_no_school = {
    .name = "no-school",
    .summary = "No access to education within three months; two from 12 June 2026.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .shared_options = shared_options,
    .counted = COUNTED_SCHOOL_DAYS,
    .figure = FIGURE_OVER_SCHOOL_NORM,
    .figure_level = LEVEL_VIOLATION,
    .ends = ends,
    .assess = assess,
};
