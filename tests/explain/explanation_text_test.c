/* Protects what is said of alerts that were published and are no more - which correction did it, what took their place
 * - and of facts that are dated ahead: what they end or change. Files know nothing of what was published, so these
 * children are judged here as the service judges them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/explanation_text.h"
#include "rules/explanation_internal.h"
#include "tests/rules/story.h"

struct telling {
    struct bench bench;
    struct explanation explanation;
    struct story before, after;
    char *text;
};

/* The child of BEFORE is judged on JUDGED_ON, then that of AFTER beside it; then it is explained on TODAY. */
static const char *tell(struct telling *telling, const char *before, const char *judged_on, const char *after,
                        const char *today, enum language language)
{
    struct bench *bench = &telling->bench;
    struct yardstick yardstick = bench_yardstick(bench, judged_on);
    struct page page = {.language = language, .columns = 100, .has_utf8 = true};
    size_t length;
    free(telling->text);
    bench_begin(bench);
    story_tell(&telling->before, before);
    bench_apply(bench, &telling->before);
    child_judge(&bench->child, &yardstick, &bench->judgement);
    if (after != NULL) {
        story_tell(&telling->after, after);
        bench_apply(bench, &telling->after);
        child_judge(&bench->child, &yardstick, &bench->judgement);
    }
    yardstick = bench_yardstick(bench, today);
    assert_true(child_explain(&bench->child, &yardstick, &telling->explanation));
    page.out = open_memstream(&telling->text, &length);
    explanation_print(&page, &telling->explanation, &(struct explanation_question){.in_full = true});
    fclose(page.out);
    return telling->text;
}

static void says(const char *text, const char *expected)
{
    if (strstr(text, expected) == NULL) {
        fputs(text, stderr); /* print_error would cut it */
        fail_msg("\"%s\" is not there", expected);
    }
}

#define ARRIVED "2025-01-14 arrived noord-1 EMERGENCY NORTH id 1; 2025-01-20 enrolled s1 id 2"

static void a_retraction_is_named(void **state)
{
    struct telling *telling = *state;
    const char *text = tell(telling, ARRIVED, "2025-07-15",
                            "2025-01-14 arrived noord-1 EMERGENCY NORTH id 1 recorded 2025-07-15 retracted",
                            "2025-07-15", LANGUAGE_ENGLISH);
    says(text, "1. Too long in emergency reception: withdrawn, since facts were corrected\n");
    says(text, ", revision 2\n"
               "   Why          What was taken back is the fact of 14 January 2025: arrived at noord-1, emergency\n"
               "                reception, North; reported on 15 July 2025.\n"
               "                It was last published as violation, raised on 14 June 2025.\n");
    says(text, "Where the child lived\nNot in reception.\n");
}

static void a_correction_is_named_with_what_takes_its_place(void **state)
{
    struct telling *telling = *state;
    const char *text = tell(telling, ARRIVED, "2025-07-15",
                            "2025-01-10 arrived noord-1 EMERGENCY NORTH id 3 recorded 2025-07-15", "2025-07-15",
                            LANGUAGE_DUTCH);
    says(text, "1. Te lang in noodopvang: overtreding sinds 11 juli 2025\n");
    says(text, "2. Te lang in noodopvang: ingetrokken, omdat gegevens zijn verbeterd\n");
    says(text, "Nu is bekend: 10 januari 2025: aangekomen in noord-1, noodopvang, Noord; gemeld op\n"
               "                15 juli 2025.\n");
    const struct explained *now = &telling->explanation.items[0];
    struct uuid id = alert_id(&now->alert, telling->bench.child.child_id);
    char words[UUID_TEXT_SIZE], expected[128];
    uuid_format(&id, words);
    snprintf(expected, sizeof(expected), "Melding %s komt ervoor in de plaats.\n", words);
    says(text, expected);
}

