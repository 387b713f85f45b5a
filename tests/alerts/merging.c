#include "merging.h"

#include <stdlib.h>
#include <string.h>

/* "Groups of size 1-4 are not printed"; with the other population beside it also where the unaccompanied or the
 * remaining children are 1-4. */
static bool few_of(const struct figure_question *question, const uint64_t children[2])
{
    if (!question->beside)
        return is_few(children_of(children, question->population));
    return is_few(children[0]) || is_few(children[1]) || is_few(children[0] | children[1]);
}

static bool few_in_either(const struct figure_question *question, const struct both *both)
{
    return few_of(question, both->children[0]) || few_of(question, both->children[1]);
}

static int shown(const struct figure_question *question, const struct both *both)
{
    const enum population population = question->beside ? POPULATION_ALL : question->population;
    return set_size(children_of(both->children[0], population)) + set_size(children_of(both->children[1], population));
}

static void unite(struct both *to, const struct both *from)
{
    for (int i = 0; i < 4; i++)
        to->children[i / 2][i % 2] |= from->children[i / 2][i % 2];
}

/* --- gathering ---------------------------------------------------------------------------------------------------- */

static int name_compare(const void *a, const void *b)
{
    return strcmp(a, b); /* the name comes first */
}

static void gather_world(struct merging *merging, const struct figure_question *question, const struct world *world,
                         int which, int from, int to)
{
    struct world_group groups[WORLD_GROUPS_MAX];
    const int count = world_groups(world, question, from, to, groups);
    for (int i = 0; i < count; i++) {
        int at = 0;
        while (at < merging->count && strcmp(merging->groups[at].name, groups[i].name) != 0)
            at++;
        if (at == merging->count)
            strcpy(merging->groups[merging->count++].name, groups[i].name);
        memcpy(merging->groups[at].both.children[which], groups[i].children, sizeof(groups[i].children));
    }
}

static void gather(struct merging *merging, const struct figure_question *question, const struct world *world,
                   const struct world *compared, int from, int to)
{
    int kept = 0;
    memset(merging, 0, sizeof(*merging));
    gather_world(merging, question, world, 0, from, to);
    gather_world(merging, question, compared == NULL ? world : compared, 1, from, to);
    for (int i = 0; i < merging->count; i++)
        if (shown(question, &merging->groups[i].both) > 0)
            merging->groups[kept++] = merging->groups[i];
    merging->count = kept;
    qsort(merging->groups, (size_t)kept, sizeof(merging->groups[0]), name_compare);
}

/* --- deciding ----------------------------------------------------------------------------------------------------- */

static void decide(struct merging *merging, const struct figure_question *question)
{
    struct both whole = {0}, other = {0};
    for (int i = 0; i < merging->count; i++) {
        unite(&whole, &merging->groups[i].both);
        if (few_in_either(question, &merging->groups[i].both))
            merging->groups[i].is_merged = true;
        if (merging->groups[i].is_merged)
            unite(&other, &merging->groups[i].both);
    }
    merging->is_withheld = few_in_either(question, &whole);
    while (!merging->is_withheld && few_in_either(question, &other)) {
        int smallest = -1;
        for (int i = 0; i < merging->count; i++)
            if (!merging->groups[i].is_merged && (smallest < 0 || shown(question, &merging->groups[i].both) <
                                                                      shown(question, &merging->groups[smallest].both)))
                smallest = i;
        merging->groups[smallest].is_merged = true;
        unite(&other, &merging->groups[smallest].both);
    }
}

/* --- nesting ------------------------------------------------------------------------------------------------------ */

static bool is_printed(const struct merging *merging, const char *name)
{
    for (int i = 0; i < merging->count; i++)
        if (strcmp(merging->groups[i].name, name) == 0)
            return !merging->is_withheld && !merging->groups[i].is_merged;
    return false;
}

/* A place is told apart where its region is a row, its location is one below it, and its children are not few. */
static bool place_is_printed(const struct figure_question *question, const struct world *world,
                             const struct world *compared, int place, int from, int to, const uint64_t children[2])
{
    static struct merging regions, locations;
    struct figure_question by_region = *question, by_location = *question;
    const enum region region = world->places[place].region;
    by_region.grouping = GROUPING_REGION;
    by_location.grouping = GROUPING_LOCATION;
    by_location.region = (int)region;
    gather(&regions, &by_region, world, compared, from, to);
    decide(&regions, &by_region);
    gather(&locations, &by_location, world, compared, from, to);
    decide(&locations, &by_location);
    return is_printed(&regions, region_names[region]) &&
           is_printed(&locations, world->places[place].location_id.bytes) && !few_of(question, children);
}

static void merge_kinds(struct merging *kinds, const struct figure_question *question, const struct world *world,
                        const struct world *compared, int from, int to)
{
    const struct world *worlds[] = {world, compared};
    for (int which = 0; which < 2 && worlds[which] != NULL; which++)
        for (int place = 0; place < WORLD_PLACES; place++) {
            uint64_t children[2];
            world_children_at(worlds[which], place, from, to, children);
            const enum population population = question->beside ? POPULATION_ALL : question->population;
            if (children_of(children, population) == 0 ||
                place_is_printed(question, world, compared, place, from, to, children))
                continue;
            for (int i = 0; i < kinds->count; i++)
                if (strcmp(kinds->groups[i].name, location_kind_names[world->places[place].kind]) == 0)
                    kinds->groups[i].is_merged = true;
        }
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static bool whole_fits(const struct world *world, int from, int to)
{
    uint64_t whole[2] = {0};
    for (int place = 0; place < WORLD_PLACES; place++) {
        uint64_t children[2];
        world_children_at(world, place, from, to, children);
        whole[0] |= children[0];
        whole[1] |= children[1];
    }
    return !is_few(whole[0]) && !is_few(whole[1]);
}

void merging_decide(struct merging *merging, const struct figure_question *question, const struct world *world,
                    const struct world *compared, int from, int to)
{
    struct figure_question settled = *question;
    settled.beside = question->beside && whole_fits(world, from, to) &&
                     (compared == NULL || whole_fits(compared, from, to));
    gather(merging, &settled, world, compared, from, to);
    if (question->nested && question->grouping == GROUPING_KIND)
        merge_kinds(merging, &settled, world, compared, from, to);
    decide(merging, &settled);
    if (question->beside && !settled.beside && question->population == POPULATION_UNACCOMPANIED)
        merging->is_withheld = true;
}
