/* Protects the log: a line is one line whatever stands in it, one message can not drown the others, nothing is written
 * below the level, and threads do not mix their lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "consumer/log.h"
#include "consumer/parallel.h"

static void test_escaping(void **state)
{
    static const struct {
        const char *text, *escaped;
    } rows[] = {
        {"", ""},
        {"plain key=value", "plain key=value"},
        {"two\nlines", "two\\nlines"},
        {"tab\tand return\r", "tab\\tand return\\x0d"},
        {"\x1b[31mred\x7f", "\\x1b[31mred\\x7f"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
        {"\xc2\x9b"
         "31m",
         "\\xc2\\x9b"
         "31m"}, /* what begins a control sequence in UTF-8's C1 */
        {"\xc2\x9f\xc2\xa0\xc2", "\\xc2\\x9f\xc2\xa0\xc2"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char escaped[64];
        assert_int_equal(log_escape(rows[i].text, escaped, sizeof(escaped)), strlen(rows[i].escaped));
        assert_string_equal(escaped, rows[i].escaped);
    }
}

/* Whatever the size, the text is ended and nothing is half an escape. */
static void test_escaping_cuts(void **state)
{
    char escaped[16];
    (void)state;
    for (size_t size = 1; size < sizeof(escaped); size++) {
        memset(escaped, '#', sizeof(escaped));
        const size_t length = log_escape("ab\x01"
                                         "cd",
                                         escaped, size);
        assert_true(length < size);
        assert_int_equal(strlen(escaped), length);
        assert_int_equal(escaped[size], '#');
        assert_int_equal(strncmp(escaped, "ab\\x01cd", length), 0);
        assert_true(length <= 2 || length >= 6);
    }
}

