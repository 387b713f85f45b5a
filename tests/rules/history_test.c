/* Protects a child's days (rules.md 3): where it lives at the end of each, and whether it is in school. Every rule
 * stands on these, so a wrong day here is a wrong alert in all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "rules/history.h"
#include "story.h"

static char said[2048];

static void say(const char *text)
{
    strncat(said, text, sizeof(said) - strlen(said) - 1);
}

/* "FROM-UNTIL", days of January 2025 as numbers; an open end as nothing. */
static void say_days(struct day from, struct day until)
{
    char text[64];
    int first = from.number - day_of("2024-12-31").number, end = until.number - day_of("2024-12-31").number;
    if (day_is_never(until))
        snprintf(text, sizeof(text), "%d-", first);
    else
        snprintf(text, sizeof(text), "%d-%d", first, end);
    say(text);
}

/* Periods in brackets with their openers; stays as place and cause, "+" before a move; then schoolings with who ended
 * them. */
static const char *days_said(const struct history *history)
{
    char text[128];
    said[0] = '\0';
    for (uint32_t i = 0; i < history->period_count; i++) {
        const struct period *period = &history->periods[i];
        snprintf(text, sizeof(text), "%s[#%u", i > 0 ? " " : "", period->opener->event_id.bytes[15]);
        say(text);
        for (uint32_t j = period->stay_first; j < period->stay_first + period->stay_count; j++) {
            const struct stay *stay = &history->stays[j];
            assert_int_equal(stay->period, i);
            snprintf(text, sizeof(text), " %s%.*s#%u ", stay->is_move ? "+" : "", (int)stay->place.location_id.length,
                     stay->place.location_id.bytes, stay->cause->event_id.bytes[15]);
            say(text);
            say_days(stay->from, stay->until);
        }
        say("]");
    }
    for (uint32_t i = 0; i < history->schooling_count; i++) {
        const struct schooling *schooling = &history->schoolings[i];
        say(i == 0 ? " school " : ", ");
        say_days(schooling->from, schooling->until);
        if (schooling->withdrawn_by != NULL) {
            snprintf(text, sizeof(text), " #%u", schooling->withdrawn_by->event_id.bytes[15]);
            say(text);
        }
        if (!day_is_never(schooling->enrolled_fact_after)) {
            say(" again ");
            say_days(schooling->enrolled_fact_after, DAY_NEVER);
        }
    }
    return said;
}

struct row {
    const char *name, *story, *days, *norms;
};

