/* Protects the norms: that the defaults are those of the contract, that text is read as the manual says and nothing
 * else, and that dated norms change on their day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules/norms.h"
#include "rules/rule.h"
#include "story.h"

static void the_defaults_are_those_of_the_contract(void **state)
{
    struct norms norms;
    (void)state;
    norms_init(&norms);
    assert_int_equal(norms.adult_months, 216);
    assert_int_equal(norms.aged_out_months, 228);
    assert_int_equal(norms.school_age_months, 60);
    assert_int_equal(norms.transfer_days, 3);
    assert_true(norms.move_ends_enrollment);
    assert_int_equal(norms.stay_scope, STAY_SCOPE_CONTINUOUS);
    assert_int_equal(norms.stay_months.count, 1);
    assert_int_equal(norms.stay_months.norms[0].months, 6);
    assert_int_equal(norms.stay_notice_days, 30);
    assert_int_equal(norms.stay_severe_months, 12);
    assert_int_equal(norms.school_months.count, 2);
    assert_int_equal(norms.school_months.norms[0].months, 3);
    assert_int_equal(norms.school_months.norms[0].from.number, DAY_FIRST.number);
    assert_false(norms.school_months.norms[0].defers_to_holidays);
    assert_int_equal(norms.school_months.norms[1].months, 2);
    assert_int_equal(norms.school_months.norms[1].from.number, day_of("2026-06-12").number);
    assert_true(norms.school_months.norms[1].defers_to_holidays);
    assert_int_equal(norms.school_notice_days, 30);
    assert_int_equal(norms.school_severe_months, 6);
    assert_int_equal(norms.gap_grace_school_days, 5);
    assert_int_equal(norms.severe_school_days, 20);
    assert_int_equal(norms.repeated_moves, 3);
    assert_int_equal(norms.repeated_moves_months, 12);
}

static void every_option_is_found_once_and_explained(void **state)
{
    const struct norm_option *option;
    size_t count = 0;
    (void)state;
    for (; (option = norm_option_at(count)) != NULL; count++) {
        assert_ptr_equal(norm_option_find(option->name), option); /* so no two have one name */
        assert_true(strlen(option->help) > 10 && option->help[strlen(option->help) - 1] == '.');
        assert_true(strlen(option->source) > 0 && option->unit != NULL);
    }
    assert_int_equal(count, 16); /* every field of struct norms */
    assert_null(norm_option_at(1000));
    assert_null(norm_option_find("stay_mouths"));
}

