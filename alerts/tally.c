#include <assert.h>
#include <stdlib.h>

#include "alerts/tally_internal.h"

const char *const grouping_names[GROUPING_COUNT] = {
    [GROUPING_ALL] = "all",
    [GROUPING_REGION] = "region",
    [GROUPING_LOCATION] = "location",
    [GROUPING_KIND] = "kind",
};

struct tally *tally_new(struct day from, struct day until, const struct calendar *calendar)
{
    assert(day_before(from, until) && !day_is_never(until) && !day_is_absent(from));
    struct tally *tally = malloc(sizeof(*tally));
    if (tally == NULL)
        return NULL;
    *tally = (struct tally){.from = from, .until = until, .calendar = calendar};
    tally_places_init(&tally->places);
    return tally;
}

void tally_free(struct tally *tally)
{
    if (tally != NULL)
        tally_places_fini(&tally->places);
    free(tally);
}

size_t tally_place_count(const struct tally *tally)
{
    return tally->places.leaf_count;
}

static int day_count(const struct tally *tally)
{
    return tally->until.number - tally->from.number;
}

/* --- adding ------------------------------------------------------------------------------------------------------- */

static struct tally_day *days_of(const struct tally *tally, struct leaf *leaf, enum crowd_side side)
{
    if (leaf->days[side] == NULL)
        leaf->days[side] = calloc((size_t)day_count(tally) + 1, sizeof(*leaf->days[side]));
    return leaf->days[side];
}

/* Counts the child once in each group it is seen in, in however many spans. */
static void groups_count(const struct leaf *leaf, enum crowd_side side, uint64_t number)
{
    for (int family = 0; family < FAMILY_COUNT; family++) {
        struct group *group = leaf->groups[family];
        const bool is_empty = group->crowd.counts[0] == 0 && group->crowd.counts[1] == 0;
        if (!is_empty && group->last == number)
            continue;
        crowd_count(&group->crowd, side, number);
        group->last = number;
    }
}

static bool span_add(struct tally *tally, const struct figure_span *span, enum crowd_side side, uint64_t number)
{
    const struct day from = day_later(span->from, tally->from), until = day_earlier(span->until, tally->until);
    if (!day_before(from, until))
        return true;
    struct leaf *leaf = tally_places_leaf(&tally->places, &span->place);
    struct tally_day *days = leaf == NULL ? NULL : days_of(tally, leaf, side);
    if (days == NULL)
        return false;
    struct tally_day *first = &days[from.number - tally->from.number];
    struct tally_day *beyond = &days[until.number - tally->from.number];
    first->counts[span->figure]++;
    beyond->counts[span->figure]--;
    if (span->figure == FIGURE_EMERGENCY_DAYS) {
        first->emergency_days += span->since.number;
        beyond->emergency_days -= span->since.number;
    }
    if (span->figure == FIGURE_CHILDREN)
        groups_count(leaf, side, number);
    return true;
}

bool tally_add(struct tally *tally, const struct figures *figures, uint64_t number)
{
    const bool is_alone = figures->unaccompanied == ANSWER_YES;
    const enum crowd_side side = is_alone ? CROWD_UNACCOMPANIED : CROWD_ACCOMPANIED;
    assert(!tally->is_finished);
    for (uint32_t i = 0; i < figures->count; i++)
        if (!span_add(tally, &figures->spans[i], side, number))
            return false;
    return true;
}

static void days_add(struct tally_day *to, const struct tally_day *from, int count)
{
    for (int i = 0; i < count; i++) {
        for (int figure = 0; figure < FIGURE_COUNT; figure++)
            to[i].counts[figure] += from[i].counts[figure];
        to[i].emergency_days += from[i].emergency_days;
    }
}

static bool leaf_add(struct tally *tally, const struct leaf *other)
{
    struct leaf *leaf = tally_places_leaf(&tally->places, &other->place);
    if (leaf == NULL)
        return false;
    for (int side = 0; side < CROWD_SIDES; side++) {
        if (other->days[side] == NULL)
            continue;
        struct tally_day *days = days_of(tally, leaf, (enum crowd_side)side);
        if (days == NULL)
            return false;
        days_add(days, other->days[side], day_count(tally) + 1);
    }
    return true;
}

bool tally_add_tally(struct tally *tally, const struct tally *other)
{
    assert(!tally->is_finished && !other->is_finished);
    assert(day_equal(tally->from, other->from) && day_equal(tally->until, other->until));
    const struct tally_places *places = &other->places;
    for (size_t i = 0; i < places->group_count; i++)
        if (places->leaves[i] != NULL && !leaf_add(tally, places->leaves[i]))
            return false;
    for (size_t i = 0; i < places->group_count; i++) {
        struct group *group = tally_places_group(&tally->places, &places->groups[i]->place);
        crowd_add(&group->crowd, &places->groups[i]->crowd);
    }
    return true;
}

/* --- finishing ---------------------------------------------------------------------------------------------------- */

/* Sums up the differences: how many each day, and the sum of the days since which. */
static void days_sum_up(struct tally_day *days, int count)
{
    for (int i = 1; i < count; i++)
        days_add(&days[i], &days[i - 1], 1);
}

static void leaf_finish(const struct tally *tally, struct leaf *leaf, int side)
{
    days_sum_up(leaf->days[side], day_count(tally));
    for (int i = 0; i < day_count(tally); i++) {
        struct tally_day *day = &leaf->days[side][i];
        const struct day date = day_plus(tally->from, i);
        const bool is_school_day = calendar_is_school_day(tally->calendar, leaf->place.region, date);
        day->emergency_days = (int64_t)day->counts[FIGURE_EMERGENCY_DAYS] * (date.number + 1) - day->emergency_days;
        for (int figure = 0; figure < FIGURE_COUNT; figure++) {
            if (figure_sorts[figure] == FIGURE_LOST && !is_school_day)
                day->counts[figure] = 0;
            leaf->sums[side][figure] += tally_day_value(day, figure);
        }
    }
}

void tally_finish(struct tally *tally)
{
    const struct tally_places *places = &tally->places;
    assert(!tally->is_finished);
    tally->is_finished = true;
    for (size_t i = 0; i < places->group_count; i++)
        for (int side = 0; places->leaves[i] != NULL && side < CROWD_SIDES; side++)
            if (places->leaves[i]->days[side] != NULL)
                leaf_finish(tally, places->leaves[i], side);
}
