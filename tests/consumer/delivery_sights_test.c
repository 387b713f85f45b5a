/* Protects what an operator sees of subscriptions: each of the settings, known or not; after them whoever something is
 * kept of that the settings do not have; nobody of whom all was removed; and nothing of keys that are none of ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/delivery_sights.h"

#define ALERT_ID "febb6568-4c45-5aa7-abd6-46b416880c37"

static struct subscription subscriptions[] = {{.name = (char[]){"north"}}, {.name = (char[]){"south"}}};
static const struct settings settings = {.subscriptions = subscriptions, .subscription_count = 2};

static void see(struct delivery_sights *sights, const char *name, struct delivery_record record)
{
    char key[DELIVERY_KEY_SIZE];
    uint8_t value[DELIVERY_BYTES_MAX];
    const uint32_t key_length = (uint32_t)delivery_key_write(&record, name, key);
    const size_t length = record.is_tombstone ? 0 : delivery_record_write(&record, value);
    assert_true(
        delivery_sights_see(sights, (struct text){key, key_length}, record.is_tombstone ? NULL : value, length));
}

static void see_all_of(struct delivery_sights *sights, const char *name, bool is_tombstone)
{
    const struct delivery_record records[] = {
        {.kind = DELIVERY_OF_ALERT, .is_tombstone = is_tombstone, .of.alert = {.told = TOLD_HELD}},
        {.kind = DELIVERY_OF_PARTITION, .is_tombstone = is_tombstone, .partition = 1, .of.position = {.next = 7}},
        {.kind = DELIVERY_OF_PARTITION, .is_tombstone = is_tombstone, .partition = 2, .of.position = {.next = 7}},
        {.kind = DELIVERY_OF_WISH, .is_tombstone = is_tombstone, .of.wish = {.asked_at_ms = 5}},
        {.kind = DELIVERY_OF_SUBSCRIPTION, .is_tombstone = is_tombstone, .of.standing = {.delivered = 3}},
    };
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++)
        see(sights, name, records[i]);
}

static void assert_whole(const struct delivery_sight *sight, const char *name, bool is_in_settings)
{
    assert_string_equal(sight->name, name);
    assert_int_equal(sight->is_in_settings, is_in_settings);
    assert_true(sight->is_known);
    assert_int_equal(sight->standing.delivered, 3);
    assert_int_equal(sight->wish.asked_at_ms, 5);
    assert_int_equal(sight->next[0], 0);
    assert_int_equal(sight->next[1], 7);
}

static void assert_nothing(const struct delivery_sight *sight, const char *name)
{
    assert_string_equal(sight->name, name);
    assert_false(sight->is_known);
    assert_int_equal(sight->standing.delivered + sight->wish.asked_at_ms + sight->next[1], 0);
}

static void test_whoever_something_is_kept_of_is_seen(void **state)
{
    struct delivery_sights sights;
    (void)state;
    assert_true(delivery_sights_init(&sights, &settings, 2));
    see_all_of(&sights, "south-1", false);
    see_all_of(&sights, "south", false);
    see(&sights, "wished", (struct delivery_record){.kind = DELIVERY_OF_WISH, .of.wish = {.asked_at_ms = 6}});
    delivery_sights_end(&sights);
    assert_int_equal(sights.count, 4);
    assert_nothing(&sights.of[0], "north");
    assert_whole(&sights.of[1], "south", true);
    assert_whole(&sights.of[2], "south-1", false);
    assert_string_equal(sights.of[3].name, "wished");
    delivery_sights_fini(&sights);
}

static void test_what_was_removed_is_not_seen(void **state)
{
    struct delivery_sights sights;
    (void)state;
    assert_true(delivery_sights_init(&sights, &settings, 2));
    see_all_of(&sights, "gone", false);
    see_all_of(&sights, "here", false);
    see_all_of(&sights, "south", false);
    see_all_of(&sights, "gone", true);
    see_all_of(&sights, "south", true);
    delivery_sights_end(&sights);
    assert_int_equal(sights.count, 3);
    assert_nothing(&sights.of[1], "south");
    assert_whole(&sights.of[2], "here", false);
    delivery_sights_fini(&sights);
}

/* They may stand at the very end of what was allocated. */
static void test_other_keys_are_passed_over(void **state)
{
    static const char *const keys[] = {"",        "/",           ("/" ALERT_ID),
                                       "-north",  "No-Capitals", "two words",
                                       "esc\x1b", "caf\xe9",     "12345678901234567890123456789012345678901"};
    struct delivery_sights sights;
    (void)state;
    assert_true(delivery_sights_init(&sights, &settings, 2));
    assert_true(delivery_sights_see(&sights, (struct text){NULL, 0}, NULL, 0));
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const uint32_t length = (uint32_t)strlen(keys[i]);
        char *key = malloc(length);
        memcpy(key, keys[i], length);
        assert_true(delivery_sights_see(&sights, (struct text){key, length}, NULL, 0));
        free(key);
    }
    assert_int_equal(sights.count, 2);
    delivery_sights_end(&sights);
    delivery_sights_fini(&sights);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whoever_something_is_kept_of_is_seen),
        cmocka_unit_test(test_what_was_removed_is_not_seen),
        cmocka_unit_test(test_other_keys_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
