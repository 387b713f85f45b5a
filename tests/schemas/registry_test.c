/* Protects the service from its schema registry: whatever answers, or does not, is told apart as what it is, in bounded
 * time and memory; and what is asked is what registries understand. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "registry_client.h"

#define IMPATIENT_MS 200 /* against what never answers */

#define SIZED(length, body) "HTTP/1.1 200 OK\r\nContent-Length: " length "\r\n\r\n" body
#define ERROR(code, message) "{\"error_code\":" code ",\"message\":\"" message "\"}"
#define SCHEMA "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"a.B\\\",\\\"fields\\\":[]}"
#define RECURSIVE                                                                                                      \
    "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"L\\\",\\\"fields\\\":[{\\\"name\\\":\\\"next\\\",\\\"type\\\":"     \
    "[\\\"null\\\",\\\"L\\\"]}]}"

/* --- getting a schema: every way to answer ------------------------------------------------------------------------ */

static const struct {
    enum conduct conduct;
    const char *reply;
    enum registry_answer answer;
    const char *why; /* said of it */
} answers[] = {
    /* right */
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"" SCHEMA "\"}"), REGISTRY_OK, ""},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"" SCHEMA "\",\"schemaType\":\"AVRO\",\"references\":[],\"new\":1}"),
     REGISTRY_OK, ""},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"" SCHEMA "\",\"schemaType\":null,\"references\":null}"), REGISTRY_OK, ""},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"" RECURSIVE "\"}"), REGISTRY_OK, ""},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"\\\"string\\\"\"}"), REGISTRY_OK, ""},
    /* definite, and no schema */
    {SAYS_ALL, REPLY("404 Not Found", ERROR("40403", "Schema not found")), REGISTRY_ABSENT,
     "status 404, \"Schema not found\""},
    {SAYS_ALL, REPLY("404 Not Found", ERROR("40403", "no \\\"7\\\" exit=0 \\\\")), REGISTRY_ABSENT,
     "status 404, \"no '7' exit=0 '\""},
    {SAYS_ALL, REPLY("404 Not Found", ERROR("40401", "x")), REGISTRY_ABSENT, "404"},
    {SAYS_ALL, REPLY("404 Not Found", ERROR("40402", "x")), REGISTRY_ABSENT, "404"},
    {SAYS_ALL, REPLY("404 Not Found", "{\"error_code\":40403}"), REGISTRY_ABSENT, "status 404"},
    {SAYS_ALL, REPLY("422 Unprocessable", ERROR("42202", "no id")), REGISTRY_UNUSABLE, "status 422, \"no id\""},
    /* another than the registry answered, or half of it came: to be asked again, whatever the status */
    {SAYS_ALL, REPLY("200 OK", ""), REGISTRY_UNAVAILABLE, "no JSON object"},
    {SAYS_ALL, REPLY("200 OK", "<html>Please log in</html>"), REGISTRY_UNAVAILABLE, "no JSON object"},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"" SCHEMA), REGISTRY_UNAVAILABLE, "no JSON object"},
    {SAYS_ALL, REPLY("200 OK", "[]"), REGISTRY_UNAVAILABLE, "no JSON object"},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"" SCHEMA "\",\"schema\":\"\\\"int\\\"\"}"), REGISTRY_UNAVAILABLE,
     "no JSON object"},
    {SAYS_ALL, REPLY("200 OK", "{}"), REGISTRY_UNAVAILABLE, "has no schema"},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":{\"type\":\"int\"}}"), REGISTRY_UNAVAILABLE, "has no schema"},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":null}"), REGISTRY_UNAVAILABLE, "has no schema"},
    /* of no use */
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"\"}"), REGISTRY_UNUSABLE, "no Avro schema"},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"{\\\"type\\\":\\\"nope\\\"}\"}"), REGISTRY_UNUSABLE,
     "no Avro schema: nope"},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"\\\"a\\u0000b\\\"\"}"), REGISTRY_UNUSABLE, "no Avro schema"},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"message M {}\",\"schemaType\":\"PROTOBUF\"}"), REGISTRY_UNUSABLE,
     "PROTOBUF and not AVRO"},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"" SCHEMA "\",\"schemaType\":7}"), REGISTRY_UNUSABLE, "not AVRO"},
    {SAYS_ALL,
     REPLY("200 OK", "{\"schema\":\"" SCHEMA "\",\"references\":[{\"name\":\"a.C\",\"subject\":\"c\",\"version\":1}]}"),
     REGISTRY_UNUSABLE, "references"},
    {SAYS_ALL, REPLY("200 OK", "{\"schema\":\"" SCHEMA "\",\"references\":{}}"), REGISTRY_UNUSABLE, "references"},
    {POURS, REPLY("200 OK", "{"), REGISTRY_UNUSABLE, "longer than 1 MiB"},
    {POURS, REPLY("200 OK", "<html>"), REGISTRY_UNAVAILABLE, "no JSON object"},
    /* refused */
    {SAYS_ALL, REPLY("401 Unauthorized", ERROR("401", "no: " SECRET)), REGISTRY_DENIED,
     "the login is wrong or missing"},
    {SAYS_ALL, REPLY("403 Forbidden", "<html>" SECRET "</html>"), REGISTRY_DENIED, "has not the right"},
    /* to be asked again */
    {SAYS_ALL, REPLY("404 Not Found", "<html>nginx</html>"), REGISTRY_UNAVAILABLE, "Apicurio is one at"},
    {SAYS_ALL, REPLY("404 Not Found", ERROR("404", "HTTP 404 Not Found")), REGISTRY_UNAVAILABLE,
     "not how a registry says it"},
    {SAYS_ALL, REPLY("404 Not Found", ERROR("\"40403\"", "")), REGISTRY_UNAVAILABLE, "not how a registry says it"},
    {SAYS_ALL, REPLY("400 Bad Request", ""), REGISTRY_UNAVAILABLE, "status 400"},
    {SAYS_ALL, REPLY("405 Method Not Allowed", ""), REGISTRY_UNAVAILABLE, "status 405"},
    {SAYS_ALL, REPLY("409 Conflict", ""), REGISTRY_UNAVAILABLE, "status 409"},
    {SAYS_ALL, REPLY("429 Too Many Requests", ""), REGISTRY_UNAVAILABLE, "status 429"},
    {SAYS_ALL, REPLY("500 Error", ERROR("50001", "Error in the backend data store")), REGISTRY_UNAVAILABLE,
     "status 500"},
    {SAYS_ALL, REPLY("503 Unavailable", "{\"schema\":\"" SCHEMA "\"}"), REGISTRY_UNAVAILABLE, "status 503"},
    {SAYS_ALL, REPLY("204 No Content", ""), REGISTRY_UNAVAILABLE, "status 204"},
    {SAYS_ALL, REPLY("301 Moved\r\nLocation: /elsewhere", ""), REGISTRY_UNAVAILABLE, "redirects are not followed"},
    {POURS, REPLY("502 Bad Gateway", "x"), REGISTRY_UNAVAILABLE, "status 502"},
    {SAYS_ALL, SIZED("5000", "{\"schema\":"), REGISTRY_UNAVAILABLE, "bytes remaining"},
    {SAYS_ALL, "", REGISTRY_UNAVAILABLE, "Empty reply"},
    {SAYS_ALL, "SSH-2.0-OpenSSH_9.2\r\n", REGISTRY_UNAVAILABLE, "HTTP/0.9"},
    {SAYS_ALL, "HTTP/1.1 200 OK\r\n\x01\x02garbage\xff: \r\n: :\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
     REGISTRY_UNAVAILABLE, ""},
    {SAYS_ALL, SIZED("18446744073709551617", "{}"), REGISTRY_UNAVAILABLE, "has no schema"},
    {POURS, "HTTP/1.1 200 OK\r\nX: ", REGISTRY_UNAVAILABLE, ""},
    {CLOSES_AT_ONCE, "", REGISTRY_UNAVAILABLE, ""},
    {HOLDS, "", REGISTRY_UNAVAILABLE, "timed out"},
    {HOLDS, "HTTP/1.1 200 OK\r\n", REGISTRY_UNAVAILABLE, "timed out"},
    {HOLDS, SIZED("100", "{\"schema\":"), REGISTRY_UNAVAILABLE, "timed out"},
    {DRIPS, SIZED("100000", "{\"schema\":"), REGISTRY_UNAVAILABLE, "timed out"},
};

