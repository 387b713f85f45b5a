/* Protects who is told of what: a subscription's lists let through what they name, and all where they name nothing;
 * what they can not mean is said and not passed over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "alerts/subscription_filter.h"

struct lists {
    const char *rules, *levels, *regions, *locations;
};

static bool init(struct subscription_filter *filter, const struct lists *lists, char why[static SUBSCRIPTION_WHY_SIZE])
{
    return subscription_filter_init(filter, lists->rules, lists->levels, lists->regions, lists->locations, why);
}

static struct alert alert_of(const char *rule, enum level level, enum region region, const char *location)
{
    struct alert alert = {.level = level,
                          .place = {.region = region, .location_id = {location, (uint32_t)strlen(location)}}};
    while (strcmp(rules[alert.rule]->name, rule) != 0)
        alert.rule++;
    return alert;
}

static const struct {
    struct lists lists;
    bool takes;
} rows[] = {
    /* a violation of no-school at "azc-emmen-01" in the NORTH */
    {{"", "", "", ""}, true},
    {{"no-school", "VIOLATION", "NORTH", "azc-emmen-01"}, true},
    {{"school-move, no-school", "SEVERE ,VIOLATION", " NORTH\t,SOUTH", "b,azc-emmen-01,a"}, true},
    {{"school-move", "", "", ""}, false},
    {{"", "NOTICE,SEVERE", "", ""}, false},
    {{"", "", "SOUTH,MIDDLE", ""}, false},
    {{"", "", "", "azc-emmen-02"}, false},
    {{"", "", "", "azc-emmen-0"}, false},
    {{"", "", "", "azc-emmen-011"}, false},
    {{"no-school", "VIOLATION", "NORTH", "azc-emmen-02"}, false},
};

static void test_what_is_let_through(void **state)
{
    const struct alert alert = alert_of("no-school", LEVEL_VIOLATION, REGION_NORTH, "azc-emmen-01");
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct subscription_filter filter;
        char why[SUBSCRIPTION_WHY_SIZE] = "";
        if (!init(&filter, &rows[i].lists, why))
            fail_msg("row %zu: %s", i, why);
        if (subscription_filter_takes(&filter, &alert) != rows[i].takes)
            fail_msg("row %zu", i);
        subscription_filter_fini(&filter);
    }
}

/* Every rule, level and region by its own name alone. */
static void test_each_symbol(void **state)
{
    char why[SUBSCRIPTION_WHY_SIZE];
    (void)state;
    for (size_t named = 0; named < RULE_COUNT * LEVEL_COUNT * REGION_COUNT; named++) {
        struct subscription_filter filter;
        const struct lists lists = {rules[named % RULE_COUNT]->name, level_names[named / RULE_COUNT % LEVEL_COUNT],
                                    region_names[named / RULE_COUNT / LEVEL_COUNT], ""};
        assert_true(init(&filter, &lists, why));
        for (size_t asked = 0; asked < RULE_COUNT * LEVEL_COUNT * REGION_COUNT; asked++) {
            const struct alert alert = {.rule = (uint8_t)(asked % RULE_COUNT),
                                        .level = (enum level)(asked / RULE_COUNT % LEVEL_COUNT),
                                        .place = {.region = (enum region)(asked / RULE_COUNT / LEVEL_COUNT)}};
            assert_int_equal(subscription_filter_takes(&filter, &alert), asked == named);
        }
        subscription_filter_fini(&filter);
    }
}

static void test_many_locations(void **state)
{
    char list[64 * 1024] = "", name[16], why[SUBSCRIPTION_WHY_SIZE];
    const struct lists lists = {"", "", "", list};
    struct subscription_filter filter;
    size_t length = 0;
    (void)state;
    for (int i = 0; i < 1000; i++) /* the odd ones, from the last to the first */
        length += (size_t)snprintf(list + length, sizeof(list) - length, "%sazc-%d", i == 0 ? "" : ",", 1999 - 2 * i);
    assert_true(init(&filter, &lists, why));
    for (int i = 0; i < 2001; i++) {
        snprintf(name, sizeof(name), "azc-%d", i);
        const struct alert alert = {.place.location_id = {name, (uint32_t)strlen(name)}};
        assert_int_equal(subscription_filter_takes(&filter, &alert), i % 2 == 1);
    }
    subscription_filter_fini(&filter);
}

static const struct {
    struct lists lists;
    const char *why;
} wrong[] = {
    {{"no-scool", "", "", ""}, "\"no-scool\" is not one of "},
    {{"No-School", "", "", ""}, "\"No-School\" is not one of "},
    {{"no-school,,school-move", "", "", ""}, "\"\" is not one of "},
    {{",", "", "", ""}, "\"\" is not one of "},
    {{" ", "", "", ""}, "\"\" is not one of "},
    {{"", "VIOLATION SEVERE", "", ""}, "\"VIOLATION SEVERE\" is not one of NOTICE, VIOLATION, SEVERE"},
    {{"", "", "NORTHEAST", ""}, "\"NORTHEAST\" is not one of "},
    {{"", "", "", "azc emmen"}, "\"azc emmen\" is no location_id"},
    {{"", "", "", "a,,b"}, "\"\" is no location_id"},
};

static void test_what_can_not_be_meant(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct subscription_filter filter;
        char why[SUBSCRIPTION_WHY_SIZE] = "";
        assert_false(init(&filter, &wrong[i].lists, why));
        if (strncmp(why, wrong[i].why, strlen(wrong[i].why)) != 0)
            fail_msg("row %zu: %s", i, why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_let_through),
        cmocka_unit_test(test_each_symbol),
        cmocka_unit_test(test_many_locations),
        cmocka_unit_test(test_what_can_not_be_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
