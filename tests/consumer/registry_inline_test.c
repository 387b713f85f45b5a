/* Protects commands from waiting for what no waiting mends: what a registry answers them about an id counts at once,
 * and where it has no answer they are told which of its reasons it is. */
#include "tests/schemas/testing.h"

#include <stdlib.h>
#include <string.h>

#include "consumer/clock.h"
#include "consumer/registry_inline.h"
#include "tests/schemas/fake_registry.h"

#define REPLY(status, body) "HTTP/1.1 " status "\r\nConnection: close\r\n\r\n" body
#define NO_SUCH_ID REPLY("404 Not Found", "{\"error_code\":40403}")

static const struct {
    const char *reply;
    bool is_answered;
    enum schema_id_standing standing;
    enum registry_answer answer; /* of one without an answer */
    const char *why;
} rows[] = {
    {REPLY("200 OK", "{\"schema\":\"\\\"int\\\"\"}"), true, SCHEMA_ID_KNOWN, REGISTRY_OK, ""},
    {NO_SUCH_ID, true, SCHEMA_ID_ABSENT, REGISTRY_OK, ""},
    {REPLY("200 OK", "{\"schema\":\"\\\"nope\\\"\"}"), true, SCHEMA_ID_UNUSABLE, REGISTRY_OK, ""},
    {REPLY("200 OK", "{}"), false, SCHEMA_ID_AWAITED, REGISTRY_UNAVAILABLE, "has no schema"},
    {REPLY("401 Unauthorized", ""), false, SCHEMA_ID_AWAITED, REGISTRY_DENIED, "the login is wrong"},
    {REPLY("403 Forbidden", ""), false, SCHEMA_ID_AWAITED, REGISTRY_DENIED, "has not the right"},
    {REPLY("503 Unavailable", ""), false, SCHEMA_ID_AWAITED, REGISTRY_UNAVAILABLE, "status 503"},
};

static void set_url(struct settings *settings, const char *url)
{
    free(settings->registry_urls);
    settings->registry_urls = strdup(url);
    assert_non_null(settings->registry_urls);
}

static void each_answer_counts_at_once_or_says_why_there_is_none(void **state)
{
    struct settings settings;
    (void)state;
    assert_true(settings_init(&settings));
    for (size_t i = 0; i < LENGTH(rows); i++) {
        struct fake_registry fake;
        struct registry_inline registry;
        fake_registry_start(&fake, SAYS_ALL, rows[i].reply);
        set_url(&settings, fake.url);
        assert_true(registry_inline_open(&registry, &settings, NULL));
        const int64_t since_ms = clock_monotonic_ms();
        assert_int_equal(schema_ids_find(registry.ids, 7, since_ms, since_ms).standing, SCHEMA_ID_AWAITED);
        assert_int_equal(registry_inline_ask(&registry), rows[i].is_answered);
        assert_int_equal(schema_ids_find(registry.ids, 7, since_ms, clock_monotonic_ms()).standing, rows[i].standing);
        assert_int_equal(registry.answer, rows[i].answer);
        assert_non_null(strstr(registry.why, rows[i].why));
        registry_inline_close(&registry);
        fake_registry_stop(&fake);
    }
    settings_fini(&settings);
}

static void an_id_that_there_is_no_room_for_has_no_answer(void **state)
{
    struct settings settings;
    struct registry_inline registry;
    uint32_t id, asked;
    int64_t wait_ms;
    (void)state;
    assert_true(settings_init(&settings));
    set_url(&settings, "http://127.0.0.1:1");
    assert_true(registry_inline_open(&registry, &settings, NULL));
    for (id = 0; id < SCHEMA_IDS_MAX; id++) {
        schema_ids_find(registry.ids, id, 0, 0);
        assert_true(schema_ids_next(registry.ids, 0, &asked, &wait_ms));
        assert_true(schema_ids_answer(registry.ids, asked, REGISTRY_OK, "\"int\"", strlen("\"int\""), "", 0));
    }
    assert_int_equal(schema_ids_find(registry.ids, id, 0, 0).standing, SCHEMA_ID_AWAITED);
    assert_false(registry_inline_ask(&registry));
    assert_int_equal(registry.answer, REGISTRY_UNAVAILABLE);
    assert_string_equal(registry.why, SCHEMA_IDS_NO_ROOM);
    registry_inline_close(&registry);
    settings_fini(&settings);
}

static void without_a_registry_there_are_no_ids(void **state)
{
    struct settings settings;
    struct registry_inline registry;
    (void)state;
    assert_true(settings_init(&settings));
    assert_true(registry_inline_open(&registry, &settings, NULL));
    assert_null(registry.ids);
    registry_inline_close(&registry);
    settings_fini(&settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_answer_counts_at_once_or_says_why_there_is_none),
        cmocka_unit_test(an_id_that_there_is_no_room_for_has_no_answer),
        cmocka_unit_test(without_a_registry_there_are_no_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
