/* Where the child is at the end of each day: periods of reception, and stays within them. */
#include <assert.h>

#include "walk.h"

struct stay *reception_current(const struct history *history)
{
    if (history->stay_count == 0)
        return NULL;
    struct stay *last = &history->stays[history->stay_count - 1];
    return day_is_never(last->until) ? last : NULL;
}

/* Where the day's last move, or else its last arrival, puts the child; NULL where there is neither. */
static const struct place *place_told(const struct day_facts *facts)
{
    const struct fact *last = facts_last(facts->moved.count > 0 ? &facts->moved : &facts->arrived);
    return last == NULL ? NULL : &last->place;
}

/* Whether a departure of the day counts: one that names no location, or that where the child is. */
static bool departs_from(const struct day_facts *facts, const struct place *here)
{
    for (uint32_t i = 0; i < facts->departed.count; i++) {
        const struct place *left = &facts->departed.items[i]->place;
        if (place_is_absent(left) || (here != NULL && text_equal(left->location_id, here->location_id)))
            return true;
    }
    return false;
}

static const struct fact *first_naming(const struct facts *facts, const struct place *place)
{
    for (uint32_t i = 0; i < facts->count; i++)
        if (place_equal(&facts->items[i]->place, place))
            return facts->items[i];
    return NULL;
}

static void stay_open(struct history *history, const struct day_facts *facts, const struct place *place, bool is_move)
{
    const struct fact *cause = first_naming(&facts->arrived, place);
    if (cause == NULL)
        cause = first_naming(&facts->moved, place);
    assert(cause != NULL && history->stay_count < CHILD_FACTS_MAX);
    uint32_t period = history->period_count - 1;
    history->stays[history->stay_count++] = (struct stay){
        .from = facts->day, .until = DAY_NEVER, .place = *place, .cause = cause, .period = period, .is_move = is_move};
    history->periods[period].stay_count++;
}

/* The non-null applied_on of the newest recorded of the arrivals. */
static struct day applied_on(const struct facts *arrived)
{
    const struct fact *newest = NULL;
    for (uint32_t i = 0; i < arrived->count; i++) {
        const struct fact *fact = arrived->items[i];
        if (!day_is_absent(fact->applied_on) && (newest == NULL || fact_is_recorded_after(fact, newest)))
            newest = fact;
    }
    return newest == NULL ? DAY_ABSENT : newest->applied_on;
}

static void period_open(struct history *history, const struct day_facts *facts, const struct place *place)
{
    assert(history->period_count < CHILD_FACTS_MAX);
    history->periods[history->period_count++] = (struct period){
        .from = facts->day,
        .until = DAY_NEVER,
        .opener = facts->arrived.count > 0 ? facts->arrived.items[0] : facts->moved.items[0],
        .applied_on = applied_on(&facts->arrived),
        .stay_first = history->stay_count,
    };
    stay_open(history, facts, place, false);
}

static void period_close(struct history *history, struct stay *current, struct day day)
{
    current->until = day;
    history->periods[current->period].until = day;
}

static void stay_change(struct history *history, const struct day_facts *facts, struct stay *current,
                        const struct place *place)
{
    if (place_equal(&current->place, place))
        return;
    current->until = facts->day;
    stay_open(history, facts, place, !text_equal(current->place.location_id, place->location_id));
}

void reception_walk(struct history *history, const struct day_facts *facts)
{
    struct stay *current = reception_current(history);
    const struct place *told = place_told(facts);
    const struct place *here = told != NULL ? told : current != NULL ? &current->place : NULL;
    bool departs = departs_from(facts, here);

    if (current == NULL) {
        if (told != NULL && !departs)
            period_open(history, facts, told);
        return;
    }
    bool transfer = facts->arrived.count > 0 || facts->arrival_follows;
    if (departs && !transfer)
        period_close(history, current, facts->day);
    else if (told != NULL)
        stay_change(history, facts, current, told);
}
