/* Protects whoever asks over HTTP: what is sent is what was asked for and goes where it was asked for, no further; what
 * is taken of the answer is bounded, and so is how long it takes; an address that must not be talked to is not
 * connected to, whatever its name. */
#include "testing.h"

#include <dlfcn.h>
#include <netdb.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "fake_registry.h"
#include "schemas/http_client.h"
#include "schemas/http_guard.h"

#define PATIENT_MS 30000 /* longer than a test may take */
#define IMPATIENT_MS 200 /* against what never answers */
#define DEADLINE_S 20
#define BYTES_MAX 1000
#define DAY_S 86400

#define REPLY(status, more, body) "HTTP/1.1 " status "\r\n" more "Connection: close\r\n\r\n" body

static const struct http_settings patient = {.section = "test", .timeout_ms = PATIENT_MS, .reply_bytes_max = BYTES_MAX};

static enum http_answer ask(const struct http_settings *settings, const char *url, struct http_reply *reply,
                            char why[static HTTP_WHY_SIZE])
{
    static const char *const headers[] = {"Content-Type: text/plain", "X-More: yes", NULL};
    const struct http_request request = {
        .method = "POST", .url = url, .headers = headers, .body = "a body", .body_length = strlen("a body")};
    struct http_client *client = http_client_new(settings);
    assert_non_null(client);
    const enum http_answer answer = http_request_send(client, &request, reply, why);
    http_client_free(client);
    return answer;
}

static void what_is_asked_for_is_sent(void **state)
{
    struct fake_registry fake;
    struct http_reply reply;
    char url[128], why[HTTP_WHY_SIZE];
    (void)state;
    fake_registry_start(&fake, SAYS_ALL, REPLY("202 Accepted", "", "thanks"));
    snprintf(url, sizeof url, "%s/path?with=query", fake.url);
    assert_int_equal(ask(&patient, url, &reply, why), HTTP_ANSWERED);
    fake_registry_stop(&fake);
    assert_int_equal(reply.status, 202);
    assert_string_equal(reply.bytes, "thanks");
    assert_int_equal(reply.length, 6);
    http_reply_fini(&reply);
    assert_int_equal(strncmp(fake.request, "POST /path?with=query HTTP/1.1\r\n", 32), 0);
    assert_non_null(strstr(fake.request, "Content-Type: text/plain\r\n"));
    assert_non_null(strstr(fake.request, "X-More: yes\r\n"));
    assert_non_null(strstr(fake.request, "Content-Length: 6\r\n"));
    assert_null(strstr(fake.request, "Expect"));
    assert_null(strstr(fake.request, "Authorization"));
    assert_string_equal(strstr(fake.request, "\r\n\r\n"), "\r\n\r\na body");
}

/* One that is as long as is taken, one a byte longer, and one without end. */
static void an_answer_is_taken_up_to_its_bound(void **state)
{
    char text[BYTES_MAX + 200];
    (void)state;
    for (int more = 0; more <= 2; more++) {
        struct fake_registry fake;
        struct http_reply reply;
        char why[HTTP_WHY_SIZE];
        snprintf(text, sizeof text, REPLY("200 OK", "", "%*s"), BYTES_MAX + more % 2, "");
        fake_registry_start(&fake, more == 2 ? POURS : SAYS_ALL, text);
        assert_int_equal(ask(&patient, fake.url, &reply, why), HTTP_ANSWERED);
        fake_registry_stop(&fake);
        assert_int_equal(reply.status, 200);
        assert_int_equal(reply.is_too_long, more > 0);
        assert_true(reply.length <= BYTES_MAX);
        http_reply_fini(&reply);
    }
}

/* --- when to ask again -------------------------------------------------------------------------------------------- */

static const struct {
    const char *header;
    int64_t at_least_s, at_most_s;
} patience[] = {
    {"", 0, 0},
    {"Retry-After: 120\r\n", 120, 120},
    {"retry-after:7\r\n", 7, 7},
    {"Retry-After: 0\r\n", 0, 0},
    {"Retry-After: -5\r\n", 0, 0},
    {"Retry-After: soon\r\n", 0, 0},
    {"Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", 0, 0},
    {"Retry-After: 99999999999999999999\r\n", 0, INT64_MAX},
};

static int64_t retry_after_of(const char *header)
{
    struct fake_registry fake;
    struct http_reply reply;
    char text[256], why[HTTP_WHY_SIZE];
    snprintf(text, sizeof text, "HTTP/1.1 503 Unavailable\r\n%sConnection: close\r\n\r\n", header);
    fake_registry_start(&fake, SAYS_ALL, text);
    assert_int_equal(ask(&patient, fake.url, &reply, why), HTTP_ANSWERED);
    fake_registry_stop(&fake);
    const int64_t retry_after_s = reply.retry_after_s;
    http_reply_fini(&reply);
    return retry_after_s;
}

static void patience_that_is_asked_for_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(patience); i++) {
        const int64_t retry_after_s = retry_after_of(patience[i].header);
        if (retry_after_s < patience[i].at_least_s || retry_after_s > patience[i].at_most_s)
            fail_msg("\"%s\" is %lld s", patience[i].header, (long long)retry_after_s);
    }
}

static void patience_may_be_a_date(void **state)
{
    char header[128];
    struct tm tomorrow;
    const time_t at = time(NULL) + DAY_S;
    (void)state;
    strftime(header, sizeof header, "Retry-After: %a, %d %b %Y %H:%M:%S GMT\r\n", gmtime_r(&at, &tomorrow));
    const int64_t retry_after_s = retry_after_of(header);
    assert_true(retry_after_s > 0 && retry_after_s <= DAY_S);
}

