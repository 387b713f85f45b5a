/* Protects what the demo says of the alerts it reads: what is open, what is news, where most is in force; and that a
 * difference between what was published and what the events give can not go unseen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/demo_comparison.h"
#include "consumer/demo_feed.h"
#include "consumer/demo_ledger.h"
#include "consumer/demo_population.h"
#include "consumer/evaluation.h"
#include "tests/support/calendar_csv.h"

#define TODAY ((struct day){20200})

static struct text text_of(const char *string)
{
    return (struct text){string, (uint32_t)strlen(string)};
}

/* Revision number REVISION of the alert of CHILD's that has that number as its cause. */
static struct alert_record record(const char *child, uint8_t rule, enum level level, enum alert_state state,
                                  const char *location, uint32_t revision)
{
    struct alert alert = {.rule = rule, .level = level, .state = state, .raised_on = TODAY, .revision = revision};
    alert.violation_on = alert.due_on = alert.resolved_on = DAY_ABSENT;
    alert.place = (struct place){text_of(location), LOCATION_EMERGENCY, REGION_NORTH};
    return alert_record_of(&alert, text_of(child), 0);
}

/* --- the ledger --------------------------------------------------------------------------------------------------- */

static void test_changes_worth_telling(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum level level;
        enum alert_state state;
        const char *location;
        uint32_t revision;
        enum ledger_change change;
        int open, in_force;
    } rows[] = {
        {"a new alert", LEVEL_NOTICE, ALERT_OPEN, "noodopvang-a", 1, LEDGER_RAISED, 1, 0},
        {"over the norm", LEVEL_VIOLATION, ALERT_OPEN, "noodopvang-a", 2, LEDGER_ESCALATED, 1, 1},
        {"the same again", LEVEL_VIOLATION, ALERT_OPEN, "noodopvang-a", 2, LEDGER_NOTHING, 1, 1},
        {"an older one", LEVEL_NOTICE, ALERT_OPEN, "noodopvang-a", 1, LEDGER_NOTHING, 1, 1},
        {"the child moves", LEVEL_VIOLATION, ALERT_OPEN, "noodopvang-b", 3, LEDGER_NOTHING, 1, 1},
        {"it is over", LEVEL_VIOLATION, ALERT_RESOLVED, "noodopvang-b", 4, LEDGER_RESOLVED, 0, 0},
        {"late facts change it", LEVEL_SEVERE, ALERT_RESOLVED, "noodopvang-b", 5, LEDGER_NOTHING, 0, 0},
        {"it was not over", LEVEL_SEVERE, ALERT_OPEN, "noodopvang-b", 6, LEDGER_RAISED, 1, 1},
        {"it never was", LEVEL_SEVERE, ALERT_WITHDRAWN, "noodopvang-b", 7, LEDGER_WITHDRAWN, 0, 0},
    };
    struct ledger ledger;
    ledger_init(&ledger);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        print_message("  %s\n", rows[i].name);
        struct alert_record revision = record("k-1", 2, rows[i].level, rows[i].state, rows[i].location,
                                              rows[i].revision);
        const struct ledger_entry *entry;
        const struct ledger_site *sites[2];
        enum ledger_change change;
        assert_true(ledger_take(&ledger, &revision, &change, &entry));
        assert_int_equal(change, rows[i].change);
        int open = ledger.open[2][LEVEL_NOTICE] + ledger.open[2][LEVEL_VIOLATION] + ledger.open[2][LEVEL_SEVERE];
        assert_int_equal(open, rows[i].open);
        assert_int_equal(ledger_worst_sites(&ledger, sites, 2), rows[i].in_force);
    }
    assert_int_equal(ledger.entry_count, 1);
    assert_int_equal(ledger.revisions, 9);
    ledger_fini(&ledger);
}

static void test_alerts_in_force_follow_the_child(void **state)
{
    (void)state;
    struct ledger ledger;
    enum ledger_change change;
    const struct ledger_entry *entry;
    const struct ledger_site *sites[2];
    ledger_init(&ledger);
    for (uint32_t revision = 1; revision <= 2; revision++) {
        struct alert_record at = record("k-1", 0, LEVEL_SEVERE, ALERT_OPEN, revision == 1 ? "old" : "new", revision);
        assert_true(ledger_take(&ledger, &at, &change, &entry));
    }
    assert_int_equal(ledger_worst_sites(&ledger, sites, 2), 1);
    assert_memory_equal(sites[0]->location_id, "new", 3);
    ledger_fini(&ledger);
}

