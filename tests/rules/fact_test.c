/* Protects which version of a fact counts, and where it stands within its day: were that to depend on the order of
 * arrival, so would the alerts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "story.h"

/* Ascending: each version loses against all below it. */
static const char *const versions[] = {
    "2025-03-01 arrived a EMERGENCY NORTH recorded 2025-03-01",
    "2025-03-01 arrived a EMERGENCY NORTH recorded 2025-03-02 retracted", /* a later one wins, whatever it says */
    "2025-01-01 arrived a EMERGENCY NORTH recorded 2025-03-03",
    "2025-01-01 departed recorded 2025-03-03", /* ARRIVED < DEPARTED, a later day wins first */
    "2025-01-01 departed a recorded 2025-03-03",
    "2025-01-02 arrived a CENTRE NORTH recorded 2025-03-03",
    "2025-01-02 arrived a EMERGENCY MIDDLE recorded 2025-03-03",
    "2025-01-02 arrived a EMERGENCY NORTH recorded 2025-03-03",
    "2025-01-02 arrived a EMERGENCY NORTH applied 2024-01-01 recorded 2025-03-03",
    "2025-01-02 arrived a EMERGENCY NORTH accompanied recorded 2025-03-03",
    "2025-01-02 arrived a EMERGENCY NORTH unaccompanied recorded 2025-03-03",
    "2025-01-02 arrived a EMERGENCY NORTH born 2015-01-01 recorded 2025-03-03",
    "2025-01-02 arrived a EMERGENCY NORTH born 2015-01-02 recorded 2025-03-03",
    "2025-01-02 arrived aa CENTRE MIDDLE recorded 2025-03-03", /* a text comes after its beginning */
    "2025-01-02 arrived b CENTRE MIDDLE recorded 2025-03-03",
    "2025-01-02 departed recorded 2025-03-03",
    "2025-01-01 moved a CENTRE MIDDLE recorded 2025-03-03", /* placement < move < enrollment, before the day */
    "2024-01-01 enrolled s9 recorded 2025-03-03",
    "2024-01-01 withdrawn s1 recorded 2025-03-03",
    "2024-01-02 enrolled s1 recorded 2025-03-03",
    "2024-01-02 enrolled s2 recorded 2025-03-03",
    "2023-01-01 arrived a CENTRE MIDDLE recorded 2025-03-03 retracted", /* taken back wins at one instant */
    "2023-01-01 arrived a CENTRE MIDDLE recorded 2025-03-03+1",
};
#define VERSIONS (sizeof(versions) / sizeof(versions[0]))

static void of_two_versions_the_greater_counts(void **state)
{
    static struct story stories[VERSIONS];
    (void)state;
    for (size_t i = 0; i < VERSIONS; i++)
        story_tell(&stories[i], versions[i]);
    for (size_t i = 0; i < VERSIONS; i++)
        for (size_t j = 0; j < VERSIONS; j++) {
            int order = fact_compare_versions(&stories[i].facts[0], &stories[j].facts[0]);
            if ((order > 0) - (order < 0) != (i > j) - (i < j))
                fail_msg("\"%s\" against \"%s\" gave %d", versions[i], versions[j], order);
        }
}

static void impossible_dates_are_absent(void **state)
{
    static const struct {
        const char *text;
        bool kept;
    } rows[] = {
        {"2025-01-14 arrived a CENTRE NORTH born 2025-01-15 applied 2025-01-15 recorded 2025-01-14", true},
        {"2025-01-14 arrived a CENTRE NORTH born 2025-01-16 applied 2025-01-16 recorded 2025-01-14", false},
        /* nine hours later the 14th is over in UTC: 15 hours and a millisecond less */
        {"2025-01-14 arrived a CENTRE NORTH born 2025-01-16 applied 2025-01-16 recorded 2025-01-14+53999999", false},
        {"2025-01-14 arrived a CENTRE NORTH born 2025-01-16 applied 2025-01-16 recorded 2025-01-14+54000000", true},
        {"1965-01-14 arrived a CENTRE NORTH born 1965-01-15 applied 1965-01-15 recorded 1965-01-14", true},
        {"1965-01-14 arrived a CENTRE NORTH born 1965-01-16 applied 1965-01-16 recorded 1965-01-14", false}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct story story;
        story_tell(&story, rows[i].text); /* normalizes */
        assert_int_equal(day_is_absent(story.facts[0].birth_date), !rows[i].kept);
        assert_int_equal(day_is_absent(story.facts[0].applied_on), !rows[i].kept);
    }
}

static void within_a_day_the_first_recorded_comes_first(void **state)
{
    struct fact early = {.event_id = story_event(2), .recorded_at_ms = 9, .first_recorded_at_ms = 1};
    struct fact late = {.event_id = story_event(1), .recorded_at_ms = 2, .first_recorded_at_ms = 2};
    (void)state;
    assert_true(fact_compare_in_day(&early, &late) < 0);
    late.first_recorded_at_ms = 1;
    assert_true(fact_compare_in_day(&early, &late) > 0);
}

static void symbols_stand_in_the_order_of_their_names(void **state)
{
    (void)state;
    for (int i = 1; i < LOCATION_KIND_COUNT; i++)
        assert_true(strcmp(location_kind_names[i - 1], location_kind_names[i]) < 0);
    for (int i = 1; i < REGION_COUNT; i++)
        assert_true(strcmp(region_names[i - 1], region_names[i]) < 0);
    for (int i = 1; i < FACT_KIND_COUNT; i++)
        if (fact_stream((enum fact_kind)i) == fact_stream((enum fact_kind)(i - 1)))
            assert_true(strcmp(fact_kind_names[i - 1], fact_kind_names[i]) < 0);
    for (int i = 0; i < LOCATION_KIND_COUNT; i++) {
        bool emergency = strstr(location_kind_names[i], "EMERGENCY") != NULL;
        assert_int_equal(location_kind_is_emergency((enum location_kind)i), emergency);
    }
}

static void ids_are_short_and_plain(void **state)
{
    static const struct {
        const char *text;
        bool good;
    } rows[] = {{"a", true},
                {"AZaz09._:-", true},
                {"", false},
                {"a b", false},
                {"a/b", false},
                {"a\n", false},
                {"é", false},
                {"0123456789012345678901234567890123456789012345678901234567890123", true},
                {"01234567890123456789012345678901234567890123456789012345678901234", false}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(text_is_id((struct text){rows[i].text, (uint32_t)strlen(rows[i].text)}), rows[i].good);
    assert_false(text_is_id((struct text){"a\0b", 3}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_two_versions_the_greater_counts), cmocka_unit_test(impossible_dates_are_absent),
        cmocka_unit_test(within_a_day_the_first_recorded_comes_first),
        cmocka_unit_test(symbols_stand_in_the_order_of_their_names), cmocka_unit_test(ids_are_short_and_plain)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
