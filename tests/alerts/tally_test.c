/* Protects what is published: a figure that is wrong by one, or counted at the wrong place, and nobody can trust the
 * others; a table by which one to four children can be told apart, and a child is recognised. Random worlds are held
 * against plain counting; tally_examples_test.c has examples.
 *
 * PA_SEED (default 1) is the first world's seed, PA_ROUNDS how many there are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "merging.h"

#define ROUNDS 3000
#define QUESTIONS_A_ROUND 12
#define SUBSETS_MAX 4096 /* of the rows of a table, looked at one by one */

static struct calendar *calendar;

/* What the tests have seen: a property that is never put to the proof protects nothing. */
static struct {
    uint64_t tables, withheld, with_other, joined_though_large, beside, compared, nested_kinds, stood_alone, days;
} seen;

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

/* --- a world and a question --------------------------------------------------------------------------------------- */

struct scene {
    uint64_t seed;
    struct world world, compared;
    bool has_compared;
    struct tally *tally, *compared_tally;
    int from, to; /* of the tally: numbers of days of the world, both included */
};

static void scene_make(struct scene *scene, uint64_t seed)
{
    static const int sizes[] = {6, 25, WORLD_CHILDREN, WORLD_CHILDREN};
    struct random_source random = {seed};
    *scene = (struct scene){.seed = seed, .has_compared = random_chance(&random, 50)};
    world_make(&scene->world, &random, calendar, sizes[random_between(&random, 0, 3)]);
    scene->compared = scene->world;
    world_change(&scene->compared, &random);
    scene->from = random_between(&random, 0, WORLD_DAYS - 1);
    scene->to = random_between(&random, scene->from, WORLD_DAYS - 1);
    scene->tally = world_tally(&scene->world, &random, scene->from, scene->to + 1);
    scene->compared_tally = world_tally(&scene->compared, &random, scene->from, scene->to + 1);
}

static void scene_free(struct scene *scene)
{
    tally_free(scene->tally);
    tally_free(scene->compared_tally);
}

struct asked { /* a question, and the world's numbers of its days */
    struct figure_question question;
    int from, to;
};

static struct asked ask(const struct scene *scene, struct random_source *random)
{
    struct asked asked = {.from = scene->from, .to = scene->to};
    if (random_chance(random, 50))
        asked.from = asked.to = random_between(random, scene->from, scene->to);
    asked.question = (struct figure_question){
        .grouping = (enum grouping)random_between(random, 0, GROUPING_COUNT - 1),
        .population = (enum population)random_between(random, 0, POPULATION_COUNT - 1),
        .from = world_date(&scene->world, asked.from),
        .to = world_date(&scene->world, asked.to),
        .beside = random_chance(random, 40),
        .nested = random_chance(random, 50),
        .region = -1,
        .compared = scene->has_compared ? scene->compared_tally : NULL,
    };
    if (asked.question.grouping == GROUPING_LOCATION && random_chance(random, 50))
        asked.question.region = random_between(random, 0, REGION_COUNT - 1);
    return asked;
}

static void failed(const struct scene *scene, const struct asked *asked, const char *what)
{
    const struct figure_question *question = &asked->question;
    fail_msg("seed %llu: %s (by %s, population %d, days %d to %d, exact %d, beside %d, nested %d, region %d, compared "
             "%d)",
             (unsigned long long)scene->seed, what, grouping_names[question->grouping], (int)question->population,
             asked->from, asked->to, question->exact, question->beside, question->nested, question->region,
             question->compared != NULL);
}

/* --- what a tally counts ------------------------------------------------------------------------------------------ */

static bool same_figures(const struct figure_row *row, const struct world_group *group)
{
    return memcmp(row->values, group->values, sizeof(row->values)) == 0 &&
           memcmp(row->sums, group->sums, sizeof(row->sums)) == 0;
}

static void group_join(struct world_group *to, const struct world_group *from)
{
    for (int side = 0; side < 2; side++)
        to->children[side] |= from->children[side];
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        to->values[figure] += from->values[figure];
        to->sums[figure] += from->sums[figure];
    }
}