static void test_quoting(void **state)
{
    static const struct {
        const char *text, *quoted;
    } rows[] = {
        {"", "\"\""},
        {"letter of 3 June", "\"letter of 3 June\""},
        {"x\" user=\"root", "\"x\\\" user=\\\"root\""},
        {"\\\"", "\"\\\\\\\"\""},
        {"ends in \\", "\"ends in \\\\\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char quoted[64];
        assert_true(log_quote(rows[i].text, quoted, sizeof(quoted)));
        assert_string_equal(quoted, rows[i].quoted);
        assert_string_equal(LOG_QUOTED(rows[i].text), rows[i].quoted);
    }
}

/* Whatever the size, the value is ended, and by a quote that is no part of it. */
static void test_quoting_cuts(void **state)
{
    char quoted[24];
    (void)state;
    for (size_t size = 3; size < sizeof(quoted); size++) {
        memset(quoted, '#', sizeof(quoted));
        const bool fits = log_quote("a\"\"\\bc", quoted, size);
        const size_t length = strlen(quoted);
        assert_true(length < size && length >= 2 && quoted[length - 1] == '"');
        assert_true(length == 2 || quoted[length - 2] != '\\' || quoted[length - 3] == '\\');
        assert_int_equal(quoted[size], '#');
        assert_int_equal(fits, strcmp(quoted, "\"a\\\"\\\"\\\\bc\"") == 0);
    }
    assert_true(log_quote("a\"\"\\bc", quoted, 14));
}

static void test_limit(void **state)
{
    struct log_limit limit = {0};
    uint64_t left_out = 99;
    (void)state;
    for (int i = 0; i < LOG_LINES_A_SECOND; i++) {
        assert_true(log_limit_pass(&limit, 5000 + i, &left_out));
        assert_int_equal(left_out, 0);
    }
    for (int i = 0; i < 7; i++)
        assert_false(log_limit_pass(&limit, 5999, &left_out));
    assert_true(log_limit_pass(&limit, 6000, &left_out));
    assert_int_equal(left_out, 7);
    assert_true(log_limit_pass(&limit, 6001, &left_out));
    assert_int_equal(left_out, 0);
}

/* --- what comes out ----------------------------------------------------------------------------------------------- */

static int stderr_before;

static FILE *catch_stderr(void)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    stderr_before = dup(STDERR_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    return file;
}

static char *release_stderr(FILE *file)
{
    static char text[1 << 20];
    dup2(stderr_before, STDERR_FILENO);
    close(stderr_before);
    rewind(file);
    text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void test_a_line(void **state)
{
    FILE *file = catch_stderr();
    (void)state;
    log_info("worker", "partition restored partition=%d writer=%s", 3, "a\nb");
    const char *line = release_stderr(file);
    int year, month, day, hour, minute, second, millisecond;
    assert_int_equal(
        sscanf(line, "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ", &year, &month, &day, &hour, &minute, &second, &millisecond), 7);
    assert_string_equal(line + sizeof("2026-01-01T00:00:00.000Z"),
                        "info worker: partition restored partition=3 writer=a\\nb\n");
}

static void test_levels(void **state)
{
    FILE *file = catch_stderr();
    (void)state;
    log_debug("test", "unseen");
    log_set_level(LOG_LEVEL_ERROR);
    log_warning("test", "unseen");
    log_error("test", "seen");
    for (int i = 0; i < 2 * LOG_LINES_A_SECOND; i++)
        log_audit("test", "audit number=%d", i);
    log_set_level(LOG_LEVEL_INFO);
    const char *text = release_stderr(file);
    assert_null(strstr(text, "unseen"));
    assert_non_null(strstr(text, "error test: seen\n"));
    for (int i = 0; i < 2 * LOG_LINES_A_SECOND; i++) {
        char line[64];
        snprintf(line, sizeof(line), "info test: audit number=%d\n", i);
        assert_non_null(strstr(text, line));
    }
}

static void test_long_lines_are_cut(void **state)
{
    char *word = malloc(3 * LOG_LINE_SIZE);
    (void)state;
    assert_non_null(word);
    memset(word, 'x', 3 * LOG_LINE_SIZE - 1);
    word[3 * LOG_LINE_SIZE - 1] = '\0';
    FILE *file = catch_stderr();
    log_error("test", "%s", word);
    const char *text = release_stderr(file);
    assert_true(strlen(text) <= LOG_LINE_SIZE + 1);
    assert_int_equal(text[strlen(text) - 1], '\n');
    free(word);
}

/* Errors are always written, from all threads, each in a line of its own. */
static void write_errors(void *context, int i)
{
    (void)context;
    for (int n = 0; n < 200; n++)
        log_error("thread", "number=%d word=%s", i, "abcdefghijklmnopqrstuvwxyz");
}

static void test_threads(void **state)
{
    FILE *file = catch_stderr();
    (void)state;
    parallel_run(4, write_errors, NULL);
    char *rest = release_stderr(file);
    int lines = 0;
    for (char *line; (line = strsep(&rest, "\n")) != NULL && *line != '\0'; lines++) {
        const char *message = line + sizeof("2026-01-01T00:00:00.000Z");
        assert_int_equal(strncmp(message, "error thread: number=", 21), 0);
        assert_string_equal(message + 22, " word=abcdefghijklmnopqrstuvwxyz");
    }
    assert_int_equal(lines, 800);
}

/* One message is limited, another is not by that. At most two seconds are touched while this runs. */
static void test_messages_are_limited_each(void **state)
{
    FILE *file = catch_stderr();
    (void)state;
    for (int i = 0; i < 1000; i++)
        log_info("noise", "again");
    log_info("noise", "something else");
    const char *text = release_stderr(file);
    int lines = 0;
    for (const char *at = text; (at = strstr(at, "again")) != NULL; at++)
        lines++;
    assert_true(lines >= LOG_LINES_A_SECOND && lines < 1000);
    assert_non_null(strstr(text, "something else"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escaping), cmocka_unit_test(test_escaping_cuts),
        cmocka_unit_test(test_quoting),  cmocka_unit_test(test_quoting_cuts),
        cmocka_unit_test(test_limit),    cmocka_unit_test(test_a_line),
        cmocka_unit_test(test_levels),   cmocka_unit_test(test_long_lines_are_cut),
        cmocka_unit_test(test_threads),  cmocka_unit_test(test_messages_are_limited_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
