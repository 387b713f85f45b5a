/* Protects the help with misspelt names: the nearest right name is offered, and a far one is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "consumer/suggestion.h"

static void test_distance(void **state)
{
    static const struct {
        const char *a, *b;
        size_t distance;
    } rows[] = {
        {"", "", 0},
        {"", "abc", 3},
        {"abc", "", 3},
        {"abc", "abc", 0},
        {"abc", "abd", 1},
        {"abc", "ab", 1},
        {"abc", "acb", 1},
        {"abc", "xabc", 1},
        {"ABC", "abc", 0},
        {"evalute", "evaluate", 1},
        {"kitten", "sitting", 3},
        {"ca", "abc", 3},
        {"topcis", "topics", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        print_message("%s -> %s\n", rows[i].a, rows[i].b);
        assert_int_equal(suggestion_distance(rows[i].a, rows[i].b), rows[i].distance);
        assert_int_equal(suggestion_distance(rows[i].b, rows[i].a), rows[i].distance);
    }
}

static void test_nearest(void **state)
{
    static const char *const names[] = {"evaluate", "check", "produce", "watch", "run"};
    static const struct {
        const char *wanted, *nearest;
    } rows[] = {
        {"evalaute", "evaluate"}, {"chek", "check"}, {"RUN", "run"}, {"wacht", "watch"},
        {"ruin", "run"},          {"nonsense", ""},  {"x", ""},      {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct suggestion suggestion;
        print_message("%s\n", rows[i].wanted);
        suggestion_init(&suggestion, rows[i].wanted);
        for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
            suggestion_offer(&suggestion, names[n]);
        assert_string_equal(suggestion.nearest, rows[i].nearest);
    }
}

/* Texts from outside may be of any length. */
static void test_long_names(void **state)
{
    char name[SUGGESTION_NAME_MAX + 10];
    struct suggestion suggestion;
    (void)state;
    for (size_t length = SUGGESTION_NAME_MAX - 2; length < SUGGESTION_NAME_MAX + 9; length++) {
        for (size_t i = 0; i < length; i++)
            name[i] = 'a';
        name[length] = '\0';
        suggestion_init(&suggestion, name);
        suggestion_offer(&suggestion, name);
        suggestion_offer(&suggestion, "a");
        if (length < SUGGESTION_NAME_MAX)
            assert_string_equal(suggestion.nearest, name);
        else
            assert_string_equal(suggestion.nearest, "");
    }
}

static void test_question(void **state)
{
    char question[SUGGESTION_QUESTION_SIZE];
    struct suggestion suggestion;
    (void)state;
    suggestion_init(&suggestion, "scool");
    assert_string_equal(suggestion_question(&suggestion, question), "");
    suggestion_offer(&suggestion, "school");
    assert_string_equal(suggestion_question(&suggestion, question), "; did you mean school?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