static void norms_that_changed_are_no_fact(void **state)
{
    struct telling *telling = *state;
    struct bench *bench = &telling->bench;
    tell(telling, ARRIVED, "2025-07-15", NULL, "2025-07-15", LANGUAGE_ENGLISH);
    bench_set_norms(bench, "stay_months=12");
    struct yardstick yardstick = bench_yardstick(bench, "2025-07-15");
    child_judge(&bench->child, &yardstick, &bench->judgement);
    assert_true(child_explain(&bench->child, &yardstick, &telling->explanation));
    struct page page = {.language = LANGUAGE_ENGLISH, .columns = 100, .has_utf8 = true};
    size_t length;
    free(telling->text);
    page.out = open_memstream(&telling->text, &length);
    explanation_print(&page, &telling->explanation, &(struct explanation_question){.in_full = true});
    fclose(page.out);
    bench_set_norms(bench, NULL);
    says(telling->text, "No fact did that: the norms or the calendar changed.\n");
    says(telling->text, "no alert yet; notice from 15 December 2025 if nothing happens\n");
    says(telling->text, "It was published as violation, raised on 14 June 2025, and withdrawn.\n");
    assert_int_equal(telling->explanation.item_count, 1);
}

static void another_day_has_no_such_alert(void **state)
{
    struct telling *telling = *state;
    const char *text = tell(telling, ARRIVED, "2025-07-15", NULL, "2025-01-10", LANGUAGE_ENGLISH);
    says(text, "published, but there is no such alert on 10 January 2025\n");
    says(text, "It was last published as violation, raised on 14 June 2025.\n");
}

static void what_is_counted_on_an_earlier_day_is_one_with_what_was_published(void **state)
{
    struct telling *telling = *state;
    const char *text = tell(telling, ARRIVED, "2025-07-15", NULL, "2025-03-01", LANGUAGE_ENGLISH);
    says(text, "1. Too long in emergency reception: no alert yet; notice from 14 June 2025 if nothing happens\n");
    says(text, "It was last published as violation, raised on 14 June 2025.\n");
    assert_int_equal(telling->explanation.item_count, 1);
    assert_int_equal(telling->explanation.items[0].revision, 1);
}

/* --- facts dated ahead -------------------------------------------------------------------------------------------- */

static void plans_are_in_the_order_of_their_days_and_end_what_they_end(void **state)
{
    struct telling *telling = *state;
    const char *text = tell(telling, ARRIVED "; 2025-05-01 moved azc-m CENTRE MIDDLE id 3; 2025-04-01 enrolled s2 id 4",
                            "2025-02-01", NULL, "2025-02-01", LANGUAGE_ENGLISH);
    says(text, "Dated after this day\n• 1 April 2025: enrolled at school s2\n• 1 May 2025: moved to azc-m, asylum");
    says(text, "notice from 14 June 2025 if nothing happens, but\n   the fact of 1 May 2025 ends it before\n");
    text = tell(telling, ARRIVED "; 2025-05-01 moved azc-m CENTRE MIDDLE id 3", "2025-02-01", NULL, "2025-05-01",
                LANGUAGE_ENGLISH);
    assert_null(strstr(text, "Dated after this day"));
}

static void a_plan_changes_what_it_changes(void **state)
{
    /* over the norm in a vacation of the north; a move to the south comes while there is still school there */
    static const char *const child = "2026-05-10 arrived azc-n CENTRE NORTH born 2015-05-10 id 1";
    char planned[256];
    struct telling *telling = *state;
    snprintf(planned, sizeof(planned), "%s; 2026-07-15 moved azc-z CENTRE SOUTH id 2", child);
    says(tell(telling, child, "2026-07-01", NULL, "2026-07-01", LANGUAGE_ENGLISH),
         "violation from 17 August 2026 if nothing happens\n");
    says(tell(telling, planned, "2026-07-01", NULL, "2026-07-01", LANGUAGE_DUTCH),
         "overtreding vanaf 17 augustus 2026 als er\n   niets gebeurt, maar het gegeven van 15 juli 2026 verandert "
         "dat\n");
    says(telling->text, "Ernstig vanaf 11 november 2026 als er niets gebeurt.\n");
}

