/* Protects the day the service goes by: a wall clock at midnight and where it jumps, and the clocks that are given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/clock.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

static struct day day_of(const char *text)
{
    struct day day = DAY_ABSENT;
    assert_true(day_parse(text, strlen(text), &day));
    return day;
}

/* "2026-03-29 01:59:59" UTC. */
static int64_t instant_of(const char *text)
{
    int hour, minute, second;
    assert_int_equal(sscanf(text + 11, "%d:%d:%d", &hour, &minute, &second), 3);
    struct day day = DAY_ABSENT;
    assert_true(day_parse(text, 10, &day));
    return day.number * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * INT64_C(1000);
}

static void test_settings(void **state)
{
    static const struct {
        const char *text;
        bool right;
    } rows[] = {
        {"wall", true},
        {"2025-01-01", true},
        {"2025-01-01+1d/100ms", true},
        {"2025-01-01+30d/1ms", true},
        {"", false},
        {"Wall", false},
        {"wall ", false},
        {"2025-02-29", false},
        {"2025-1-1", false},
        {"2025-01-01+", false},
        {"2025-01-01+1d", false},
        {"2025-01-01+1d/", false},
        {"2025-01-01+1d/100", false},
        {"2025-01-01+1d/100ms ", false},
        {"2025-01-01+0d/100ms", false},
        {"2025-01-01+1d/0ms", false},
        {"2025-01-01+-1d/100ms", false},
        {"2025-01-01+1d/9999999999ms", false},
        {"1899-12-31+1d/1ms", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct clock_setting setting = {.step_ms = 77};
        char text[64];
        print_message("\"%s\"\n", rows[i].text);
        assert_int_equal(clock_setting_parse(rows[i].text, &setting), rows[i].right);
        if (!rows[i].right) {
            assert_int_equal(setting.step_ms, 77);
            continue;
        }
        clock_setting_format(&setting, text);
        assert_string_equal(text, rows[i].text);
    }
}

/* --- a wall clock that jumps -------------------------------------------------------------------------------------- */

struct look {
    int64_t monotonic_s;
    const char *wall; /* UTC */
    const char *today;
    bool held;
};

static void assert_looks(const struct look *looks, size_t count)
{
    const struct clock_setting wall = {.kind = CLOCK_WALL};
    struct clock clock;
    clock_init(&clock, &wall, 0);
    for (size_t i = 0; i < count; i++) {
        char text[DAY_TEXT_SIZE];
        bool held;
        day_format(clock_today(&clock, looks[i].monotonic_s * 1000, instant_of(looks[i].wall), &held), text);
        print_message("%lld s: %s\n", (long long)looks[i].monotonic_s, looks[i].wall);
        assert_string_equal(text, looks[i].today);
        assert_int_equal(held, looks[i].held);
    }
}

static void test_midnight_and_back(void **state)
{
    static const struct look looks[] = {
        {0, "2026-01-15 22:59:59", "2026-01-15", false}, {1, "2026-01-15 23:00:00", "2026-01-16", false},
        {2, "2026-01-15 22:59:59", "2026-01-16", false}, /* set back a second: the day stays */
        {3, "2026-01-10 12:00:00", "2026-01-16", false}, /* set back for days: likewise */
        {4, "2026-01-16 22:59:59", "2026-01-16", false}, {5, "2026-01-16 23:00:00", "2026-01-17", false},
    };
    (void)state;
    assert_looks(looks, sizeof(looks) / sizeof(looks[0]));
}

static void test_jump_is_held_for_a_minute(void **state)
{
    static const struct look looks[] = {
        {0, "2026-01-15 12:00:00", "2026-01-15", false},  {10, "2026-01-17 12:00:00", "2026-01-15", true},
        {69, "2026-01-17 12:00:59", "2026-01-15", true},  {70, "2026-01-17 12:01:00", "2026-01-17", false},
        {71, "2026-01-17 12:01:01", "2026-01-17", false},
    };
    (void)state;
    assert_looks(looks, sizeof(looks) / sizeof(looks[0]));
}

static void test_jump_that_does_not_stand(void **state)
{
    static const struct look looks[] = {
        {0, "2026-01-15 12:00:00", "2026-01-15", false},  {10, "2036-01-15 12:00:00", "2026-01-15", true},
        {50, "2026-01-15 12:00:50", "2026-01-15", false}, /* it was a slip */
        {60, "2036-01-15 12:00:00", "2026-01-15", true},  /* another begins anew */
        {80, "2026-02-15 12:00:00", "2026-01-15", true},  /* so does one to elsewhere */
        {139, "2026-02-15 12:00:59", "2026-01-15", true}, {140, "2026-02-15 12:01:00", "2026-02-15", false},
    };
    (void)state;
    assert_looks(looks, sizeof(looks) / sizeof(looks[0]));
}

static void test_midnight_during_a_held_jump(void **state)
{
    static const struct look looks[] = {
        {0, "2026-01-15 12:00:00", "2026-01-15", false},
        {10, "2026-01-20 22:59:30", "2026-01-15", true},
        {50, "2026-01-20 23:00:10", "2026-01-15", true},
        {70, "2026-01-20 23:00:30", "2026-01-21", false},
    };
    (void)state;
    assert_looks(looks, sizeof(looks) / sizeof(looks[0]));
}

/* A fixed clock is not held, however wild the wall clock. */
static void test_given_clocks(void **state)
{
    struct clock_setting setting;
    struct clock clock;
    bool held = true;
    (void)state;
    assert_true(clock_setting_parse("2025-06-01", &setting));
    clock_init(&clock, &setting, 1000);
    assert_int_equal(clock_today(&clock, 5000, INT64_C(4102444800000), &held).number, day_of("2025-06-01").number);
    assert_false(held);

    assert_true(clock_setting_parse("2025-06-01+2d/100ms", &setting));
    clock_init(&clock, &setting, 1000);
    assert_int_equal(clock_today(&clock, 1099, 0, &held).number, day_of("2025-06-01").number);
    assert_int_equal(clock_next_look_ms(&clock, 1099), 1);
    assert_int_equal(clock_today(&clock, 1100, 0, &held).number, day_of("2025-06-03").number);
    assert_int_equal(clock_next_look_ms(&clock, 1100), 100);
    assert_int_equal(clock_today(&clock, 1350, 0, &held).number, day_of("2025-06-07").number);
    assert_int_equal(clock_today(&clock, INT64_MAX, 0, &held).number, DAY_LAST.number);
    assert_false(held);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_midnight_and_back),
        cmocka_unit_test(test_jump_is_held_for_a_minute),
        cmocka_unit_test(test_jump_that_does_not_stand),
        cmocka_unit_test(test_midnight_during_a_held_jump),
        cmocka_unit_test(test_given_clocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
