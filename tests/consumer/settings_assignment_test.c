/* Protects NAME=VALUE, as the command line has settings: what is taken, and what is said of all else; the bounds of
 * texts and names; that the last one holds; and that secrets do not come from there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "consumer/settings.h"
#include "consumer/settings_table.h"

static void test_assignments(void **state)
{
    static const struct {
        const char *assignment, *error; /* NULL: it is taken */
    } rows[] = {
        {"rules.stay_scope=location", NULL},
        {"stay_scope=Location", NULL},
        {"move_ends_enrollment=FALSE", NULL},
        {"dead_letters.payload=Yes", NULL},
        {"service.group=a=b", "--set: service.group: \"a=b\" is not a name of the characters A-Z a-z 0-9 . _ -\n"},
        {"kafka.bootstrap.servers=127.0.0.1:9092", NULL},
        {"kafka.ssl.ca.location=", NULL},
        {"", "--set: \"\" is not of the form NAME=VALUE\n"},
        {"=", "--set: \"=\" is not of the form NAME=VALUE\n"},
        {"stay_scope", "--set: \"stay_scope\" is not of the form NAME=VALUE\n"},
        {"stay_skope=location", "--set: stay_skope: there is no such setting; did you mean stay_scope?\n"},
        {"rules=3", "--set: rules: this is a section; settings stand below it\n"},
        {"workers=3", "--set: workers: there is no such setting\n"},
        {"service.workers=0", "--set: service.workers: \"0\" is not a number from 1 to 64\n"},
        {"service.workers=", "--set: service.workers: \"\" is not a number from 1 to 64\n"},
        {"service.workers=+3", "--set: service.workers: \"+3\" is not a number from 1 to 64\n"},
        {"service.workers=99999999999999999999",
         "--set: service.workers: \"99999999999999999999\" is not a number from 1 to 64\n"},
        {"kafka.group.id=x", "--set: kafka.group.id: the program sets this itself: service.group sets it\n"},
        {"kafka.sasl.password=geheim", "--set: kafka.sasl.password: a secret on the command line can be seen by "
                                       "others; put it into a file of its own and set "
                                       "kafka.sasl.password_file to its name\n"},
        {"kafka.ssl.key.pem=geheim", "--set: kafka.ssl.key.pem: a secret on the command line can be seen by others; "
                                     "put it into a file of its own and set "
                                     "kafka.ssl.key.pem_file to its name\n"},
        {"registry.urls=http://a:8081,https://b", NULL},
        {"registry.urls=https://u:geheim@b",
         "--set: registry.urls: address 1: a login does not stand in an address, which "
         "others see; there are settings for it\n"},
        {"registry.password=geheim",
         "--set: registry.password: a secret on the command line can be seen by others; put "
         "it into a file of its own and set registry.password_file to its name\n"},
        {"registry.password_file=", NULL},
        {"registry.password_file=/none",
         "--set: registry.password_file: /none can not be read: No such file or directory\n"},
        {"kafka.sasl.password_file=/none",
         "--set: kafka.sasl.password_file: /none can not be read: No such file or directory\n"},
        {"kafka.statistics.interval.ms=x",
         "--set: kafka.statistics.interval.ms: Invalid value for configuration property \"statistics.interval.ms\"\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct settings settings;
        char *errors;
        size_t size;
        FILE *stream = open_memstream(&errors, &size);
        assert_true(settings_init(&settings));
        print_message("%s\n", rows[i].assignment);
        assert_int_equal(settings_set(&settings, rows[i].assignment, stream), rows[i].error == NULL);
        fclose(stream);
        assert_string_equal(errors, rows[i].error == NULL ? "" : rows[i].error);
        free(errors);
        settings_fini(&settings);
    }
}

/* The shortest and the longest text are taken, and none beyond. */
static void test_lengths(void **state)
{
    static const struct {
        const char *path;
        size_t minimum, maximum; /* maximum 0: none */
    } rows[] = {
        {"service.group", 1, 100},
        {"topics.alerts", 1, 249},
        {"registry.username", 0, 256},
        {"calendar", 0, 0},
    };
    char assignment[4096];
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (size_t length = 0; length < 300; length++) {
            struct settings settings;
            FILE *errors = tmpfile();
            const bool is_right = length >= rows[i].minimum && (rows[i].maximum == 0 || length <= rows[i].maximum);
            assert_true(settings_init(&settings));
            const int start = snprintf(assignment, sizeof(assignment), "%s=", rows[i].path);
            memset(assignment + start, 'a', length);
            assignment[(size_t)start + length] = '\0';
            if (settings_set(&settings, assignment, errors) != is_right)
                fail_msg("%s of %zu bytes", rows[i].path, length);
            fclose(errors);
            settings_fini(&settings);
        }
}

