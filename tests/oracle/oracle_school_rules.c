/* Three rules of rules.md 4 about school: no-school, school-move and school-gap. */
#include "oracle_rules.h"

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

void no_school(struct oracle *oracle, struct day first)
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

bool interrupts_school(const struct oracle *oracle, struct day day)
{
    if (!day_row(oracle, day)->moved || is_adult(oracle, day))
        return false;
    return day_row(oracle, day_before_it(day))->school != NULL || !day_is_never(taken_out_on(oracle, day));
}

void school_move(struct oracle *oracle, struct day day)
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

bool loses_school(const struct oracle *oracle, struct day day)
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

void school_gap(struct oracle *oracle, struct day day)
{
    if (taken_over_by_move(oracle, day))
        return;
    struct finding *gap = find(oracle, SCHOOL_GAP, day_row(oracle, day)->withdrawn);
    end_without_school(oracle, gap, day);
    struct day from = later(day, oracle->school_age_from);
    gap->from[LEVEL_VIOLATION] = school_day_missed(oracle, from, gap->end, oracle->norms->gap_grace_school_days + 1);
    struct day severe = school_day_missed(oracle, from, gap->end, oracle->norms->severe_school_days + 1);
    gap->from[LEVEL_SEVERE] = later(gap->from[LEVEL_VIOLATION], severe); /* see taken_over_by_move */
}
