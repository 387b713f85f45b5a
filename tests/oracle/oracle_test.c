/* Protects the oracle: every worked example of the rules must come out of it exactly. What it then says of random
 * histories (property_test.c) is worth as much as this. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_file.h"
#include "oracle.h"
#include "show.h"
#include "tests/support/calendar_csv.h"

#define CASES_AT_LEAST 80

struct examples {
    struct oracle *oracle;
    struct almanac *almanac;
    int failed;
};

static bool agrees(struct examples *examples, const struct case_file *file)
{
    size_t count;
    const struct alert *alerts = oracle_alerts(examples->oracle, file->versions, file->version_count, &file->norms,
                                               examples->almanac, file->as_of, &count);
    if (same_alerts(alerts, count, file->alerts, file->alert_count))
        return true;
    fprintf(stderr, "\ncase %s\n", file->name);
    for (size_t i = 0; i < file->version_count; i++)
        show_fact(stderr, examples->almanac, &file->versions[i]);
    show_alerts(stderr, examples->almanac, "expected", file->alerts, file->alert_count);
    show_alerts(stderr, examples->almanac, "oracle", alerts, count);
    return false;
}

static int is_json(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && strcmp(entry->d_name + length - 5, ".json") == 0;
}

/* The number of examples in FOLDER; -1 where there is no such folder. */
static int check_folder(struct examples *examples, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_json, alphasort);
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        struct case_file file;
        assert_true(case_read(&file, path));
        examples->failed += !agrees(examples, &file);
        case_fini(&file);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return count;
}

static struct almanac *school_almanac(void)
{
    struct calendar_row *rows;
    size_t count;
    assert_true(calendar_rows_read(PROJECT_SOURCE_DIR "/etc/school-calendar.csv", &rows, &count));
    struct almanac *almanac = almanac_new(rows, count);
    assert_non_null(almanac);
    free(rows);
    return almanac;
}

static void the_oracle_agrees_with_every_worked_example(void **state)
{
    (void)state;
    struct examples examples = {.oracle = oracle_new(), .almanac = school_almanac()};
    assert_non_null(examples.oracle);
    int count = check_folder(&examples, PROJECT_SOURCE_DIR "/tests/cases");
    print_message("%d worked examples\n", count);
    check_folder(&examples,
                 PROJECT_SOURCE_DIR "/../shared/cases"); /* newer ones, where they lie beside the repository */
    assert_true(count >= CASES_AT_LEAST);
    assert_int_equal(examples.failed, 0);
    oracle_free(examples.oracle);
    almanac_free(examples.almanac);
}

static void months_end_where_they_are_shorter(void **state)
{
    (void)state;
    struct almanac *almanac = almanac_new(NULL, 0);
    assert_non_null(almanac);
    static const struct {
        int from[3], months, to[3];
    } rows[] = {
        {{2025, 1, 31}, 1, {2025, 2, 28}},   {{2024, 1, 31}, 1, {2024, 2, 29}},  {{2024, 2, 29}, 12, {2025, 2, 28}},
        {{2024, 2, 29}, -12, {2023, 2, 28}}, {{2025, 8, 31}, 6, {2026, 2, 28}},  {{1900, 1, 31}, 1, {1900, 2, 28}},
        {{2000, 1, 31}, 1, {2000, 2, 29}},   {{2025, 12, 15}, 1, {2026, 1, 15}}, {{2025, 1, 15}, -1, {2024, 12, 15}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct day from = almanac_day(almanac, rows[i].from[0], rows[i].from[1], rows[i].from[2]);
        struct day to = almanac_day(almanac, rows[i].to[0], rows[i].to[1], rows[i].to[2]);
        assert_int_equal(almanac_add_months(almanac, from, rows[i].months).number, to.number);
    }
    assert_int_equal(almanac_day(almanac, 1970, 1, 1).number, 0);
    assert_int_equal(almanac_day(almanac, 1900, 1, 1).number, DAY_FIRST.number);
    assert_int_equal(almanac_day(almanac, 2199, 12, 31).number, DAY_LAST.number);
    almanac_free(almanac);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_end_where_they_are_shorter),
        cmocka_unit_test(the_oracle_agrees_with_every_worked_example),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