static void assert_why(const char *why, const struct fake_registry *fake, const char *expected,
                       enum registry_answer answer)
{
    if (answer == REGISTRY_OK) {
        assert_string_equal(why, "");
        return;
    }
    if (strstr(why, expected) == NULL || strstr(why, fake->url) == NULL || strstr(why, SECRET) != NULL)
        fail_msg("\"%s\" was said of \"%.80s\"", why, fake->reply);
    for (const char *c = why; *c != '\0'; c++)
        assert_true(*c >= ' ' && *c <= '~');
}

static void each_answer_is_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(answers); i++) {
        struct fake_registry fake;
        char *text = NULL, why[REGISTRY_WHY_SIZE];
        size_t length;
        const bool is_patient = answers[i].conduct != HOLDS && answers[i].conduct != DRIPS;
        fake_registry_start(&fake, answers[i].conduct, answers[i].reply);
        struct registry *registry = client_of(fake.url, is_patient ? PATIENT_MS : IMPATIENT_MS);
        const enum registry_answer answer = registry_schema_get(registry, 7, &text, &length, why);
        registry_free(registry);
        fake_registry_stop(&fake);
        if (answer != answers[i].answer)
            fail_msg("\"%s\" is %s, with \"%s\"", answers[i].reply, registry_answer_sentences[answer], why);
        assert_why(why, &fake, answers[i].why, answer);
        assert_true((text != NULL) == (answer == REGISTRY_OK));
        assert_true(text == NULL || strlen(text) == length);
        free(text);
    }
}

