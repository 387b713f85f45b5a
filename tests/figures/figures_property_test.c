/* Protects the figures against a day too many or too few, a day at the wrong place, a day counted twice: what
 * child_count says of random children over random periods must be, figure by figure and day by day, what a slow count
 * says that looks at single days. Periods cross years, changes of the clock and vacations, and reach beyond today.
 *
 * PA_SEED (default 1) is the first story's seed, PA_ROUNDS how many stories are told (default: ROUNDS). A story that
 * fails is cut down to the facts that matter and printed with its seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "comparison.h"
#include "tests/oracle/candidates.h"
#include "tests/oracle/show.h"
#include "tests/oracle/trial.h"

#ifdef NDEBUG
#define ROUNDS 20000
#else
#define ROUNDS 10000 /* slower without optimisation or with a sanitizer */
#endif
#define PERIODS_A_STORY 4
#define PERIOD_DAYS_MAX 1200

struct asked { /* a period, [from, until) */
    struct day from, until;
};

static struct figures figures;
static struct counted_day expected[PERIOD_DAYS_MAX];

/* What the tests have seen: a test that never meets a change of the clock protects nothing there. */
static struct {
    uint64_t across_years, with_clock_change, with_vacation, forecasts, nothing_but_forecast, single_days;
    uint64_t figures[FIGURE_COUNT];
} seen;

/* --- periods ----------------------------------------------------------------------------------------------------- */

static struct day within_records(int number)
{
    if (number > DAY_LAST.number)
        return DAY_LAST;
    return number < DAY_FIRST.number ? DAY_FIRST : (struct day){number};
}

/* A day beyond today costs a look of its own, so that most periods reach just a little further. */
static struct asked random_period(const struct story *story, struct day today)
{
    struct random_source random = lab_random(story, today);
    static const int lengths[] = {1, 1, 2, 7, 31, 92, 366, 800};
    int length = lengths[random_between(&random, 0, 7)];
    int beyond = 1;
    if (random_chance(&random, 50))
        beyond += random_between(&random, 0, random_chance(&random, 5) ? 250 : 30);
    else if (random_chance(&random, 50))
        beyond -= random_between(&random, 0, 700);
    struct asked asked = {.until = within_records(today.number + beyond)};
    asked.from = within_records(asked.until.number - random_between(&random, 1, length));
    if (asked.from.number == asked.until.number)
        asked.until.number++; /* at the very ends of time */
    return asked;
}

static bool crosses(const struct almanac *almanac, struct asked asked, int month, int day_of_month)
{
    for (int year = 2015; year < 2035; year++) {
        struct day day = almanac_day(almanac, year, month, day_of_month);
        if (asked.from.number < day.number && day.number < asked.until.number)
            return true;
    }
    return false;
}

/* The last Sundays of March and October lie in the week before the month's end. */
static bool has_clock_change(const struct almanac *almanac, struct asked asked)
{
    for (int year = 2015; year < 2035; year++) {
        struct day ends[] = {almanac_day(almanac, year, 3, 31), almanac_day(almanac, year, 10, 31)};
        for (int i = 0; i < 2; i++) {
            int sunday = ends[i].number - (ends[i].number + 4) % 7; /* 1970-01-01 was a Thursday */
            if (asked.from.number <= sunday && sunday < asked.until.number)
                return true;
        }
    }
    return false;
}

static void note(const struct almanac *almanac, struct asked asked, struct day today)
{
    seen.across_years += crosses(almanac, asked, 1, 1);
    seen.with_clock_change += has_clock_change(almanac, asked);
    seen.forecasts += asked.until.number > today.number + 1;
    seen.nothing_but_forecast += asked.from.number > today.number;
    seen.single_days += asked.until.number == asked.from.number + 1;
    bool vacation = false;
    for (struct day day = asked.from; day.number < asked.until.number; day.number++) {
        const struct counted_day *counted = &expected[day.number - asked.from.number];
        vacation = vacation || (counted->counts && almanac_in_vacation(almanac, counted->place.region, day));
        for (int figure = 0; figure < FIGURE_COUNT; figure++)
            seen.figures[figure] += counted->values[figure] > 0;
    }
    seen.with_vacation += vacation;
}

