/* Protects what people read: every text exists in both languages with the same placeholders, and days, numbers and
 * locales come out as the languages have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alerts/messages.h"

static unsigned placeholders(const char *text)
{
    unsigned found = 0;
    for (; *text != '\0'; text++)
        if (text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}')
            found |= 1U << (text[1] - '0');
    return found;
}

static void test_both_languages_say_the_same(void **state)
{
    (void)state;
    for (int i = 0; i < MESSAGE_COUNT; i++) {
        const char *english = message_text(LANGUAGE_ENGLISH, (enum message)i);
        const char *dutch = message_text(LANGUAGE_DUTCH, (enum message)i);
        unsigned found = placeholders(english);
        if (english[0] == '\0' || dutch[0] == '\0' || found != placeholders(dutch))
            fail_msg("\"%s\" and \"%s\"", english, dutch);
        assert_int_equal(found & (found + 2), 0); /* {1}, {2}, … without a gap */
    }
}

static void test_values_take_their_places(void **state)
{
    (void)state;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    message_print(out, LANGUAGE_DUTCH, MESSAGE_REPORT_PERIOD, "gisteren", "{1}");
    fclose(out);
    assert_string_equal(text, "gisteren tot en met {1}");
    free(text);
}

static void test_a_cut_is_seen(void **state)
{
    static const struct {
        size_t size;
        const char *first, *text;
    } rows[] = {
        {14, "today", "today to then"}, {13, "today", "today t[...]"},
        {7, "today", "t[...]"},         {12, "éééééééé", "ééé[...]"}, /* no half of a letter */
        {13, "éééééééé", "ééé[...]"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char cut[32], outer[64], added[32];
        message_format(cut, rows[i].size, LANGUAGE_ENGLISH, MESSAGE_REPORT_PERIOD, rows[i].first, "then");
        assert_string_equal(cut, rows[i].text);
        message_format(outer, sizeof(outer), LANGUAGE_ENGLISH, MESSAGE_REPORT_PERIOD, cut, "then");
        assert_int_equal(strstr(outer, TEXT_CUT) != NULL, strstr(cut, TEXT_CUT) != NULL);
        strcpy(added, cut);
        text_add(added, sizeof(added), "!");
        assert_int_equal(strlen(added) == strlen(cut), strstr(cut, TEXT_CUT) != NULL);
    }
}

static void test_terms(void **state)
{
    (void)state;
    assert_string_equal(term_text(LANGUAGE_DUTCH, "EMERGENCY"), "noodopvang");
    assert_string_equal(term_text(LANGUAGE_ENGLISH, "SEVERE"), "severe");
    assert_string_equal(term_text(LANGUAGE_ENGLISH, "azc-emmen-01"), "azc-emmen-01");
}

static void test_numbers(void **state)
{
    static const struct {
        int64_t number;
        int decimals;
        const char *english, *dutch;
    } rows[] = {
        {0, 0, "0", "0"},
        {7, 0, "7", "7"},
        {999, 0, "999", "999"},
        {7044, 0, "7,044", "7.044"},
        {1234567, 0, "1,234,567", "1.234.567"},
        {-1234, 0, "-1,234", "-1.234"},
        {5, 3, "0.005", "0,005"},
        {-50, 3, "-0.050", "-0,050"},
        {1234567, 3, "1,234.567", "1.234,567"},
        {15, 1, "1.5", "1,5"},
        {INT64_MIN, 0, "-9,223,372,036,854,775,808", "-9.223.372.036.854.775.808"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char words[NUMBER_WORDS_SIZE];
        assert_string_equal(number_words(LANGUAGE_ENGLISH, rows[i].number, rows[i].decimals, words), rows[i].english);
        assert_string_equal(number_words(LANGUAGE_DUTCH, rows[i].number, rows[i].decimals, words), rows[i].dutch);
    }
}

static void test_days(void **state)
{
    (void)state;
    char words[DAY_WORDS_SIZE];
    struct day day = day_from_civil((struct civil_date){2025, 3, 12});
    assert_string_equal(day_words(LANGUAGE_ENGLISH, day, words), "12 March 2025");
    assert_string_equal(day_words(LANGUAGE_DUTCH, day, words), "12 maart 2025");
}

static void test_languages(void **state)
{
    static const struct {
        const char *locale;
        enum language language;
    } rows[] = {
        {"nl", LANGUAGE_DUTCH},
        {"nl_NL.UTF-8", LANGUAGE_DUTCH},
        {"nl.UTF-8", LANGUAGE_DUTCH},
        {"nl_BE@euro", LANGUAGE_DUTCH},
        {"nlx", LANGUAGE_ENGLISH},
        {"C", LANGUAGE_ENGLISH},
        {"en_GB.UTF-8", LANGUAGE_ENGLISH},
        {"", LANGUAGE_ENGLISH},
        {NULL, LANGUAGE_ENGLISH},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(language_of_locale(rows[i].locale), rows[i].language);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_languages_say_the_same),
        cmocka_unit_test(test_values_take_their_places),
        cmocka_unit_test(test_a_cut_is_seen),
        cmocka_unit_test(test_terms),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
