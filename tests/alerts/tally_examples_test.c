/* Protects what is published by examples that a person can check (tally_test.c has random worlds): which groups are too
 * small to stand alone, and how a mean is rounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/tally.h"

#define DAY_ONE 20000
#define DAYS 4

static struct calendar *calendar;

/* Adds COUNT children who live at each of the locations LETTERS for a day, one after the other. */
static void live_at(struct tally *tally, const char *letters, size_t length, int count, bool alone, uint64_t *number)
{
    struct figure_span spans[DAYS];
    assert_true(length <= DAYS);
    for (size_t i = 0; i < length; i++)
        spans[i] = (struct figure_span){
            .figure = FIGURE_CHILDREN,
            .from = {DAY_ONE + (int)i},
            .until = {DAY_ONE + 1 + (int)i},
            .place = {.location_id = {&letters[i], 1}, .kind = LOCATION_CENTRE, .region = REGION_NORTH}};
    const struct figures figures = {
        .spans = spans, .count = (uint32_t)length, .unaccompanied = alone ? ANSWER_YES : ANSWER_NO};
    while (count-- > 0)
        assert_true(tally_add(tally, &figures, (*number)++));
}

/* "a:3 ab:2 c*:7": three children at a, two at a and the next day at b, seven at c who are unaccompanied. */
static struct tally *tally_of(const char *text)
{
    struct tally *tally = tally_new((struct day){DAY_ONE}, (struct day){DAY_ONE + DAYS}, calendar);
    uint64_t number = 0;
    for (const char *at = text; *at != '\0'; at += strcspn(at, " "), at += strspn(at, " ")) {
        const size_t length = strcspn(at, "*:");
        live_at(tally, at, length, atoi(strchr(at, ':') + 1), at[length] == '*', &number);
    }
    tally_finish(tally);
    return tally;
}

static const char *rows_of(const struct figure_table *table)
{
    static char text[512];
    snprintf(text, sizeof(text), "%s", table->is_withheld ? "withheld" : "");
    for (size_t i = 0; i < table->count; i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s:%llu", i == 0 ? "" : " ", table->rows[i].group,
                 (unsigned long long)table->rows[i].size);
    return text;
}

static void small_groups_are_merged(void **state)
{
    static const struct {
        const char *children, *rows;
        bool one_day, alone, beside;
    } examples[] = {
        {.children = "", .rows = ""},
        {.children = "a:4", .rows = "withheld"},
        {.children = "a:5", .rows = "a:5"},
        {.children = "a:2 b:2", .rows = "withheld"},
        {.children = "a:2 b:3", .rows = "other:5"},
        {.children = "a:4 b:5", .rows = "other:5"}, /* four alone would be told apart */
        {.children = "a:4 b:9 c:8", .rows = "b:9 other:8"},
        {.children = "a:9 b:1 c:9", .rows = "c:9 other:9"}, /* of two that are as small, the first by name */
        {.children = "a:2 b:2 c:1 d:9", .rows = "d:9 other:5"},
        /* over a period one child is in two groups, and is one child in both together */
        {.children = "ab:4", .rows = "withheld"},
        {.children = "ab:3 c:7", .rows = "other:7"},
        {.children = "ab:3 a:1 b:1 c:7", .rows = "c:7 other:5"},
        {.children = "ab:4 c:6 d:8", .rows = "d:8 other:6"},
        {.children = "abcd:2 a:3 e:6", .rows = "e:6 other:5"},
        /* a day is a table of its own */
        {.children = "ab:4 c:6 d:8", .rows = "d:8 other:10", .one_day = true},
        /* one population alone, and beside the other; the size of `other` is then the least it can be */
        {.children = "a:50 a*:3 b*:6", .rows = "other:6", .alone = true},
        {.children = "a:50 a*:3 b*:6 b:9", .rows = "a:53 b:15"},
        {.children = "a:50 a*:3 b*:6 b:9 c:7", .rows = "other:56", .beside = true},
        {.children = "a:50 a*:3 b*:2 b:9 c:7", .rows = "c:7 other:55", .beside = true},
        {.children = "a:50 a*:3 b*:2 b:9 c:7", .rows = "other:5", .beside = true, .alone = true},
        {.children = "a:50 b:9", .rows = "a:50 b:9", .beside = true},
        {.children = "a:50 b:9 b*:4", .rows = "a:50 b:13", .beside = true}, /* too few to stand beside all */
        {.children = "a:50 b:9 b*:4", .rows = "withheld", .beside = true, .alone = true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        struct tally *tally = tally_of(examples[i].children);
        const struct figure_question question = {.grouping = GROUPING_LOCATION,
                                                 .population = examples[i].alone ? POPULATION_UNACCOMPANIED
                                                                                 : POPULATION_ALL,
                                                 .from = {DAY_ONE},
                                                 .to = {DAY_ONE + (examples[i].one_day ? 0 : DAYS - 1)},
                                                 .beside = examples[i].beside,
                                                 .region = -1};
        struct figure_table table;
        assert_true(tally_table(tally, &question, &table));
        if (strcmp(rows_of(&table), examples[i].rows) != 0)
            fail_msg("example %zu, \"%s\": \"%s\", expected \"%s\"", i, examples[i].children, rows_of(&table),
                     examples[i].rows);
        figure_table_fini(&table);
        tally_free(tally);
    }
}

static void a_mean_is_rounded_half_away_from_zero(void **state)
{
    static const struct {
        int64_t sum;
        int days;
        int64_t mean;
    } rows[] = {
        {0, 1, 0},      {7, 1, 7000},     {1, 3, 333},  {2, 3, 667},
        {1, 2000, 1},   {1, 2001, 0},     {3, 2000, 2}, {-1, 2000, -1},
        {-1, 2001, 0},  {-2, 3, -667},    {1, 366, 3},  {INT64_C(70000000000), 366, INT64_C(191256830601)},
        {-7, 1, -7000}, {999, 1000, 999},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(figure_mean(rows[i].sum, rows[i].days), rows[i].mean);
}

static int set_up(void **state)
{
    (void)state;
    calendar = calendar_new(NULL, 0);
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
        cmocka_unit_test(small_groups_are_merged),
        cmocka_unit_test(a_mean_is_rounded_half_away_from_zero),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
