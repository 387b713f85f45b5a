/* Protects each figure by examples that were worked out by hand: both counts, that of the core and the slow one, must
 * give exactly their days and their sums. What the slow count then says of random children is worth as much as this. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "comparison.h"
#include "count_file.h"
#include "tests/oracle/case_file.h"
#include "tests/oracle/show.h"
#include "tests/support/calendar_csv.h"

#define FOLDER PROJECT_SOURCE_DIR "/tests/figures/cases"
#define CASES_AT_LEAST 38

static struct {
    struct oracle *oracle;
    struct almanac *almanac;
    struct calendar *calendar;
    struct child child;
    struct figures figures;
    uint64_t days_with[FIGURE_COUNT];
} bench;

static void read_calendar(void)
{
    struct calendar_row *rows;
    size_t count;
    assert_true(calendar_rows_read(PROJECT_SOURCE_DIR "/etc/school-calendar.csv", &rows, &count));
    bench.almanac = almanac_new(rows, count);
    bench.calendar = calendar_new(rows, count);
    free(rows);
}

static int set_up(void **state)
{
    (void)state;
    read_calendar();
    bench.oracle = oracle_new();
    assert_true(bench.almanac != NULL && bench.calendar != NULL && bench.oracle != NULL);
    assert_true(child_init(&bench.child) && figures_init(&bench.figures));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    almanac_free(bench.almanac);
    calendar_free(bench.calendar);
    oracle_free(bench.oracle);
    child_fini(&bench.child);
    figures_fini(&bench.figures);
    return 0;
}

/* --- one period of one example ----------------------------------------------------------------------------------- */

/* The sums were worked out apart from the days: they must agree. */
static bool adds_up(const struct count_file *count, char why[static COMPARISON_WHY_SIZE])
{
    int64_t sums[FIGURE_COUNT] = {0};
    for (int day = 0; day < count->until.number - count->from.number; day++)
        for (int figure = 0; figure < FIGURE_COUNT; figure++) {
            sums[figure] += count->days[day].values[figure];
            bench.days_with[figure] += count->days[day].values[figure] != 0;
        }
    for (int figure = 0; figure < FIGURE_COUNT; figure++)
        if (sums[figure] != count->sums[figure]) {
            snprintf(why, COMPARISON_WHY_SIZE, "the days of %s add up to %lld", figure_names[figure],
                     (long long)sums[figure]);
            return false;
        }
    return true;
}

static bool core_agrees(const struct case_file *file, struct count_file *count, char why[static COMPARISON_WHY_SIZE])
{
    child_reset(&bench.child, (struct text){"child-1", 7});
    for (size_t i = 0; i < file->version_count; i++) {
        struct fact normalized = file->versions[i];
        fact_normalize(&normalized);
        child_apply(&bench.child, &normalized);
    }
    struct yardstick yardstick = {&file->norms, bench.calendar, file->as_of, 400};
    assert_true(child_count(&bench.child, &yardstick, count->from, count->until, &bench.figures));
    count->days[0].unaccompanied = bench.figures.unaccompanied;
    return count->unaccompanied == (bench.figures.unaccompanied == ANSWER_YES) &&
           figures_are(&bench.figures, bench.almanac, count->from, count->until, count->days, why);
}

static bool same_counted_day(const struct counted_day *a, const struct counted_day *b)
{
    return a->counts == b->counts && memcmp(a->values, b->values, sizeof a->values) == 0 &&
           (!a->counts || (text_equal(a->place.location_id, b->place.location_id) && a->place.kind == b->place.kind &&
                           a->place.region == b->place.region));
}

static bool slow_count_agrees(const struct case_file *file, const struct count_file *count,
                              char why[static COMPARISON_WHY_SIZE])
{
    static struct counted_day days[COUNT_DAYS_MAX];
    struct counted_child child = {file->versions, file->version_count, &file->norms, bench.almanac, file->as_of};
    counter_count(bench.oracle, &child, count->from, count->until, days);
    for (int i = 0; i < count->until.number - count->from.number; i++) {
        if (same_counted_day(&days[i], &count->days[i]))
            continue;
        char date[DAY_TEXT_SIZE];
        almanac_format(bench.almanac, (struct day){count->from.number + i}, date);
        snprintf(why, COMPARISON_WHY_SIZE, "the slow count differs on %s", date);
        return false;
    }
    return true;
}

static bool agrees(const struct case_file *file, const json_t *json)
{
    static struct count_file count; /* large */
    char why[COMPARISON_WHY_SIZE] = "unaccompanied differs";
    assert_true(count_read(&count, json));
    if (adds_up(&count, why) && slow_count_agrees(file, &count, why) && core_agrees(file, &count, why))
        return true;
    fprintf(stderr, "\ncase %s, period from %s: %s\n", file->name, json_string_value(json_object_get(json, "from")),
            why);
    for (size_t i = 0; i < file->version_count; i++)
        show_fact(stderr, bench.almanac, &file->versions[i]);
    return false;
}

/* --- all of them ------------------------------------------------------------------------------------------------- */

static int is_json(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

static int failures_of(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", FOLDER, name);
    struct case_file file;
    assert_true(case_read(&file, path));
    const json_t *counts = json_object_get(file.json, "counts");
    int failed = json_array_size(counts) == 0;
    for (size_t i = 0; i < json_array_size(counts); i++)
        failed += !agrees(&file, json_array_get(counts, i));
    case_fini(&file);
    return failed;
}

static void both_counts_give_every_worked_example(void **state)
{
    (void)state;
    struct dirent **entries;
    int count = scandir(FOLDER, &entries, is_json, alphasort), failed = 0;
    for (int i = 0; i < count; i++) {
        failed += failures_of(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    print_message("%d worked examples\n", count);
    assert_true(count >= CASES_AT_LEAST);
    assert_int_equal(failed, 0);
}

static void every_figure_is_in_some_example(void **state)
{
    (void)state;
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        print_message("%4llu days with %s\n", (unsigned long long)bench.days_with[figure], figure_names[figure]);
        assert_true(bench.days_with[figure] > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_counts_give_every_worked_example),
        cmocka_unit_test(every_figure_is_in_some_example),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
