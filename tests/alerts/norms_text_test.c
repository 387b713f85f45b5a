/* Protects the norms in words: every norm has a name, a meaning and a source in both languages; values, days and the
 * head of a report come out as sentences; what differs between two sets of norms is told, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alerts/norms_text.h"

static void set(struct norms *norms, const char *name, const char *value)
{
    const char *why;
    assert_true(norm_parse(norms, norm_option_find(name), value, &why));
}

/* A new option needs words: without them its name or its English source would be shown to people. */
static void test_every_norm_has_words(void **state)
{
    (void)state;
    const struct norm_option *option;
    for (size_t i = 0; (option = norm_option_at(i)) != NULL; i++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            print_message("%s %s\n", language_codes[language], option->name);
            assert_string_not_equal(term_text((enum language)language, option->name), option->name);
            assert_null(strstr(norm_help_words((enum language)language, option), option->name));
        }
        assert_string_not_equal(norm_source_words(LANGUAGE_DUTCH, option), option->source);
        assert_string_not_equal(norm_help_words(LANGUAGE_DUTCH, option), norm_help_words(LANGUAGE_ENGLISH, option));
    }
}

static void test_values(void **state)
{
    static const struct {
        const char *name, *value, *english, *dutch;
    } rows[] = {
        {"adult_months", "216", "216 months (18 years)", "216 maanden (18 jaar)"},
        {"adult_months", "217", "217 months", "217 maanden"},
        {"stay_severe_months", "12", "12 months", "12 maanden"},
        {"transfer_days", "1", "1 day", "1 dag"},
        {"transfer_days", "0", "0 days", "0 dagen"},
        {"gap_grace_school_days", "1000", "1,000 school days", "1.000 schooldagen"},
        {"repeated_moves", "1", "1 move", "1 verhuizing"},
        {"move_ends_enrollment", "false", "no", "nee"},
        {"stay_scope", "location", "anew at each emergency location", "bij elke noodopvanglocatie opnieuw"},
        {"stay_months", "1", "1 month", "1 maand"},
        {"school_months", "6, 3+holidays from 2025-07-01, 1 from 2026-02-01",
         "6 months; from 1 July 2025: 3 months, where a violation waits for the end of a school vacation; "
         "from 1 February 2026: 1 month",
         "6 maanden; vanaf 1 juli 2025: 3 maanden, waarbij een overtreding wacht op het einde van de schoolvakantie; "
         "vanaf 1 februari 2026: 1 maand"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct norms norms;
        char words[NORM_WORDS_SIZE];
        const struct norm_option *option = norm_option_find(rows[i].name);
        norms_init(&norms);
        set(&norms, rows[i].name, rows[i].value);
        assert_string_equal(norm_words(LANGUAGE_ENGLISH, &norms, option, words), rows[i].english);
        assert_string_equal(norm_words(LANGUAGE_DUTCH, &norms, option, words), rows[i].dutch);
    }
}

/* The longest value there can be is not cut. */
static void test_eight_norms_fit(void **state)
{
    (void)state;
    struct norms norms;
    char words[NORM_WORDS_SIZE];
    norms_init(&norms);
    set(&norms, "school_months",
        "120+holidays, 119+holidays from 2025-09-30, 118+holidays from 2026-09-30, 117+holidays from 2027-09-30, "
        "116+holidays from 2028-09-30, 115+holidays from 2029-09-30, 114+holidays from 2030-09-30, "
        "113+holidays from 2031-09-30");
    norm_words(LANGUAGE_DUTCH, &norms, norm_option_find("school_months"), words);
    assert_non_null(strstr(words,
                           "vanaf 30 september 2031: 113 maanden, waarbij een overtreding wacht op het einde van "
                           "de schoolvakantie"));
}

static char *brief(enum language language, const struct norms *norms, struct civil_date date)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    norms_text_brief(out, language, norms, day_from_civil(date));
    fclose(out);
    return text;
}

static void test_the_head_of_a_report(void **state)
{
    (void)state;
    struct norms norms;
    norms_init(&norms);
    char *text = brief(LANGUAGE_ENGLISH, &norms, (struct civil_date){2026, 6, 11});
    assert_string_equal(text,
                        "Norms in force on 11 June 2026:\n"
                        "Emergency reception: at most 6 months, counted over all emergency locations together.\n"
                        "School: within 3 months (from 12 June 2026: 2 months, where a violation waits for the end "
                        "of a school vacation).\n"
                        "Interrupted education: at once after a move in term, otherwise after more than 5 school "
                        "days missed.\n"
                        "Moved often, a signal and no norm: 3 moves within 12 months.\n");
    free(text);
    set(&norms, "stay_scope", "location");
    set(&norms, "school_months", "4, 3 from 2025-01-01, 2+holidays from 2026-06-12");
    text = brief(LANGUAGE_DUTCH, &norms, (struct civil_date){2025, 12, 31});
    assert_string_equal(text, "Normen die gelden op 31 december 2025:\n"
                              "Noodopvang: hoogstens 6 maanden, geteld bij elke noodopvanglocatie opnieuw.\n"
                              "School: binnen 3 maanden (tot en met 31 december 2024: 4 maanden; vanaf 12 juni 2026: 2 "
                              "maanden, waarbij een overtreding wacht op het einde van de schoolvakantie).\n"
                              "Onderbroken onderwijs: na een verhuizing buiten de schoolvakantie meteen, anders na "
                              "meer dan 5 schooldagen zonder les.\n"
                              "Vaak verhuisd, een signaal en geen norm: 3 verhuizingen binnen 12 maanden.\n");
    free(text);
}

static void test_differences(void **state)
{
    (void)state;
    struct norms before, after;
    char *text = NULL;
    size_t length = 0;
    norms_init(&before);
    norms_init(&after);
    FILE *out = open_memstream(&text, &length);
    norms_text_difference(out, LANGUAGE_ENGLISH, &before, &after);
    set(&after, "school_months", "3, 2 from 2026-06-12");
    set(&after, "repeated_moves", "2");
    norms_text_difference(out, LANGUAGE_ENGLISH, &before, &after);
    fclose(out);
    assert_string_equal(text, "  no norm differs\n"
                              "  longest time without school: 3 months; from 12 June 2026: 2 months, where a violation "
                              "waits for the end of a school vacation -> 3 months; from 12 June 2026: 2 months\n"
                              "  moved often from: 3 moves -> 2 moves\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_norm_has_words), cmocka_unit_test(test_values),
        cmocka_unit_test(test_eight_norms_fit),      cmocka_unit_test(test_the_head_of_a_report),
        cmocka_unit_test(test_differences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