/* --- how long it takes -------------------------------------------------------------------------------------------- */

static sem_t may_answer;

/* The name server of one name answers when the test lets it, of others as always. */
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found)
{
    int (*resolve)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    *(void **)&resolve = dlsym(RTLD_NEXT, "getaddrinfo");
    if (strcmp(name, "stalled.example") != 0)
        return resolve(name, service, hints, found);
    sem_wait(&may_answer);
    return resolve("127.0.0.1", service, hints, found);
}

/* By the time that is allowed, or by the flag. */
static void a_name_server_that_does_not_answer_is_not_waited_for(void **state)
{
    const atomic_bool is_cancelled = true;
    (void)state;
    sem_init(&may_answer, 0, 0);
    for (int by_flag = 0; by_flag < 2; by_flag++) {
        struct http_settings settings = patient;
        struct http_reply reply;
        char why[HTTP_WHY_SIZE];
        settings.timeout_ms = by_flag ? PATIENT_MS : IMPATIENT_MS;
        settings.is_cancelled = by_flag ? &is_cancelled : NULL;
        alarm(DEADLINE_S);
        assert_int_equal(ask(&settings, "http://stalled.example/", &reply, why), HTTP_UNAVAILABLE);
        alarm(0);
        sem_post(&may_answer);
    }
}

/* --- where it goes ------------------------------------------------------------------------------------------------ */

static void a_redirect_is_an_answer_and_not_followed(void **state)
{
    struct fake_registry first, second;
    struct http_reply reply;
    char text[256], why[HTTP_WHY_SIZE];
    (void)state;
    fake_registry_start(&second, SAYS_ALL, REPLY("200 OK", "", ""));
    snprintf(text, sizeof text, "HTTP/1.1 307 Elsewhere\r\nLocation: %s/\r\nConnection: close\r\n\r\n", second.url);
    fake_registry_start(&first, SAYS_ALL, text);
    assert_int_equal(ask(&patient, first.url, &reply, why), HTTP_ANSWERED);
    fake_registry_stop(&first);
    fake_registry_stop(&second);
    assert_int_equal(reply.status, 307);
    assert_int_equal(second.request_count, 0);
    http_reply_fini(&reply);
}

static void a_proxy_of_the_environment_is_not_asked(void **state)
{
    struct fake_registry fake, proxy;
    struct http_reply reply;
    char why[HTTP_WHY_SIZE];
    (void)state;
    fake_registry_start(&fake, SAYS_ALL, REPLY("200 OK", "", ""));
    fake_registry_start(&proxy, SAYS_ALL, REPLY("200 OK", "", ""));
    unsetenv("no_proxy");
    unsetenv("NO_PROXY");
    setenv("http_proxy", proxy.url, 1);
    setenv("all_proxy", proxy.url, 1);
    assert_int_equal(ask(&patient, fake.url, &reply, why), HTTP_ANSWERED);
    unsetenv("http_proxy");
    unsetenv("all_proxy");
    fake_registry_stop(&fake);
    fake_registry_stop(&proxy);
    assert_int_equal(proxy.request_count, 0);
    http_reply_fini(&reply);
}

static const char *any_is_right(const struct sockaddr *address)
{
    assert_int_equal(address->sa_family, AF_INET);
    return NULL;
}

static const struct {
    const char *host;
    const char *(*address_fault)(const struct sockaddr *address);
    enum http_answer answer;
    const char *why;
} addresses[] = {
    {"127.0.0.1", NULL, HTTP_ANSWERED, ""},
    {"127.0.0.1", any_is_right, HTTP_ANSWERED, ""},
    {"127.0.0.1", http_address_fault, HTTP_FORBIDDEN, "its name stands for 127.0.0.1, an address of this machine"},
    {"0x7f.1", http_address_fault, HTTP_FORBIDDEN, "its name stands for 127.0.0.1, an address of this machine"},
    {"[::ffff:127.0.0.1]", http_address_fault, HTTP_FORBIDDEN, "an address of this machine"},
    {"localhost", http_address_fault, HTTP_FORBIDDEN, "an address of this machine"},
};

static void an_address_that_must_not_be_talked_to_is_not_connected_to(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(addresses); i++) {
        struct http_settings settings = patient;
        struct fake_registry fake;
        struct http_reply reply;
        char url[128], why[HTTP_WHY_SIZE] = "";
        fake_registry_start(&fake, SAYS_ALL, REPLY("200 OK", "", ""));
        settings.address_fault = addresses[i].address_fault;
        snprintf(url, sizeof url, "http://%s%s", addresses[i].host, strrchr(fake.url, ':'));
        const enum http_answer answer = ask(&settings, url, &reply, why);
        fake_registry_stop(&fake);
        if (answer != addresses[i].answer || strstr(why, addresses[i].why) == NULL)
            fail_msg("%s: %s, \"%s\"", url, http_answer_sentences[answer], why);
        assert_int_equal(fake.request_count, answer == HTTP_ANSWERED);
        if (answer == HTTP_ANSWERED)
            http_reply_fini(&reply);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_for_is_sent),
        cmocka_unit_test(an_answer_is_taken_up_to_its_bound),
        cmocka_unit_test(patience_that_is_asked_for_is_read),
        cmocka_unit_test(patience_may_be_a_date),
        cmocka_unit_test(a_name_server_that_does_not_answer_is_not_waited_for),
        cmocka_unit_test(a_redirect_is_an_answer_and_not_followed),
        cmocka_unit_test(a_proxy_of_the_environment_is_not_asked),
        cmocka_unit_test(an_address_that_must_not_be_talked_to_is_not_connected_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