static void the_schema_is_the_text_that_was_answered(void **state)
{
    static const char line[] = "GET /schemas/ids/2147483647 HTTP/1.1\r\n";
    struct fake_registry fake;
    char *text, url[80], why[REGISTRY_WHY_SIZE];
    size_t length;
    (void)state;
    fake_registry_start(&fake, SAYS_ALL, REPLY("200 OK", "{\"schema\":\"" SCHEMA "\"}"));
    snprintf(url, sizeof url, "%s/", fake.url);
    struct registry *registry = client_of(url, PATIENT_MS);
    assert_int_equal(registry_schema_get(registry, 2147483647, &text, &length, why), REGISTRY_OK);
    assert_string_equal(text, "{\"type\":\"record\",\"name\":\"a.B\",\"fields\":[]}");
    assert_int_equal(strncmp(fake.request, line, strlen(line)), 0);
    assert_non_null(strstr(fake.request, "Accept: application/vnd.schemaregistry.v1+json, application/json\r\n"));
    assert_non_null(strstr(fake.request, "Authorization: Basic YWxlcnRzOnMzY3JldC1vZi1ub2JvZHk=\r\n"));
    free(text);
    registry_free(registry);
    fake_registry_stop(&fake);
}

static void an_answer_with_headers_without_end_is_not_taken(void **state)
{
    static char reply[100000] = "HTTP/1.1 200 OK\r\n";
    struct fake_registry fake;
    char *text, why[REGISTRY_WHY_SIZE];
    size_t length;
    (void)state;
    for (size_t i = strlen(reply); i + 100 < sizeof reply; i += 6)
        strcpy(reply + i, "X: y\r\n");
    strcat(reply, "Connection: close\r\n\r\n{\"schema\":\"" SCHEMA "\"}");
    fake_registry_start(&fake, SAYS_ALL, reply);
    struct registry *registry = client_of(fake.url, PATIENT_MS);
    assert_int_equal(registry_schema_get(registry, 1, &text, &length, why), REGISTRY_UNAVAILABLE);
    registry_free(registry);
    fake_registry_stop(&fake);
}

/* One that is as long as is taken, and one a byte longer. */
static void a_schema_that_is_too_long_is_of_no_use(void **state)
{
    static char reply[REGISTRY_SCHEMA_BYTES_MAX + 200];
    (void)state;
    for (size_t more = 0; more <= 1; more++) {
        struct fake_registry fake;
        char *text, why[REGISTRY_WHY_SIZE];
        size_t length;
        const int spaces = REGISTRY_SCHEMA_BYTES_MAX - (int)strlen("\"int\"") + (int)more;
        snprintf(reply, sizeof reply, REPLY("200 OK", "{\"schema\":\"\\\"int\\\"%*s\"}"), spaces, "");
        fake_registry_start(&fake, SAYS_ALL, reply);
        struct registry *registry = client_of(fake.url, PATIENT_MS);
        assert_int_equal(registry_schema_get(registry, 7, &text, &length, why),
                         more == 0 ? REGISTRY_OK : REGISTRY_UNUSABLE);
        assert_true(more == 0 ? length == REGISTRY_SCHEMA_BYTES_MAX : strstr(why, "longer than 256 KiB") != NULL);
        free(text);
        registry_free(registry);
        fake_registry_stop(&fake);
    }
}

