/* The five rules: rules.md 4, each looked up in the days of the child. */
#include <assert.h>
#include <stdlib.h>

#include "oracle_child.h"

enum { EMERGENCY_STAY, NO_SCHOOL, SCHOOL_MOVE, SCHOOL_GAP, REPEATED_MOVES };

static bool until_today(const struct oracle *oracle, struct day day)
{
    return day.number <= oracle->today.number;
}

static struct day later(struct day a, struct day b)
{
    return a.number > b.number ? a : b;
}

static struct finding *find(struct oracle *oracle, int rule, const struct fact *cause)
{
    if (oracle->finding_count == oracle->finding_capacity) {
        oracle->finding_capacity = 2 * oracle->finding_capacity + 16;
        oracle->findings = realloc(oracle->findings, oracle->finding_capacity * sizeof *oracle->findings);
        assert(oracle->findings != NULL);
    }
    struct finding *finding = &oracle->findings[oracle->finding_count++];
    *finding = (struct finding){.rule = (uint8_t)rule,
                                .cause = cause,
                                .from = {DAY_NEVER, DAY_NEVER, DAY_NEVER},
                                .end = DAY_NEVER,
                                .due_on = DAY_ABSENT};
    return finding;
}

static const struct dated_norm *norm_in_force(const struct dated_norms *norms, struct day day)
{
    const struct dated_norm *in_force = &norms->norms[0];
    for (int i = 1; i < norms->count; i++)
        if (norms->norms[i].from.number <= day.number)
            in_force = &norms->norms[i];
    return in_force;
}

/* "the first day t [from EARLIEST on] with t > add_months(S, L(t))" */
static struct day first_day_over(const struct oracle *oracle, const struct dated_norms *norms, struct day start,
                                 struct day earliest)
{
    struct day day = earliest;
    while (day.number <= almanac_add_months(oracle->almanac, start, norm_in_force(norms, day)->months).number)
        day = next_day(day);
    return day;
}

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

static bool starts_emergency_stay(const struct oracle *oracle, struct day day)
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

static void emergency_stay(struct oracle *oracle, struct day start)
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

/* "of the ARRIVED facts of the period's first day, the non-null one with the greatest (recorded_at, event_id)" */
static struct day applied_on(const struct oracle *oracle, struct day first)
{
    const struct fact *newest = NULL;
    for (size_t i = 0; i < oracle->fact_count; i++) {
        const struct fact *fact = &oracle->facts[i];
        if (fact->kind != FACT_ARRIVED || fact->occurred_on.number != first.number || day_is_absent(fact->applied_on))
            continue;
        if (newest == NULL || fact->recorded_at_ms > newest->recorded_at_ms ||
            (fact->recorded_at_ms == newest->recorded_at_ms && uuid_compare(&fact->event_id, &newest->event_id) > 0))
            newest = fact;
    }
    return newest == NULL ? DAY_ABSENT : newest->applied_on;
}

static bool waits_for_school(const struct oracle *oracle, struct day day, int period)
{
    const struct child_day *row = day_row(oracle, day);
    return row->period == period && !is_adult(oracle, day) && row->school == NULL;
}

/* "the first day t >= V0 on which either the norm in force does not defer to school holidays, or t is in no vacation of
 * the region lived in on t" */
static struct day first_day_not_deferred(const struct oracle *oracle, struct day over, struct day end)
{
    for (struct day day = over; until_today(oracle, day) && day.number < end.number; day = next_day(day)) {
        enum region region = day_row(oracle, day)->home->region;
        if (!norm_in_force(&oracle->norms->school_months, day)->defers_to_holidays ||
            !almanac_in_vacation(oracle->almanac, region, day))
            return day;
    }
    return DAY_NEVER;
}

static enum resolution end_of_no_school(const struct oracle *oracle, struct day day)
{
    if (day_row(oracle, day)->home == NULL)
        return RESOLUTION_DEPARTED;
    return is_adult(oracle, day) ? RESOLUTION_TURNED_18 : RESOLUTION_SCHOOL_STARTED;
}

static void no_school(struct oracle *oracle, struct day first)
{
    const struct norms *norms = oracle->norms;
    const struct child_day *row = day_row(oracle, first);
    struct day applied = applied_on(oracle, first);
    struct day start = later(day_is_absent(applied) ? first : applied, oracle->school_age_from);
    struct day end = first;
    while (until_today(oracle, end) && waits_for_school(oracle, end, row->period))
        end = next_day(end);
    if (!until_today(oracle, end))
        end = DAY_NEVER;
    if (end.number <= first.number || end.number <= start.number)
        return;

    struct finding *wait = find(oracle, NO_SCHOOL, row->opener);
    struct day over = first_day_over(oracle, &norms->school_months, start, later(start, first));
    struct day violation = first_day_not_deferred(oracle, over, end);
    struct day severe = next_day(almanac_add_months(oracle->almanac, start, norms->school_severe_months));
    wait->from[LEVEL_NOTICE] = later(later(start, first), days_later(over, -1 - norms->school_notice_days));
    wait->from[LEVEL_VIOLATION] = violation;
    wait->from[LEVEL_SEVERE] = later(violation, severe);
    wait->due_on = day_before_it(over);
    wait->norm_months = norm_in_force(&norms->school_months, over)->months;
    wait->end = end;
    if (!day_is_never(end))
        wait->resolution = end_of_no_school(oracle, end);
}

