/* Protects what `check` advises: each unwise setting is named with what it leads to, and a wise one is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <librdkafka/rdkafka.h>

#include "consumer/connection_fault.h"
#include "consumer/settings_advice.h"

/* With these nothing is advised. */
static const char wise[] = "kafka.bootstrap.servers: b:9092\n"
                           "topics.replication_factor: 3\n"
                           "cloudevents.source: urn:nld:oin:00000001234567890000:systeem:a\n";

/* The settings of wise and of YAML, from a file that MODE lets others read, or not. */
static char *advice(const char *yaml, mode_t mode)
{
    char path[] = "/tmp/advice-XXXXXX", *text;
    size_t size;
    struct settings settings;
    const int descriptor = mkstemp(path);
    FILE *file = fdopen(descriptor, "w"), *out = open_memstream(&text, &size);
    fprintf(file, "%s%s\n", wise, yaml);
    assert_int_equal(fchmod(descriptor, mode), 0);
    fclose(file);
    assert_true(settings_init(&settings));
    assert_true(settings_read(&settings, path, stderr));
    settings_advise(&settings, path, out);
    fclose(out);
    unlink(path);
    settings_fini(&settings);
    return text;
}

static void check_advice(const char *yaml, mode_t mode, const char *expected)
{
    char *text = advice(yaml, mode);
    print_message("%s\n", yaml);
    const char *end = strchr(text, '\n'); /* one piece, or none */
    if (*expected == '\0' ? *text != '\0' : strstr(text, expected) == NULL || end[1] != '\0')
        fail_msg("%s instead of %s", text, expected);
    free(text);
}

