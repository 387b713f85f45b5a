/* Protects whom the service asks for schemas: each of the registry's addresses in turn while one can not answer, and
 * nobody else. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "registry_client.h"

static void the_next_address_is_asked_where_one_can_not_answer_and_then_stays_the_first(void **state)
{
    struct fake_registry ill, well;
    char nobody[64], urls[256], why[REGISTRY_WHY_SIZE];
    uint32_t id;
    (void)state;
    const int reserved = nobody_at(nobody);
    fake_registry_start(&ill, SAYS_ALL, REPLY("503 Unavailable", ""));
    fake_registry_start(&well, SAYS_ALL, REPLY("200 OK", "{\"id\":5}"));
    snprintf(urls, sizeof urls, "%s , %s/,%s", nobody, ill.url, well.url);
    struct registry *registry = client_of(urls, PATIENT_MS);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(registry_schema_look_up(registry, "s", "\"int\"", &id, why), REGISTRY_OK);
        assert_string_equal(why, "");
    }
    registry_free(registry);
    fake_registry_stop(&ill);
    fake_registry_stop(&well);
    close(reserved);
    assert_int_equal(ill.request_count, 1);
    assert_int_equal(well.request_count, 3);
}

static void the_next_address_is_asked_after_an_answer_without_what_was_asked_for(void **state)
{
    struct fake_registry other, well;
    char urls[256], why[REGISTRY_WHY_SIZE];
    uint32_t id;
    (void)state;
    fake_registry_start(&other, SAYS_ALL, REPLY("200 OK", "{}"));
    fake_registry_start(&well, SAYS_ALL, REPLY("200 OK", "{\"id\":5}"));
    snprintf(urls, sizeof urls, "%s,%s", other.url, well.url);
    struct registry *registry = client_of(urls, PATIENT_MS);
    assert_int_equal(registry_schema_look_up(registry, "s", "\"int\"", &id, why), REGISTRY_UNAVAILABLE);
    assert_non_null(strstr(why, other.url));
    assert_int_equal(registry_schema_look_up(registry, "s", "\"int\"", &id, why), REGISTRY_OK);
    registry_free(registry);
    fake_registry_stop(&other);
    fake_registry_stop(&well);
}

static void where_no_address_answers_each_is_named(void **state)
{
    struct fake_registry ill;
    char nobody[64], urls[256], why[REGISTRY_WHY_SIZE];
    uint32_t id;
    (void)state;
    const int reserved = nobody_at(nobody);
    fake_registry_start(&ill, SAYS_ALL, REPLY("503 Unavailable", ""));
    snprintf(urls, sizeof urls, "%s,%s", nobody, ill.url);
    struct registry *registry = client_of(urls, PATIENT_MS);
    assert_int_equal(registry_schema_look_up(registry, "s", "\"int\"", &id, why), REGISTRY_UNAVAILABLE);
    assert_non_null(strstr(why, nobody));
    assert_non_null(strstr(why, ill.url));
    assert_non_null(strstr(why, "connect"));
    assert_non_null(strstr(why, "status 503"));
    registry_free(registry);
    fake_registry_stop(&ill);
    close(reserved);
}

static void a_definite_answer_is_not_asked_for_elsewhere(void **state)
{
    struct fake_registry first, second;
    char urls[256], why[REGISTRY_WHY_SIZE];
    uint32_t id;
    (void)state;
    fake_registry_start(&first, SAYS_ALL, REPLY("401 Unauthorized", ""));
    fake_registry_start(&second, SAYS_ALL, REPLY("200 OK", "{\"id\":5}"));
    snprintf(urls, sizeof urls, "%s,%s", first.url, second.url);
    struct registry *registry = client_of(urls, PATIENT_MS);
    assert_int_equal(registry_schema_look_up(registry, "s", "\"int\"", &id, why), REGISTRY_DENIED);
    registry_free(registry);
    fake_registry_stop(&first);
    fake_registry_stop(&second);
    assert_int_equal(second.request_count, 0);
}

static void no_proxy_of_the_environment_is_asked(void **state)
{
    struct fake_registry well, proxy;
    char why[REGISTRY_WHY_SIZE];
    uint32_t id;
    (void)state;
    fake_registry_start(&well, SAYS_ALL, REPLY("200 OK", "{\"id\":5}"));
    fake_registry_start(&proxy, SAYS_ALL, REPLY("200 OK", "{\"id\":6}"));
    setenv("http_proxy", proxy.url, 1);
    struct registry *registry = client_of(well.url, PATIENT_MS);
    assert_int_equal(registry_schema_look_up(registry, "s", "\"int\"", &id, why), REGISTRY_OK);
    unsetenv("http_proxy");
    registry_free(registry);
    fake_registry_stop(&well);
    fake_registry_stop(&proxy);
    assert_int_equal(id, 5);
    assert_int_equal(proxy.request_count, 0);
}

static void a_redirect_is_not_followed(void **state)
{
    struct fake_registry here, there;
    char reply[256], why[REGISTRY_WHY_SIZE];
    uint32_t id;
    (void)state;
    fake_registry_start(&there, SAYS_ALL, REPLY("200 OK", "{\"id\":5}"));
    snprintf(reply, sizeof reply, "HTTP/1.1 307 x\r\nLocation: %s/\r\nContent-Length: 0\r\n\r\n", there.url);
    fake_registry_start(&here, SAYS_ALL, reply);
    struct registry *registry = client_of(here.url, PATIENT_MS);
    assert_int_equal(registry_schema_look_up(registry, "s", "\"int\"", &id, why), REGISTRY_UNAVAILABLE);
    registry_free(registry);
    fake_registry_stop(&here);
    fake_registry_stop(&there);
    assert_int_equal(there.request_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_address_is_asked_where_one_can_not_answer_and_then_stays_the_first),
        cmocka_unit_test(the_next_address_is_asked_after_an_answer_without_what_was_asked_for),
        cmocka_unit_test(where_no_address_answers_each_is_named),
        cmocka_unit_test(a_definite_answer_is_not_asked_for_elsewhere),
        cmocka_unit_test(no_proxy_of_the_environment_is_asked),
        cmocka_unit_test(a_redirect_is_not_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
