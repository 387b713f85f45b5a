/* Protects when nobody is mailed: which texts are hours, quiet spans over midnight, weekends and both changes of summer
 * time, and what is new when they are over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "alerts/quiet_hours.h"
#include "rules/day.h"

#define MINUTE_MS INT64_C(60000)

/* "2026-03-29 01:59" UTC. */
static int64_t instant_of(const char *text)
{
    int hour, minute;
    struct day day = DAY_ABSENT;
    assert_int_equal(sscanf(text + 11, "%d:%d", &hour, &minute), 2);
    assert_true(day_parse(text, 10, &day));
    return (day.number * INT64_C(1440) + hour * 60 + minute) * MINUTE_MS;
}

static struct quiet_hours hours(const char *text, bool weekend)
{
    struct quiet_hours quiet = {.weekend = weekend};
    assert_true(quiet_hours_parse(text, &quiet));
    return quiet;
}

static void texts_are_hours_or_refused(void **state)
{
    static const char *const wrong[] = {"19:00",        "19:00-",       "19:00-07:0",   "19:00-07:000", "7:00-19:00",
                                        "19:00-24:00",  "19:60-07:00",  "19:00-19:00",  "19.00-07.00",  "-1:00-07:00",
                                        " 19:00-07:00", "19:00-07:00 ", "19:00--07:00", "1a:00-07:00",  "never"};
    struct quiet_hours quiet = {1, 2, true};
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        print_message("%s\n", wrong[i]);
        assert_false(quiet_hours_parse(wrong[i], &quiet));
    }
    assert_true(quiet.from == 1 && quiet.until == 2 && quiet.weekend);
    assert_true(quiet_hours_parse("19:00-07:30", &quiet));
    assert_true(quiet.from == 19 * 60 && quiet.until == 7 * 60 + 30 && quiet.weekend);
    assert_true(quiet_hours_parse("", &quiet));
    assert_int_equal(quiet.from, quiet.until);
}

static void a_time_of_day_is_read_exactly(void **state)
{
    static const char *const wrong[] = {"", "7:00", "24:00", "07:60", "07:00 ", "0700", "07-00"};
    int minute = -1;
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(minute_of_day_parse(wrong[i], &minute));
    assert_int_equal(minute, -1);
    assert_true(minute_of_day_parse("23:59", &minute));
    assert_int_equal(minute, MINUTES_PER_DAY - 1);
}

