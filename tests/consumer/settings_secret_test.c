/* Protects passwords that stand in files of their own: they are read as they were meant, wherever one can be set, a
 * file that can not be one is named, and none is printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "consumer/settings.h"
#include "tests/consumer/settings_printed.h"

static char *file_of(const char *text, size_t size)
{
    char *path = strdup("/tmp/secret-XXXXXX");
    FILE *file = fdopen(mkstemp(path), "w");
    fwrite(text, 1, size, file);
    fclose(file);
    return path;
}

static const char *kafka_password(const struct settings *settings)
{
    return settings_kafka(settings, "sasl.password");
}

static const char *registry_password(const struct settings *settings)
{
    return settings->registry_password.text;
}

/* Where a password can be set, how it is shown when it is of a file, and where it ends up. */
static const struct {
    const char *setting, *shown;
    const char *(*found)(const struct settings *settings);
} passwords[] = {
    {"kafka.sasl.password", "kafka:\n  sasl.password_file: %s\n", kafka_password},
    {"registry.password", "  password: \"\"\n  password_file: %s\n", registry_password},
};
#define PASSWORD_COUNT (sizeof(passwords) / sizeof(passwords[0]))

static bool set_file(struct settings *settings, const char *setting, const char *path, FILE *errors)
{
    char assignment[128];
    snprintf(assignment, sizeof(assignment), "%s_file=%s", setting, path);
    return settings_set(settings, assignment, errors);
}

static void test_secrets_of_files(void **state)
{
    static const char content[] = "geheim\r\n\n";
    (void)state;
    for (size_t i = 0; i < PASSWORD_COUNT; i++) {
        char line[128], *path = file_of(content, strlen(content));
        struct settings settings;
        print_message("%s\n", passwords[i].setting);
        assert_true(settings_init(&settings));
        assert_true(set_file(&settings, passwords[i].setting, path, stderr));
        unlink(path);
        assert_string_equal(passwords[i].found(&settings), "geheim");
        char *text = settings_printed(&settings);
        snprintf(line, sizeof(line), passwords[i].shown, path);
        assert_null(strstr(text, "geheim"));
        assert_non_null(strstr(text, line));
        free(text);
        free(path);
        settings_fini(&settings);
    }
}

/* What can not be read as a secret is said with the file's name, and nothing is set. */
static void test_secrets_of_wrong_files(void **state)
{
    static char large[65536];
    static const struct {
        const char *text;
        size_t size;
        const char *error;
    } rows[] = {
        {"ge\0heim", 7, "Invalid or incomplete multibyte or wide character"},
        {large, sizeof(large), "File too large"},
    };
    (void)state;
    memset(large, 'a', sizeof(large));
    for (size_t i = 0; i < PASSWORD_COUNT; i++)
        for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
            char *errors, expected[256], *path = file_of(rows[k].text, rows[k].size);
            size_t size;
            FILE *stream = open_memstream(&errors, &size);
            struct settings settings;
            assert_true(settings_init(&settings));
            assert_false(set_file(&settings, passwords[i].setting, path, stream));
            fclose(stream);
            snprintf(expected, sizeof(expected), "--set: %s_file: %s can not be read: %s\n", passwords[i].setting, path,
                     rows[k].error);
            assert_string_equal(errors, expected);
            const char *found = passwords[i].found(&settings);
            assert_true(found == NULL || *found == '\0');
            unlink(path);
            free(path);
            free(errors);
            settings_fini(&settings);
        }
}

/* As what is printed of a password that stands in the file says: no file is named. */
static void test_no_file_takes_back_what_was_of_a_file_alone(void **state)
{
    static const char yaml[] = "registry: {username: u, password: geheim}\n";
    char *path = file_of(yaml, strlen(yaml)), *other = file_of("anders", 6);
    struct settings settings;
    (void)state;
    assert_true(settings_init(&settings));
    assert_true(settings_read(&settings, path, stderr));
    assert_true(set_file(&settings, "registry.password", "", stderr));
    assert_string_equal(registry_password(&settings), "geheim");
    assert_true(set_file(&settings, "registry.password", other, stderr));
    assert_string_equal(registry_password(&settings), "anders");
    assert_true(set_file(&settings, "registry.password", "", stderr));
    assert_string_equal(registry_password(&settings), "");
    unlink(path);
    unlink(other);
    free(path);
    free(other);
    settings_fini(&settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_secrets_of_files),
        cmocka_unit_test(test_secrets_of_wrong_files),
        cmocka_unit_test(test_no_file_takes_back_what_was_of_a_file_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