static void plans_that_change_nothing_are_not_held_against_it(void **state)
{
    static const char *const plans[] = {
        "2025-03-03 departed noord-1 id 3; 2025-03-05 arrived noord-2 EMERGENCY NORTH id 4", /* a transfer */
        "2025-04-01 enrolled s2 id 3", "2025-09-01 moved azc-m CENTRE MIDDLE id 3",          /* after the day */
    };
    struct telling *telling = *state;
    for (size_t i = 0; i < sizeof(plans) / sizeof(plans[0]); i++) {
        char story[256];
        snprintf(story, sizeof(story), "%s; %s", ARRIVED, plans[i]);
        says(tell(telling, story, "2025-02-01", NULL, "2025-02-01", LANGUAGE_ENGLISH),
             "no alert yet; notice from 14 June 2025 if nothing happens\n");
    }
}

/* By the rules of today no alert that is there goes by itself, so one is slipped in here: an alert of a rule that knew
 * of days to come would. */
static void an_alert_that_will_be_none_is_foreseen(void **state)
{
    struct telling *telling = *state;
    struct explanation *explanation = &telling->explanation;
    struct judgement *today = &explanation->judgement;
    struct page page = {.language = LANGUAGE_ENGLISH, .columns = 100, .has_utf8 = true};
    size_t length;
    tell(telling, ARRIVED, "2025-07-01", NULL, "2025-07-01", LANGUAGE_ENGLISH);
    assert_int_equal(explanation->foreseen_count, 1);
    today->alerts[today->alert_count] = today->alerts[0];
    today->alerts[today->alert_count++].rule = RULE_REPEATED_MOVES; /* in the order of its key */
    explanation->foreseen_count = 0;
    assert_true(explanation_foresee(explanation, day_of("2025-07-15")));
    free(telling->text);
    page.out = open_memstream(&telling->text, &length);
    explanation_print(&page, explanation, &(struct explanation_question){0});
    fclose(page.out);
    says(telling->text, "If nothing happens, this changes on 15 July 2025:\n"
                        "• Too long in emergency reception: from notice to violation\n"
                        "• Moved often: no longer an alert\n");
}

/* --- what is long is told in part --------------------------------------------------------------------------------- */

/* COUNT facts of a kind, a day apart from FIRST on, each at a place whose name is as long as may be. */
static void many(char story[static STORY_TEXT_SIZE], const char *first, const char *what, const char *sort, int count)
{
    struct day day = day_of(first);
    for (int i = 0; i < count; i++, day.number++) {
        char text[DAY_TEXT_SIZE];
        size_t length = strlen(story);
        day_format(day, text);
        snprintf(story + length, STORY_TEXT_SIZE - length, "; %s %s place-%02d-%055d %s", text, what, i, 0, sort);
        assert_true(strlen(story) < STORY_TEXT_SIZE - 1);
    }
}

static void moves_that_are_many_are_told_in_part(void **state)
{
    struct telling *telling = *state;
    char story[STORY_TEXT_SIZE] = "2025-01-14 arrived noord-1 EMERGENCY NORTH", place[ID_LENGTH_MAX + 1];
    many(story, "2025-02-01", "moved", "EMERGENCY NORTH", 29);
    says(tell(telling, story, "2025-03-15", NULL, "2025-03-15", LANGUAGE_ENGLISH),
         "and 21 more until\n                1 March 2025.\n");
    assert_int_equal(telling->explanation.items[1].moves.count, 29);
    assert_null(strstr(telling->text, TEXT_CUT));
    snprintf(place, sizeof(place), "place-07-%055d", 0);
    says(telling->text, place);
    says(tell(telling, story, "2025-03-15", NULL, "2025-03-15", LANGUAGE_DUTCH), "en nog 21 tot en");
}

