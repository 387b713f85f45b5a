#include "counter.h"

#include <assert.h>

#include "tests/oracle/oracle_rules.h"

static bool is_emergency(const struct place *home)
{
    return home != NULL && (home->kind == LOCATION_EMERGENCY || home->kind == LOCATION_MUNICIPAL_EMERGENCY ||
                            home->kind == LOCATION_CRISIS_EMERGENCY);
}

/* "the days since the first day S of their run (continuous scope), t - S + 1" */
static int days_in_emergency(const struct oracle *oracle, struct day day)
{
    int days = 0;
    while (is_emergency(day_row(oracle, day)->home)) {
        days++;
        day = day_before_it(day);
    }
    return days;
}

/* "VIOLATION or SEVERE on t and not ended by t", or for an alert that knows no such level, open on t */
static int holding(const struct oracle *oracle, int rule, enum level least, struct day day)
{
    for (size_t i = 0; i < oracle->finding_count; i++) {
        const struct finding *finding = &oracle->findings[i];
        if (finding->rule != rule || finding->end.number <= day.number)
            continue;
        for (int level = (int)least; level < LEVEL_COUNT; level++)
            if (finding->from[level].number <= day.number)
                return 1;
    }
    return 0;
}

/* "children in at least one school-move episode (from D until its end)": D is the first day the child lived where the
 * cause of the move brought it */
static bool in_school_move(const struct oracle *oracle, struct day day)
{
    for (size_t i = 0; i < oracle->finding_count; i++) {
        const struct finding *move = &oracle->findings[i];
        if (move->rule == SCHOOL_MOVE && move->cause->occurred_on.number <= day.number && day.number < move->end.number)
            return true;
    }
    return false;
}

/* "not been enrolled yet in this reception period, from its first day on" */
static bool enrolled_yet(const struct oracle *oracle, struct day day)
{
    for (int period = day_row(oracle, day)->period; day_row(oracle, day)->period == period; day = day_before_it(day))
        if (day_row(oracle, day)->school != NULL)
            return true;
    return false;
}

/* "of school days only" */
static void count_lost(const struct oracle *oracle, struct day day, int64_t values[FIGURE_COUNT])
{
    const struct child_day *row = day_row(oracle, day);
    if (!almanac_is_school_day(oracle->almanac, row->home->region, day))
        return;
    bool of_school_age = day.number >= oracle->school_age_from.number;
    bool on_arrival = of_school_age && !enrolled_yet(oracle, day);
    bool by_moves = in_school_move(oracle, day);
    values[FIGURE_LOST_ON_ARRIVAL] = on_arrival;
    values[FIGURE_LOST_BY_MOVES] = by_moves;
    values[FIGURE_LOST_OTHERWISE] = of_school_age && row->school == NULL && !on_arrival && !by_moves;
}

static void count_moves(const struct oracle *oracle, struct day day, int64_t values[FIGURE_COUNT])
{
    if (!day_row(oracle, day)->moved)
        return;
    enum region left = day_row(oracle, day_before_it(day))->home->region;
    values[FIGURE_MOVES] = 1;
    values[FIGURE_MOVES_IN_TERM] = !almanac_in_vacation(oracle->almanac, left, day);
}

static void count_day(const struct oracle *oracle, struct day day, struct counted_day *counted)
{
    const struct child_day *row = day_row(oracle, day);
    if (row->home == NULL || is_adult(oracle, day))
        return;
    int64_t *values = counted->values;
    counted->counts = true;
    counted->place = *row->home;
    values[FIGURE_CHILDREN] = 1;
    values[FIGURE_IN_EMERGENCY] = is_emergency(row->home);
    values[FIGURE_EMERGENCY_DAYS] = days_in_emergency(oracle, day);
    values[FIGURE_OVER_STAY_NORM] = holding(oracle, EMERGENCY_STAY, LEVEL_VIOLATION, day);
    values[FIGURE_WITHOUT_SCHOOL] = day.number >= oracle->school_age_from.number && row->school == NULL;
    values[FIGURE_OVER_SCHOOL_NORM] = holding(oracle, NO_SCHOOL, LEVEL_VIOLATION, day);
    values[FIGURE_INTERRUPTED_BY_MOVE] = holding(oracle, SCHOOL_MOVE, LEVEL_VIOLATION, day);
    values[FIGURE_INTERRUPTED_OTHERWISE] = holding(oracle, SCHOOL_GAP, LEVEL_VIOLATION, day);
    values[FIGURE_MOVED_OFTEN] = holding(oracle, REPEATED_MOVES, LEVEL_NOTICE, day);
    count_moves(oracle, day, values);
    count_lost(oracle, day, values);
}

void counter_count(struct oracle *oracle, const struct counted_child *child, struct day from, struct day until,
                   struct counted_day *days)
{
    bool looked = false, happened = false;
    for (struct day day = from; day.number < until.number; day = next_day(day)) {
        struct day as_of = later(day, child->today);
        if (!looked || as_of.number > child->today.number)
            happened = oracle_look(oracle, child->versions, child->version_count, child->norms, child->almanac, as_of);
        looked = true;
        struct counted_day *counted = &days[day.number - from.number];
        *counted = (struct counted_day){.unaccompanied = oracle->unaccompanied};
        if (happened && day.number > oracle->first.number)
            count_day(oracle, day, counted);
    }
}