static void exact_is_plain_counting(const struct scene *scene, struct asked asked)
{
    struct world_group groups[WORLD_GROUPS_MAX], total = {.name = "all"};
    struct figure_table table;
    size_t at = 0;
    asked.question.exact = true;
    asked.question.compared = NULL;
    const int count = world_groups(&scene->world, &asked.question, asked.from, asked.to, groups);
    assert_true(tally_table(scene->tally, &asked.question, &table));
    for (int i = 0; i < count; i++) {
        const int size = set_size(children_of(groups[i].children, asked.question.population));
        group_join(&total, &groups[i]);
        if (size == 0)
            continue;
        if (at == table.count || strcmp(table.rows[at].group, groups[i].name) != 0 || table.rows[at].is_other)
            failed(scene, &asked, "another row");
        if (!same_figures(&table.rows[at], &groups[i]) || table.rows[at].size != (uint64_t)size)
            failed(scene, &asked, "other figures");
        at++;
    }
    if (at != table.count || table.is_withheld || !same_figures(&table.total, &total))
        failed(scene, &asked, "more rows, or another total");
    figure_table_fini(&table);
}

/* --- which groups are told apart ---------------------------------------------------------------------------------- */

static const struct world_group *group_named(const struct world_group *groups, int count, const char *name)
{
    static const struct world_group none;
    for (int i = 0; i < count; i++)
        if (strcmp(groups[i].name, name) == 0)
            return &groups[i];
    return &none;
}

/* The rows as they should be: those of MERGING with the figures of WORLD. */
static size_t rows_expect(const struct merging *merging, const struct world_group *groups, int count,
                          enum population population, struct world_group *rows, bool *has_other)
{
    size_t printed = 0;
    struct world_group other = {.name = GROUP_OTHER};
    uint64_t others = 0;
    for (int i = 0; i < merging->count; i++) {
        const struct world_group *group = group_named(groups, count, merging->groups[i].name);
        const uint64_t either = children_of(merging->groups[i].both.children[0], population) |
                                children_of(merging->groups[i].both.children[1], population);
        if (merging->groups[i].is_merged) {
            group_join(&other, group);
            others |= either;
        } else if (either != 0) {
            rows[printed] = *group;
            strcpy(rows[printed++].name, merging->groups[i].name);
        }
    }
    *has_other = others != 0;
    if (*has_other)
        rows[printed++] = other;
    return printed;
}

static void is_merged_as_decided(const struct scene *scene, const struct asked *asked, const struct merging *merging,
                                 const struct figure_table *table)
{
    struct world_group groups[WORLD_GROUPS_MAX], rows[2 * WORLD_GROUPS_MAX + 1];
    const int count = world_groups(&scene->world, &asked->question, asked->from, asked->to, groups);
    bool has_other;
    size_t expected = rows_expect(merging, groups, count, asked->question.population, rows, &has_other);
    if (table->is_withheld != merging->is_withheld)
        failed(scene, asked, "withheld, or not");
    if (table->is_withheld)
        expected = 0;
    if (table->count != expected)
        failed(scene, asked, "more or fewer rows than decided");
    for (size_t i = 0; i < expected; i++) {
        if (strcmp(rows[i].name, table->rows[i].group) != 0 ||
            table->rows[i].is_other != (has_other && i == expected - 1))
            failed(scene, asked, "another group is a row");
        if (!same_figures(&table->rows[i], &rows[i]))
            failed(scene, asked, "a row has other figures");
    }
}

/* --- what the rows give away, whatever was decided ---------------------------------------------------------------- */

struct cover { /* the children that each row covers */
    size_t count;
    uint64_t rows[2 * WORLD_GROUPS_MAX + 1][2];
};

static void cover_find(struct cover *cover, const struct figure_table *table, const struct world_group *groups,
                       int count)
{
    cover->count = table->count;
    memset(cover->rows, 0, sizeof(cover->rows));
    for (int i = 0; i < count; i++) {
        size_t at = 0;
        while (at < table->count && (table->rows[at].is_other || strcmp(table->rows[at].group, groups[i].name) != 0))
            at++;
        if (at == table->count) /* merged: `other` is the last row */
            at = table->count - 1;
        if (table->count > 0)
            for (int side = 0; side < 2; side++)
                cover->rows[at][side] |= groups[i].children[side];
    }
}