static void plans_that_are_many_are_told_in_part(void **state)
{
    static const struct {
        int count;
        const char *says;
    } rows[] = {
        {8, "place-07-"},
        {9, "• and 1 after that\n"},
        {20, "• and 12 after that\n"},
    };
    struct telling *telling = *state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char story[STORY_TEXT_SIZE] = "2025-01-14 arrived noord-1 EMERGENCY NORTH";
        many(story, "2025-06-01", "enrolled", "", rows[i].count);
        says(tell(telling, story, "2025-03-15", NULL, "2025-03-15", LANGUAGE_ENGLISH), rows[i].says);
        assert_int_equal(strstr(telling->text, "after that") != NULL, rows[i].count > 8);
        assert_null(strstr(telling->text, "place-08-"));
    }
}

/* --- days of the child and of its facts --------------------------------------------------------------------------- */

static void a_fact_is_reported_on_the_day_that_it_is_here(void **state)
{
    static const struct {
        const char *recorded, *says; /* recorded: at nine in the morning UTC and so many milliseconds */
    } rows[] = {
        {"2025-04-27+52200000",
         "• 20 April 2025: moved to azc-m, asylum seekers' centre, Middle; reported on 28 April 2025\n"},
        {"2025-04-27", "• 20 April 2025: moved to azc-m, asylum seekers' centre, Middle; reported on 27 April 2025\n"},
        {"2025-04-19+52200000", "• 20 April 2025: moved to azc-m, asylum seekers' centre, Middle\n"},
        {"1969-12-31+50400000",
         "• 20 April 2025: moved to azc-m, asylum seekers' centre, Middle; reported on 1 January 1970\n"},
        {"1965-01-15",
         "• 20 April 2025: moved to azc-m, asylum seekers' centre, Middle; reported on 15 January 1965\n"},
    };
    struct telling *telling = *state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char story[256];
        snprintf(story, sizeof(story), "%s; 2025-04-20 moved azc-m CENTRE MIDDLE id 3 recorded %s", ARRIVED,
                 rows[i].recorded);
        says(tell(telling, story, "2025-02-01", NULL, "2025-02-01", LANGUAGE_ENGLISH), rows[i].says);
    }
}

static void before_its_birth_a_child_has_no_age(void **state)
{
    static const char *const child = "2025-01-14 arrived noord-1 EMERGENCY NORTH born 2025-01-10 id 1";
    struct telling *telling = *state;
    says(tell(telling, child, "2025-01-09", NULL, "2025-01-09", LANGUAGE_ENGLISH), "Born 10 January 2025.\n");
    says(tell(telling, child, "2025-01-10", NULL, "2025-01-10", LANGUAGE_DUTCH),
         "Geboren op 10 januari 2025, 0 jaar oud.\n");
}

/* --- the norm, kept or not ---------------------------------------------------------------------------------------- */

static void a_norm_is_kept_only_by_who_stayed(void **state)
{
    static const struct {
        const char *more, *says;
    } rows[] = {
        {"2025-07-10 moved azc-m CENTRE MIDDLE id 3",
         "The last day within the norm would have been 14 July 2025: the norm was kept.\n"},
        {"2025-07-10 departed noord-1 id 3", "The last day within the norm would have been 14 July 2025; the child "
                                             "left before it\n                was over.\n"},
        {"2025-01-14 arrived noord-1 EMERGENCY NORTH born 2007-07-10 id 3",
         "The last day within the norm would have been 14 July 2025; the child came of age\n                before it "
         "was over.\n"},
    };
    struct telling *telling = *state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char story[256];
        snprintf(story, sizeof(story), "%s; %s", ARRIVED, rows[i].more);
        says(tell(telling, story, "2025-07-20", NULL, "2025-07-20", LANGUAGE_ENGLISH), rows[i].says);
    }
}

