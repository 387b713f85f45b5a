#include "interruption.h"

/* Whether a move falls on one of the days from FROM to the day before MOVE, all of them in its period. */
static bool moved_since(const struct history *history, struct day from, const struct stay *move)
{
    const struct stay *first = &history->stays[history->periods[move->period].stay_first];
    for (const struct stay *stay = move - 1; stay > first && !day_before(stay->from, from); stay--)
        if (stay->is_move)
            return true;
    return false;
}

const struct schooling *interruption_taken_over(const struct history *history, const struct norms *norms,
                                                const struct calendar *calendar, const struct stay *move)
{
    const struct schooling *left = history_schooling_ended_before(history, move->from);
    if (!day_before(move->from, history->adult_from) || left == NULL || left->withdrawn_by == NULL)
        return NULL;
    bool in_same_period = day_before(history->periods[move->period].from, left->until);
    bool enrolled_since = day_before(left->enrolled_fact_after, move->from);
    if (!in_same_period || enrolled_since || moved_since(history, left->until, move))
        return NULL;
    const struct stay *stay = history_stay_on(history, left->until);
    int missed = history_school_days(history, calendar, stay, left->until, move->from);
    return missed <= norms->gap_grace_school_days ? left : NULL;
}

void interruption_end(struct episode *episode, const struct history *history, const struct stay *stay, struct day day)
{
    episode_end_on(episode, history->periods[stay->period].until, RESOLUTION_DEPARTED);
    episode_end_on(episode, day_later(history->aged_out_from, day), RESOLUTION_AGED_OUT);
    episode_end_on(episode, history_enrolled_from(history, day), RESOLUTION_SCHOOL_RESUMED);
}
