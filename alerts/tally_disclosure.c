/* Which groups are told apart: so that no row, and no difference between rows, is of one to four children
 * (docs/figures.md).
 */
#include <stdlib.h>
#include <string.h>

#include "alerts/tally_internal.h"

static bool is_small(uint64_t children)
{
    return children > 0 && children < GROUP_SIZE_MIN;
}

static bool crowd_is_small(const struct crowd *crowd, const struct figure_question *question)
{
    if (!question->beside)
        return is_small(crowd_size(crowd, question->population));
    return is_small(crowd->counts[CROWD_ACCOMPANIED]) || is_small(crowd->counts[CROWD_UNACCOMPANIED]) ||
           is_small(crowd_size(crowd, POPULATION_ALL));
}

static bool pair_is_small(const struct crowd crowds[static 2], const struct figure_question *question)
{
    return crowd_is_small(&crowds[0], question) || crowd_is_small(&crowds[1], question);
}

/* On one day a child is in one group; over a period it may have been in several. */
static void pair_join(struct crowd to[static 2], const struct crowd from[static 2],
                      const struct figure_question *question)
{
    const bool is_one_day = day_equal(question->from, question->to);
    for (int which = 0; which < 2; which++)
        (is_one_day ? crowd_add : crowd_unite)(&to[which], &from[which]);
}

/* --- merging ------------------------------------------------------------------------------------------------------ */

static uint64_t pair_size(const struct candidate *candidate, const struct figure_question *question)
{
    return crowd_shown(&candidate->crowds[0], question) + crowd_shown(&candidate->crowds[1], question);
}

/* The smallest group that is printed, the first by name of those; NULL: all are merged. */
static struct candidate *smallest_printed(const struct candidates *candidates, const struct figure_question *question)
{
    struct candidate *smallest = NULL;
    for (struct candidate *at = candidates->items; at < candidates->items + candidates->count; at++)
        if (!at->is_merged && (smallest == NULL || pair_size(at, question) < pair_size(smallest, question)))
            smallest = at;
    return smallest;
}

void candidates_merge(struct candidates *candidates, const struct figure_question *question)
{
    struct crowd whole[2] = {0}, other[2] = {0};
    if (question->exact)
        return;
    for (struct candidate *at = candidates->items; at < candidates->items + candidates->count; at++) {
        at->is_merged = at->is_merged || pair_is_small(at->crowds, question);
        pair_join(whole, at->crowds, question);
        if (at->is_merged)
            pair_join(other, at->crowds, question);
    }
    candidates->is_withheld = pair_is_small(whole, question);
    while (!candidates->is_withheld && pair_is_small(other, question)) {
        struct candidate *joins = smallest_printed(candidates, question);
        joins->is_merged = true; /* there is one: the whole is not small */
        pair_join(other, joins->crowds, question);
    }
}

/* --- two populations beside each other ---------------------------------------------------------------------------- */

static struct crowd whole_crowd(const struct tally *tally, const struct figure_question *question)
{
    struct crowd whole = {0};
    const bool is_one_day = day_equal(question->from, question->to);
    for (size_t i = 0; i < tally->places.group_count; i++) {
        const struct leaf *leaf = tally->places.leaves[i];
        if (leaf == NULL)
            continue;
        if (!is_one_day)
            return leaf->groups[FAMILY_ALL]->crowd;
        const struct crowd crowd = leaf_crowd(tally, leaf, question);
        crowd_add(&whole, &crowd);
    }
    return whole;
}

static bool populations_fit(const struct tally *tally, const struct figure_question *question)
{
    const struct crowd whole = whole_crowd(tally, question);
    return !is_small(whole.counts[CROWD_ACCOMPANIED]) && !is_small(whole.counts[CROWD_UNACCOMPANIED]);
}

bool question_settle(const struct tally *tally, const struct figure_question *question, struct figure_question *settled)
{
    *settled = *question;
    if (!question->beside || question->exact)
        return true;
    settled->beside = populations_fit(tally, question) &&
                      (question->compared == NULL || populations_fit(question->compared, question));
    return settled->beside || question->population == POPULATION_ALL;
}

/* --- kinds beside nested locations -------------------------------------------------------------------------------- */

static const struct candidate *candidate_named(const struct candidates *candidates, struct text name)
{
    struct candidate *at = candidates->items, *end = at + candidates->count;
    while (at < end && !(strlen(at->row.group) == name.length && memcmp(at->row.group, name.bytes, name.length) == 0))
        at++;
    return at == end ? NULL : at;
}

/* Marks the kinds with a place in a region that is not printed, or whose children there are few: the rest of what is
 * printed of its location, or of its kind, would be them. */
static void kinds_mark(bool marks[static LOCATION_KIND_COUNT], const struct tally *tally,
                       const struct figure_question *nested, const struct candidates *locations)
{
    for (size_t i = 0; i < tally->places.group_count; i++) {
        const struct leaf *leaf = tally->places.leaves[i];
        if (leaf == NULL || (int)leaf->place.region != nested->region)
            continue;
        const struct crowd crowd = leaf_crowd(tally, leaf, nested);
        const struct candidate *location = candidate_named(locations, leaf->place.location_id);
        const bool is_printed = location != NULL && !location->is_merged && !locations->is_withheld;
        if (crowd_shown(&crowd, nested) > 0 && (!is_printed || crowd_is_small(&crowd, nested)))
            marks[leaf->place.kind] = true;
    }
}

/* The locations of a region as they are printed below it; none where it is not a row of its own. */
static bool locations_gather(struct candidates *locations, const struct candidates *regions, const struct tally *tally,
                             const struct figure_question *nested)
{
    const char *name = region_names[nested->region];
    const struct candidate *region = candidate_named(regions, (struct text){name, (uint32_t)strlen(name)});
    *locations = (struct candidates){0};
    if (region == NULL || region->is_merged || regions->is_withheld)
        return true;
    if (!candidates_gather(locations, tally, nested))
        return false;
    candidates_merge(locations, nested);
    return true;
}

static bool kinds_find(bool marks[static LOCATION_KIND_COUNT], const struct candidates *regions,
                       const struct tally *tally, const struct figure_question *question)
{
    struct figure_question nested = *question;
    nested.grouping = GROUPING_LOCATION;
    for (nested.region = 0; nested.region < REGION_COUNT; nested.region++) {
        struct candidates locations;
        if (!locations_gather(&locations, regions, tally, &nested))
            return false;
        kinds_mark(marks, tally, &nested, &locations);
        if (question->compared != NULL)
            kinds_mark(marks, question->compared, &nested, &locations);
        candidates_fini(&locations);
    }
    return true;
}

bool kinds_merge_nested(struct candidates *kinds, const struct tally *tally, const struct figure_question *question)
{
    bool marks[LOCATION_KIND_COUNT] = {false};
    struct figure_question by_region = *question;
    struct candidates regions;
    by_region.grouping = GROUPING_REGION;
    if (!candidates_gather(&regions, tally, &by_region))
        return false;
    candidates_merge(&regions, &by_region);
    const bool done = kinds_find(marks, &regions, tally, question);
    candidates_fini(&regions);
    for (size_t i = 0; done && i < kinds->count; i++)
        kinds->items[i].is_merged = marks[kinds->items[i].group->place.kind];
    return done;
}