static void an_id_that_no_registry_gives_is_not_asked_for(void **state)
{
    struct fake_registry fake;
    char *text, why[REGISTRY_WHY_SIZE];
    size_t length;
    (void)state;
    fake_registry_start(&fake, SAYS_ALL, REPLY("404 Not Found", ""));
    struct registry *registry = client_of(fake.url, PATIENT_MS);
    assert_int_equal(registry_schema_get(registry, UINT32_C(2147483648), &text, &length, why), REGISTRY_ABSENT);
    assert_int_equal(registry_schema_get(registry, UINT32_MAX, &text, &length, why), REGISTRY_ABSENT);
    registry_free(registry);
    fake_registry_stop(&fake);
    assert_int_equal(fake.request_count, 0);
}

/* --- registering and looking up ----------------------------------------------------------------------------------- */

static const struct {
    const char *reply;
    enum registry_answer answer;
    uint32_t id;
} ids[] = {
    {REPLY("200 OK", "{\"id\":1}"), REGISTRY_OK, 1},
    {REPLY("201 Created", "{\"id\":2147483647,\"version\":3}"), REGISTRY_OK, 2147483647},
    {REPLY("200 OK", "{\"id\":2147483648}"), REGISTRY_UNUSABLE, 0},
    {REPLY("200 OK", "{\"id\":-1}"), REGISTRY_UNUSABLE, 0},
    {REPLY("200 OK", "{\"id\":99999999999999999999}"), REGISTRY_UNAVAILABLE, 0},
    {REPLY("200 OK", "{\"id\":1.0}"), REGISTRY_UNAVAILABLE, 0},
    {REPLY("200 OK", "{\"id\":\"1\"}"), REGISTRY_UNAVAILABLE, 0},
    {REPLY("200 OK", "{}"), REGISTRY_UNAVAILABLE, 0},
    {REPLY("404 Not Found", ERROR("40401", "Subject not found")), REGISTRY_ABSENT, 0},
    {REPLY("409 Conflict", ERROR("409", "reader field x has no default\\n\\u00e9")), REGISTRY_INCOMPATIBLE, 0},
    {REPLY("422 Unprocessable", ERROR("42201", "Invalid Avro schema")), REGISTRY_REFUSED, 0},
    {REPLY("403 Forbidden", ""), REGISTRY_DENIED, 0},
    {REPLY("503 Unavailable", ""), REGISTRY_UNAVAILABLE, 0},
};

static const struct {
    enum registry_answer (*ask)(struct registry *registry, const char *subject, const char *text, uint32_t *id,
                                char why[static REGISTRY_WHY_SIZE]);
    const char *request_line;
} id_calls[] = {
    {registry_schema_register, "POST /subjects/a%2Fb-value/versions HTTP/1.1\r\n"},
    {registry_schema_look_up, "POST /subjects/a%2Fb-value HTTP/1.1\r\n"},
};

/* What is not found as a text may be there as what the text means. */
#define LOOK_UP_AGAIN "POST /subjects/a%2Fb-value?normalize=true HTTP/1.1\r\n"

