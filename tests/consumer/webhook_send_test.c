/* Protects the attempt to deliver an event: what goes over the wire is signed, names nobody in its headers and is the
 * same each time; each way of a receiver to answer, or not to, is told apart, in bounded time and memory; nobody is
 * sent to at an address that is not of the internet, unless the settings say so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <dlfcn.h>
#include <netdb.h>

#include <cmocka.h>

#include "alerts/webhook_signature.h"
#include "consumer/webhook_send.h"
#include "tests/schemas/fake_registry.h"

#define SOURCE "urn:nld:oin:00000001234567890000:systeem:placement-alerts"
#define SECRET "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
#define OTHER "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define NOW_MS INT64_C(1756796400999)
#define PATIENT_MS 30000 /* longer than a test may take */
#define IMPATIENT_MS 200 /* against what never answers */
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#define REPLY(status) "HTTP/1.1 " status "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

static struct webhook_event revised(void)
{
    const struct alert_record record = {.child_id = {"k-7301", 6},
                                        .alert_id = {{0xfe, 0xbb}},
                                        .logged_at_ms = 1756796400123,
                                        .alert = {.revision = 3, .place.location_id = {"azc-emmen-01", 12}}};
    struct webhook_event event;
    assert_true(webhook_event_revised(&event, SOURCE, &record));
    return event;
}

struct attempt {
    char *secrets;
    int64_t timeout_ms;
    bool is_guarded;
};

static struct webhook *webhook_to(const char *url, const struct attempt *attempt, const atomic_bool *is_cancelled)
{
    const struct settings settings = {.webhook_ca_file = (char *)(uintptr_t) "",
                                      .webhook_certificate_file = (char *)(uintptr_t) "",
                                      .webhook_key_file = (char *)(uintptr_t) "",
                                      .webhook_timeout_ms = attempt->timeout_ms,
                                      .webhook_allow_private = !attempt->is_guarded};
    const struct subscription subscription = {.url = (char *)(uintptr_t)url, .secret = {.text = attempt->secrets}};
    struct webhook *webhook = webhook_new(&settings, &subscription, is_cancelled);
    assert_non_null(webhook);
    return webhook;
}

static enum webhook_outcome send_to(const char *url, const struct attempt *attempt, struct webhook_reply *reply)
{
    const struct webhook_event event = revised();
    struct webhook *webhook = webhook_to(url, attempt, NULL);
    const enum webhook_outcome outcome = webhook_send(webhook, &event, NOW_MS, reply);
    webhook_free(webhook);
    return outcome;
}

static char secret[] = SECRET, two_secrets[] = SECRET " " OTHER;
static const struct attempt patient = {secret, PATIENT_MS, false}, impatient = {secret, IMPATIENT_MS, false},
                            guarded = {secret, PATIENT_MS, true}, rotating = {two_secrets, PATIENT_MS, false};

/* --- what is sent ------------------------------------------------------------------------------------------------- */

static void assert_has(const char *request, const char *format, const char *value)
{
    char line[512];
    snprintf(line, sizeof(line), format, value);
    if (strstr(request, line) == NULL)
        fail_msg("\"%s\" is missing in \"%s\"", line, request);
}

static void test_what_goes_over_the_wire(void **state)
{
    const struct webhook_event event = revised();
    struct fake_registry fake;
    struct webhook_reply reply;
    struct webhook_keys keys;
    char url[128], signature[WEBHOOK_SIGNATURE_SIZE], why[WEBHOOK_SECRET_WHY_SIZE];
    (void)state;
    fake_registry_start(&fake, SAYS_ALL, REPLY("204 No Content"));
    snprintf(url, sizeof(url), "%s/alerts?of=school", fake.url);
    assert_int_equal(send_to(url, &rotating, &reply), WEBHOOK_DELIVERED);
    fake_registry_stop(&fake);
    assert_true(webhook_keys_init(&keys, two_secrets, why));
    assert_true(webhook_signature_write(&keys, event.id, NOW_MS / 1000, event.body, event.body_length, signature));
    assert_int_equal(reply.status, 204);
    assert_string_equal(reply.why, "");
    assert_int_equal(strncmp(fake.request, "POST /alerts?of=school HTTP/1.1\r\n", 33), 0);
    assert_has(fake.request, "\r\nContent-Type: %s\r\n", "application/cloudevents+json");
    assert_has(fake.request, "\r\nUser-Agent: placement-alerts/%s", "");
    assert_has(fake.request, "\r\nwebhook-id: %s\r\n", event.id);
    assert_has(fake.request, "\r\nwebhook-timestamp: %s\r\n", "1756796400");
    assert_has(fake.request, "\r\nwebhook-signature: %s\r\n", signature);
    char *body = strstr(fake.request, "\r\n\r\n");
    assert_string_equal(body + 4, event.body);
    *body = '\0'; /* of the child nothing stands before it */
    assert_null(strstr(fake.request, "7301"));
    assert_null(strstr(fake.request, "emmen"));
    assert_null(strstr(fake.request, "whsec"));
    webhook_keys_fini(&keys);
}

