#include "world.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SPANS_MAX (WORLD_DAYS * FIGURE_COUNT)
#define TALLIES_MAX 3

/* --- making ------------------------------------------------------------------------------------------------------- */

static void places_make(struct world *world, struct random_source *random)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "other"};
    static const enum location_kind kinds[] = {LOCATION_EMERGENCY, LOCATION_CENTRE, LOCATION_FAMILY};
    for (int i = 0; i < WORLD_PLACES; i++) {
        const char *name = names[random_between(random, 0, 5)];
        world->places[i] = (struct place){.location_id = {name, (uint32_t)strlen(name)},
                                          .kind = kinds[random_between(random, 0, 2)],
                                          .region = (enum region)random_between(random, 0, REGION_COUNT - 1)};
    }
}

/* Few children move, so that most groups stay apart over a period. */
static int place_next(struct random_source *random, int place, int liveliness)
{
    if (!random_chance(random, liveliness))
        return place;
    return random_chance(random, 20) ? NOWHERE : random_between(random, 0, WORLD_PLACES - 1);
}

static void child_make(struct world *world, struct random_source *random, int child)
{
    const int liveliness = random_chance(random, 50) ? 0 : random_between(random, 0, 20);
    /* most of them crowd at a few places, so that groups are of all sizes */
    int place = random_between(random, 0, random_chance(random, 80) ? 2 : WORLD_PLACES - 1);
    world->alone[child] = random_chance(random, 25);
    for (int day = 0; day < WORLD_DAYS; day++) {
        struct world_day *now = &world->days[child][day];
        *now = (struct world_day){.place = place};
        const bool follows = day > 0 && random_chance(random, 70);
        now->since = follows ? now[-1].since : (struct day){world->first.number + day - random_between(random, 0, 400)};
        for (int figure = 0; figure < FIGURE_COUNT; figure++)
            now->counts[figure] = place != NOWHERE && (figure == FIGURE_CHILDREN ||
                                                       (follows ? now[-1].counts[figure] : random_chance(random, 40)));
        place = place_next(random, place, liveliness);
    }
}

void world_make(struct world *world, struct random_source *random, struct calendar *calendar, int children_max)
{
    *world = (struct world){.calendar = calendar, .first = {random_between(random, 20000, 20300)}};
    places_make(world, random);
    world->child_count = random_between(random, children_max / 3, children_max);
    for (int child = 0; child < world->child_count; child++)
        child_make(world, random, child);
}

void world_change(struct world *world, struct random_source *random)
{
    for (int child = 0; child < world->child_count; child++) {
        const bool was_alone = world->alone[child];
        if (random_chance(random, 5))
            for (int day = 0; day < WORLD_DAYS; day++)
                world->days[child][day] = (struct world_day){.place = NOWHERE};
        else if (random_chance(random, 30))
            child_make(world, random, child);
        world->alone[child] = was_alone;
    }
}

/* --- spans -------------------------------------------------------------------------------------------------------- */

static bool goes_on(const struct world_day *day, int figure)
{
    const bool same_since = figure != FIGURE_EMERGENCY_DAYS || day_equal(day->since, day[1].since);
    return day[1].counts[figure] && day[1].place == day->place && same_since;
}

/* Writes the child's spans of one figure; how many. */
static uint32_t spans_write(const struct world *world, int child, int figure, struct figure_span *spans)
{
    const struct world_day *days = world->days[child];
    uint32_t count = 0;
    for (int day = 0, until; day < WORLD_DAYS; day = until) {
        until = day + 1;
        if (!days[day].counts[figure])
            continue;
        while (until < WORLD_DAYS && goes_on(&days[until - 1], figure))
            until++;
        spans[count++] = (struct figure_span){.figure = (enum figure)figure,
                                              .from = world_date(world, day),
                                              .until = world_date(world, until),
                                              .since = days[day].since,
                                              .place = world->places[days[day].place]};
    }
    return count;
}