/* What is left of all when the rows in TAKEN are subtracted; none or at least five. */
static bool rest_is_safe(const struct cover *cover, uint64_t taken, enum population population)
{
    uint64_t rest = 0;
    for (size_t row = 0; row < cover->count; row++)
        if ((taken >> row & 1) == 0)
            rest |= children_of(cover->rows[row], population);
    return !is_few(rest);
}

static void gives_nobody_away(const struct scene *scene, const struct asked *asked, const struct figure_table *table,
                              const struct world *world)
{
    struct world_group groups[WORLD_GROUPS_MAX];
    struct cover cover;
    const int count = world_groups(world, &asked->question, asked->from, asked->to, groups);
    const enum population population = asked->question.population;
    cover_find(&cover, table, groups, count);
    for (size_t row = 0; row < cover.count; row++) {
        if (is_few(children_of(cover.rows[row], population)))
            failed(scene, asked, "a row of one to four children");
        if (!table->rows[row].is_other && world == &scene->world &&
            table->rows[row].size != (uint64_t)set_size(children_of(cover.rows[row], population)))
            failed(scene, asked, "a row has another size");
    }
    for (uint64_t taken = 0; taken < UINT64_C(1) << cover.count && taken < SUBSETS_MAX; taken++)
        if (!rest_is_safe(&cover, taken, population))
            failed(scene, asked, "all but some rows is one to four children");
}

static void rows_add_up(const struct scene *scene, const struct asked *asked, const struct figure_table *table)
{
    struct world_group groups[WORLD_GROUPS_MAX], total = {.name = "all"}, sum = {.name = "rows"};
    const int count = world_groups(&scene->world, &asked->question, asked->from, asked->to, groups);
    for (int i = 0; i < count && !table->is_withheld; i++)
        group_join(&total, &groups[i]);
    for (size_t i = 0; i < table->count; i++)
        for (int figure = 0; figure < FIGURE_COUNT; figure++) {
            sum.values[figure] += table->rows[i].values[figure];
            sum.sums[figure] += table->rows[i].sums[figure];
        }
    if (!same_figures(&table->total, &total) || !same_figures(&table->total, &sum))
        failed(scene, asked, "the rows do not add up to all");
}

/* With both populations beside each other the remaining children of each row are known too. */
static void populations_give_nobody_away(const struct scene *scene, struct asked asked)
{
    struct figure_table tables[POPULATION_COUNT];
    struct world_group groups[WORLD_GROUPS_MAX];
    struct cover cover;
    asked.question.beside = true;
    const int count = world_groups(&scene->world, &asked.question, asked.from, asked.to, groups);
    for (int population = 0; population < POPULATION_COUNT; population++) {
        asked.question.population = (enum population)population;
        assert_true(tally_table(scene->tally, &asked.question, &tables[population]));
    }
    cover_find(&cover, &tables[POPULATION_ALL], groups, count);
    for (size_t row = 0; row < cover.count && !tables[POPULATION_UNACCOMPANIED].is_withheld; row++)
        if (is_few(cover.rows[row][0]) || is_few(cover.rows[row][1]))
            failed(scene, &asked, "beside: one to four unaccompanied or remaining children");
    seen.stood_alone += tables[POPULATION_UNACCOMPANIED].is_withheld && tables[POPULATION_ALL].count > 0;
    figure_table_fini(&tables[0]);
    figure_table_fini(&tables[1]);
}

static void same_rows_from_the_other_side(const struct scene *scene, struct asked asked,
                                          const struct figure_table *table)
{
    struct figure_table other;
    asked.question.compared = scene->tally;
    assert_true(tally_table(scene->compared_tally, &asked.question, &other));
    bool same = other.count == table->count && other.is_withheld == table->is_withheld;
    for (size_t i = 0; same && i < table->count; i++)
        same = strcmp(other.rows[i].group, table->rows[i].group) == 0 &&
               other.rows[i].is_other == table->rows[i].is_other;
    if (!same)
        failed(scene, &asked, "the compared table has other groups");
    figure_table_fini(&other);
}

