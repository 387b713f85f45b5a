/* Protects the settings of subscriptions beyond what settings/subscriptions*.yaml show: where secrets may come from and
 * that none is told, how many there may be, that lists may be long, and that what is printed is read back as the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "consumer/settings.h"
#include "consumer/settings_subscription.h"
#include "tests/consumer/settings_printed.h"

#define SECRET "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
#define OTHER "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

static char *file_of(const char *text)
{
    char *path = strdup("/tmp/subscription-XXXXXX");
    FILE *file = fdopen(mkstemp(path), "w");
    fputs(text, file);
    fclose(file);
    return path;
}

/* Sets "NAME=VALUE"; what is said of it is to be freed. */
static char *set(struct settings *settings, const char *name, const char *value)
{
    char assignment[1024], *said;
    size_t size;
    FILE *errors = open_memstream(&said, &size);
    snprintf(assignment, sizeof(assignment), "%s=%s", name, value);
    const bool taken = settings_set(settings, assignment, errors);
    fclose(errors);
    assert_int_equal(taken, *said == '\0');
    return said;
}

static void assert_set(struct settings *settings, const char *name, const char *value, const char *expected)
{
    char *said = set(settings, name, value);
    assert_string_equal(said, expected);
    free(said);
}

static void test_on_the_command_line(void **state)
{
    struct settings settings;
    (void)state;
    assert_true(settings_init(&settings));
    assert_set(&settings, "subscriptions.school.url", "https://hooks.example.nl/a?b=c", "");
    assert_set(&settings, "subscriptions.school.rules", "no-school, school-gap", "");
    assert_set(&settings, "subscriptions.health.url", "https://hooks.example.nl/", "");
    assert_set(&settings, "subscriptions.school.url", "https://hooks.example.nl/d", "");
    assert_int_equal(settings.subscription_count, 2);
    assert_string_equal(settings.subscriptions[0].name, "school");
    assert_string_equal(settings.subscriptions[0].url, "https://hooks.example.nl/d");
    assert_string_equal(settings.subscriptions[0].rules, "no-school, school-gap");
    assert_string_equal(settings.subscriptions[0].levels, "");
    assert_string_equal(settings.subscriptions[1].name, "health");
    assert_set(&settings, "subscriptions", "x", "--set: subscriptions: this is a section; settings stand below it\n");
    assert_set(&settings, "subscriptions.school", "x",
               "--set: subscriptions.school: this is a section; settings stand below it\n");
    assert_set(&settings, "subscriptions..url", "https://hooks.example.nl/",
               "--set: subscriptions..url: a subscription's name has 1 to 40 of the characters a-z 0-9 -, and no - in "
               "front\n");
    assert_set(&settings, "subscriptions.school.secret", SECRET,
               "--set: subscriptions.school.secret: a secret on the command line can be seen by others; put it into a "
               "file of its own and set subscriptions.school.secret_file to its name\n");
    settings_fini(&settings);
}

static const struct {
    const char *text, *held; /* NULL: it is refused */
} files[] = {
    {SECRET, SECRET},
    {SECRET "\n", SECRET},
    {SECRET "\n" OTHER "\n", SECRET "\n" OTHER},
    {SECRET " " OTHER, SECRET " " OTHER},
    {"geheim-" SECRET, NULL},
    {SECRET "geheim", NULL},
};

static void test_secrets_of_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        struct settings settings;
        char *path = file_of(files[i].text), shown[256];
        assert_true(settings_init(&settings));
        char *said = set(&settings, "subscriptions.a.secret_file", path), *text = settings_printed(&settings);
        assert_int_equal(*said == '\0', files[i].held != NULL);
        assert_string_equal(settings.subscriptions[0].secret.text, files[i].held == NULL ? "" : files[i].held);
        snprintf(shown, sizeof(shown), "    secret: \"\"\n    secret_file: %s\n",
                 files[i].held == NULL ? "\"\"" : path);
        assert_non_null(strstr(text, shown));
        assert_null(strstr(said, "geheim"));
        assert_null(strstr(text, "whsec"));
        settings_fini(&settings);
        unlink(path);
        free(path);
        free(said);
        free(text);
    }
}

static void test_as_many_as_there_may_be(void **state)
{
    struct settings settings;
    char name[64];
    (void)state;
    assert_true(settings_init(&settings));
    for (int i = 0; i < SUBSCRIPTIONS_MAX; i++) {
        snprintf(name, sizeof(name), "subscriptions.s%d.regions", i);
        assert_set(&settings, name, "NORTH", "");
    }
    assert_set(&settings, "subscriptions.more.regions", "NORTH",
               "--set: subscriptions.more.regions: there are more than 64 subscriptions\n");
    assert_set(&settings, "subscriptions.s7.regions", "SOUTH", "");
    assert_int_equal(settings.subscription_count, SUBSCRIPTIONS_MAX);
    settings_fini(&settings);
}

/* An organisation that is told of its five hundred locations. */
static void test_a_list_may_be_long(void **state)
{
    struct settings settings;
    char *text, *expected;
    size_t size;
    (void)state;
    FILE *yaml = open_memstream(&text, &size);
    fputs("subscriptions:\n  a:\n    locations:\n", yaml);
    for (int i = 0; i < 500; i++)
        fprintf(yaml, "      - noodopvang-emmen-%d\n", i);
    fclose(yaml);
    char *path = file_of(text);
    assert_true(settings_init(&settings));
    assert_true(settings_read(&settings, path, stderr));
    expected = settings.subscriptions[0].locations;
    assert_non_null(strstr(expected, "noodopvang-emmen-0, noodopvang-emmen-1, "));
    assert_non_null(strstr(expected, ", noodopvang-emmen-499"));
    settings_fini(&settings);
    unlink(path);
    free(path);
    free(text);
}

static void test_printed_is_read_back(void **state)
{
    struct settings settings, again;
    (void)state;
    assert_true(settings_init(&settings));
    assert_true(settings_init(&again));
    assert_set(&settings, "subscriptions.b.url", "https://hooks.example.nl/a?b=c&d=%20", "");
    assert_set(&settings, "subscriptions.b.locations", "a:1, b.2,c_3", "");
    assert_set(&settings, "subscriptions.0.levels", "SEVERE", "");
    char *first = settings_printed(&settings), *path = file_of(first);
    assert_true(settings_read(&again, path, stderr));
    char *second = settings_printed(&again);
    assert_string_equal(first, second);
    settings_fini(&settings);
    settings_fini(&again);
    unlink(path);
    free(path);
    free(first);
    free(second);
}

/* A name of any length is refused, not read beyond its end. */
static void test_long_names(void **state)
{
    static const char *const prefixes[] = {"subscriptions.", "subscriptions.a.", "subscription."};
    char name[400];
    struct settings settings;
    (void)state;
    assert_true(settings_init(&settings));
    for (size_t length = SUBSCRIPTION_NAME_LENGTH_MAX; length < sizeof(name) - 8; length++)
        for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
            for (int dotted = 0; dotted < 2; dotted++) {
                memset(name, 'a', length);
                strcpy(name + length, dotted ? ".url" : "");
                memcpy(name, prefixes[i], strlen(prefixes[i]));
                char *said = set(&settings, name, "x");
                assert_string_not_equal(said, "");
                free(said);
            }
    settings_fini(&settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_on_the_command_line),     cmocka_unit_test(test_secrets_of_files),
        cmocka_unit_test(test_as_many_as_there_may_be), cmocka_unit_test(test_a_list_may_be_long),
        cmocka_unit_test(test_printed_is_read_back),    cmocka_unit_test(test_long_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
