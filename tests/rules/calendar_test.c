/* Protects the school calendar: counting by prefix sums must be what counting day by day gives, inside and outside of
 * the days that rows speak of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "rules/calendar.h"
#include "story.h"
#include "tests/support/calendar_csv.h"

static struct calendar *real_calendar(void)
{
    struct calendar_row *rows;
    size_t count;
    assert_true(calendar_rows_read(PROJECT_SOURCE_DIR "/etc/school-calendar.csv", &rows, &count));
    struct calendar *calendar = calendar_new(rows, count);
    free(rows);
    return calendar;
}

static void days_of_the_real_calendar(void **state)
{
    static const struct {
        const char *day;
        enum region region;
        bool vacation, school_day;
    } rows[] = {
        {"2025-02-14", REGION_NORTH, false, true},   {"2025-02-15", REGION_NORTH, true, false},
        {"2025-02-23", REGION_NORTH, true, false},   {"2025-02-24", REGION_NORTH, false, true},
        {"2025-02-24", REGION_SOUTH, true, false},   {"2025-04-21", REGION_MIDDLE, false, false}, /* Easter Monday */
        {"2025-05-05", REGION_MIDDLE, false, false},                                             /* a single free day */
        {"2025-05-06", REGION_MIDDLE, false, true},  {"2025-03-15", REGION_SOUTH, false, false}, /* a Saturday */
        {"2025-07-11", REGION_NORTH, false, true},   {"2025-07-12", REGION_NORTH, true, false},
        {"2040-07-20", REGION_NORTH, false, true},   {"2040-07-21", REGION_NORTH, false, false}, /* not covered */
        {"1999-12-31", REGION_SOUTH, false, true},
    };
    struct calendar *calendar = real_calendar();
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct day day = day_of(rows[i].day);
        assert_int_equal(calendar_in_vacation(calendar, rows[i].region, day), rows[i].vacation);
        assert_int_equal(calendar_is_school_day(calendar, rows[i].region, day), rows[i].school_day);
    }
    assert_int_equal(calendar_term_day_from(calendar, REGION_NORTH, day_of("2026-07-10")).number,
                     day_of("2026-08-17").number);
    assert_int_equal(calendar_covered_until(calendar, REGION_SOUTH).number, day_of("2028-09-03").number);
    calendar_free(calendar);
}

static void an_empty_calendar_has_terms_only(void **state)
{
    struct calendar *calendar = calendar_new(NULL, 0);
    (void)state;
    assert_true(day_is_absent(calendar_covered_until(calendar, REGION_NORTH)));
    assert_int_equal(calendar_school_days(calendar, REGION_NORTH, day_of("2025-01-01"), day_of("2026-01-01")), 261);
    assert_int_equal(calendar_school_day_from(calendar, REGION_NORTH, day_of("2025-03-15"), 1).number,
                     day_of("2025-03-17").number);
    calendar_free(calendar);
}

/* --- any calendar, counted day by day ----------------------------------------------------------------------------- */

#define ROWS 12
#define FIRST 20000
#define SPAN 400

static int below(int n)
{
    return rand() % n;
}

static void rows_make(struct calendar_row *rows)
{
    for (int i = 0; i < ROWS; i++) {
        int from = FIRST + below(SPAN), length = below(3) == 0 ? 1 : 1 + below(50);
        rows[i] = (struct calendar_row){.vacation = below(3) > 0, .from = {from}, .to = {from + length - 1}};
        for (int region = 0; region < REGION_COUNT; region++)
            rows[i].regions[region] = below(2) == 0;
    }
}

static bool vacation_on(const struct calendar_row *rows, enum region region, int day)
{
    for (int i = 0; i < ROWS; i++)
        if (rows[i].regions[region] && rows[i].vacation && rows[i].from.number <= day && day <= rows[i].to.number)
            return true;
    return false;
}

static bool school_on(const struct calendar_row *rows, enum region region, int day)
{
    for (int i = 0; i < ROWS; i++)
        if (rows[i].regions[region] && rows[i].from.number <= day && day <= rows[i].to.number)
            return false;
    return day_weekday((struct day){day}) < 5;
}

static void region_agrees(const struct calendar *calendar, const struct calendar_row *rows, enum region region)
{
    for (int day = FIRST - 10; day < FIRST + SPAN + 60; day++) {
        assert_int_equal(calendar_in_vacation(calendar, region, (struct day){day}), vacation_on(rows, region, day));
        assert_int_equal(calendar_is_school_day(calendar, region, (struct day){day}), school_on(rows, region, day));
        int term = day;
        while (vacation_on(rows, region, term))
            term++;
        assert_int_equal(calendar_term_day_from(calendar, region, (struct day){day}).number, term);
    }
    for (int round = 0; round < 40; round++) {
        int from = FIRST - 30 + below(SPAN + 100), until = from + below(120) - 10, count = 0;
        for (int day = from; day < until; day++)
            count += school_on(rows, region, day);
        assert_int_equal(calendar_school_days(calendar, region, (struct day){from}, (struct day){until}), count);
        int n = 1 + below(40), nth = from - 1;
        for (int left = n; left > 0;)
            left -= school_on(rows, region, ++nth);
        assert_int_equal(calendar_school_day_from(calendar, region, (struct day){from}, n).number, nth);
    }
}

static void sums_are_what_counting_gives(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 100; seed++) {
        struct calendar_row rows[ROWS];
        srand(seed);
        rows_make(rows);
        struct calendar *calendar = calendar_new(rows, ROWS);
        for (int region = 0; region < REGION_COUNT; region++)
            region_agrees(calendar, rows, (enum region)region);
        calendar_free(calendar);
    }
}

static uint64_t hash_of(const struct calendar_row *rows, size_t count)
{
    struct calendar *calendar = calendar_new(rows, count);
    uint64_t hash = calendar_hash(calendar);
    calendar_free(calendar);
    return hash;
}

static void the_hash_follows_the_answers(void **state)
{
    struct calendar_row rows[ROWS], turned[ROWS];
    (void)state;
    srand(7);
    rows_make(rows);
    for (int i = 0; i < ROWS; i++)
        rows[i].regions[REGION_NORTH] = true;
    for (int i = 0; i < ROWS; i++)
        turned[i] = rows[ROWS - 1 - i];
    uint64_t hash = hash_of(rows, ROWS);
    assert_int_equal(hash_of(turned, ROWS), hash);
    for (int i = 0; i < ROWS; i++) {
        struct day to = rows[i].to;
        rows[i].to.number = FIRST + SPAN + 100; /* beyond every other row */
        assert_int_not_equal(hash_of(rows, ROWS), hash);
        rows[i].to = to;
    }
    assert_int_not_equal(hash_of(NULL, 0), hash);

    /* one vacation, or the same in two rows */
    struct calendar_row whole = {{true, true, true}, true, {FIRST}, {FIRST + 9}}, halves[2] = {whole, whole};
    halves[0].to.number = FIRST + 4;
    halves[1].from.number = FIRST + 5;
    assert_int_equal(hash_of(halves, 2), hash_of(&whole, 1));
    whole.vacation = false;
    assert_int_not_equal(hash_of(halves, 2), hash_of(&whole, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_of_the_real_calendar), cmocka_unit_test(an_empty_calendar_has_terms_only),
        cmocka_unit_test(sums_are_what_counting_gives), cmocka_unit_test(the_hash_follows_the_answers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
