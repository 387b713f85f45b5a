/* Protects the figures on the demo's screen: counting only the children that a day brings news of gives, on every day,
 * what counting all of them anew gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alerts/tally.h"
#include "consumer/calendar_file.h"
#include "consumer/demo_figures.h"

#define SEED 3

static struct calendar *calendar;
static struct demo_population *population;
static struct norms norms;

static int compare_by_child(const void *a, const void *b)
{
    const struct event *x = *(const struct event *const *)a, *y = *(const struct event *const *)b;
    const int order = text_compare(x->child_id, y->child_id);
    return order != 0 ? order : (x > y) - (x < y);
}

/* A tally of the first SENT events as of TODAY, each child's taken together. */
static struct tally *tally_of(size_t sent, struct day today)
{
    const struct yardstick yardstick = {.norms = &norms, .calendar = calendar, .today = today};
    const struct event **events = malloc(sent * sizeof(const struct event *));
    struct tally *tally = tally_new(DEMO_START, day_plus(today, 1), calendar);
    struct child child;
    struct figures figures;
    assert_true(events != NULL && tally != NULL && child_init(&child) && figures_init(&figures));
    for (size_t i = 0; i < sent; i++)
        events[i] = &population->events[i];
    qsort(events, sent, sizeof(*events), compare_by_child);
    for (size_t i = 0, number = 0; i < sent; number++) {
        child_reset(&child, events[i]->child_id);
        for (; i < sent && text_equal(events[i]->child_id, child.child_id); i++)
            child_apply(&child, &events[i]->fact);
        assert_true(child_count(&child, &yardstick, DEMO_START, day_plus(today, 1), &figures));
        assert_true(tally_add(tally, &figures, number));
    }
    figures_fini(&figures);
    child_fini(&child);
    free(events);
    tally_finish(tally);
    return tally;
}

static void check_day(const struct demo_day *found, size_t sent, struct day today)
{
    const struct figure_question question = {.grouping = GROUPING_ALL,
                                             .population = POPULATION_ALL,
                                             .from = DEMO_START,
                                             .to = today,
                                             .exact = true,
                                             .region = -1};
    struct tally *tally = tally_of(sent, today);
    struct figure_table table;
    assert_true(tally_table(tally, &question, &table));
    const int64_t *values = table.total.values;
    assert_int_equal(found->in_emergency, values[FIGURE_IN_EMERGENCY]);
    assert_int_equal(found->emergency_days, values[FIGURE_EMERGENCY_DAYS]);
    assert_int_equal(found->over_norm[0], values[FIGURE_OVER_STAY_NORM]);
    assert_int_equal(found->over_norm[1], values[FIGURE_OVER_SCHOOL_NORM]);
    assert_int_equal(found->over_norm[2], values[FIGURE_INTERRUPTED_BY_MOVE]);
    assert_int_equal(found->over_norm[3], values[FIGURE_INTERRUPTED_OTHERWISE]);
    assert_int_equal(found->over_norm[4], values[FIGURE_MOVED_OFTEN]);
    assert_int_equal(found->school_days_lost,
                     values[FIGURE_LOST_ON_ARRIVAL] + values[FIGURE_LOST_BY_MOVES] + values[FIGURE_LOST_OTHERWISE]);
    print_message("day %d: %lld in emergency, %lld school days lost\n", today.number - DEMO_START.number,
                  (long long)found->in_emergency, (long long)found->school_days_lost);
    figure_table_fini(&table);
    tally_free(tally);
}

static void test_a_day_at_a_time_is_as_good_as_anew(void **state)
{
    static const int checked[] = {0, 1, 45, 155, 300, 451, DEMO_DAYS - 1};
    struct demo_figures *figures = demo_figures_new(population, &norms, calendar);
    (void)state;
    assert_non_null(figures);
    for (int day = 0, next = 0; day < DEMO_DAYS; day++) {
        const struct day today = day_plus(DEMO_START, day);
        const size_t sent = demo_population_recorded_before(population, day_plus(today, 1));
        assert_true(demo_figures_advance(figures, today, sent));
        if (day != checked[next])
            continue;
        next++;
        const struct demo_day found = demo_figures_today(figures);
        assert_true(found.in_emergency > 4000 && found.over_norm[0] > 0);
        check_day(&found, sent, today);
    }
    demo_figures_free(figures);
}

/* An arrival to come makes a departure a transfer on its day, and then of the days between, too: a child must be
 * counted again though nothing new is heard of it. */
static void test_what_was_planned_takes_effect(void **state)
{
    static char id[1][DEMO_CHILD_ID_SIZE] = {"k-1"};
    static const int lost[] = {1, 1, 1, 4, 4}; /* Tuesday 1 April to Saturday 5 April, no school yet */
    const struct place place = {
        .location_id = {"noodopvang-1", 12}, .kind = LOCATION_EMERGENCY, .region = REGION_NORTH};
    struct event events[3] = {0};
    struct demo_population one = {.events = events, .event_count = 3, .child_count = 1, .child_ids = id};
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct fact *fact = &events[i].fact;
        events[i].child_id = (struct text){id[0], 3};
        fact->event_id.bytes[0] = (uint8_t)i;
        fact->kind = i == 1 ? FACT_DEPARTED : FACT_ARRIVED;
        fact->recorded_at_ms = fact->first_recorded_at_ms = i + 1;
        fact->occurred_on = day_plus(DEMO_START, i == 2 ? 3 : i);
        fact->birth_date = fact->applied_on = DAY_ABSENT;
        fact->unaccompanied = ANSWER_UNKNOWN;
        fact->place = i == 1 ? (struct place){0} : place;
    }
    struct demo_figures *figures = demo_figures_new(&one, &norms, calendar);
    for (int day = 0; day < 5; day++) {
        assert_true(demo_figures_advance(figures, day_plus(DEMO_START, day), day == 0 ? 1 : 3));
        const struct demo_day found = demo_figures_today(figures);
        print_message("day %d\n", day);
        assert_int_equal(found.in_emergency, day == 0 || day >= 3);
        assert_int_equal(found.emergency_days, found.in_emergency * (day + 1));
        assert_int_equal(found.school_days_lost, lost[day]);
    }
    demo_figures_free(figures);
}

static int set_up(void **state)
{
    (void)state;
    norms_init(&norms);
    calendar = calendar_shipped(stderr);
    population = calendar == NULL ? NULL : demo_population_new(SEED, calendar);
    return population == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    demo_population_free(population);
    calendar_free(calendar);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_day_at_a_time_is_as_good_as_anew),
        cmocka_unit_test(test_what_was_planned_takes_effect),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