/* --- the property ------------------------------------------------------------------------------------------------ */

static bool counted_as_day_by_day(struct lab *lab, const struct story *story, struct day today)
{
    struct random_source random = lab_random(story, today);
    struct asked asked = random_period(story, today);
    struct counted_child child = {story->versions, story->count, &story->norms, lab_almanac(lab, story), today};
    counter_count(lab->oracle, &child, asked.from, asked.until, expected);
    lab_apply_story(lab, story, &random);
    struct yardstick yardstick = lab_yardstick(lab, story, today);
    if (!child_count(&lab->child, &yardstick, asked.from, asked.until, &figures))
        return lab_fails(lab, "memory is short");
    note(child.almanac, asked, today);
    char why[COMPARISON_WHY_SIZE];
    bool same = figures_are(&figures, child.almanac, asked.from, asked.until, expected, why);
    return same || lab_fails(lab, "%s", why);
}

static void tell_period(struct lab *lab, const struct story *story, struct day today)
{
    struct asked asked = random_period(story, today);
    fprintf(stderr, "period from ");
    show_day(stderr, lab_almanac(lab, story), asked.from);
    fprintf(stderr, " until ");
    show_day(stderr, lab_almanac(lab, story), asked.until);
    fprintf(stderr, ", the latter not included\n");
}

static const struct property counted_as_day_by_day_property = {"counted_as_day_by_day", counted_as_day_by_day,
                                                               tell_period};

static bool check_story(struct lab *lab, const struct story *story)
{
    static struct candidates candidates; /* large */
    struct random_source random = {story->seed + 2};
    candidates_find(&candidates, lab, story, &random);
    for (int i = 0; i < PERIODS_A_STORY; i++)
        if (!trial_holds(lab, &counted_as_day_by_day_property, story, candidates_random(&candidates, &random)))
            return false;
    return true;
}

static void figures_are_those_counted_day_by_day(void **state)
{
    struct lab *lab = *state;
    static struct story story; /* large */
    uint64_t seed = trial_setting("PA_SEED", 1), rounds = trial_setting("PA_ROUNDS", ROUNDS), failed = 0;
    print_message("PA_SEED=%llu PA_ROUNDS=%llu\n", (unsigned long long)seed, (unsigned long long)rounds);
    for (uint64_t i = 0; i < rounds && failed < 3; i++) {
        story_tell(&story, seed + i);
        failed += !check_story(lab, &story);
    }
    assert_int_equal(failed, 0);
}

/* --- what was seen ----------------------------------------------------------------------------------------------- */

static void the_periods_were_worth_looking_at(void **state)
{
    (void)state;
    const struct {
        const char *name;
        uint64_t count;
    } rows[] = {
        {"across years", seen.across_years},
        {"with a change of the clock", seen.with_clock_change},
        {"with a vacation", seen.with_vacation},
        {"beyond today", seen.forecasts},
        {"wholly beyond today", seen.nothing_but_forecast},
        {"of a single day", seen.single_days},
    };
    bool enough = trial_setting("PA_ROUNDS", ROUNDS) >= 1000;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        print_message("%8llu periods %s\n", (unsigned long long)rows[i].count, rows[i].name);
        assert_true(!enough || rows[i].count > 100);
    }
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        print_message("%8llu days with %s\n", (unsigned long long)seen.figures[figure], figure_names[figure]);
        assert_true(!enough || seen.figures[figure] > 100);
    }
}

static int set_up(void **state)
{
    static struct lab lab;
    *state = &lab;
    bool fine = figures_init(&figures) && lab_init(&lab, PROJECT_SOURCE_DIR "/etc/school-calendar.csv");
    return fine ? 0 : -1;
}

static int tear_down(void **state)
{
    lab_fini(*state);
    figures_fini(&figures);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_those_counted_day_by_day),
        cmocka_unit_test(the_periods_were_worth_looking_at),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
