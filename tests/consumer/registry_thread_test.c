/* Protects what waits for a schema from waiting for ever: a thread that has nothing to ask is woken by what is wanted,
 * asks again where there was no answer, tells of each answer, and does not keep the program from stopping. */
#include "tests/schemas/testing.h"

#include <uv.h>

#include "consumer/clock.h"
#include "consumer/registry_thread.h"
#include "tests/schemas/fake_registry.h"

#define REPLY(status, body) "HTTP/1.1 " status "\r\nConnection: close\r\n\r\n" body
#define AN_INT REPLY("200 OK", "{\"schema\":\"\\\"int\\\"\"}")
#define PATIENCE_MS 60000

static struct registry *client_of(const char *url)
{
    const struct http_settings http = {.section = "registry", .timeout_ms = 30000};
    struct registry *registry = registry_new(url, &http);
    assert_non_null(registry);
    return registry;
}

static void on_answered(void *context)
{
    uv_sem_post(context);
}

static enum schema_id_standing find(struct registry_thread *thread, uint32_t id)
{
    const int64_t now_ms = clock_monotonic_ms();
    return schema_ids_find(registry_thread_ids(thread), id, now_ms, now_ms).standing;
}

/* Each id comes when all before it are answered: to a thread that waits, or is about to. */
static void what_is_wanted_is_asked_for_whenever_it_comes(void **state)
{
    struct fake_registry fake;
    uv_sem_t answered;
    (void)state;
    assert_int_equal(uv_sem_init(&answered, 0), 0);
    fake_registry_start(&fake, SAYS_ALL, AN_INT);
    struct registry_thread *thread = registry_thread_start(client_of(fake.url), PATIENCE_MS, on_answered, &answered);
    assert_non_null(thread);
    for (uint32_t id = 0; id < 200; id++) {
        assert_int_equal(find(thread, id), SCHEMA_ID_AWAITED);
        uv_sem_wait(&answered);
        assert_int_equal(find(thread, id), SCHEMA_ID_KNOWN);
    }
    registry_thread_stop(thread);
    fake_registry_stop(&fake);
    uv_sem_destroy(&answered);
}

static void what_has_no_answer_is_asked_for_again(void **state)
{
    struct fake_registry fake;
    uv_sem_t answered;
    (void)state;
    assert_int_equal(uv_sem_init(&answered, 0), 0);
    fake_registry_start(&fake, SAYS_ALL, REPLY("503 Unavailable", ""));
    struct registry_thread *thread = registry_thread_start(client_of(fake.url), PATIENCE_MS, on_answered, &answered);
    assert_non_null(thread);
    assert_int_equal(find(thread, 7), SCHEMA_ID_AWAITED);
    for (int i = 0; i < 3; i++)
        uv_sem_wait(&answered);
    assert_int_equal(find(thread, 7), SCHEMA_ID_AWAITED);
    registry_thread_stop(thread);
    fake_registry_stop(&fake);
    uv_sem_destroy(&answered);
}

static void one_that_has_nothing_to_ask_stops_too(void **state)
{
    uv_sem_t answered;
    (void)state;
    assert_int_equal(uv_sem_init(&answered, 0), 0);
    struct registry_thread *thread = registry_thread_start(client_of("http://127.0.0.1:1"), PATIENCE_MS, on_answered,
                                                           &answered);
    assert_non_null(thread);
    registry_thread_stop(thread);
    assert_int_equal(uv_sem_trywait(&answered), UV_EAGAIN);
    uv_sem_destroy(&answered);
    registry_thread_stop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wanted_is_asked_for_whenever_it_comes),
        cmocka_unit_test(what_has_no_answer_is_asked_for_again),
        cmocka_unit_test(one_that_has_nothing_to_ask_stops_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
