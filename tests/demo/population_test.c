/* Protects the demo's claim to be the spring of 2025 as the Inspectorates' letter has it: its counts, its closing
 * sites, its slow schools; and that everything comes from the seed alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/demo_population.h"
#include "rules/child.h"
#include "tests/support/calendar_csv.h"

#define SEED 1

static struct calendar *calendar;
static struct demo_population *population;

/* --- children of the events --------------------------------------------------------------------------------------- */

static int compare_by_child(const void *a, const void *b)
{
    const struct event *x = *(const struct event *const *)a, *y = *(const struct event *const *)b;
    int order = text_compare(x->child_id, y->child_id);
    return order != 0 ? order : (x > y) - (x < y);
}

/* Calls ON_CHILD with the history as of TODAY of every child in the first COUNT events. */
static void for_each_child(size_t count, struct day today,
                           void (*on_child)(void *context, const struct history *history), void *context)
{
    const struct event **events = malloc(count * sizeof(const struct event *));
    struct child child;
    struct history history;
    struct norms norms;
    norms_init(&norms);
    assert_true(events != NULL && child_init(&child) && history_init(&history));
    for (size_t i = 0; i < count; i++)
        events[i] = &population->events[i];
    qsort(events, count, sizeof *events, compare_by_child);
    for (size_t i = 0; i < count;) {
        child_reset(&child, events[i]->child_id);
        for (; i < count && text_equal(events[i]->child_id, child.child_id); i++)
            child_apply(&child, &events[i]->fact);
        history_build(&history, child.facts, child.fact_count, &norms, today);
        on_child(context, &history);
    }
    history_fini(&history);
    child_fini(&child);
    free(events);
}

struct letter {
    int emergency, unaccompanied, regular, adults, over_six_months, sites;
    int64_t emergency_days;
    struct text seen[DEMO_SITES];
};

static void note_site(struct letter *letter, struct text location_id)
{
    for (int i = 0; i < letter->sites; i++)
        if (text_equal(letter->seen[i], location_id))
            return;
    letter->seen[letter->sites++] = location_id;
}

static struct day emergency_since(const struct history *history, const struct stay *stay)
{
    const struct stay *first = &history->stays[history->periods[stay->period].stay_first];
    while (stay > first && location_kind_is_emergency(stay[-1].place.kind))
        stay--;
    return stay->from;
}

static void count_child(void *context, const struct history *history)
{
    struct letter *letter = context;
    const struct stay *stay = history_stay_on(history, DEMO_START);
    if (stay == NULL)
        return;
    letter->adults += !day_before(DEMO_START, history->adult_from);
    if (!location_kind_is_emergency(stay->place.kind)) {
        letter->regular++;
        return;
    }
    struct day since = emergency_since(history, stay);
    letter->emergency++;
    letter->unaccompanied += history->unaccompanied == ANSWER_YES;
    letter->emergency_days += DEMO_START.number - since.number + 1;
    letter->over_six_months += day_before(day_add_months(since, 6), DEMO_START);
    note_site(letter, stay->place.location_id);
}

static void test_what_the_registers_know_on_the_first_day_is_the_letter(void **state)
{
    (void)state;
    struct letter letter = {0};
    for_each_child(demo_population_recorded_before(population, DEMO_START), DEMO_START, count_child, &letter);
    assert_int_equal(letter.emergency, 7044);
    assert_int_equal(letter.unaccompanied, 1918);
    assert_int_equal(letter.sites, 186);
    assert_int_equal(letter.regular, 7044);
    assert_int_equal(letter.adults, 0);
    assert_in_range(letter.emergency_days / letter.emergency, 7 * 30, 9 * 30);
    assert_in_range(letter.over_six_months * 100 / letter.emergency, 42, 58);
}

static void test_the_census_of_the_first_day_is_the_letter(void **state)
{
    (void)state;
    const struct demo_census *census = &population->census[0];
    assert_int_equal(census->children, 14088);
    assert_int_equal(census->in_emergency, 7044);
    assert_int_equal(census->unaccompanied_in_emergency, 1918);
    assert_int_equal(census->emergency_sites, 186);
}

/* --- sites -------------------------------------------------------------------------------------------------------- */

static const struct demo_site *find_site(struct text location_id)
{
    for (int i = 0; i < DEMO_SITES; i++)
        if (text_equal(population->sites.sites[i].place.location_id, location_id))
            return &population->sites.sites[i];
    fail_msg("unknown site %.*s", (int)location_id.length, location_id.bytes);
    return NULL;
}

static void count_late_residents(void *context, const struct history *history)
{
    int *late = context;
    for (uint32_t i = 0; i < history->stay_count; i++)
        *late += day_before(find_site(history->stays[i].place.location_id)->closes_on, history->stays[i].until);
}

