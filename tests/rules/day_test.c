/* Protects civil days: a month's end or a leap day that is off by one makes an alert a day late or early. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "rules/day.h"
#include "story.h"

static const char *text_of(struct day day)
{
    static char text[DAY_TEXT_SIZE];
    day_format(day, text);
    return text;
}

static void epoch_and_bounds_are_as_named(void **state)
{
    (void)state;
    assert_int_equal(day_of("1970-01-01").number, 0);
    assert_int_equal(day_of("1900-01-01").number, DAY_FIRST.number);
    assert_int_equal(day_of("2199-12-31").number, DAY_LAST.number);
    assert_int_equal(day_of("2000-03-01").number, 11017);
    assert_int_equal(day_weekday(day_of("2025-07-17")), 3); /* a Thursday */
    assert_int_equal(day_weekday(day_of("1900-01-01")), 0);
}

static int length_of_month(int year, int month)
{
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 ? 28 + leap : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Counting along from day to day, without any formula. */
static void every_day_is_the_next_one_counted(void **state)
{
    (void)state;
    struct day day = DAY_FIRST;
    for (int year = 1900; year <= 2199; year++)
        for (int month = 1; month <= 12; month++)
            for (int d = 1; d <= length_of_month(year, month); d++, day.number++) {
                struct civil_date date = day_to_civil(day);
                char expected[40];
                struct day parsed;
                assert_true(date.year == year && date.month == month && date.day == d);
                assert_int_equal(day_from_civil(date).number, day.number);
                snprintf(expected, sizeof(expected), "%04d-%02d-%02d", year, month, d);
                assert_string_equal(text_of(day), expected);
                assert_true(day_parse(expected, 10, &parsed) && day_equal(parsed, day));
                assert_int_equal(day_weekday(day), (day.number - DAY_FIRST.number) % 7);
                struct day next_month = day_next_month_start(day);
                assert_int_equal(next_month.number - day.number, length_of_month(year, month) - d + 1);
            }
    assert_int_equal(day.number, DAY_LAST.number + 1);
}

static void months_are_added_as_the_rules_say(void **state)
{
    static const struct {
        const char *from;
        int months;
        const char *to;
    } rows[] = {{"2025-01-14", 6, "2025-07-14"},   {"2025-01-31", 1, "2025-02-28"},   {"2024-01-31", 1, "2024-02-29"},
                {"2025-08-31", 6, "2026-02-28"},   {"2023-08-31", 6, "2024-02-29"},   {"2025-08-31", 1, "2025-09-30"},
                {"2024-02-29", 12, "2025-02-28"},  {"2024-02-29", 48, "2028-02-29"},  {"2008-02-29", 216, "2026-02-28"},
                {"2025-12-31", 2, "2026-02-28"},   {"2025-11-30", 3, "2026-02-28"},   {"2025-02-28", -12, "2024-02-28"},
                {"2024-02-29", -12, "2023-02-28"}, {"2025-03-31", -1, "2025-02-28"},  {"2025-01-15", -1, "2024-12-15"},
                {"2025-01-01", -13, "2023-12-01"}, {"2025-06-15", 0, "2025-06-15"},   {"2025-12-01", 1, "2026-01-01"},
                {"1900-01-31", 1, "1900-02-28"},   {"2000-01-31", 1, "2000-02-29"},   {"2100-01-30", 1, "2100-02-28"},
                {"2199-12-31", 228, "2218-12-31"}, {"1900-01-01", -228, "1881-01-01"}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_string_equal(text_of(day_add_months(day_of(rows[i].from), rows[i].months)), rows[i].to);
}

static void adding_months_never_turns_days_around(void **state)
{
    (void)state;
    for (int months = -24; months <= 24; months++)
        for (struct day day = day_of("2023-01-01"); day_before(day, day_of("2029-01-01")); day = day_plus(day, 1))
            assert_true(day_compare(day_add_months(day, months), day_add_months(day_plus(day, 1), months)) <= 0);
}

static void what_is_no_day_stays_so(void **state)
{
    (void)state;
    assert_true(day_is_never(day_plus(DAY_NEVER, 1)) && day_is_absent(day_plus(DAY_ABSENT, -1)));
    assert_true(day_is_never(day_add_months(DAY_NEVER, 3)) && day_is_absent(day_add_months(DAY_ABSENT, 3)));
    assert_true(day_is_never(day_next_month_start(DAY_NEVER)) && day_is_absent(day_next_month_start(DAY_ABSENT)));
    assert_true(day_before(DAY_ABSENT, DAY_FIRST) && day_before(DAY_LAST, DAY_NEVER));
}

static void what_is_not_a_date_is_not_read(void **state)
{
    static const char *const rows[] = {"2025-02-29",  "2100-02-29", "2025-04-31", "2025-13-01", "2025-00-10",
                                       "2025-01-00",  "2025-01-32", "1899-12-31", "2200-01-01", "2025-1-01",
                                       "2025-01-1",   "2025/01/01", "20250101",   "",           "2025-01-011",
                                       "2025-01-01T", " 2025-01-1", "+025-01-01", "2025-0a-01", "-025-01-01"};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct day day = {4711};
        assert_false(day_parse(rows[i], strlen(rows[i]), &day));
        assert_int_equal(day.number, 4711);
    }
    struct day day;
    assert_true(day_parse("2025-01-019", 10, &day)); /* the length counts, not a NUL */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(epoch_and_bounds_are_as_named),     cmocka_unit_test(every_day_is_the_next_one_counted),
        cmocka_unit_test(months_are_added_as_the_rules_say), cmocka_unit_test(adding_months_never_turns_days_around),
        cmocka_unit_test(what_is_no_day_stays_so),           cmocka_unit_test(what_is_not_a_date_is_not_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
