/* repeated-moves: three or more moves within twelve months (rules.md 4). */
#include "rule.h"

static const struct norm_option options[] = {
    {.name = "repeated_moves",
     .type = NORM_INTEGER,
     .unit = "moves",
     .offset = offsetof(struct norms, repeated_moves),
     .minimum = 1,
     .maximum = 100,
     .default_text = "3",
     .help = "Moves within the window from which a notice is raised.",
     .source = "letter of the Inspectorates of 17 July 2025"},
    {.name = "repeated_moves_months",
     .type = NORM_INTEGER,
     .unit = "months",
     .offset = offsetof(struct norms, repeated_moves_months),
     .minimum = 1,
     .maximum = 120,
     .default_text = "12",
     .help = "The window over which moves are counted.",
     .source = "letter of the Inspectorates of 17 July 2025"},
};

/* The first day t with add_months(t, -MONTHS) >= MOVED_ON: the move no longer counts. Where the month MONTHS later is
 * shorter, add_months(MOVED_ON, MONTHS) looks back to its own day of the month, which can lie before MOVED_ON. */
static struct day counts_until(struct day moved_on, int months)
{
    struct day day = day_add_months(moved_on, months);
    return day_before(day_add_months(day, -months), moved_on) ? day_plus(day, 1) : day;
}

/* The next move at or after STAY within the stays before END; END where there is none. */
static const struct stay *move_from(const struct stay *stay, const struct stay *end)
{
    while (stay < end && !stay->is_move)
        stay++;
    return stay;
}

/* A run of days with enough moves: from the move that set it off, of those counted then the oldest on COUNTED_FROM,
 * until SETTLED_ON. */
struct run {
    const struct stay *first;
    struct day counted_from, settled_on;
};

static void run_add(const struct history *history, const struct period *period, const struct run *run,
                    struct episodes *episodes)
{
    if (run->first == NULL || !day_before(run->first->from, history->adult_from))
        return;
    struct episode *episode = episodes_add(episodes, run->first->cause);
    episode->counted_from = run->counted_from;
    episode->level_from[LEVEL_NOTICE] = run->first->from;
    episode_end_on(episode, period->until, RESOLUTION_DEPARTED);
    episode_end_on(episode, history->adult_from, RESOLUTION_TURNED_18);
    episode_end_on(episode, run->settled_on, RESOLUTION_SETTLED);
}

/* From a move on there are enough until the oldest of the last so many no longer counts; such spans that meet are one
 * run. */
static void period_assess(const struct history *history, const struct norms *norms, const struct period *period,
                          struct episodes *episodes)
{
    const struct stay *stays = &history->stays[period->stay_first], *end = stays + period->stay_count;
    const struct stay *oldest = move_from(stays, end);
    struct run run = {.settled_on = DAY_ABSENT};
    int moves = 0;
    for (const struct stay *move = oldest; move < end; move = move_from(move + 1, end)) {
        if (++moves > norms->repeated_moves)
            oldest = move_from(oldest + 1, end);
        struct day until = counts_until(oldest->from, norms->repeated_moves_months);
        if (moves < norms->repeated_moves || !day_before(move->from, until))
            continue;
        if (day_before(run.settled_on, move->from)) {
            run_add(history, period, &run, episodes);
            run = (struct run){.first = move, .counted_from = oldest->from};
        }
        run.settled_on = until;
    }
    run_add(history, period, &run, episodes);
}

static void assess(const struct history *history, const struct norms *norms, const struct calendar *calendar,
                   struct episodes *episodes)
{
    (void)calendar;
    for (uint32_t i = 0; i < history->period_count; i++)
        period_assess(history, norms, &history->periods[i], episodes);
}

static const char *const shared_options[] = {"adult_months", NULL};
static const enum resolution ends[] = {RESOLUTION_DEPARTED, RESOLUTION_TURNED_18, RESOLUTION_SETTLED, RESOLUTION_NONE};

const struct rule rule_repeated_moves = {
    .name = "repeated-moves",
    .summary = "Three or more moves within twelve months.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .shared_options = shared_options,
    .counted = COUNTED_MOVES,
    .figure = FIGURE_MOVED_OFTEN,
    .figure_level = LEVEL_NOTICE,
    .ends = ends,
    .assess = assess,
};