static void where_the_child_lives_is_no_news(void **state)
{
    struct telling *telling = *state;
    const char *text = tell(telling,
                            "2025-01-14 arrived noord-1 EMERGENCY NORTH born 2021-05-10 id 1;"
                            "2025-03-03 moved noord-2 EMERGENCY NORTH id 2",
                            "2025-07-20", NULL, "2025-07-20", LANGUAGE_ENGLISH);
    says(text, "Too long in emergency reception: violation since 15 July 2025\n");
    assert_null(strstr(text, "different without"));
    assert_int_equal(telling->explanation.items[0].reasons.count, 2); /* programs are told */
}

static void years_do_not_stand_in_one_another(void **state)
{
    struct telling *telling = *state;
    const char *text = tell(telling, "2022-11-20 arrived noord-1 EMERGENCY NORTH born 2015-05-10 id 1", "2025-07-20",
                            NULL, "2025-07-20", LANGUAGE_ENGLISH);
    says(text, " 2023 ");
    assert_null(strstr(text, "202023"));
}

static void names_that_do_not_fit_end_so(void **state)
{
    struct telling *telling = *state;
    says(tell(telling,
              "2025-01-14 arrived emergency-reception-groningen-01 EMERGENCY NORTH id 1;"
              "2025-03-03 moved emergency-reception-assen-02 EMERGENCY NORTH id 2",
              "2025-07-20", NULL, "2025-07-20", LANGUAGE_ENGLISH),
         "│emerge…▓│emergency-reception-a");
}

static void facts_that_make_it_another_are_told_apart(void **state)
{
    struct telling *telling = *state;
    const char *text = tell(telling,
                            "2025-01-14 arrived azc-n CENTRE NORTH born 2015-05-10 id 1; 2025-01-20 enrolled s1 id 2;"
                            "2025-03-03 moved azc-m CENTRE MIDDLE id 3; 2025-03-05 enrolled s2 id 4",
                            "2025-03-10", NULL, "2025-03-10", LANGUAGE_ENGLISH);
    says(text, "• 3 March 2025: moved to azc-m, asylum seekers' centre, Middle\n");
    says(text,
         "It would be different without:\n                • 5 March 2025: enrolled at school s2. Then: still open.\n");
    says(text, "2 school days missed: 3-4 March 2025 (Middle).\n");
}

static int set_up(void **state)
{
    static struct telling telling;
    *state = &telling;
    bench_init(&telling.bench);
    return explanation_init(&telling.explanation) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct telling *telling = *state;
    bench_fini(&telling->bench);
    explanation_fini(&telling->explanation);
    free(telling->text);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_retraction_is_named),
        cmocka_unit_test(a_correction_is_named_with_what_takes_its_place),
        cmocka_unit_test(norms_that_changed_are_no_fact),
        cmocka_unit_test(another_day_has_no_such_alert),
        cmocka_unit_test(what_is_counted_on_an_earlier_day_is_one_with_what_was_published),
        cmocka_unit_test(plans_are_in_the_order_of_their_days_and_end_what_they_end),
        cmocka_unit_test(a_plan_changes_what_it_changes),
        cmocka_unit_test(plans_that_change_nothing_are_not_held_against_it),
        cmocka_unit_test(an_alert_that_will_be_none_is_foreseen),
        cmocka_unit_test(moves_that_are_many_are_told_in_part),
        cmocka_unit_test(plans_that_are_many_are_told_in_part),
        cmocka_unit_test(a_fact_is_reported_on_the_day_that_it_is_here),
        cmocka_unit_test(before_its_birth_a_child_has_no_age),
        cmocka_unit_test(a_norm_is_kept_only_by_who_stayed),
        cmocka_unit_test(where_the_child_lives_is_no_news),
        cmocka_unit_test(years_do_not_stand_in_one_another),
        cmocka_unit_test(names_that_do_not_fit_end_so),
        cmocka_unit_test(facts_that_make_it_another_are_told_apart),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