/* --- what is answered --------------------------------------------------------------------------------------------- */

static const struct {
    enum conduct conduct;
    const char *answer;
    enum webhook_outcome outcome;
    long status;
    int64_t retry_after_s;
    const char *why;
} answers[] = {
    {SAYS_ALL, REPLY("200 OK"), WEBHOOK_DELIVERED, 200, 0, ""},
    {SAYS_ALL, REPLY("201 Created"), WEBHOOK_DELIVERED, 201, 0, ""},
    {SAYS_ALL, REPLY("202 Accepted"), WEBHOOK_DELIVERED, 202, 0, ""},
    {SAYS_ALL, "HTTP/1.1 299 Fine\r\nConnection: close\r\n\r\n<html>", WEBHOOK_DELIVERED, 299, 0, ""},
    {POURS, "HTTP/1.1 200 OK\r\n\r\n", WEBHOOK_DELIVERED, 200, 0, ""},
    {SAYS_ALL, REPLY("300 Choose"), WEBHOOK_DENIED, 300, 0, "status 300, and redirects are not followed"},
    {SAYS_ALL, REPLY("301 Moved\r\nLocation: http://169.254.169.254/"), WEBHOOK_DENIED, 301, 0, "status 301, and"},
    {SAYS_ALL, REPLY("308 Moved\r\nLocation: /"), WEBHOOK_DENIED, 308, 0, "status 308, and redirects"},
    {SAYS_ALL, REPLY("401 Unauthorized"), WEBHOOK_DENIED, 401, 0, "status 401"},
    {SAYS_ALL, REPLY("403 Forbidden"), WEBHOOK_DENIED, 403, 0, "status 403"},
    {SAYS_ALL, REPLY("404 Not Found"), WEBHOOK_DENIED, 404, 0, "status 404"},
    {SAYS_ALL, REPLY("405 Method Not Allowed"), WEBHOOK_DENIED, 405, 0, "status 405"},
    {SAYS_ALL, REPLY("407 Proxy"), WEBHOOK_DENIED, 407, 0, "status 407"},
    {SAYS_ALL, REPLY("421 Misdirected"), WEBHOOK_DENIED, 421, 0, "status 421"},
    {SAYS_ALL, REPLY("400 Bad Request"), WEBHOOK_REFUSED, 400, 0, "status 400"},
    {SAYS_ALL, REPLY("402 Pay"), WEBHOOK_REFUSED, 402, 0, "status 402"},
    {SAYS_ALL, REPLY("406 Not Acceptable"), WEBHOOK_REFUSED, 406, 0, "status 406"},
    {SAYS_ALL, REPLY("409 Conflict"), WEBHOOK_REFUSED, 409, 0, "status 409"},
    {SAYS_ALL, REPLY("413 Too Large"), WEBHOOK_REFUSED, 413, 0, "status 413"},
    {SAYS_ALL, REPLY("415 Media Type"), WEBHOOK_REFUSED, 415, 0, "status 415"},
    {SAYS_ALL, REPLY("422 Unprocessable"), WEBHOOK_REFUSED, 422, 0, "status 422"},
    {SAYS_ALL, REPLY("499 Whatever"), WEBHOOK_REFUSED, 499, 0, "status 499"},
    {SAYS_ALL, REPLY("410 Gone"), WEBHOOK_GONE, 410, 0, "status 410"},
    {SAYS_ALL, REPLY("429 Too Many\r\nRetry-After: 120"), WEBHOOK_BUSY, 429, 120, "status 429"},
    {SAYS_ALL, REPLY("503 Busy\r\nRetry-After: 3600"), WEBHOOK_BUSY, 503, 3600, "status 503"},
    {SAYS_ALL, REPLY("503 Busy"), WEBHOOK_BUSY, 503, 0, "status 503"},
    {SAYS_ALL, REPLY("408 Timeout"), WEBHOOK_FAILED, 408, 0, "status 408"},
    {SAYS_ALL, REPLY("425 Too Early"), WEBHOOK_FAILED, 425, 0, "status 425"},
    {SAYS_ALL, REPLY("500 Error"), WEBHOOK_FAILED, 500, 0, "status 500"},
    {SAYS_ALL, REPLY("502 Bad Gateway"), WEBHOOK_FAILED, 502, 0, "status 502"},
    {SAYS_ALL, REPLY("504 Timeout"), WEBHOOK_FAILED, 504, 0, "status 504"},
    {SAYS_ALL, REPLY("600 Unheard of"), WEBHOOK_FAILED, 600, 0, "status 600"},
    {POURS, "HTTP/1.1 500 Error\r\n\r\n", WEBHOOK_FAILED, 500, 0, "status 500"},
    {SAYS_ALL, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhalf", WEBHOOK_FAILED, 0, 0, ""},
    {SAYS_ALL, "", WEBHOOK_FAILED, 0, 0, "Empty reply"},
    {SAYS_ALL, "SSH-2.0-OpenSSH_9.2\r\n", WEBHOOK_FAILED, 0, 0, ""},
    {POURS, "HTTP/1.1 200 OK\r\nX: ", WEBHOOK_FAILED, 0, 0, ""},
    {CLOSES_AT_ONCE, "", WEBHOOK_FAILED, 0, 0, ""},
    {HOLDS, "", WEBHOOK_FAILED, 0, 0, "timed out"},
    {HOLDS, "HTTP/1.1 200 OK\r\n", WEBHOOK_FAILED, 0, 0, "timed out"},
    {HOLDS, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", WEBHOOK_FAILED, 0, 0, "timed out"},
    {DRIPS, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", WEBHOOK_FAILED, 0, 0, "timed out"},
    {DRIPS, "HTTP/1.1 200 OK\r\nX: ", WEBHOOK_FAILED, 0, 0, "timed out"},
};

static void assert_why(const char *why, const char *expected)
{
    if (strstr(why, expected) == NULL)
        fail_msg("\"%s\" was said instead of \"%s\"", why, expected);
    assert_null(strstr(why, "7301"));
    assert_null(strstr(why, "/alerts"));
    for (const char *c = why; *c != '\0'; c++)
        assert_true(*c >= ' ' && *c <= '~');
}

static void test_each_answer_is_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(answers); i++) {
        struct fake_registry fake;
        struct webhook_reply reply;
        char url[128];
        const bool is_slow = answers[i].conduct == HOLDS || answers[i].conduct == DRIPS;
        fake_registry_start(&fake, answers[i].conduct, answers[i].answer);
        snprintf(url, sizeof(url), "%s/alerts", fake.url);
        const enum webhook_outcome outcome = send_to(url, is_slow ? &impatient : &patient, &reply);
        fake_registry_stop(&fake);
        if (outcome != answers[i].outcome)
            fail_msg("\"%.60s\" is %s: %s", answers[i].answer, webhook_outcomes[outcome].name, reply.why);
        assert_int_equal(reply.status, answers[i].status);
        assert_int_equal(reply.retry_after_s, answers[i].retry_after_s);
        assert_int_equal(reply.why[0] == '\0', outcome == WEBHOOK_DELIVERED);
        assert_why(reply.why, answers[i].why);
        assert_int_equal(fake.request_count, 1);
    }
}

static void test_nobody_there(void **state)
{
    struct webhook_reply reply;
    char nobody[64];
    const int reserved = nobody_at(nobody);
    (void)state;
    assert_int_equal(send_to(nobody, &patient, &reply), WEBHOOK_FAILED);
    assert_why(reply.why, "connect");
    close(reserved);
}

/* --- what is not waited for, and who is not sent to --------------------------------------------------------------- */

static void test_an_attempt_is_given_up(void **state)
{
    const atomic_bool is_cancelled = true;
    const struct webhook_event event = revised();
    struct fake_registry fake;
    struct webhook_reply reply;
    (void)state;
    fake_registry_start(&fake, HOLDS, "");
    struct webhook *webhook = webhook_to(fake.url, &patient, &is_cancelled);
    assert_int_equal(webhook_send(webhook, &event, NOW_MS, &reply), WEBHOOK_FAILED);
    webhook_free(webhook);
    fake_registry_stop(&fake);
}

/* Names stand for what a test says, also to libcurl. Which of two answers comes is for a name server to choose: the one
 * whose address is looked at is the one that is connected to. */
static const struct {
    const char *name, *address, *why;
} names[] = {
    {"private.example", "10.1.2.3", "its name stands for 10.1.2.3, a private address"},
    {"metadata.example", "169.254.169.254", "its name stands for 169.254.169.254, an address of the local link"},
    {"here.example", "127.0.0.1", "its name stands for 127.0.0.1, an address of this machine"},
    {"here6.example", "::1", "its name stands for ::1, an address of this machine"},
    {"house.example", "fd00::1", "its name stands for fd00::1, a private address"},
};

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found)
{
    int (*resolve)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    *(void **)&resolve = dlsym(RTLD_NEXT, "getaddrinfo");
    for (size_t i = 0; i < LENGTH(names); i++)
        if (strcmp(name, names[i].name) == 0)
            name = names[i].address;
    return resolve(name, service, hints, found);
}