/* A source is a name in the namespace nld, in the characters of RFC 8141, or empty. */
static void test_sources(void **state)
{
    static const struct {
        const char *source;
        bool is_taken;
    } rows[] = {
        {"", true},
        {"urn:nld:oin:00000001234567890000:systeem:placement-alerts", true},
        {"urn:nld:kvknr:09220932.burgerzakensysteem", true},
        {"urn:nld:gemeente-Bergen%20%28L%29.x", true},
        {"urn:nld:a/b;c=d@e!$&'()*+,~_", true},
        {"urn:nld:", false},
        {"urn:nld", false},
        {"urn:nld:/a", false},
        {"urn:nlt:oin:1", false},
        {"URN:nld:oin:1", false},
        {"urn:nld:two words", false},
        {"urn:nld:a%2", false},
        {"urn:nld:a%2g", false},
        {"urn:nld:a%", false},
        {"urn:nld:a?b", false},
        {"urn:nld:a#b", false},
        {"urn:nld:caf\xc3\xa9", false},
        {"urn:nld:a\n", false},
        {"https://placementalerts.nl", false},
    };
    char assignment[400];
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct settings settings;
        FILE *errors = tmpfile();
        assert_true(settings_init(&settings));
        print_message("\"%s\"\n", rows[i].source);
        snprintf(assignment, sizeof(assignment), "cloudevents.source=%s", rows[i].source);
        assert_int_equal(settings_set(&settings, assignment, errors), rows[i].is_taken);
        assert_string_equal(settings.cloudevents_source, rows[i].is_taken ? rows[i].source : "");
        snprintf(assignment, sizeof(assignment), "cloudevents.source=urn:nld:%0*d", 247 + (int)i % 2, 0);
        assert_int_equal(settings_set(&settings, assignment, errors), i % 2 == 0);
        fclose(errors);
        settings_fini(&settings);
    }
}

/* A name of any length is refused, not read beyond its end. */
static void test_long_name(void **state)
{
    char name[4 * SETTING_PATH_SIZE];
    struct settings settings;
    FILE *errors = tmpfile();
    (void)state;
    assert_true(settings_init(&settings));
    for (size_t length = SETTING_PATH_SIZE - 12; length < sizeof(name) - 3; length++) {
        memset(name, 'a', length);
        strcpy(name + length, "=1");
        assert_false(settings_set(&settings, name, errors));
        memcpy(name, "kafka.", 6);
        assert_false(settings_set(&settings, name, errors));
    }
    fclose(errors);
    settings_fini(&settings);
}

/* A property that is set again replaces the one before. */
static void test_last_one_holds(void **state)
{
    struct settings settings;
    (void)state;
    assert_true(settings_init(&settings));
    assert_true(settings_set(&settings, "kafka.client.id=a", stderr));
    assert_true(settings_set(&settings, "kafka.debug=broker", stderr));
    assert_true(settings_set(&settings, "kafka.client.id=b", stderr));
    assert_int_equal(settings.kafka_count, 2);
    assert_string_equal(settings_kafka(&settings, "client.id"), "b");
    assert_null(settings_kafka(&settings, "client"));
    settings_fini(&settings);
}

/* A property of two names is one property: librdkafka would take the last, and so must whatever looks at it here. */
static void test_other_names(void **state)
{
    static const struct {
        const char *first, *then, *name, *value;
    } rows[] = {
        {"bootstrap.servers=a:1", "metadata.broker.list=b:1", "bootstrap.servers", "b:1"},
        {"metadata.broker.list=a:1", "bootstrap.servers=b:1", "bootstrap.servers", "b:1"},
        {"sasl.mechanisms=PLAIN", "sasl.mechanism=SCRAM-SHA-256", "sasl.mechanisms", "SCRAM-SHA-256"},
        {"linger.ms=5", "queue.buffering.max.ms=7", "linger.ms", "7"},
        {"fetch.message.max.bytes=5000", "max.partition.fetch.bytes=7000", "fetch.message.max.bytes", "7000"},
        {"message.timeout.ms=5000", "delivery.timeout.ms=7000", "message.timeout.ms", "7000"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct settings settings;
        char assignment[64];
        assert_true(settings_init(&settings));
        snprintf(assignment, sizeof(assignment), "kafka.%s", rows[i].first);
        assert_true(settings_set(&settings, assignment, stderr));
        snprintf(assignment, sizeof(assignment), "kafka.%s", rows[i].then);
        assert_true(settings_set(&settings, assignment, stderr));
        assert_int_equal(settings.kafka_count, 1);
        assert_string_equal(settings_kafka(&settings, rows[i].name), rows[i].value);
        settings_fini(&settings);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_assignments), cmocka_unit_test(test_lengths),        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_long_name),   cmocka_unit_test(test_last_one_holds), cmocka_unit_test(test_other_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