/* --- random worlds ------------------------------------------------------------------------------------------------ */

static void note(const struct asked *asked, const struct merging *merging, const struct figure_table *table)
{
    seen.tables++;
    seen.withheld += table->is_withheld;
    seen.with_other += table->count > 1 && table->rows[table->count - 1].is_other;
    seen.beside += asked->question.beside;
    seen.compared += asked->question.compared != NULL;
    seen.nested_kinds += asked->question.nested && asked->question.grouping == GROUPING_KIND && table->count > 1;
    seen.days += asked->from == asked->to;
    for (int i = 0; i < merging->count && !table->is_withheld; i++)
        seen.joined_though_large += merging->groups[i].is_merged &&
                                    set_size(children_of(merging->groups[i].both.children[0], POPULATION_ALL)) > 8;
}

static void question_holds(const struct scene *scene, const struct asked *asked)
{
    static struct merging merging;
    struct figure_table table;
    exact_is_plain_counting(scene, *asked);
    assert_true(tally_table(scene->tally, &asked->question, &table));
    merging_decide(&merging, &asked->question, &scene->world,
                   asked->question.compared == NULL ? NULL : &scene->compared, asked->from, asked->to);
    is_merged_as_decided(scene, asked, &merging, &table);
    gives_nobody_away(scene, asked, &table, &scene->world);
    rows_add_up(scene, asked, &table);
    populations_give_nobody_away(scene, *asked);
    if (asked->question.compared != NULL) {
        gives_nobody_away(scene, asked, &table, &scene->compared);
        same_rows_from_the_other_side(scene, *asked, &table);
    }
    note(asked, &merging, &table);
    figure_table_fini(&table);
}

static void tables_of_random_worlds(void **state)
{
    static struct scene scene;
    const uint64_t seed = setting("PA_SEED", 1), rounds = setting("PA_ROUNDS", ROUNDS);
    (void)state;
    print_message("PA_SEED=%llu PA_ROUNDS=%llu\n", (unsigned long long)seed, (unsigned long long)rounds);
    for (uint64_t i = 0; i < rounds; i++) {
        scene_make(&scene, seed + i);
        struct random_source random = {~(seed + i)};
        for (int question = 0; question < QUESTIONS_A_ROUND; question++) {
            const struct asked asked = ask(&scene, &random);
            question_holds(&scene, &asked);
        }
        scene_free(&scene);
    }
}

static void the_worlds_were_worth_looking_at(void **state)
{
    const struct {
        const char *name;
        uint64_t count;
    } rows[] = {
        {"tables", seen.tables},
        {"withheld", seen.withheld},
        {"with other groups and `other`", seen.with_other},
        {"large groups that joined `other`", seen.joined_though_large},
        {"beside the other population", seen.beside},
        {"unaccompanied too few to stand beside all", seen.stood_alone},
        {"compared", seen.compared},
        {"kinds beside nested locations, more than one row", seen.nested_kinds},
        {"of one day", seen.days},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        print_message("%8llu %s\n", (unsigned long long)rows[i].count, rows[i].name);
        assert_true(setting("PA_ROUNDS", ROUNDS) < 1000 || rows[i].count > 100);
    }
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static int set_up(void **state)
{
    static const struct calendar_row rows[] = {
        {.regions = {[REGION_NORTH] = true}, .vacation = true, .from = {20003}, .to = {20009}},
        {.regions = {[REGION_SOUTH] = true, [REGION_MIDDLE] = true}, .vacation = true, .from = {20100}, .to = {20160}},
    };
    (void)state;
    calendar = calendar_new(rows, sizeof(rows) / sizeof(rows[0]));
    return calendar == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    calendar_free(calendar);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_of_random_worlds),
        cmocka_unit_test(the_worlds_were_worth_looking_at),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