/* "the first day >= D on which the child is out of reception (DEPARTED), turns nineteen (AGED_OUT), or is enrolled
 * again (SCHOOL_RESUMED)" */
static void end_without_school(const struct oracle *oracle, struct finding *finding, struct day from)
{
    for (struct day day = from; until_today(oracle, day); day = next_day(day)) {
        const struct child_day *row = day_row(oracle, day);
        if (row->home == NULL)
            finding->resolution = RESOLUTION_DEPARTED;
        else if (day.number >= oracle->nineteen_from.number)
            finding->resolution = RESOLUTION_AGED_OUT;
        else if (row->school != NULL)
            finding->resolution = RESOLUTION_SCHOOL_RESUMED;
        else
            continue;
        finding->end = day;
        return;
    }
}

/* The N-th school day from FROM on and before END, each in the region lived in on it. */
static struct day school_day_missed(const struct oracle *oracle, struct day from, struct day end, int n)
{
    for (struct day day = from; until_today(oracle, day) && day.number < end.number; day = next_day(day)) {
        n -= almanac_is_school_day(oracle->almanac, day_row(oracle, day)->home->region, day);
        if (n == 0)
            return day;
    }
    return DAY_NEVER;
}

/* The day on which a WITHDRAWN took the child out of school for its move on MOVED, or DAY_NEVER. */
static struct day taken_out_on(const struct oracle *oracle, struct day moved)
{
    int school_days = 0;
    int period = day_row(oracle, moved)->period;
    for (struct day day = day_before_it(moved); day_row(oracle, day_before_it(day))->period == period;
         day = day_before_it(day)) {
        const struct child_day *row = day_row(oracle, day), *before = day_row(oracle, day_before_it(day));
        school_days += almanac_is_school_day(oracle->almanac, row->home->region, day);
        if (row->moved || school_days > oracle->norms->gap_grace_school_days)
            return DAY_NEVER;
        if (row->withdrawn != NULL && !row->enrolled_fact_after_withdrawn && before->school != NULL)
            return day;
        if (row->enrolled_fact)
            return DAY_NEVER;
    }
    return DAY_NEVER;
}

static bool interrupts_school(const struct oracle *oracle, struct day day)
{
    if (!day_row(oracle, day)->moved || is_adult(oracle, day))
        return false;
    return day_row(oracle, day_before_it(day))->school != NULL || !day_is_never(taken_out_on(oracle, day));
}

static void school_move(struct oracle *oracle, struct day day)
{
    const struct child_day *row = day_row(oracle, day);
    struct finding *move = find(oracle, SCHOOL_MOVE, row->brought_by);
    end_without_school(oracle, move, day);
    enum region left = day_row(oracle, day_before_it(day))->home->region;
    if (!almanac_in_vacation(oracle->almanac, left, day)) {
        move->from[LEVEL_VIOLATION] = day;
        move->reported_anyway = true;
    } else {
        struct day back = day;
        while (!almanac_is_school_day(oracle->almanac, row->home->region, back))
            back = next_day(back);
        move->from[LEVEL_VIOLATION] = back;
    }
    struct day severe = school_day_missed(oracle, day, move->end, oracle->norms->severe_school_days + 1);
    move->from[LEVEL_SEVERE] = later(move->from[LEVEL_VIOLATION], severe);
}

static bool loses_school(const struct oracle *oracle, struct day day)
{
    const struct child_day *row = day_row(oracle, day), *before = day_row(oracle, day_before_it(day));
    return row->home != NULL && row->period == before->period && !row->moved && row->withdrawn != NULL &&
           before->school != NULL && row->school == NULL && !is_adult(oracle, day);
}

/* "a school-move episode that follows from the same WITHDRAWN takes it over on its D (such a gap never becomes an
 * alert)" */
static bool taken_over_by_move(const struct oracle *oracle, struct day gap)
{
    int period = day_row(oracle, gap)->period;
    for (struct day day = next_day(gap); until_today(oracle, day) && day_row(oracle, day)->period == period;
         day = next_day(day))
        if (interrupts_school(oracle, day) && day_equal(taken_out_on(oracle, day), gap))
            return true;
    return false;
}

static void school_gap(struct oracle *oracle, struct day day)
{
    if (taken_over_by_move(oracle, day))
        return;
    struct finding *gap = find(oracle, SCHOOL_GAP, day_row(oracle, day)->withdrawn);
    end_without_school(oracle, gap, day);
    struct day from = later(day, oracle->school_age_from);
    gap->from[LEVEL_VIOLATION] = school_day_missed(oracle, from, gap->end, oracle->norms->gap_grace_school_days + 1);
    gap->from[LEVEL_SEVERE] = school_day_missed(oracle, from, gap->end, oracle->norms->severe_school_days + 1);
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

static void repeated_moves(struct oracle *oracle, struct day day)
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

void oracle_apply_rules(struct oracle *oracle)
{
    oracle->finding_count = 0;
    for (struct day day = next_day(oracle->first); until_today(oracle, day); day = next_day(day)) {
        if (day_row(oracle, day)->home == NULL)
            continue;
        if (starts_emergency_stay(oracle, day))
            emergency_stay(oracle, day);
        if (day_row(oracle, day)->opener != NULL)
            no_school(oracle, day);
        if (interrupts_school(oracle, day))
            school_move(oracle, day);
        if (loses_school(oracle, day))
            school_gap(oracle, day);
        if (moves_repeatedly(oracle, day) && !moves_repeatedly(oracle, day_before_it(day)))
            repeated_moves(oracle, day);
    }
}