static void test_the_worst_sites_come_first_and_equals_by_name(void **state)
{
    (void)state;
    static const char *const locations[] = {"d", "c", "c", "b", "a", "a", "e", "e", "e"};
    struct ledger ledger;
    enum ledger_change change;
    const struct ledger_entry *entry;
    const struct ledger_site *sites[4];
    ledger_init(&ledger);
    for (size_t i = 0; i < sizeof locations / sizeof locations[0]; i++) {
        char child[16];
        snprintf(child, sizeof child, "k-%zu", i);
        struct alert_record revision = record(child, 0, LEVEL_VIOLATION, ALERT_OPEN, locations[i], 1);
        assert_true(ledger_take(&ledger, &revision, &change, &entry));
    }
    assert_int_equal(ledger_worst_sites(&ledger, sites, 4), 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(sites[i]->location_id[0], "eacb"[i]);
    ledger_fini(&ledger);
}

/* --- the feed ----------------------------------------------------------------------------------------------------- */

static void note(struct feed *feed, struct ledger *ledger, const struct alert_record *revision)
{
    enum ledger_change change;
    const struct ledger_entry *entry;
    assert_true(ledger_take(ledger, revision, &change, &entry));
    feed_note(feed, change, entry, TODAY);
}

static void test_the_children_of_one_site_are_one_line_and_the_gravest_is_told(void **state)
{
    (void)state;
    static struct feed feed;
    struct ledger ledger;
    ledger_init(&ledger);
    for (int i = 0; i < 38; i++) {
        char child[16];
        snprintf(child, sizeof child, "k-%d", i);
        struct alert_record moved = record(child, 2, LEVEL_VIOLATION, ALERT_OPEN, "noodopvang-a", 1);
        struct alert_record warned = record(child, 1, LEVEL_NOTICE, ALERT_OPEN, "noodopvang-a", 1);
        note(&feed, &ledger, &moved);
        note(&feed, &ledger, &warned);
    }
    feed_turn(&feed);
    feed_turn(&feed); /* nothing new: nothing said */
    assert_int_equal(feed.line_count, 1);
    assert_int_equal(feed_line_at(&feed, 0)->count, 38);
    assert_int_equal(feed_line_at(&feed, 0)->rule, 2);
    assert_null(feed_line_at(&feed, 1));
    ledger_fini(&ledger);
}

/* --- the comparison ----------------------------------------------------------------------------------------------- */

struct published {
    struct ledger *ledger;
    const char *fault;
    uint64_t seen;
};

/* Publishes what is expected, but makes a mistake with the hundredth alert. */
static void publish(void *context, const struct alert_record *expected)
{
    struct published *published = context;
    struct alert_record revision = *expected;
    revision.alert.revision = 1;
    bool mistaken = ++published->seen == 100 && published->fault != NULL;
    if (mistaken && strcmp(published->fault, "missing") == 0)
        return;
    if (mistaken && strcmp(published->fault, "unlike") == 0)
        revision.alert.raised_on = day_plus(revision.alert.raised_on, 1);
    if (mistaken && strcmp(published->fault, "withdrawn") == 0)
        revision.alert.state = ALERT_WITHDRAWN;
    enum ledger_change change;
    const struct ledger_entry *entry;
    assert_true(ledger_take(published->ledger, &revision, &change, &entry));
    if (!mistaken || strcmp(published->fault, "left over") != 0)
        return;
    revision.alert_id.bytes[0] ^= 1;
    assert_true(ledger_take(published->ledger, &revision, &change, &entry));
}

static void compare(const struct demo_population *population, const struct yardstick *yardstick, const char *fault,
                    struct comparison *comparison, FILE *lines)
{
    struct ledger ledger;
    struct published published = {&ledger, fault, 0};
    struct evaluation *evaluation = evaluation_new();
    const size_t count = 20000;
    ledger_init(&ledger);
    for (size_t i = 0; i < count; i++)
        assert_true(evaluation_add(evaluation, &population->events[i]));
    assert_true(evaluation_run(evaluation, yardstick, 1, publish, &published));
    assert_true(published.seen > 1000);
    assert_true(comparison_make(comparison, &ledger, population->events, count, yardstick, lines));
    assert_int_equal(comparison->expected, published.seen);
    evaluation_free(evaluation);
    ledger_fini(&ledger);
}

static void test_no_difference_goes_unseen(void **state)
{
    (void)state;
    static const struct {
        const char *fault;
        uint64_t missing, unlike, left_over;
    } rows[] = {
        {NULL, 0, 0, 0}, {"missing", 1, 0, 0}, {"unlike", 0, 1, 0}, {"withdrawn", 0, 1, 0}, {"left over", 0, 0, 1}};
    struct calendar_row *calendar_rows;
    size_t count;
    struct norms norms;
    norms_init(&norms);
    assert_true(calendar_rows_read(PROJECT_SOURCE_DIR "/etc/school-calendar.csv", &calendar_rows, &count));
    struct calendar *calendar = calendar_new(calendar_rows, count);
    struct demo_population *population = demo_population_new(1, calendar);
    struct yardstick yardstick = {&norms, calendar, DEMO_START, 400};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct comparison comparison;
        char *text;
        size_t length;
        FILE *lines = open_memstream(&text, &length);
        compare(population, &yardstick, rows[i].fault, &comparison, lines);
        fclose(lines);
        print_message("  %s: %zu bytes of differences\n", rows[i].fault == NULL ? "no fault" : rows[i].fault, length);
        assert_int_equal(comparison.missing, rows[i].missing);
        assert_int_equal(comparison.unlike, rows[i].unlike);
        assert_int_equal(comparison.left_over, rows[i].left_over);
        assert_true((length > 0) == (rows[i].fault != NULL));
        free(text);
    }
    demo_population_free(population);
    calendar_free(calendar);
    free(calendar_rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes_worth_telling),
        cmocka_unit_test(test_alerts_in_force_follow_the_child),
        cmocka_unit_test(test_the_worst_sites_come_first_and_equals_by_name),
        cmocka_unit_test(test_the_children_of_one_site_are_one_line_and_the_gravest_is_told),
        cmocka_unit_test(test_no_difference_goes_unseen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
