/* Protects the configuration: each settings/NAME.yaml gives exactly NAME.ok, which is what holds afterwards, or every
 * mistake with its line, and so do settings/compare/NAME.yaml as the norms to compare with; the example that operators
 * start from says all there is and nothing else; what is printed is read back as the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <glob.h>
#include <librdkafka/rdkafka.h>

#include "consumer/settings.h"
#include "consumer/settings_compare.h"
#include "consumer/settings_table.h"
#include "tests/consumer/settings_printed.h"

#define FOLDER PROJECT_SOURCE_DIR "/tests/consumer/settings/"
#define EXAMPLE PROJECT_SOURCE_DIR "/etc/placement-alerts.yaml"

static void init(struct settings *settings)
{
    assert_true(settings_init(settings));
    assert_true(settings_set(settings, "service.instance=host", stderr)); /* the same on every machine */
}

static char *file_text(const char *path)
{
    char *text = calloc(1, 65536);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail_msg("%s is missing", path);
    assert_true(fread(text, 1, 65535, file) < 65535);
    fclose(file);
    return text;
}

/* Replaces every OLD in TEXT, which has room. */
static void replace_all(char *text, const char *old, const char *new)
{
    for (char *at; (at = strstr(text, old)) != NULL;) {
        memmove(at + strlen(new), at + strlen(old), strlen(at + strlen(old)) + 1);
        memcpy(at, new, strlen(new));
    }
}

/* A way to read a file, and from where on the settings are shown that hold afterwards. */
struct reader {
    bool (*read)(struct settings *settings, const char *path, FILE *errors);
    const char *shown_from;
};

static bool read_all(struct settings *settings, const char *path, FILE *errors)
{
    return settings_read(settings, path, errors) && settings_fit(settings, errors);
}

/* On top of norms that are not the defaults. */
static bool read_compared(struct settings *settings, const char *path, FILE *errors)
{
    assert_true(settings_set(settings, "rules.repeated_moves=4", errors));
    const struct settings before = *settings;
    const bool right = settings_compare_read(&before, path, &settings->norms, errors);
    assert_int_equal(before.norms.repeated_moves, 4);
    return right;
}

/* What reading a file comes to: the mistakes, or the settings. */
static char *outcome(const char *path, const struct reader *reader)
{
    struct settings settings;
    char *errors, *text = calloc(1, 65536);
    size_t size;
    FILE *stream = open_memstream(&errors, &size);
    init(&settings);
    const bool right = reader->read(&settings, path, stream);
    fclose(stream);
    char *result = right ? settings_printed(&settings) : strdup(errors);
    assert_int_equal(right, *errors == '\0');
    strcpy(text, right ? strstr(result, reader->shown_from) : result);
    replace_all(text, FOLDER, "");
    replace_all(text, rd_kafka_version_str(), "VERSION");
    free(result);
    free(errors);
    settings_fini(&settings);
    return text;
}

static void check_files(const char *pattern, size_t at_least, const struct reader *reader)
{
    glob_t files;
    assert_int_equal(glob(pattern, 0, NULL, &files), 0);
    assert_true(files.gl_pathc >= at_least);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        char path[512];
        print_message("%s\n", strrchr(files.gl_pathv[i], '/') + 1);
        snprintf(path, sizeof(path), "%.*s.ok", (int)strlen(files.gl_pathv[i]) - 5, files.gl_pathv[i]);
        char *found = outcome(files.gl_pathv[i], reader), *expected = file_text(path);
        assert_string_equal(found, expected);
        free(found);
        free(expected);
    }
    globfree(&files);
}

static void test_files(void **state)
{
    (void)state;
    check_files(FOLDER "*.yaml", 10, &(struct reader){read_all, ""});
}

static void test_files_to_compare(void **state)
{
    (void)state;
    check_files(FOLDER "compare/*.yaml", 5, &(struct reader){read_compared, "rules:\n"});
}

static void test_example_is_the_defaults(void **state)
{
    struct settings defaults, example;
    (void)state;
    init(&defaults);
    init(&example);
    assert_true(settings_read(&example, EXAMPLE, stderr));
    char *expected = settings_printed(&defaults), *found = settings_printed(&example);
    char *kafka = strstr(found, "kafka:\n");
    assert_non_null(kafka);
    *kafka = '\0';
    assert_string_equal(found, expected);
    free(expected);
    free(found);
    settings_fini(&defaults);
    settings_fini(&example);
}

static void test_example_names_every_setting(void **state)
{
    char *text = file_text(EXAMPLE), path[SETTING_PATH_SIZE], line[SETTING_PATH_SIZE + 4];
    struct setting setting;
    (void)state;
    for (size_t i = 0; setting_at(i, &setting); i++) {
        setting_path(&setting, path);
        const char *dot = strchr(path, '.');
        snprintf(line, sizeof(line), "%s%s:", dot == NULL ? "\n" : "  ", dot == NULL ? path : dot + 1);
        if (strstr(text, line) == NULL)
            snprintf(line, sizeof(line), "  #%s:", dot == NULL ? path : dot + 1);
        print_message("%s\n", path);
        assert_non_null(strstr(text, line));
    }
    free(text);
}

/* Every path once, in its section; every default is a value; every row can be told to an operator. */
static void test_table(void **state)
{
    struct settings settings;
    struct setting setting, found;
    char path[SETTING_PATH_SIZE], value[SETTING_VALUE_SIZE], why[SETTING_WHY_SIZE];
    (void)state;
    init(&settings);
    for (size_t i = 0; setting_at(i, &setting); i++) {
        setting_path(&setting, path);
        print_message("%s\n", path);
        assert_true(setting_find(path, &found));
        assert_ptr_equal(found.row, setting.row);
        assert_ptr_equal(found.norm, setting.norm);
        assert_true(strlen(setting_help(&setting)) > 10);
        if (strcmp(path, "service.instance") == 0)
            continue;
        assert_string_equal(setting_format(&setting, &settings, value), setting_default(&setting));
        assert_true(setting_parse(&setting, &settings, setting_default(&setting), why));
    }
    settings_fini(&settings);
}

static void test_printed_is_read_back(void **state)
{
    static const char *const sets[] = {
        "calendar=/tmp/with space: and \"quotes\" \\ # \xc3\xa9",
        "clock=2025-01-01+1d/100ms",
        "log.level=debug",
        "registry.register=false",
        "registry.urls=http://a, http://b",
        "service.group=-",
        "service.workers=3",
        "topics.alerts=null",
        "rules.stay_scope=location",
        "rules.school_months=4, 3 from 2024-01-01, 2+holidays from 2026-06-12",
        "kafka.bootstrap.servers=a:1,b:2",
        "kafka.client.id=x\ny",
    };
    char path[] = "/tmp/settings-XXXXXX";
    struct settings settings, again;
    (void)state;
    init(&settings);
    init(&again);
    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
        assert_true(settings_set(&settings, sets[i], stderr));
    FILE *file = fdopen(mkstemp(path), "w");
    settings_print(&settings, file);
    fclose(file);
    assert_true(settings_read(&again, path, stderr));
    char *first = settings_printed(&settings), *second = settings_printed(&again);
    assert_string_equal(first, second);
    assert_string_equal(settings_kafka(&again, "client.id"), "x\ny");
    unlink(path);
    free(first);
    free(second);
    settings_fini(&settings);
    settings_fini(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_files_to_compare),
        cmocka_unit_test(test_example_is_the_defaults),
        cmocka_unit_test(test_example_names_every_setting),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_printed_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
