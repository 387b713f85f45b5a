/* The groups of a question with what is counted in them, and how many children that is. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/tally_internal.h"

struct crowd leaf_crowd(const struct tally *tally, const struct leaf *leaf, const struct figure_question *question)
{
    struct crowd crowd = {0};
    if (!day_equal(question->from, question->to))
        return leaf->groups[FAMILY_PLACE]->crowd;
    for (int side = 0; side < CROWD_SIDES; side++)
        if (leaf->days[side] != NULL)
            crowd.counts[side] =
                (uint64_t)leaf->days[side][question->from.number - tally->from.number].counts[FIGURE_CHILDREN];
    return crowd;
}

static enum family family_of(const struct figure_question *question)
{
    static const enum family families[GROUPING_COUNT] = {
        [GROUPING_ALL] = FAMILY_ALL,
        [GROUPING_REGION] = FAMILY_REGION,
        [GROUPING_LOCATION] = FAMILY_LOCATION,
        [GROUPING_KIND] = FAMILY_KIND,
    };
    const bool is_nested = question->grouping == GROUPING_LOCATION && question->region >= 0;
    return is_nested ? FAMILY_SITE : families[question->grouping];
}

void group_name(const struct place *place, enum grouping grouping, char name[static ID_LENGTH_MAX + 1])
{
    switch (grouping) {
    case GROUPING_REGION:
        snprintf(name, ID_LENGTH_MAX + 1, "%s", region_names[place->region]);
        break;
    case GROUPING_KIND:
        snprintf(name, ID_LENGTH_MAX + 1, "%s", location_kind_names[place->kind]);
        break;
    case GROUPING_LOCATION:
        snprintf(name, ID_LENGTH_MAX + 1, "%.*s", (int)place->location_id.length, place->location_id.bytes);
        break;
    default:
        snprintf(name, ID_LENGTH_MAX + 1, GROUP_ALL);
    }
}

/* --- gathering ---------------------------------------------------------------------------------------------------- */

struct gathering {
    const struct figure_question *question;
    struct candidates *candidates;
    const struct tally *tally; /* gathered from now */
    int which;                 /* 0, or 1: the compared one */
    size_t *found;             /* by the index of a group of `tally`: its candidate, plus one; 0: none yet */
};

static struct candidate *candidate_of(struct gathering *gathering, const struct leaf *leaf)
{
    const struct group *group = leaf->groups[family_of(gathering->question)];
    const bool is_one_day = day_equal(gathering->question->from, gathering->question->to);
    size_t *found = &gathering->found[group->index];
    if (*found == 0) {
        struct candidate *candidate = &gathering->candidates->items[gathering->candidates->count++];
        *candidate = (struct candidate){.group = group};
        group_name(&group->place, gathering->question->grouping, candidate->row.group);
        *found = gathering->candidates->count;
    }
    struct candidate *candidate = &gathering->candidates->items[*found - 1];
    if (!is_one_day)
        candidate->crowds[gathering->which] = group->crowd;
    return candidate;
}

static void row_add(struct figure_row *row, const struct tally *tally, const struct leaf *leaf,
                    const struct figure_question *question)
{
    const bool is_one_day = day_equal(question->from, question->to);
    const int first = question->population == POPULATION_UNACCOMPANIED ? CROWD_UNACCOMPANIED : 0;
    for (int side = first; side < CROWD_SIDES; side++) {
        if (leaf->days[side] == NULL)
            continue;
        const struct tally_day *day = &leaf->days[side][question->to.number - tally->from.number];
        for (int figure = 0; figure < FIGURE_COUNT; figure++) {
            const int64_t value = tally_day_value(day, figure);
            const int64_t sum = is_one_day ? value : leaf->sums[side][figure];
            row->values[figure] += figure_sorts[figure] == FIGURE_STOCK ? value : sum;
            row->sums[figure] += sum;
        }
    }
}

static void leaf_gather(struct gathering *gathering, const struct leaf *leaf)
{
    const struct figure_question *question = gathering->question;
    if (question->region >= 0 && (int)leaf->place.region != question->region)
        return;
    struct candidate *candidate = candidate_of(gathering, leaf);
    if (day_equal(question->from, question->to)) {
        const struct crowd crowd = leaf_crowd(gathering->tally, leaf, question);
        crowd_add(&candidate->crowds[gathering->which], &crowd);
    }
    if (gathering->which == 0)
        row_add(&candidate->row, gathering->tally, leaf, question);
}

static bool tally_gather(struct gathering *gathering)
{
    const struct tally_places *places = &gathering->tally->places;
    gathering->found = calloc(places->group_count + 1, sizeof(*gathering->found));
    if (gathering->found == NULL)
        return false;
    for (size_t i = 0; i < gathering->candidates->count; i++) {
        const struct group *group = tally_places_group(places, &gathering->candidates->items[i].group->place);
        if (group != NULL)
            gathering->found[group->index] = i + 1;
    }
    for (size_t i = 0; i < places->group_count; i++)
        if (places->leaves[i] != NULL)
            leaf_gather(gathering, places->leaves[i]);
    free(gathering->found);
    return true;
}

static bool has_children(const struct candidate *candidate, const struct figure_question *question)
{
    return crowd_shown(&candidate->crowds[0], question) + crowd_shown(&candidate->crowds[1], question) > 0;
}

static int name_compare(const void *a, const void *b)
{
    const struct candidate *left = a, *right = b;
    return strcmp(left->row.group, right->row.group);
}

static void candidates_keep_inhabited(struct candidates *candidates, const struct figure_question *question)
{
    size_t kept = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        struct candidate *candidate = &candidates->items[i];
        if (question->compared == NULL)
            candidate->crowds[1] = candidate->crowds[0];
        candidate->row.size = crowd_size(&candidate->crowds[0], question->population);
        if (has_children(candidate, question))
            candidates->items[kept++] = *candidate;
    }
    candidates->count = kept;
    if (kept > 1)
        qsort(candidates->items, kept, sizeof(*candidates->items), name_compare);
}

bool candidates_gather(struct candidates *candidates, const struct tally *tally, const struct figure_question *question)
{
    const struct tally *compared = question->compared;
    const size_t most = tally_place_count(tally) + (compared == NULL ? 0 : tally_place_count(compared));
    *candidates = (struct candidates){.items = malloc((most + 1) * sizeof(*candidates->items))};
    struct gathering here = {.question = question, .candidates = candidates, .tally = tally};
    struct gathering there = {.question = question, .candidates = candidates, .tally = compared, .which = 1};
    if (candidates->items == NULL || !tally_gather(&here) || (compared != NULL && !tally_gather(&there))) {
        candidates_fini(candidates);
        return false;
    }
    candidates_keep_inhabited(candidates, question);
    return true;
}

void candidates_fini(struct candidates *candidates)
{
    free(candidates->items);
    *candidates = (struct candidates){0};
}
