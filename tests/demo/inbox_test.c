/* Protects the demo's screen from what its inbox says: counts are taken as they come, in pieces too, and nothing that
 * is mailed can write to the terminal.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "consumer/demo_inbox.h"

static bool take(struct demo_inbox *inbox, const char *text)
{
    return demo_inbox_take(inbox, text, strlen(text));
}

static void test_lines_are_taken_as_they_come(void **state)
{
    (void)state;
    struct demo_inbox inbox = {0};
    assert_true(take(&inbox, "{\"smtp_port\": 4025, \"webhook"));
    assert_int_equal(inbox.smtp_port, 0);
    assert_true(take(&inbox, "_port\": 65535}\n{\"mails\": 1, \"subject\": \"a\"}\n{\"mails\": 38, "));
    assert_int_equal(inbox.smtp_port, 4025);
    assert_int_equal(inbox.webhook_port, 65535);
    assert_int_equal(inbox.mails, 1);
    assert_true(take(&inbox, "\"subject\": \"b\", \"events\": 1204, \"refused\": 2, \"in_force\": 412}\n"));
    assert_int_equal(inbox.mails, 38);
    assert_string_equal(inbox.subject, "b");
    assert_int_equal(inbox.events, 1204);
    assert_int_equal(inbox.refused, 2);
    assert_int_equal(inbox.in_force, 412);
    assert_int_equal(inbox.smtp_port, 4025); /* what a line does not say stays */
}

static void test_what_no_inbox_says_is_refused(void **state)
{
    (void)state;
    static const char *const lines[] = {"Traceback\n", "[]\n", "\n", "{\"mails\": 1\n"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct demo_inbox inbox = {0};
        assert_false(take(&inbox, lines[i]));
    }
    struct demo_inbox endless = {0};
    char bytes[sizeof endless.line + 1];
    memset(bytes, 'a', sizeof bytes);
    assert_false(demo_inbox_take(&endless, bytes, sizeof bytes));
}

static void test_odd_values_do_no_harm(void **state)
{
    (void)state;
    struct demo_inbox inbox = {.mails = 7};
    assert_true(take(&inbox, "{\"mails\": -1, \"events\": \"many\", \"smtp_port\": 65536, \"subject\": 3}\n"));
    assert_int_equal(inbox.mails, 7);
    assert_int_equal(inbox.events, 0);
    assert_int_equal(inbox.smtp_port, 0);
    assert_string_equal(inbox.subject, "");
}

static void test_a_subject_is_one_line_of_bounded_length(void **state)
{
    (void)state;
    struct demo_inbox inbox = {0};
    assert_true(take(&inbox, "{\"subject\": \"a\\u001b[2Jb\\nc\\u007fd\"}\n"));
    assert_string_equal(inbox.subject, "a [2Jb c d");
    char line[sizeof inbox.subject + 64] = "{\"subject\": \"";
    memset(line + strlen(line), 's', sizeof inbox.subject);
    strcat(line, "\"}\n");
    assert_true(take(&inbox, line));
    assert_int_equal(strlen(inbox.subject), sizeof inbox.subject - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_taken_as_they_come),
        cmocka_unit_test(test_what_no_inbox_says_is_refused),
        cmocka_unit_test(test_odd_values_do_no_harm),
        cmocka_unit_test(test_a_subject_is_one_line_of_bounded_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