static void ids_are_given_by_registering_and_by_looking_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * LENGTH(ids); i++) {
        struct fake_registry fake;
        uint32_t id = 0;
        char why[REGISTRY_WHY_SIZE];
        fake_registry_start(&fake, SAYS_ALL, ids[i / 2].reply);
        struct registry *registry = client_of(fake.url, PATIENT_MS);
        assert_int_equal(id_calls[i % 2].ask(registry, "a/b-value", "\"int\"", &id, why), ids[i / 2].answer);
        assert_true(ids[i / 2].answer != REGISTRY_OK || id == ids[i / 2].id);
        assert_why(why, &fake, "", ids[i / 2].answer);
        const char *line = i % 2 == 1 && ids[i / 2].answer == REGISTRY_ABSENT ? LOOK_UP_AGAIN
                                                                              : id_calls[i % 2].request_line;
        assert_int_equal(strncmp(fake.request, line, strlen(line)), 0);
        assert_non_null(strstr(fake.request, "Content-Type: application/vnd.schemaregistry.v1+json\r\n"));
        assert_string_equal(strstr(fake.request, "\r\n\r\n"), "\r\n\r\n{\"schema\":\"\\\"int\\\"\"}");
        registry_free(registry);
        fake_registry_stop(&fake);
    }
}

static void compatibility_is_set_for_a_subject(void **state)
{
    struct fake_registry fake;
    char why[REGISTRY_WHY_SIZE];
    static const char line[] = "PUT /config/alerts-value HTTP/1.1\r\n";
    (void)state;
    fake_registry_start(&fake, SAYS_ALL, REPLY("200 OK", "{\"compatibility\":\"FULL\"}"));
    struct registry *registry = client_of(fake.url, PATIENT_MS);
    assert_int_equal(registry_compatibility_set(registry, "alerts-value", "FULL", why), REGISTRY_OK);
    assert_int_equal(strncmp(fake.request, line, strlen(line)), 0);
    assert_string_equal(strstr(fake.request, "\r\n\r\n"), "\r\n\r\n{\"compatibility\":\"FULL\"}");
    registry_free(registry);
    fake_registry_stop(&fake);
}

/* --- what no waiting mends, and what is not waited for ------------------------------------------------------------ */

static const struct {
    const char *ca_file, *certificate_file;
    const char *why;
} unfit_files[] = {
    {__FILE__, "", "registry.ca_file: "},
    {"", __FILE__, "registry.certificate_file, registry.key_file: "},
};

static void a_file_of_the_settings_that_is_none_is_named(void **state)
{
    struct fake_registry fake;
    char url[80], why[REGISTRY_WHY_SIZE];
    uint32_t id;
    (void)state;
    fake_registry_start(&fake, SAYS_ALL, "");
    snprintf(url, sizeof url, "https%s", strchr(fake.url, ':'));
    for (size_t i = 0; i < LENGTH(unfit_files); i++) {
        const struct http_settings http = {.section = "registry",
                                           .ca_file = unfit_files[i].ca_file,
                                           .certificate_file = unfit_files[i].certificate_file,
                                           .timeout_ms = PATIENT_MS};
        struct registry *registry = registry_new(url, &http);
        assert_non_null(registry);
        assert_int_equal(registry_schema_look_up(registry, "s", "\"int\"", &id, why), REGISTRY_MISCONFIGURED);
        assert_non_null(strstr(why, unfit_files[i].why));
        registry_free(registry);
    }
    fake_registry_stop(&fake);
}

static void a_call_that_is_cancelled_is_given_up(void **state)
{
    const atomic_bool is_cancelled = true;
    struct fake_registry fake;
    char *text, why[REGISTRY_WHY_SIZE];
    size_t length;
    (void)state;
    fake_registry_start(&fake, HOLDS, "");
    const struct http_settings http = {.section = "registry", .timeout_ms = PATIENT_MS, .is_cancelled = &is_cancelled};
    struct registry *registry = registry_new(fake.url, &http);
    assert_non_null(registry);
    assert_int_equal(registry_schema_get(registry, 7, &text, &length, why), REGISTRY_UNAVAILABLE);
    assert_non_null(strstr(why, "abort"));
    registry_free(registry);
    fake_registry_stop(&fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_answer_is_told_apart),
        cmocka_unit_test(the_schema_is_the_text_that_was_answered),
        cmocka_unit_test(an_answer_with_headers_without_end_is_not_taken),
        cmocka_unit_test(a_schema_that_is_too_long_is_of_no_use),
        cmocka_unit_test(an_id_that_no_registry_gives_is_not_asked_for),
        cmocka_unit_test(ids_are_given_by_registering_and_by_looking_up),
        cmocka_unit_test(compatibility_is_set_for_a_subject),
        cmocka_unit_test(a_file_of_the_settings_that_is_none_is_named),
        cmocka_unit_test(a_call_that_is_cancelled_is_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