static void test_names_of_addresses_that_are_not_of_the_internet(void **state)
{
    (void)state;
    for (size_t i = 0; i < LENGTH(names); i++) {
        struct fake_registry fake;
        struct webhook_reply reply;
        char url[128];
        fake_registry_start(&fake, SAYS_ALL, REPLY("200 OK"));
        snprintf(url, sizeof(url), "http://%s%s/", names[i].name, strrchr(fake.url, ':'));
        assert_int_equal(send_to(url, &guarded, &reply), WEBHOOK_FORBIDDEN);
        assert_string_equal(reply.why, names[i].why);
        assert_int_equal(fake.request_count, 0);
        if (strcmp(names[i].address, "127.0.0.1") == 0) /* the name does stand for it */
            assert_int_equal(send_to(url, &patient, &reply), WEBHOOK_DELIVERED);
        fake_registry_stop(&fake);
    }
}

/* By address, and as who writes it otherwise. */
static void test_addresses_that_are_not_of_the_internet(void **state)
{
    static const char *const hosts[] = {"127.0.0.1",       "localhost",         "0",   "2130706433",
                                        "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[::]"};
    (void)state;
    for (size_t i = 0; i < LENGTH(hosts); i++) {
        struct fake_registry fake;
        struct webhook_reply reply;
        char url[128];
        fake_registry_start(&fake, SAYS_ALL, REPLY("200 OK"));
        snprintf(url, sizeof(url), "http://%s%s/", hosts[i], strrchr(fake.url, ':'));
        const enum webhook_outcome outcome = send_to(url, &guarded, &reply);
        fake_registry_stop(&fake);
        if (outcome != WEBHOOK_FORBIDDEN)
            fail_msg("%s: %s, %s", url, webhook_outcomes[outcome].name, reply.why);
        assert_why(reply.why, "its name stands for ");
        assert_int_equal(fake.request_count, 0);
    }
}

static void test_every_outcome_is_told(void **state)
{
    (void)state;
    for (enum webhook_outcome outcome = 0; outcome < WEBHOOK_OUTCOME_COUNT; outcome++) {
        const bool is_of_event = outcome == WEBHOOK_DELIVERED || outcome == WEBHOOK_REFUSED;
        assert_int_equal(webhook_outcomes[outcome].whom, is_of_event ? WEBHOOK_OF_EVENT : WEBHOOK_OF_SUBSCRIPTION);
        assert_true(strlen(webhook_outcomes[outcome].name) > 0 && strlen(webhook_outcomes[outcome].sentence) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_goes_over_the_wire),
        cmocka_unit_test(test_each_answer_is_told_apart),
        cmocka_unit_test(test_nobody_there),
        cmocka_unit_test(test_an_attempt_is_given_up),
        cmocka_unit_test(test_addresses_that_are_not_of_the_internet),
        cmocka_unit_test(test_names_of_addresses_that_are_not_of_the_internet),
        cmocka_unit_test(test_every_outcome_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
