/* Two rules of rules.md 4 about where a child lives: emergency-stay and repeated-moves. */
#include "oracle_rules.h"

static bool is_emergency(const struct place *home)
{
    return home->kind == LOCATION_EMERGENCY || home->kind == LOCATION_MUNICIPAL_EMERGENCY ||
           home->kind == LOCATION_CRISIS_EMERGENCY;
}

static bool in_emergency(const struct oracle *oracle, struct day day)
{
    const struct child_day *row = day_row(oracle, day);
    return row->home != NULL && is_emergency(row->home) && !is_adult(oracle, day);
}

bool starts_emergency_stay(const struct oracle *oracle, struct day day)
{
    if (!in_emergency(oracle, day))
        return false;
    bool anew = oracle->norms->stay_scope == STAY_SCOPE_LOCATION && day_row(oracle, day)->moved;
    return anew || !in_emergency(oracle, day_before_it(day));
}

static enum resolution end_of_emergency_stay(const struct oracle *oracle, struct day day)
{
    const struct place *home = day_row(oracle, day)->home;
    if (home == NULL)
        return RESOLUTION_DEPARTED;
    if (is_adult(oracle, day))
        return RESOLUTION_TURNED_18;
    return is_emergency(home) ? RESOLUTION_MOVED : RESOLUTION_REGULAR_RECEPTION;
}

void emergency_stay(struct oracle *oracle, struct day start)
{
    const struct norms *norms = oracle->norms;
    struct finding *stay = find(oracle, EMERGENCY_STAY, day_row(oracle, start)->brought_by);
    struct day violation = first_day_over(oracle, &norms->stay_months, start, start);
    struct day severe = next_day(almanac_add_months(oracle->almanac, start, norms->stay_severe_months));
    stay->from[LEVEL_NOTICE] = later(start, days_later(violation, -1 - norms->stay_notice_days));
    stay->from[LEVEL_VIOLATION] = violation;
    stay->from[LEVEL_SEVERE] = later(violation, severe);
    stay->due_on = day_before_it(violation);
    stay->norm_months = norm_in_force(&norms->stay_months, violation)->months;

    struct day end = next_day(start);
    while (until_today(oracle, end) && in_emergency(oracle, end) && !starts_emergency_stay(oracle, end))
        end = next_day(end);
    if (until_today(oracle, end)) {
        stay->end = end;
        stay->resolution = end_of_emergency_stay(oracle, end);
    }
}

/* "at least [3] moves m of the period have add_months(t, -12) < m <= t", not adult */
static bool moves_repeatedly(const struct oracle *oracle, struct day day)
{
    const struct child_day *row = day_row(oracle, day);
    if (row->home == NULL || is_adult(oracle, day))
        return false;
    int moves = row->moves_in_period;
    struct day year_ago = almanac_add_months(oracle->almanac, day, -oracle->norms->repeated_moves_months);
    if (year_ago.number >= oracle->first.number && day_row(oracle, year_ago)->period == row->period)
        moves -= day_row(oracle, year_ago)->moves_in_period;
    return moves >= oracle->norms->repeated_moves;
}

bool starts_repeated_moves(const struct oracle *oracle, struct day day)
{
    return moves_repeatedly(oracle, day) && !moves_repeatedly(oracle, day_before_it(day));
}

void repeated_moves(struct oracle *oracle, struct day day)
{
    const struct child_day *row = day_row(oracle, day);
    struct finding *restless = find(oracle, REPEATED_MOVES, row->brought_by);
    restless->from[LEVEL_NOTICE] = day;
    while (until_today(oracle, day) && moves_repeatedly(oracle, day))
        day = next_day(day);
    if (!until_today(oracle, day))
        return;
    restless->end = day;
    restless->resolution = day_row(oracle, day)->home == NULL ? RESOLUTION_DEPARTED
                           : is_adult(oracle, day)            ? RESOLUTION_TURNED_18
                                                              : RESOLUTION_SETTLED;
}