static void test_each_piece(void **state)
{
    static const struct {
        const char *yaml, *advice; /* how the only line begins; "": there is none */
    } rows[] = {
        {"", ""},
        {"kafka.session.timeout.ms: 5999", "advice: kafka.session.timeout.ms: 5999; "},
        {"kafka.session.timeout.ms: 6000", ""},
        {"kafka.session.timeout.ms: 30000", ""},
        {"kafka.session.timeout.ms: 30001", "advice: kafka.session.timeout.ms: 30001; "},
        {"kafka.heartbeat.interval.ms: 4000", "advice: kafka.heartbeat.interval.ms: 4000; "},
        {"kafka.transaction.timeout.ms: 90000", "advice: kafka.transaction.timeout.ms: 90000; "},
        {"kafka.max.poll.interval.ms: 900000", "advice: kafka.max.poll.interval.ms: 900000; "},
        {"kafka.linger.ms: 200", "advice: kafka.linger.ms: 200; "},
        {"kafka.security.protocol: sasl_plaintext",
         "advice: kafka.security.protocol: login and children's data cross the network unencrypted; use sasl_ssl\n"},
        {"kafka.security.protocol: SASL_PLAINTEXT", "advice: kafka.security.protocol: "},
        {"kafka.security.protocol: plaintext", ""}, /* within one network, without a login */
        {"kafka.security.protocol: sasl_ssl", ""},
        {"kafka.enable.ssl.certificate.verification: false",
         "advice: kafka.enable.ssl.certificate.verification: whoever answers is taken for the broker\n"},
        {"kafka.enable.ssl.certificate.verification: true", ""},
        {"kafka.sasl.mechanisms: PLAIN", ""},
        {"registry: {urls: [https://a, HTTP://b], username: u, password: p}",
         "advice: registry.urls: the login crosses the network unencrypted; use https\n"},
        {"alertmanager: {urls: http://a, username: u, password: p}",
         "advice: alertmanager.urls: the login crosses the network unencrypted; use https\n"},
        {"subscriptions: {a: {url: https://a}, b: {url: http://b}, c: {rules: no-school}}",
         "advice: subscriptions.b.url: children's data cross the network unencrypted; use https\n"},
        {"mail: {smarthost: \"smtp:25\", require_tls: false}",
         "advice: mail.require_tls: mails about children may cross the network unencrypted\n"},
        {"mail: {smarthost: \"smtp:25\"}", ""},
        {"registry: {urls: https://a, username: u, password: p}", ""},
        {"registry: {urls: https://a, username: u}",
         "advice: registry.username: has no password; set registry.password_file\n"},
        {"alertmanager: {urls: https://a, username: u}",
         "advice: alertmanager.username: has no password; set alertmanager.password_file\n"},
        {"registry: {urls: http://a}", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_advice(rows[i].yaml, 0600, rows[i].advice);
}

/* By either name of the property, with a librdkafka that can not do it. */
static void test_scram(void **state)
{
    const char *expected = rd_kafka_version() < SCRAM_WORKS_SINCE ? "advice: kafka.sasl.mechanisms: this is librdkafka "
                                                                  : "";
    (void)state;
    check_advice("kafka.sasl.mechanisms: SCRAM-SHA-512", 0600, expected);
    check_advice("kafka.sasl.mechanism: SCRAM-SHA-256", 0600, expected);
}

/* A file that others can read should not hold a secret. */
static void test_secrets(void **state)
{
    static const char others_see_it[] = "holds a secret and can be read by others";
    static const struct {
        const char *yaml;
        mode_t mode;
        const char *advice;
    } rows[] = {
        {"kafka.sasl.password: geheim", 0644, others_see_it},
        {"kafka.sasl.password: geheim", 0640, others_see_it},
        {"kafka.sasl.password: geheim", 0600, ""},
        {"kafka.sasl.password: \"\"", 0644, ""},
        {"kafka.sasl.password_file: /dev/null", 0644, ""},
        {"registry: {username: u, password: geheim}", 0644, others_see_it},
        {"alertmanager: {username: u, password: geheim}", 0644, others_see_it},
        {"subscriptions: {a: {secret: whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX}}", 0644, others_see_it},
        {"registry: {username: u, password: geheim}", 0600, ""},
        {"registry: {password_file: /dev/null}", 0644, ""},
        {"kafka.sasl.username: geheim", 0644, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_advice(rows[i].yaml, rows[i].mode, rows[i].advice);
}

/* With defaults but for one setting. */
static void test_what_is_not_set(void **state)
{
    static const struct {
        const char *assignment;
        bool brokers, replication, source; /* are advised on */
    } rows[] = {
        {"topics.replication_factor=3", true, false, false},
        {"kafka.bootstrap.servers=b:9092", false, true, false},
        {"kafka.metadata.broker.list=b:9092", false, true, false},
        {"cloudevents.source=urn:nld:oin:00000001234567890000:systeem:a", true, true, false},
        {"cloudevents.source=urn:nld:oin:123:systeem:a", true, true, true},
        {"cloudevents.source=urn:nld:oin:00000001234567890000:systeem:", true, true, true},
        {"cloudevents.source=urn:nld:oin:00000001234567890000:placement", true, true, true},
        {"cloudevents.source=urn:nld:a", true, true, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char *text;
        size_t size;
        struct settings settings;
        FILE *out = open_memstream(&text, &size);
        print_message("%s\n", rows[i].assignment);
        assert_true(settings_init(&settings));
        assert_true(settings_set(&settings, rows[i].assignment, stderr));
        settings_advise(&settings, NULL, out);
        fclose(out);
        assert_int_equal(strstr(text, "advice: kafka.bootstrap.servers is not set; ") != NULL, rows[i].brokers);
        assert_int_equal(strstr(text, "advice: topics.replication_factor: 1; ") != NULL, rows[i].replication);
        assert_int_equal(strstr(text, "advice: cloudevents.source: urn:nld:") != NULL, rows[i].source);
        free(text);
        settings_fini(&settings);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_piece),
        cmocka_unit_test(test_scram),
        cmocka_unit_test(test_secrets),
        cmocka_unit_test(test_what_is_not_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
