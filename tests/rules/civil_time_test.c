/* Protects which day an instant lies on: civil days in Amsterdam over both changes of summer time, and before 1970. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "rules/civil_time.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* "2026-03-29 01:59:59" UTC. */
static int64_t instant_of(const char *text)
{
    int hour, minute, second;
    assert_int_equal(sscanf(text + 11, "%d:%d:%d", &hour, &minute, &second), 3);
    struct day day = DAY_ABSENT;
    assert_true(day_parse(text, 10, &day));
    return day.number * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * INT64_C(1000);
}

static void days_are_those_of_amsterdam(void **state)
{
    static const struct {
        const char *utc, *day;
    } rows[] = {
        {"2026-01-15 22:59:59", "2026-01-15"}, /* winter: an hour ahead of UTC */
        {"2026-01-15 23:00:00", "2026-01-16"},
        {"2026-07-15 21:59:59", "2026-07-15"}, /* summer: two */
        {"2026-07-15 22:00:00", "2026-07-16"},
        {"2026-03-28 22:59:59", "2026-03-28"}, /* the night in which summer time begins */
        {"2026-03-28 23:00:00", "2026-03-29"},
        {"2026-03-29 00:59:59", "2026-03-29"},
        {"2026-03-29 01:00:00", "2026-03-29"},
        {"2026-03-29 21:59:59", "2026-03-29"}, /* and the one after it */
        {"2026-03-29 22:00:00", "2026-03-30"},
        {"2026-10-24 21:59:59", "2026-10-24"}, /* the night in which it ends */
        {"2026-10-24 22:00:00", "2026-10-25"},
        {"2026-10-25 00:59:59", "2026-10-25"},
        {"2026-10-25 01:00:00", "2026-10-25"},
        {"2026-10-25 22:00:00", "2026-10-25"}, /* a day of 25 hours */
        {"2026-10-25 22:59:59", "2026-10-25"},
        {"2026-10-25 23:00:00", "2026-10-26"},
        {"2024-03-30 22:59:59", "2024-03-30"}, /* a month that ends on a Sunday */
        {"2024-03-31 21:59:59", "2024-03-31"},
        {"2024-03-31 22:00:00", "2024-04-01"},
        {"2025-12-31 22:59:59", "2025-12-31"},
        {"2025-12-31 23:00:00", "2026-01-01"},
        {"1969-12-31 22:59:59", "1969-12-31"}, /* before 1970 */
        {"1969-12-31 23:00:00", "1970-01-01"},
        {"1900-01-01 00:00:00", "1900-01-01"}, /* the days that records may name end there */
        {"1900-07-01 22:00:00", "1900-07-02"},
        {"2199-12-31 23:00:00", "2199-12-31"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[DAY_TEXT_SIZE];
        day_format(civil_day_at(instant_of(rows[i].utc)), text);
        print_message("%s\n", rows[i].utc);
        assert_string_equal(text, rows[i].day);
    }
}

/* A day has 23, 24 or 25 hours, and each is followed by the next: looked at every minute of ten years. */
static void no_day_is_missed(void **state)
{
    const int64_t start_ms = instant_of("2020-01-01 12:00:00");
    struct day last = civil_day_at(start_ms);
    int minutes = 0, long_days = 0, short_days = 0;
    (void)state;
    for (int64_t at_ms = start_ms; at_ms < start_ms + 3653 * DAY_MS; at_ms += MINUTE_MS, minutes++) {
        const struct day day = civil_day_at(at_ms);
        if (day_equal(day, last))
            continue;
        assert_int_equal(day.number, last.number + 1);
        long_days += minutes == 25 * 60;
        short_days += minutes == 23 * 60;
        last = day;
        minutes = 0;
    }
    assert_int_equal(long_days, 10);
    assert_int_equal(short_days, 10);
}

/* It is the first instant of it, also where the night before or the night itself has an hour less or more. */
static void a_day_begins_when_clocks_show_midnight(void **state)
{
    (void)state;
    for (struct day day = {10000}; day.number < 25000; day.number++) {
        const int64_t begin_ms = civil_day_begin(day);
        assert_int_equal(civil_day_at(begin_ms).number, day.number);
        assert_int_equal(civil_day_at(begin_ms - 1).number, day.number - 1);
    }
}

static void minutes_are_those_that_clocks_show(void **state)
{
    static const struct {
        const char *utc;
        int minute;
    } rows[] = {
        {"2026-01-15 22:59:59", 23 * 60 + 59}, {"2026-01-15 23:00:00", 0},
        {"2026-07-15 04:30:00", 6 * 60 + 30},  {"2026-07-15 22:00:00", 0},
        {"2026-03-29 00:59:59", 1 * 60 + 59},  {"2026-03-29 01:00:00", 3 * 60}, /* summer time begins */
        {"2026-10-25 00:59:59", 2 * 60 + 59},  {"2026-10-25 01:00:00", 2 * 60}, /* and ends */
        {"1969-12-31 22:59:00", 23 * 60 + 59}, {"1969-12-31 23:00:00", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(civil_minute_at(instant_of(rows[i].utc)), rows[i].minute);
}

static void whatever_a_clock_says_is_a_day(void **state)
{
    (void)state;
    assert_int_equal(civil_day_at(INT64_MIN).number, DAY_FIRST.number);
    assert_int_equal(civil_day_at(INT64_MAX).number, DAY_LAST.number);
    assert_in_range(civil_minute_at(INT64_MIN), 0, 1439);
    assert_in_range(civil_minute_at(INT64_MAX), 0, 1439);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_amsterdam),
        cmocka_unit_test(no_day_is_missed),
        cmocka_unit_test(a_day_begins_when_clocks_show_midnight),
        cmocka_unit_test(minutes_are_those_that_clocks_show),
        cmocka_unit_test(whatever_a_clock_says_is_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
