/* school-move: a move during the school period, of a child in school (rules.md 4). */
#include "interruption.h"

static const struct norm_option options[] = {
    {.name = "severe_school_days",
     .type = NORM_INTEGER,
     .unit = "school days",
     .offset = offsetof(struct norms, severe_school_days),
     .minimum = 0,
     .maximum = 1000,
     .default_text = "20",
     .help = "School days missed after a move or gap beyond which a violation is severe.",
     .source = "ours"},
};

static bool interrupts_school(const struct history *history, const struct norms *norms, const struct calendar *calendar,
                              const struct stay *move)
{
    if (!day_before(move->from, history->adult_from))
        return false;
    return history_enrolled_on(history, day_plus(move->from, -1)) ||
           interruption_taken_over(history, norms, calendar, move) != NULL;
}

/* MOVE[-1] is the stay left behind: a move lies within its period. */
static void move_assess(const struct history *history, const struct norms *norms, const struct calendar *calendar,
                        const struct stay *move, struct episodes *episodes)
{
    struct day moved_on = move->from;
    bool in_term = !calendar_in_vacation(calendar, move[-1].place.region, moved_on);
    struct day violation = in_term ? moved_on : calendar_school_day_from(calendar, move->place.region, moved_on, 1);
    struct day severe = history_school_day_missed(history, calendar, move, moved_on, norms->severe_school_days + 1);

    struct episode *episode = episodes_add(episodes, move->cause);
    episode->level_from[LEVEL_VIOLATION] = violation;
    episode->level_from[LEVEL_SEVERE] = day_later(severe, violation);
    episode->counted_from = moved_on;
    episode->always_reported = in_term;
    interruption_end(episode, history, move, moved_on);
    if (day_equal(episode->end, moved_on)) /* no school day was missed */
        episode->level_from[LEVEL_SEVERE] = DAY_NEVER;
}

static void assess(const struct history *history, const struct norms *norms, const struct calendar *calendar,
                   struct episodes *episodes)
{
    for (uint32_t i = 0; i < history->stay_count; i++) {
        const struct stay *stay = &history->stays[i];
        if (stay->is_move && interrupts_school(history, norms, calendar, stay))
            move_assess(history, norms, calendar, stay, episodes);
    }
}

static const char *const shared_options[] = {"gap_grace_school_days", "move_ends_enrollment", "aged_out_months", NULL};
static const enum resolution ends[] = {RESOLUTION_DEPARTED, RESOLUTION_AGED_OUT, RESOLUTION_SCHOOL_RESUMED,
                                       RESOLUTION_NONE};

const struct rule rule_school_move = {
    .name = "school-move",
    .summary = "A move during the school period, of a child in school.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .shared_options = shared_options,
    .counted = COUNTED_SCHOOL_DAYS,
    .figure = FIGURE_INTERRUPTED_BY_MOVE,
    .figure_level = LEVEL_VIOLATION,
    .ends = ends,
    .assess = assess,
};
