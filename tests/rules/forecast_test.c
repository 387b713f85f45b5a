/* Protects the work list: an alert to come that is not told can not be prevented, and one that is told twice, or that
 * will not come, teaches people to look away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "rules/forecast.h"
#include "story.h"

#define EMERGENCY "; 2025-01-14 arrived e EMERGENCY NORTH born 2023-05-10"
#define SCHOOL "; 2025-01-14 arrived n CENTRE NORTH born 2015-05-10"

struct fixture {
    struct bench bench;
    struct forecast forecast;
    char told[2048];
};

static bool tell(void *context, const struct alert *alert, struct day day)
{
    struct fixture *fixture = context;
    const size_t length = strlen(fixture->told);
    char text[DAY_TEXT_SIZE];
    day_format(day, text);
    snprintf(fixture->told + length, sizeof(fixture->told) - length, "%s%s %s %s at %.*s", length > 0 ? "; " : "", text,
             rules[alert->rule]->name, level_names[alert->level], (int)alert->place.location_id.length,
             alert->place.location_id.bytes);
    return true;
}

static const char *forecast_of(struct fixture *fixture, const char *facts, const char *today, int days)
{
    static struct story story;
    const struct yardstick yardstick = bench_yardstick(&fixture->bench, today);
    story_tell(&story, facts);
    bench_begin(&fixture->bench);
    bench_apply(&fixture->bench, &story);
    fixture->told[0] = '\0';
    assert_true(child_forecast(&fixture->bench.child, &yardstick, day_plus(yardstick.today, days), &fixture->forecast,
                               tell, fixture));
    return fixture->told;
}

static void what_comes_if_nothing_happens(void **state)
{
    static const struct {
        const char *facts, *today;
        int days;
        const char *told;
    } rows[] = {
        {EMERGENCY, "2025-06-01", 43, ""}, /* a notice is no violation */
        {EMERGENCY, "2025-06-01", 44, "2025-07-15 emergency-stay VIOLATION at e"},
        {EMERGENCY, "2025-07-14", 1, "2025-07-15 emergency-stay VIOLATION at e"},
        {EMERGENCY, "2025-07-15", 100, ""}, /* it is one already */
        {EMERGENCY, "2025-06-01", 400,
         "2025-07-15 emergency-stay VIOLATION at e; 2026-01-15 emergency-stay SEVERE at e"},
        {EMERGENCY, "2025-01-01", 10, ""},
        {EMERGENCY, "2025-01-01", 200, "2025-07-15 emergency-stay VIOLATION at e"}, /* the arrival is dated ahead */
        /* facts dated ahead take effect on their day */
        {EMERGENCY "; 2025-07-10 departed", "2025-07-01", 100, ""},
        {EMERGENCY "; 2025-07-10 moved f EMERGENCY SOUTH", "2025-07-01", 30,
         "2025-07-15 emergency-stay VIOLATION at f"},
        {SCHOOL, "2025-04-01", 30, "2025-04-15 no-school VIOLATION at n"},
        {SCHOOL "; 2025-04-15 enrolled s", "2025-04-01", 30, ""},
        /* alerts are told apart by rule, and by cause */
        {"2025-01-14 arrived e EMERGENCY NORTH born 2020-04-15", "2025-07-01", 40,
         "2025-07-15 emergency-stay VIOLATION at e; 2025-08-02 no-school VIOLATION at e"},
        {SCHOOL "; 2025-01-20 enrolled s; 2025-03-05 moved m CENTRE MIDDLE; 2025-03-05 enrolled t; 2025-03-12 moved k "
                "CENTRE MIDDLE",
         "2025-03-06", 10, "2025-03-12 school-move VIOLATION at k"},
        /* a move in term is reported although it is over on its day */
        {SCHOOL "; 2025-01-20 enrolled s; 2025-03-05 moved m CENTRE MIDDLE; 2025-03-05 enrolled t", "2025-03-01", 10,
         "2025-03-05 school-move VIOLATION at m"},
        {SCHOOL "; 2025-01-20 enrolled s; 2025-03-05 moved m CENTRE MIDDLE", "2025-03-01", 40,
         "2025-03-05 school-move VIOLATION at m; 2025-04-02 school-move SEVERE at m"},
        /* a transfer whose arrival is to come is no departure once it came */
        {EMERGENCY "; 2025-07-12 departed; 2025-07-15 arrived f EMERGENCY NORTH", "2025-07-13", 10,
         "2025-07-15 emergency-stay VIOLATION at f"},
    };
    struct fixture *fixture = *state;
    bench_set_norms(&fixture->bench, NULL);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(forecast_of(fixture, rows[i].facts, rows[i].today, rows[i].days), rows[i].told) != 0)
            fail_msg("row %zu, %s from %s on: \"%s\", expected \"%s\"", i, rows[i].facts, rows[i].today, fixture->told,
                     rows[i].told);
}