/* As of 31 January 2025. */
static const struct row rows[] = {
    {"it goes on", "2025-01-01 arrived a CENTRE NORTH", "[#1 a#1 1-]", NULL},
    {"a move", "2025-01-01 arrived a CENTRE NORTH; 2025-01-03 moved b CENTRE NORTH", "[#1 a#1 1-3 +b#2 3-]", NULL},
    {"an arrival moves as well", "2025-01-01 arrived a CENTRE NORTH; 2025-01-03 arrived b CENTRE NORTH",
     "[#1 a#1 1-3 +b#2 3-]", NULL},
    {"another kind: a stay, no move", "2025-01-01 arrived a CENTRE NORTH; 2025-01-03 moved a EMERGENCY NORTH",
     "[#1 a#1 1-3 a#2 3-]", NULL},
    {"nothing new", "2025-01-01 arrived a CENTRE NORTH; 2025-01-03 moved a CENTRE NORTH", "[#1 a#1 1-]", NULL},
    {"the last move of the day counts, the first that says so caused it",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-03 moved b CENTRE NORTH; 2025-01-03 moved c CENTRE NORTH; "
     "2025-01-03 moved b CENTRE NORTH",
     "[#1 a#1 1-3 +b#2 3-]", NULL},
    {"there and back within a day",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-03 moved b CENTRE NORTH; "
     "2025-01-03 moved a CENTRE NORTH",
     "[#1 a#1 1-]", NULL},
    {"a move is heard before an arrival, whatever was recorded first",
     "2025-01-01 moved b CENTRE NORTH; 2025-01-01 arrived a CENTRE NORTH recorded 2025-01-02", "[#2 b#1 1-]", NULL},
    {"the cause of a place that both name is the arrival",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-03 moved b CENTRE NORTH; 2025-01-03 arrived b CENTRE NORTH",
     "[#1 a#1 1-3 +b#3 3-]", NULL},
    {"sorts are told apart within a day, however they were recorded",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-05 moved b CENTRE NORTH; 2025-01-05 departed z; "
     "2025-01-05 moved c CENTRE NORTH",
     "[#1 a#1 1-5 +c#4 5-]", NULL},
    {"what was recorded first comes first",
     "2025-01-01 moved a CENTRE NORTH recorded 2025-01-05; "
     "2025-01-01 moved b CENTRE NORTH recorded 2025-01-04",
     "[#2 a#1 1-]", NULL},
    {"a departure", "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 departed", "[#1 a#1 1-9]", NULL},
    {"the move of the day of departure is lost",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 departed; 2025-01-09 moved b CENTRE NORTH", "[#1 a#1 1-9]", NULL},
    {"an arrival on the day of departure is a transfer",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 departed; 2025-01-09 arrived b CENTRE NORTH",
     "[#1 a#1 1-9 +b#3 9-]", NULL},
    {"arrived and left on a day", "2025-01-01 arrived a CENTRE NORTH; 2025-01-01 departed", "", NULL},
    {"a departure from elsewhere does not spoil an arrival", "2025-01-01 arrived a CENTRE NORTH; 2025-01-01 departed z",
     "[#1 a#1 1-]", NULL},
    {"three days later is a transfer, it stays where it was until then",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 departed a; 2025-01-12 arrived b CENTRE NORTH",
     "[#1 a#1 1-12 +b#3 12-]", NULL},
    {"four days later is not",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 departed; 2025-01-13 arrived b CENTRE NORTH",
     "[#1 a#1 1-9] [#3 b#3 13-]", NULL},
    {"unless configured", "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 departed; 2025-01-13 arrived b CENTRE NORTH",
     "[#1 a#1 1-13 +b#3 13-]", "transfer_days=4"},
    {"no transfers over night",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 departed; 2025-01-10 arrived b CENTRE NORTH",
     "[#1 a#1 1-9] [#3 b#3 10-]", "transfer_days=0"},
    {"a transfer by a later move, with a stop on the day itself",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 departed; 2025-01-09 moved b CENTRE NORTH; "
     "2025-01-11 moved c CENTRE NORTH",
     "[#1 a#1 1-9 +b#3 9-11 +c#4 11-]", NULL},
    {"an arrival still to come makes no transfer yet",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-30 departed; 2025-02-01 arrived b CENTRE NORTH", "[#1 a#1 1-30]",
     NULL},
    {"the place left books it late",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 moved b CENTRE NORTH; "
     "2025-01-10 departed a",
     "[#1 a#1 1-9 +b#2 9-]", NULL},
    {"the place left books it on the day",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 moved b CENTRE NORTH; "
     "2025-01-09 departed a",
     "[#1 a#1 1-9 +b#2 9-]", NULL},
    {"the place moved to books it on the day",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 moved b CENTRE NORTH; "
     "2025-01-09 departed b",
     "[#1 a#1 1-9]", NULL},
    {"taken back", "2025-01-01 arrived a CENTRE NORTH; 2025-01-09 departed retracted", "[#1 a#1 1-]", NULL},

    {"school, in and out of reception",
     "2025-01-03 enrolled s; 2025-01-05 arrived a CENTRE NORTH; 2025-01-20 departed; "
     "2025-01-22 withdrawn s",
     "[#2 a#2 5-20] school 3-22 #4", NULL},
    {"a move ends it", "2025-01-01 arrived a CENTRE NORTH; 2025-01-02 enrolled s; 2025-01-09 moved b CENTRE NORTH",
     "[#1 a#1 1-9 +b#3 9-] school 2-9", NULL},
    {"unless configured", "2025-01-01 arrived a CENTRE NORTH; 2025-01-02 enrolled s; 2025-01-09 moved b CENTRE NORTH",
     "[#1 a#1 1-9 +b#3 9-] school 2-", "move_ends_enrollment=no"},
    {"another kind of place does not",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-02 enrolled s; "
     "2025-01-09 moved a FAMILY NORTH",
     "[#1 a#1 1-9 a#3 9-] school 2-", NULL},
    {"kept by an enrollment on the day",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-02 enrolled s; "
     "2025-01-09 moved b CENTRE NORTH; 2025-01-09 enrolled s recorded 2025-01-08",
     "[#1 a#1 1-9 +b#3 9-] school 2-", NULL},
    {"a new period elsewhere ends it",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-02 enrolled s; 2025-01-09 departed; "
     "2025-01-15 arrived b CENTRE NORTH",
     "[#1 a#1 1-9] [#4 b#4 15-] school 2-15", NULL},
    {"a new period at the same place does not",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-02 enrolled s; "
     "2025-01-09 departed; 2025-01-15 arrived a EMERGENCY SOUTH",
     "[#1 a#1 1-9] [#4 a#4 15-] school 2-", NULL},
    {"goodbye from another school", "2025-01-02 enrolled s; 2025-01-09 withdrawn t", " school 2-", NULL},
    {"from one school to the next", "2025-01-02 enrolled s; 2025-01-09 withdrawn s; 2025-01-09 enrolled t",
     " school 2-", NULL},
    {"the last goodbye that ended something is named",
     "2025-01-02 enrolled s; 2025-01-09 withdrawn s; 2025-01-09 enrolled t; 2025-01-09 withdrawn t; 2025-01-09 "
     "withdrawn s",
     " school 2-9 #4", NULL},
    {"a goodbye after the move of its day ends nothing",
     "2025-01-01 arrived a CENTRE NORTH; 2025-01-02 enrolled s; "
     "2025-01-09 moved b CENTRE NORTH; 2025-01-09 withdrawn s",
     "[#1 a#1 1-9 +b#3 9-] school 2-9", NULL},
    {"in and out within a day is remembered",
     "2025-01-02 enrolled s; 2025-01-09 withdrawn s; 2025-01-12 enrolled t; "
     "2025-01-12 withdrawn t; 2025-01-14 enrolled t",
     " school 2-9 #2 again 12-, 14-", NULL},
};

static void the_days_are_as_told(void **state)
{
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct story story;
        struct history *history = &bench->judgement.history;
        story_tell(&story, rows[i].story);
        bench_set_norms(bench, rows[i].norms);
        history_build(history, story.facts, (uint32_t)story.count, &bench->norms, day_of("2025-01-31"));
        if (strcmp(days_said(history), rows[i].days) != 0)
            fail_msg("%s:\n  %s\n  expected %s\n  was      %s", rows[i].name, rows[i].story, rows[i].days, said);
    }
}

static void history_is_asked_by_day(void **state)
{
    struct bench *bench = *state;
    struct history *history = &bench->judgement.history;
    struct story story;
    story_tell(&story,
               "2025-01-03 arrived a CENTRE NORTH born 2008-02-29; 2025-01-09 moved b CENTRE SOUTH; "
               "2025-01-20 departed; 2025-01-05 enrolled s; 2025-02-03 enrolled t; 2025-02-02 moved c CENTRE SOUTH");
    bench_set_norms(bench, NULL);
    history_build(history, story.facts, (uint32_t)story.count, &bench->norms, day_of("2025-01-31"));

    assert_null(history_stay_on(history, day_of("2025-01-02")));
    assert_ptr_equal(history_stay_on(history, day_of("2025-01-03")), &history->stays[0]);
    assert_ptr_equal(history_stay_on(history, day_of("2025-01-08")), &history->stays[0]);
    assert_ptr_equal(history_stay_on(history, day_of("2025-01-19")), &history->stays[1]);
    assert_null(history_stay_on(history, day_of("2025-01-20")));

    assert_false(history_enrolled_on(history, day_of("2025-01-04")));
    assert_true(history_enrolled_on(history, day_of("2025-01-08")));
    assert_false(history_enrolled_on(history, day_of("2025-01-09")));
    assert_int_equal(history_enrolled_from(history, day_of("2025-01-01")).number, day_of("2025-01-05").number);
    assert_int_equal(history_enrolled_from(history, day_of("2025-01-07")).number, day_of("2025-01-07").number);
    assert_true(day_is_never(history_enrolled_from(history, day_of("2025-01-09"))));
    assert_null(history_schooling_ended_before(history, day_of("2025-01-09")));
    assert_ptr_equal(history_schooling_ended_before(history, day_of("2025-01-10")), &history->schoolings[0]);

    assert_int_equal(history->next_fact_on.number, day_of("2025-02-02").number);
    assert_int_equal(history->adult_from.number, day_of("2026-02-28").number);
    assert_int_equal(history->aged_out_from.number, day_of("2027-02-28").number);
    assert_int_equal(history->school_age_from.number, day_of("2013-03-01").number);
}

/* North has holidays from 15 February, the others from the 22nd. */
static void school_days_count_where_the_child_lives(void **state)
{
    struct bench *bench = *state;
    struct history *history = &bench->judgement.history;
    struct story story;
    story_tell(&story, "2025-02-10 arrived a CENTRE NORTH; 2025-02-19 moved b CENTRE SOUTH; 2025-02-27 departed");
    bench_set_norms(bench, NULL);
    history_build(history, story.facts, (uint32_t)story.count, &bench->norms, day_of("2025-03-31"));

    const struct stay *first = &history->stays[0];
    const struct {
        int n;
        const char *day;
    } nth[] = {{1, "2025-02-12"}, {3, "2025-02-14"}, {4, "2025-02-19"}, {6, "2025-02-21"}};
    for (size_t i = 0; i < sizeof(nth) / sizeof(nth[0]); i++)
        assert_int_equal(
            history_school_day_missed(history, bench->calendar, first, day_of("2025-02-12"), nth[i].n).number,
            day_of(nth[i].day).number);
    assert_true(day_is_never(history_school_day_missed(history, bench->calendar, first, day_of("2025-02-12"), 7)));
    assert_true(day_is_never(history_school_day_missed(history, bench->calendar, first, day_of("2025-02-27"), 1)));
    assert_int_equal(history_school_days(history, bench->calendar, first, day_of("2025-02-12"), day_of("2025-02-20")),
                     4);
    assert_int_equal(history_school_days(history, bench->calendar, first, day_of("2025-02-12"), day_of("2025-02-27")),
                     6);
}

static void the_newest_arrival_gives_the_profile(void **state)
{
    static const struct {
        const char *story, *birth_date;
        enum answer unaccompanied;
    } profiles[] = {
        {"2025-01-01 arrived a CENTRE NORTH", NULL, ANSWER_UNKNOWN},
        {"2025-01-01 arrived a CENTRE NORTH born 2015-01-01 unaccompanied; 2025-01-02 arrived a CENTRE NORTH",
         "2015-01-01", ANSWER_YES},
        {"2025-01-01 arrived a CENTRE NORTH born 2015-01-01 unaccompanied recorded 2025-01-09; "
         "2025-01-02 arrived a CENTRE NORTH born 2016-01-01 accompanied",
         "2015-01-01", ANSWER_YES},
        {"2025-01-01 arrived a CENTRE NORTH born 2015-01-01; 2025-06-02 arrived a CENTRE NORTH born 2016-01-01 "
         "accompanied "
         "recorded 2025-01-02",
         "2016-01-01", ANSWER_NO},
        {"2025-01-01 arrived a CENTRE NORTH born 2015-01-01; 2025-01-01 arrived a CENTRE NORTH born 2016-01-01 id 9",
         "2016-01-01", ANSWER_UNKNOWN},
        {"2025-01-01 arrived a CENTRE NORTH born 2015-01-01; 2025-01-02 arrived a CENTRE NORTH born 2016-01-01 "
         "retracted",
         "2015-01-01", ANSWER_UNKNOWN},
    };
    struct bench *bench = *state;
    struct history *history = &bench->judgement.history;
    bench_set_norms(bench, NULL);
    for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++) {
        struct story story;
        story_tell(&story, profiles[i].story);
        history_build(history, story.facts, (uint32_t)story.count, &bench->norms, day_of("2025-01-31"));
        struct day expected = profiles[i].birth_date == NULL ? DAY_ABSENT : day_of(profiles[i].birth_date);
        assert_int_equal(history->birth_date.number, expected.number);
        assert_int_equal(history->unaccompanied, profiles[i].unaccompanied);
    }
}

/* qsort takes over from sorting by insertion: the order must be the same. */
static void many_facts_are_walked_as_few(void **state)
{
    static struct fact facts[CHILD_FACTS_MAX];
    static const char *const places[] = {"a", "b"};
    struct bench *bench = *state;
    struct history *history = &bench->judgement.history;
    bench_set_norms(bench, NULL);
    for (int count = 1; count <= CHILD_FACTS_MAX; count *= 2) {
        for (int i = 0; i < count; i++)
            facts[count - 1 - i] = (struct fact){
                .event_id = {{(uint8_t)(i >> 8), (uint8_t)i}},
                .occurred_on = {20000 + i},
                .birth_date = DAY_ABSENT,
                .applied_on = DAY_ABSENT,
                .place = {{places[i % 2], 1}, LOCATION_CENTRE, REGION_NORTH},
                .kind = i == 0 ? FACT_ARRIVED : FACT_MOVED,
            };
        history_build(history, facts, (uint32_t)count, &bench->norms, (struct day){30000});
        assert_int_equal(history->stay_count, count);
        for (int i = 0; i < count; i++)
            assert_ptr_equal(history->stays[i].cause, &facts[count - 1 - i]);
    }
}

static int setup(void **state)
{
    static struct bench bench;
    bench_init(&bench);
    *state = &bench;
    return 0;
}

static int teardown(void **state)
{
    bench_fini(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_days_are_as_told), cmocka_unit_test(history_is_asked_by_day),
        cmocka_unit_test(school_days_count_where_the_child_lives),
        cmocka_unit_test(the_newest_arrival_gives_the_profile), cmocka_unit_test(many_facts_are_walked_as_few)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