static void text_is_read_and_written(void **state)
{
    static const struct {
        const char *option, *text, *written; /* written: NULL where it is refused */
    } rows[] = {
        {"transfer_days", "0", "0"},
        {"transfer_days", " 30 ", "30"},
        {"transfer_days", "31", NULL},
        {"transfer_days", "-1", NULL},
        {"transfer_days", "", NULL},
        {"transfer_days", "3 days", NULL},
        {"transfer_days", "0x3", NULL},
        {"transfer_days", "3.0", NULL},
        {"transfer_days", "99999999999999999999", NULL},
        {"move_ends_enrollment", "no", "false"},
        {"move_ends_enrollment", "on", "true"},
        {"move_ends_enrollment", "False", NULL},
        {"move_ends_enrollment", "0", NULL},
        {"stay_scope", "location", "location"},
        {"stay_scope", "continuous", "continuous"},
        {"stay_scope", "loc", NULL},
        {"stay_months", "6", "6"},
        {"stay_months", "0", NULL},
        {"stay_months", "6+holidays", NULL},
        {"stay_months", "9, 6 from 2026-01-01,3 from 2027-01-01", "9, 6 from 2026-01-01, 3 from 2027-01-01"},
        {"school_months", "3,2 +holidays from 2026-06-12", "3, 2+holidays from 2026-06-12"},
        {"school_months", "3+holidays", "3+holidays"},
        {"school_months", "3, 2", NULL},
        {"school_months", "3, 2 from 2026-02-30", NULL},
        {"school_months", "3, 2 from 2026-06", NULL},
        {"school_months", "3 from 2026-06-12", NULL},
        {"school_months", "3, 2 from 2026-06-12, 1 from 2026-06-12", NULL},
        {"school_months", "3, 2 from 2027-01-01, 1 from 2026-01-01", NULL},
        {"school_months", "3,", NULL},
        {"school_months", "3+holiday", NULL},
        {"school_months",
         "120+holidays, 120+holidays from 2001-01-01, 120+holidays from 2002-01-01, 120+holidays from 2003-01-01, "
         "120+holidays from 2004-01-01, 120+holidays from 2005-01-01, 120+holidays from 2006-01-01, 120+holidays from "
         "2007-01-01",
         "120+holidays, 120+holidays from 2001-01-01, 120+holidays from 2002-01-01, 120+holidays from 2003-01-01, "
         "120+holidays from 2004-01-01, 120+holidays from 2005-01-01, 120+holidays from 2006-01-01, 120+holidays from "
         "2007-01-01"},
        {"school_months",
         "1, 1 from 2001-01-01, 1 from 2002-01-01, 1 from 2003-01-01, 1 from 2004-01-01, 1 from 2005-01-01, "
         "1 from 2006-01-01, 1 from 2007-01-01, 1 from 2008-01-01",
         NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct norm_option *option = norm_option_find(rows[i].option);
        const char *why = "";
        char written[NORM_TEXT_SIZE];
        struct norms norms, before;
        norms_init(&norms);
        before = norms;
        bool good = norm_parse(&norms, option, rows[i].text, &why);
        if (good != (rows[i].written != NULL))
            fail_msg("%s = \"%s\" was %s", rows[i].option, rows[i].text, good ? "taken" : "refused");
        if (good) {
            assert_true(norm_format(&norms, option, written, sizeof(written)));
            assert_string_equal(written, rows[i].written);
            assert_false(norm_format(&norms, option, written, strlen(rows[i].written)));
            assert_true(norm_format(&norms, option, written, strlen(rows[i].written) + 1));
        } else {
            assert_true(strncmp(why, "expected ", 9) == 0);
            assert_memory_equal(&norms, &before, sizeof(norms));
        }
    }
}

/* A value of the option that is not its default. */
static const char *other_value(const struct norm_option *option)
{
    static const char *const values[] = {[NORM_INTEGER] = "17",
                                         [NORM_BOOLEAN] = "false",
                                         [NORM_SCOPE] = "location",
                                         [NORM_DATED] = "6, 5 from 2030-01-01"};
    return values[option->type];
}

static void the_hash_follows_every_option(void **state)
{
    struct norms norms, same;
    const struct norm_option *option;
    const char *why;
    (void)state;
    norms_init(&norms);
    memset(&same, 0xff, sizeof(same));
    norms_init(&same);
    assert_int_equal(norms_hash(&norms), norms_hash(&same));
    for (size_t i = 0; (option = norm_option_at(i)) != NULL; i++) {
        struct norms changed = norms;
        assert_true(norm_parse(&changed, option, other_value(option), &why));
        assert_int_not_equal(norms_hash(&changed), norms_hash(&norms));
    }
}

static struct day first_day_over_by_looking(const struct dated_norms *norms, struct day start, struct day earliest)
{
    struct day day = earliest;
    while (!day_before(day_add_months(start, dated_norm_on(norms, day)->months), day))
        day = day_plus(day, 1);
    return day;
}

static void the_first_day_over_is_the_first(void **state)
{
    static const char *const texts[] = {"6", "3, 2+holidays from 2026-06-12", "2, 4 from 2026-06-12",
                                        "1, 9 from 2026-05-01, 1 from 2026-06-01, 3 from 2026-06-02"};
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct norms norms;
        const char *why;
        assert_true(norm_parse(&norms, norm_option_find("school_months"), texts[i], &why));
        for (struct day start = day_of("2025-08-01"); day_before(start, day_of("2026-08-01"));
             start = day_plus(start, 1))
            for (int later = 0; later < 200; later += 33) {
                struct day earliest = day_plus(start, later);
                assert_int_equal(dated_norms_first_day_over(&norms.school_months, start, earliest).number,
                                 first_day_over_by_looking(&norms.school_months, start, earliest).number);
            }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_defaults_are_those_of_the_contract),
        cmocka_unit_test(every_option_is_found_once_and_explained), cmocka_unit_test(text_is_read_and_written),
        cmocka_unit_test(the_hash_follows_every_option), cmocka_unit_test(the_first_day_over_is_the_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