/* Day after day, whether anything changes on it or not. */
static void every_day_is_looked_at(void **state)
{
    static const char facts[] = SCHOOL
        "; 2025-02-03 enrolled s; 2025-03-05 moved m EMERGENCY MIDDLE; 2025-03-20 enrolled t; "
        "2025-04-01 withdrawn t; 2025-05-20 moved e EMERGENCY SOUTH; 2025-06-03 moved n "
        "CENTRE NORTH; 2025-06-10 departed; 2025-06-12 arrived f EMERGENCY NORTH";
    struct fixture *fixture = *state;
    struct bench *bench = &fixture->bench;
    char expected[sizeof(fixture->told)];
    forecast_of(fixture, facts, "2025-01-10", 500);
    strcpy(expected, fixture->told);
    fixture->told[0] = '\0';
    struct yardstick yardstick = bench_yardstick(bench, "2025-01-10");
    static struct alert before[64];
    uint32_t before_count = 0;
    for (int day = 0; day <= 500; day++, yardstick.today = day_plus(yardstick.today, 1)) {
        child_assess(&bench->child, &yardstick, &bench->judgement);
        for (uint32_t i = 0; day > 0 && i < bench->judgement.alert_count; i++) {
            const struct alert *alert = &bench->judgement.alerts[i];
            int level = LEVEL_NOTICE;
            for (uint32_t k = 0; k < before_count; k++)
                if (before[k].rule == alert->rule && uuid_equal(&before[k].cause, &alert->cause))
                    level = (int)before[k].level;
            if ((int)alert->level > level)
                tell(fixture, alert, yardstick.today);
        }
        before_count = bench->judgement.alert_count;
        assert_true(before_count <= 64);
        memcpy(before, bench->judgement.alerts, before_count * sizeof(before[0]));
    }
    assert_true(strlen(expected) > 100);
    assert_string_equal(expected, fixture->told);
}

static bool stop(void *context, const struct alert *alert, struct day day)
{
    (void)alert, (void)day;
    ++*(int *)context;
    return false;
}

static void it_ends_where_it_is_told_to(void **state)
{
    struct fixture *fixture = *state;
    int told = 0;
    forecast_of(fixture, EMERGENCY, "2025-06-01", 1);
    const struct yardstick yardstick = bench_yardstick(&fixture->bench, "2025-06-01");
    assert_false(child_forecast(&fixture->bench.child, &yardstick, DAY_LAST, &fixture->forecast, stop, &told));
    assert_int_equal(told, 1);
}

static int set_up(void **state)
{
    static struct fixture fixture;
    *state = &fixture;
    bench_init(&fixture.bench);
    return forecast_init(&fixture.forecast) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    bench_fini(&fixture->bench);
    forecast_fini(&fixture->forecast);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_comes_if_nothing_happens),
        cmocka_unit_test(every_day_is_looked_at),
        cmocka_unit_test(it_ends_where_it_is_told_to),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