/* 2026-11-27 is a Friday; Amsterdam is an hour ahead of UTC in winter, two in summer. */
static void it_is_quiet_until(void **state)
{
    static const struct {
        const char *hours;
        bool weekend;
        const char *at, *end; /* in UTC; NULL: it is not quiet */
    } rows[] = {
        {"", false, "2026-11-28 12:00", NULL},
        {"19:00-07:00", false, "2026-11-26 17:59", NULL}, /* 18:59 in Amsterdam */
        {"19:00-07:00", false, "2026-11-26 18:00", "2026-11-27 06:00"},
        {"19:00-07:00", false, "2026-11-27 05:59", "2026-11-27 06:00"},
        {"19:00-07:00", false, "2026-11-27 06:00", NULL},
        {"12:30-13:00", false, "2026-11-27 11:30", "2026-11-27 12:00"}, /* not over midnight */
        {"12:30-13:00", false, "2026-11-27 11:29", NULL},
        {"", true, "2026-11-27 22:59", NULL}, /* Friday, the last minute */
        {"", true, "2026-11-27 23:00", "2026-11-29 23:00"},
        {"", true, "2026-11-29 22:59", "2026-11-29 23:00"},
        {"19:00-07:00", true, "2026-11-27 18:00", "2026-11-30 06:00"}, /* Friday evening to Monday morning */
        {"19:00-07:00", true, "2026-11-30 06:00", NULL},
        {"07:00-06:59", true, "2026-11-27 06:00", "2026-11-30 05:59"}, /* one minute a weekday is not */
        {"02:30-03:00", false, "2026-03-29 00:59", NULL},              /* that night clocks show no 02:30 */
        {"02:30-03:00", false, "2026-03-29 01:00", NULL},
        {"22:00-07:00", false, "2026-03-28 21:00", "2026-03-29 05:00"}, /* a night of eight hours */
        {"22:00-07:00", false, "2026-10-24 20:00", "2026-10-25 06:00"}, /* and of ten */
        {"02:30-03:00", false, "2026-10-25 00:30", "2026-10-25 01:00"}, /* that night they show it twice */
        {"02:30-03:00", false, "2026-10-25 01:00", NULL},
        {"02:30-03:00", false, "2026-10-25 01:30", "2026-10-25 02:00"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct quiet_hours quiet = hours(rows[i].hours, rows[i].weekend);
        const int64_t at_ms = instant_of(rows[i].at) + 59999; /* the whole minute */
        print_message("%s at %s\n", rows[i].hours, rows[i].at);
        assert_int_equal(quiet_hours_at(&quiet, at_ms), rows[i].end != NULL);
        assert_int_equal(quiet_hours_end(&quiet, at_ms), rows[i].end == NULL ? at_ms : instant_of(rows[i].end));
    }
}

static void it_is_quiet_before_and_after(void **state)
{
    static const struct {
        const char *hours, *from, *until; /* in UTC */
        bool weekend, expected;
    } rows[] = {
        {"", "2026-11-27 12:00", "2026-11-27 12:00", false, false},
        {"19:00-07:00", "2026-11-27 17:54", "2026-11-27 17:59", false, false},
        {"19:00-07:00", "2026-11-27 17:55", "2026-11-27 18:00", false, true},
        {"19:00-07:00", "2026-11-27 05:59", "2026-11-27 06:04", false, true},
        {"19:00-07:00", "2026-11-27 06:00", "2026-11-27 06:05", false, false},
        {"12:30-12:31", "2026-11-27 11:00", "2026-11-27 12:00", false, true}, /* at neither end of it */
        {"", "2026-11-27 22:59", "2026-11-27 23:00", true, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct quiet_hours quiet = hours(rows[i].hours, rows[i].weekend);
        print_message("%s from %s\n", rows[i].hours, rows[i].from);
        assert_int_equal(quiet_hours_touch(&quiet, instant_of(rows[i].from) + 59999, instant_of(rows[i].until)),
                         rows[i].expected);
    }
}

static void what_is_free_of_a_day(void **state)
{
    static const struct {
        const char *hours;
        int minutes;
    } rows[] = {{"", 1440}, {"19:00-07:00", 720}, {"12:30-13:00", 1410}, {"07:00-06:59", 1}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct quiet_hours quiet = hours(rows[i].hours, true);
        assert_int_equal(quiet_hours_free_minutes(&quiet), rows[i].minutes);
    }
}

static void what_a_quiet_weekend_brought_is_new_on_monday(void **state)
{
    static const struct {
        const char *hours;
        bool weekend;
        const char *now, *since;
    } rows[] = {
        {"", false, "2026-11-30 06:02", "2026-11-29 06:02"},
        {"19:00-07:00", false, "2026-11-27 06:02", "2026-11-26 06:02"}, /* at 07:02 it was not quiet */
        {"19:00-07:10", false, "2026-11-27 06:05", "2026-11-25 18:00"}, /* at 07:05 it was, since the evening before */
        {"19:00-07:00", true, "2026-11-30 06:02", "2026-11-27 18:00"},
        {"19:00-07:00", true, "2026-12-01 06:02", "2026-11-30 06:02"},
        {"", true, "2026-11-30 22:59", "2026-11-27 23:00"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct quiet_hours quiet = hours(rows[i].hours, rows[i].weekend);
        print_message("%s at %s\n", rows[i].hours, rows[i].now);
        assert_int_equal(quiet_hours_recent_since(&quiet, instant_of(rows[i].now)), instant_of(rows[i].since));
    }
}

/* It begins at so many minutes after midnight in Amsterdam (420: 07:00), and takes ten. */
static void a_digest_tells_what_came_since_the_last_one(void **state)
{
    static const struct {
        const char *hours;
        bool weekend;
        int digest_at;
        const char *now, *since;
    } rows[] = {
        {"", false, 420, "2026-11-26 12:00", "2026-11-26 06:00"},
        {"", false, 420, "2026-11-27 05:59", "2026-11-26 06:00"},
        {"", false, 420, "2026-11-27 06:09", "2026-11-26 06:00"}, /* that of today is told */
        {"", false, 420, "2026-11-27 06:10", "2026-11-27 06:00"},
        {"", false, 420, "2026-11-30 06:05", "2026-11-29 06:00"}, /* Sunday's */
        {"19:00-07:00", true, 420, "2026-11-30 06:05", "2026-11-27 06:00"},
        {"19:00-07:00", true, 420, "2026-11-30 06:10", "2026-11-30 06:00"},
        {"", true, 900, "2026-11-30 14:05", "2026-11-27 14:00"},
        {"", true, 1435, "2026-11-30 12:00", "2026-11-26 22:55"}, /* Friday's lasts into Saturday */
        {"", false, 420, "2026-03-29 05:05", "2026-03-28 06:00"}, /* summer time has begun … */
        {"", false, 420, "2026-10-25 06:05", "2026-10-24 05:00"}, /* … and ended */
        {"", false, 150, "2026-03-29 01:00", "2026-03-28 01:30"}, /* that night clocks show no 02:30 … */
        {"", false, 150, "2026-10-25 12:00", "2026-10-25 01:30"}, /* … and show it twice */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct quiet_hours quiet = hours(rows[i].hours, rows[i].weekend);
        print_message("%s at %s\n", rows[i].hours, rows[i].now);
        assert_int_equal(quiet_hours_digest_since(&quiet, rows[i].digest_at, 10, instant_of(rows[i].now) + 59999),
                         instant_of(rows[i].since));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_hours_or_refused),
        cmocka_unit_test(a_time_of_day_is_read_exactly),
        cmocka_unit_test(it_is_quiet_until),
        cmocka_unit_test(it_is_quiet_before_and_after),
        cmocka_unit_test(what_is_free_of_a_day),
        cmocka_unit_test(what_a_quiet_weekend_brought_is_new_on_monday),
        cmocka_unit_test(a_digest_tells_what_came_since_the_last_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