static void child_add(const struct world *world, struct tally *tally, int child)
{
    static struct figure_span spans[SPANS_MAX];
    struct figures figures = {.spans = spans};
    figures.unaccompanied = world->alone[child] ? ANSWER_YES : child % 2 == 0 ? ANSWER_NO : ANSWER_UNKNOWN;
    for (int figure = 0; figure < FIGURE_COUNT; figure++)
        figures.count += spans_write(world, child, figure, spans + figures.count);
    const bool done = tally_add(tally, &figures, (uint64_t)child);
    assert(done);
    (void)done;
}

struct tally *world_tally(const struct world *world, struct random_source *random, int from, int until)
{
    struct tally *tallies[TALLIES_MAX];
    const int count = random_between(random, 1, TALLIES_MAX);
    for (int i = 0; i < count; i++)
        tallies[i] = tally_new(world_date(world, from), world_date(world, until), world->calendar);
    for (int child = 0; child < world->child_count; child++)
        child_add(world, tallies[random_between(random, 0, count - 1)], child);
    for (int i = 1; i < count; i++) {
        const bool done = tally_add_tally(tallies[0], tallies[i]);
        assert(done);
        (void)done;
        tally_free(tallies[i]);
    }
    tally_finish(tallies[0]);
    return tallies[0];
}

/* --- plain counting ----------------------------------------------------------------------------------------------- */

void world_children_at(const struct world *world, int place, int from, int to, uint64_t children[static 2])
{
    children[0] = children[1] = 0;
    for (int child = 0; child < world->child_count; child++)
        for (int day = from; day <= to; day++) {
            const struct world_day *now = &world->days[child][day];
            if (now->counts[FIGURE_CHILDREN] && place_equal(&world->places[now->place], &world->places[place]))
                children[world->alone[child]] |= UINT64_C(1) << child;
        }
}

static const char *name_of(const struct place *place, enum grouping grouping)
{
    switch (grouping) {
    case GROUPING_REGION:
        return region_names[place->region];
    case GROUPING_KIND:
        return location_kind_names[place->kind];
    case GROUPING_LOCATION:
        return place->location_id.bytes;
    default:
        return "all";
    }
}

static struct world_group *group_of(struct world_group *groups, int *count, const char *name)
{
    int at = 0;
    while (at < *count && strcmp(groups[at].name, name) != 0)
        at++;
    if (at == *count) {
        groups[at] = (struct world_group){0};
        strcpy(groups[(*count)++].name, name);
    }
    return &groups[at];
}

static int64_t value_on(const struct world *world, const struct world_day *now, struct day date, int figure)
{
    if (!now->counts[figure])
        return 0;
    if (figure == FIGURE_EMERGENCY_DAYS)
        return date.number - now->since.number + 1;
    return figure_sorts[figure] != FIGURE_LOST ||
           calendar_is_school_day(world->calendar, world->places[now->place].region, date);
}

static void day_count(const struct world *world, struct world_group *group, const struct world_day *now,
                      struct day date, bool is_last)
{
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        const int64_t value = value_on(world, now, date, figure);
        group->sums[figure] += value;
        if (is_last || figure_sorts[figure] != FIGURE_STOCK)
            group->values[figure] += value;
    }
}

static int name_compare(const void *a, const void *b)
{
    const struct world_group *left = a, *right = b;
    return strcmp(left->name, right->name);
}

int world_groups(const struct world *world, const struct figure_question *question, int from, int to,
                 struct world_group groups[static WORLD_GROUPS_MAX])
{
    int count = 0;
    for (int child = 0; child < world->child_count; child++)
        for (int day = from; day <= to; day++) {
            const struct world_day *now = &world->days[child][day];
            if (!now->counts[FIGURE_CHILDREN])
                continue;
            const struct place *place = &world->places[now->place];
            if (question->region >= 0 && (int)place->region != question->region)
                continue;
            struct world_group *group = group_of(groups, &count, name_of(place, question->grouping));
            group->children[world->alone[child]] |= UINT64_C(1) << child;
            if (question->population == POPULATION_ALL || world->alone[child])
                day_count(world, group, now, world_date(world, day), day == to);
        }
    qsort(groups, (size_t)count, sizeof(groups[0]), name_compare);
    return count;
}