static void test_nobody_lives_in_a_site_that_is_closed(void **state)
{
    (void)state;
    int late = 0;
    for_each_child(population->event_count, DEMO_END, count_late_residents, &late);
    assert_int_equal(late, 0);
}

static void test_a_third_of_the_sites_closes_before_august_in_term_and_in_vacation(void **state)
{
    (void)state;
    int closing = 0, in_vacation = 0;
    for (int i = 0; i < DEMO_SITES_EMERGENCY; i++) {
        const struct demo_site *site = &population->sites.sites[i];
        if (!day_before(site->closes_on, day_from_civil((struct civil_date){2025, 8, 1})))
            continue;
        closing++;
        in_vacation += calendar_in_vacation(calendar, site->place.region, site->closes_on);
    }
    assert_in_range(closing, 58, 66);
    assert_in_range(in_vacation, 10, closing - 10);
}

static void test_sites_have_different_names(void **state)
{
    (void)state;
    for (int i = 0; i < DEMO_SITES; i++)
        assert_ptr_equal(find_site(population->sites.sites[i].place.location_id), &population->sites.sites[i]);
}

/* --- events ------------------------------------------------------------------------------------------------------- */

static void test_every_event_passes_the_checks_of_events(void **state)
{
    (void)state;
    struct event_storage storage = {0};
    for (size_t i = 0; i < population->event_count; i += 7) {
        char line[2048], again[2048];
        struct event event;
        struct finding finding;
        size_t length = event_write_json(&population->events[i], line, sizeof line);
        assert_true(length > 0 && event_read_json(line, length, &storage, &event, &finding));
        assert_int_equal(event_write_json(&event, again, sizeof again), length);
        assert_memory_equal(line, again, length);
    }
    event_storage_fini(&storage);
}

static void test_events_come_in_the_order_of_recording(void **state)
{
    (void)state;
    for (size_t i = 1; i < population->event_count; i++)
        assert_true(population->events[i - 1].fact.recorded_at_ms <= population->events[i].fact.recorded_at_ms);
    size_t before = demo_population_recorded_before(population, DEMO_START);
    assert_in_range(before, 50000, 150000);
    assert_int_equal(demo_population_recorded_before(population, day_plus(DEMO_END, 1)), population->event_count);
}

static void test_registers_are_late_mistaken_and_repetitive(void **state)
{
    (void)state;
    size_t late = 0, early = 0, retracted = 0, repeated = 0;
    for (size_t i = 0; i < population->event_count; i++) {
        const struct fact *fact = &population->events[i].fact;
        int days = (int)(fact->recorded_at_ms / 86400000) - fact->occurred_on.number;
        late += days > 14;
        early += days < 0;
        retracted += fact->retracted;
        repeated += i > 0 && uuid_equal(&fact->event_id, &population->events[i - 1].fact.event_id);
    }
    assert_true(late > 5000 && early > 5000 && retracted > 100 && repeated > 1000);
}

static void test_the_same_seed_gives_the_same_bytes(void **state)
{
    (void)state;
    struct demo_population *again = demo_population_new(SEED, calendar),
                           *other = demo_population_new(SEED + 1, calendar);
    assert_non_null(again);
    assert_non_null(other);
    assert_int_equal(again->event_count, population->event_count);
    for (size_t i = 0; i < again->event_count; i++) {
        char expected[2048], line[2048];
        size_t length = event_write_json(&population->events[i], expected, sizeof expected);
        assert_int_equal(event_write_json(&again->events[i], line, sizeof line), length);
        assert_memory_equal(line, expected, length);
    }
    assert_memory_equal(again->census, population->census, sizeof again->census);
    assert_memory_not_equal(other->census, population->census, sizeof other->census);
    assert_int_equal(other->census[0].in_emergency, DEMO_CHILDREN_EMERGENCY);
    demo_population_free(again);
    demo_population_free(other);
}

static int set_up(void **state)
{
    (void)state;
    struct calendar_row *rows;
    size_t count;
    if (!calendar_rows_read(PROJECT_SOURCE_DIR "/etc/school-calendar.csv", &rows, &count))
        return -1;
    calendar = calendar_new(rows, count);
    free(rows);
    population = demo_population_new(SEED, calendar);
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
        cmocka_unit_test(test_what_the_registers_know_on_the_first_day_is_the_letter),
        cmocka_unit_test(test_the_census_of_the_first_day_is_the_letter),
        cmocka_unit_test(test_nobody_lives_in_a_site_that_is_closed),
        cmocka_unit_test(test_a_third_of_the_sites_closes_before_august_in_term_and_in_vacation),
        cmocka_unit_test(test_sites_have_different_names),
        cmocka_unit_test(test_every_event_passes_the_checks_of_events),
        cmocka_unit_test(test_events_come_in_the_order_of_recording),
        cmocka_unit_test(test_registers_are_late_mistaken_and_repetitive),
        cmocka_unit_test(test_the_same_seed_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
