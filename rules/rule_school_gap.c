/* school-gap: education stops without a move (rules.md 4). */
#include "interruption.h"

static const struct norm_option options[] = {
    {.name = "gap_grace_school_days",
     .type = NORM_INTEGER,
     .unit = "school days",
     .offset = offsetof(struct norms, gap_grace_school_days),
     .minimum = 0,
     .maximum = 1000,
     .default_text = "5",
     .help = "School days missed before a gap is a violation; also how long before a move a goodbye belongs to it.",
     .source = "ours; Directive (EU) 2024/1346, article 16 (continuity of education)"},
};

/* The stay in which a WITHDRAWN broke off SCHOOLING, without a move and within a period; NULL where none did. */
static const struct stay *broken_off_in(const struct history *history, const struct schooling *schooling)
{
    const struct stay *stay = schooling->withdrawn_by == NULL ? NULL : history_stay_on(history, schooling->until);
    if (stay == NULL || !day_before(history->periods[stay->period].from, schooling->until))
        return NULL;
    bool by_move = stay->is_move && day_equal(stay->from, schooling->until);
    return by_move ? NULL : stay;
}

static bool becomes_school_move(const struct history *history, const struct norms *norms,
                                const struct calendar *calendar, const struct schooling *schooling,
                                const struct stay *stay)
{
    const struct stay *end = history->stays + history->stay_count;
    for (const struct stay *later = stay + 1; later < end && later->period == stay->period; later++)
        if (later->is_move)
            return interruption_taken_over(history, norms, calendar, later) == schooling;
    return false;
}

static void gap_assess(const struct history *history, const struct norms *norms, const struct calendar *calendar,
                       const struct schooling *schooling, struct episodes *episodes)
{
    const struct stay *stay = broken_off_in(history, schooling);
    struct day first = schooling->until;
    if (stay == NULL || !day_before(first, history->adult_from) ||
        becomes_school_move(history, norms, calendar, schooling, stay))
        return;
    struct day missed_from = day_later(first, history->school_age_from);
    int violation_at = norms->gap_grace_school_days + 1, severe_at = norms->severe_school_days + 1;

    struct episode *episode = episodes_add(episodes, schooling->withdrawn_by);
    struct day violation = history_school_day_missed(history, calendar, stay, missed_from, violation_at);
    struct day severe = history_school_day_missed(history, calendar, stay, missed_from, severe_at);
    episode->counted_from = missed_from;
    episode->level_from[LEVEL_VIOLATION] = violation;
    episode->level_from[LEVEL_SEVERE] = day_later(severe, violation); /* within the grace a move may take it over */
    interruption_end(episode, history, stay, first);
}

static void assess(const struct history *history, const struct norms *norms, const struct calendar *calendar,
                   struct episodes *episodes)
{
    for (uint32_t i = 0; i < history->schooling_count; i++)
        gap_assess(history, norms, calendar, &history->schoolings[i], episodes);
}

static const char *const shared_options[] = {"severe_school_days", "aged_out_months", NULL};
static const enum resolution ends[] = {RESOLUTION_DEPARTED, RESOLUTION_AGED_OUT, RESOLUTION_SCHOOL_RESUMED,
                                       RESOLUTION_NONE};

const struct rule rule_school_gap = {
    .name = "school-gap",
    .summary = "Education stops without a move.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .shared_options = shared_options,
    .counted = COUNTED_SCHOOL_DAYS,
    .figure = FIGURE_INTERRUPTED_OTHERWISE,
    .figure_level = LEVEL_VIOLATION,
    .ends = ends,
    .assess = assess,
};
