/* Protects what is published: a version of a fact that counts where it must not, or a revision too many or too few, and
 * people get a wrong alert, or the same twice, or never hear that one was wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "story.h"

#define STAY "2025-01-14 arrived e EMERGENCY NORTH born 2023-05-10"
#define MS_PER_DAY 86400000

/* --- versions of facts ----------------------------------------------------------------------------------------------
 */

static const char *applied_names[] = {"applied", "nothing", "forgotten", "full"};

static enum applied apply(struct bench *bench, struct story *story, const char *text)
{
    story_tell(story, text);
    assert_int_equal(story->count, 1);
    return child_apply(&bench->child, &story->facts[0]);
}

static void the_newest_version_counts(void **state)
{
    static const struct {
        const char *version;
        enum applied applied;
        const char *occurred_on;
    } rows[] = {
        {"2025-01-14 arrived e EMERGENCY NORTH recorded 2025-01-14", APPLIED, "2025-01-14"},
        {"2025-01-14 arrived e EMERGENCY NORTH recorded 2025-01-14", APPLIED_NOTHING, "2025-01-14"},
        {"2025-01-15 arrived e EMERGENCY NORTH recorded 2025-01-16", APPLIED, "2025-01-15"},
        {"2025-01-17 arrived e EMERGENCY NORTH recorded 2025-01-15", APPLIED_NOTHING, "2025-01-15"},
        {"2025-01-17 arrived e EMERGENCY NORTH recorded 2025-01-13", APPLIED, "2025-01-15"}, /* recorded first */
        {"2025-01-17 arrived e EMERGENCY NORTH recorded 2025-01-13", APPLIED_NOTHING, "2025-01-15"},
        {"2025-01-18 arrived e EMERGENCY NORTH recorded 2025-01-16 retracted", APPLIED, "2025-01-18"},
        {"2025-01-19 enrolled s recorded 2025-01-17", APPLIED, "2025-01-19"}, /* another stream, the same fact */
    };
    static struct story stories[sizeof(rows) / sizeof(rows[0])];
    struct bench *bench = *state;
    uint32_t sequence = 0;
    bench_begin(bench);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bench->child.next_change_on = DAY_NEVER;
        enum applied applied = apply(bench, &stories[i], rows[i].version);
        sequence += applied == APPLIED;
        if (applied != rows[i].applied)
            fail_msg("%s: %s", rows[i].version, applied_names[applied]);
        assert_int_equal(bench->child.fact_count, 1);
        assert_int_equal(bench->child.facts[0].occurred_on.number, day_of(rows[i].occurred_on).number);
        assert_int_equal(bench->child.sequence, sequence);
        assert_int_equal(bench->child.facts[0].sequence, sequence);
        assert_true(day_equal(bench->child.next_change_on, applied == APPLIED ? DAY_FIRST : DAY_NEVER));
    }
    assert_int_equal(bench->child.facts[0].first_recorded_at_ms / MS_PER_DAY, day_of("2025-01-13").number);
}

static void facts_are_kept_by_event_id(void **state)
{
    struct bench *bench = *state;
    struct story story;
    story_tell(&story, "2025-01-01 departed id 5; 2025-01-01 departed id 2; 2025-01-01 departed id 9; "
                       "2025-01-01 departed id 1; 2025-01-01 departed id 7; 2025-01-01 departed id 5");
    bench_begin(bench);
    bench_apply(bench, &story);
    assert_int_equal(bench->child.fact_count, 5);
    for (uint32_t i = 1; i < bench->child.fact_count; i++)
        assert_true(uuid_compare(&bench->child.facts[i - 1].event_id, &bench->child.facts[i].event_id) < 0);
}

static void a_full_child_keeps_what_it_has(void **state)
{
    struct bench *bench = *state;
    struct story story;
    story_tell(&story, STAY);
    struct fact fact = story.facts[0];
    bench_begin(bench);
    for (int i = 0; i < CHILD_FACTS_MAX; i++) {
        fact.event_id = (struct uuid){{(uint8_t)(i >> 8), (uint8_t)i}};
        assert_int_equal(child_apply(&bench->child, &fact), APPLIED);
    }
    fact.event_id = (struct uuid){{0xff}};
    assert_int_equal(child_apply(&bench->child, &fact), APPLIED_FULL);
    assert_int_equal(bench->child.fact_count, CHILD_FACTS_MAX);
    fact.event_id = (struct uuid){{0}}; /* a newer version of a fact it has needs no room */
    fact.recorded_at_ms++;
    assert_int_equal(child_apply(&bench->child, &fact), APPLIED);
}

/* --- revisions ------------------------------------------------------------------------------------------------------
 */

struct step {
    const char *facts;     /* applied first; NULL: none */
    const char *today;     /* then judged */
    const char *published; /* what was */
    const char *next;      /* the next day to judge; NULL: never */
};

struct life {
    const char *name;
    struct step steps[8];
};

static const struct life lives[] = {
    {"an alert through its life",
     {{STAY, "2025-06-13", "", "2025-06-14"},
      {NULL, "2025-06-14", "rev 1 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e", "2025-07-15"},
      {NULL, "2025-07-14", "", "2025-07-15"},
      {NULL, "2025-07-15",
       "rev 2 emergency-stay #1 VIOLATION raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at e",
       "2026-01-15"},
      {"2025-08-01 moved f EMERGENCY NORTH id 2", "2025-08-01",
       "rev 3 emergency-stay #1 VIOLATION raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at f",
       "2026-01-15"},
      {"2025-08-20 departed id 3", "2025-08-20",
       "rev 4 emergency-stay #1 VIOLATION raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at f resolved "
       "2025-08-20 DEPARTED",
       NULL},
      {NULL, "2026-08-20", "", NULL}}},
    {"after days of silence only the newest state is published",
     {{STAY, "2026-02-01",
       "rev 1 emergency-stay #1 SEVERE raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at e",
       "2028-07-02"}}},
    {"taken back, then right after all",
     {{STAY " recorded 2025-01-14", "2025-06-20",
       "rev 1 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e", "2025-07-15"},
      {"2025-01-14 arrived e EMERGENCY NORTH recorded 2025-06-21 retracted", "2025-06-21",
       "rev 2 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e WITHDRAWN CORRECTED by #1", NULL},
      {"2025-02-01 enrolled s id 2", "2025-06-22", "", NULL},
      {STAY " recorded 2025-06-23", "2025-06-23",
       "rev 3 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e", "2025-07-15"}}},
    {"corrected into another cause: replaced by the alert that covers its first day",
     {{STAY, "2025-06-20", "rev 1 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e", "2025-07-15"},
      {"2025-01-10 arrived e EMERGENCY NORTH born 2023-05-10 id 2 recorded 2025-06-21; "
       "2025-01-03 enrolled s id 3 recorded 2025-06-20",
       "2025-06-21",
       "rev 2 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e WITHDRAWN CORRECTED by #2 for #2\n"
       "rev 1 emergency-stay #2 NOTICE raised 2025-06-10 due 2025-07-10 norm 6 at e",
       "2025-07-11"}}},
    {"what comes later replaces nothing",
     {{STAY, "2025-06-20", "rev 1 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e", "2025-07-15"},
      {"2025-01-20 arrived e EMERGENCY NORTH id 2 recorded 2025-06-20; 2025-01-15 departed id 3 recorded 2025-06-21",
       "2025-06-21",
       "rev 2 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e WITHDRAWN CORRECTED by #3\n"
       "rev 1 emergency-stay #2 NOTICE raised 2025-06-20 due 2025-07-20 norm 6 at e",
       "2025-07-21"}}},
    {"what was over by then replaces nothing",
     {{STAY, "2025-06-20", "rev 1 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e", "2025-07-15"},
      {"2024-05-01 arrived e EMERGENCY NORTH born 2023-05-10 id 2 recorded 2025-06-21; 2025-01-05 departed id 3 "
       "recorded 2025-06-21; "
       "2025-01-14 arrived e EMERGENCY NORTH id 1 recorded 2025-06-22 retracted",
       "2025-06-22",
       "rev 2 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e WITHDRAWN CORRECTED by #1\n"
       "rev 1 emergency-stay #2 VIOLATION raised 2024-10-02 violated 2024-11-02 due 2024-11-01 norm 6 at e resolved "
       "2025-01-05 DEPARTED",
       NULL}}},
    {"resolved, and open again by a correction",
     {{STAY "; 2025-06-20 departed", "2025-06-21",
       "rev 1 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e resolved 2025-06-20 DEPARTED",
       NULL},
      {"2025-06-20 departed id 2 recorded 2025-06-22 retracted", "2025-06-22",
       "rev 2 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e", "2025-07-15"}}},
    {"a fact of days to come has its day",
     {{STAY "; 2025-06-30 departed", "2025-06-20",
       "rev 1 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e", "2025-06-30"},
      {NULL, "2025-06-30",
       "rev 2 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e resolved 2025-06-30 DEPARTED",
       NULL}}},
    {"a transfer counts as an end until its arrival",
     {{STAY "; 2025-06-20 departed; 2025-06-22 arrived f EMERGENCY NORTH", "2025-06-20",
       "rev 1 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e resolved 2025-06-20 DEPARTED",
       "2025-06-22"},
      {NULL, "2025-06-22", "rev 2 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at f",
       "2025-07-15"}}},
    {"the profile is part of an alert",
     {{STAY, "2025-06-20", "rev 1 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e", "2025-07-15"},
      {"2025-01-15 arrived e EMERGENCY NORTH unaccompanied id 2", "2025-06-20",
       "rev 2 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e", "2025-07-15"}}},
};

static void life_check(struct bench *bench, const struct life *life)
{
    static struct story stories[8];
    bench_begin(bench);
    for (size_t i = 0; i < 8 && life->steps[i].today != NULL; i++) {
        const struct step *step = &life->steps[i];
        char next[DAY_TEXT_SIZE] = "never";
        if (step->facts != NULL) {
            story_tell(&stories[i], step->facts);
            bench_apply(bench, &stories[i]);
        }
        if (strcmp(bench_judge(bench, step->today), step->published) != 0)
            fail_msg("%s: on %s\n  expected %s\n  was      %s", life->name, step->today, step->published, bench->said);
        if (!day_is_never(bench->child.next_change_on))
            day_format(bench->child.next_change_on, next);
        if (strcmp(next, step->next == NULL ? "never" : step->next) != 0)
            fail_msg("%s: after %s the next day was %s", life->name, step->today, next);
        assert_string_equal(bench_judge(bench, step->today), ""); /* once more says nothing more */
    }
}

static void revisions_follow_the_alerts(void **state)
{
    bench_set_norms(*state, NULL);
    for (size_t i = 0; i < sizeof(lives) / sizeof(lives[0]); i++)
        life_check(*state, &lives[i]);
}

static void it_is_said_what_was_in_force(void **state)
{
    struct bench *bench = *state;
    struct story story;
    story_tell(&story, STAY);
    bench_set_norms(bench, NULL);
    bench_begin(bench);
    bench_apply(bench, &story);
    static const struct {
        const char *today;
        bool was, is;
    } rows[] = {{"2025-06-14", false, false}, {"2025-07-15", false, true}, {"2026-01-15", true, true}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bench_judge(bench, rows[i].today);
        assert_int_equal(bench->judgement.change_count, 1);
        assert_int_equal(bench->judgement.changes[0].was_in_force, rows[i].was);
        assert_int_equal(alert_in_force(&bench->child.alerts[0]), rows[i].is);
    }
    struct story gone;
    story_tell(&gone, "2026-01-20 departed id 2");
    bench_apply(bench, &gone);
    bench_judge(bench, "2026-01-20");
    assert_true(bench->judgement.changes[0].was_in_force && !alert_in_force(&bench->child.alerts[0]));
}

static void other_norms_withdraw_without_a_fact(void **state)
{
    struct bench *bench = *state;
    struct story story;
    story_tell(&story, STAY);
    bench_set_norms(bench, NULL);
    bench_begin(bench);
    bench_apply(bench, &story);
    bench_judge(bench, "2025-06-20");
    bench_set_norms(bench, "stay_months=9");
    assert_string_equal(
        bench_judge(bench, "2025-06-20"),
        "rev 2 emergency-stay #1 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e WITHDRAWN CORRECTED");
}

static void alerts_are_shown_by_the_names_of_rules(void **state)
{
    struct alert alerts[] = {{.rule = 0, .raised_on = {9}}, /* emergency-stay */
                             {.rule = 1, .raised_on = {5}}, /* no-school */
                             {.rule = 4, .raised_on = {1}}, /* repeated-moves */
                             {.rule = 3, .raised_on = {3}}, /* school-gap */
                             {.rule = 2, .raised_on = {2}}, /* school-move */
                             {.rule = 2, .raised_on = {4}, .cause = {{1}}},
                             {.rule = 2, .raised_on = {4}, .cause = {{2}}}};
    (void)state;
    for (size_t i = 0; i + 1 < sizeof(alerts) / sizeof(alerts[0]); i++) {
        assert_true(alert_compare(&alerts[i], &alerts[i + 1]) < 0 && alert_compare(&alerts[i + 1], &alerts[i]) > 0);
        assert_int_equal(alert_compare(&alerts[i], &alerts[i]), 0);
    }
}

/* --- forgetting ------------------------------------------------------------------------------------------------------
 */

static int64_t nine_on(const char *day)
{
    return (int64_t)day_of(day).number * MS_PER_DAY + 9 * 3600000;
}

static void a_forgotten_child_begins_anew(void **state)
{
    struct bench *bench = *state;
    struct child *child = &bench->child;
    struct story story, later;
    story_tell(&story, STAY "; 2025-01-15 enrolled s recorded 2025-06-10; 2025-06-11 withdrawn s recorded 2025-06-11; "
                            "2025-06-12 withdrawn s id 3 recorded 2025-06-21");
    bench_set_norms(bench, NULL);
    bench_begin(bench);
    bench_apply(bench, &story);
    bench_judge(bench, "2025-06-20");
    assert_int_equal(child->alert_count, 1);

    assert_true(child_forget(child, nine_on("2025-06-20")));
    assert_int_equal(child->alert_count, 0);
    assert_int_equal(child->fact_count, 1); /* the correction of 21 June, as if never seen before */
    assert_int_equal(child->facts[0].first_recorded_at_ms, nine_on("2025-06-21"));
    assert_int_equal(child->next_change_on.number, DAY_FIRST.number);
    assert_false(child_forget(child, nine_on("2025-06-20")));
    assert_false(child_forget(child, nine_on("2025-06-19")));

    assert_int_equal(apply(bench, &later, "2025-01-14 arrived e EMERGENCY NORTH recorded 2025-06-20"),
                     APPLIED_FORGOTTEN);
    assert_int_equal(apply(bench, &later, STAY " recorded 2025-06-20+1 id 7"), APPLIED);
    assert_string_equal(bench_judge(bench, "2025-07-01"),
                        "rev 1 emergency-stay #7 NOTICE raised 2025-06-14 due 2025-07-14 norm 6 at e");
}

/* Remembered for thirty whole days (bench_yardstick), then no more. */
static void that_a_child_was_forgotten_is_forgotten(void **state)
{
    struct bench *bench = *state;
    struct child *child = &bench->child;
    bench_begin(bench);
    assert_true(child_is_over(child, 30, day_of("2025-06-20")));
    assert_true(child_forget(child, nine_on("2025-06-20")));

    bench_judge(bench, "2025-06-20");
    assert_int_equal(child->next_change_on.number, day_of("2025-07-21").number);
    bench_judge(bench, "2025-07-20");
    assert_false(child_is_over(child, 30, day_of("2025-07-20")));
    assert_int_equal(child->forgotten_at_ms, nine_on("2025-06-20"));
    assert_true(child_is_over(child, 30, day_of("2025-07-21")));

    bench_judge(bench, "2025-07-21");
    assert_true(child->forgotten_at_ms == NEVER_FORGOTTEN);
    assert_true(day_is_never(child->next_change_on));
    assert_true(child_is_over(child, 30, day_of("2025-07-21")));

    assert_true(child_forget(child, INT64_MAX)); /* whatever a broker's clock says */
    assert_false(child_is_over(child, 30, day_of("2025-07-21")));
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_newest_version_counts),
                                       cmocka_unit_test(facts_are_kept_by_event_id),
                                       cmocka_unit_test(a_full_child_keeps_what_it_has),
                                       cmocka_unit_test(revisions_follow_the_alerts),
                                       cmocka_unit_test(it_is_said_what_was_in_force),
                                       cmocka_unit_test(other_norms_withdraw_without_a_fact),
                                       cmocka_unit_test(alerts_are_shown_by_the_names_of_rules),
                                       cmocka_unit_test(a_forgotten_child_begins_anew),
                                       cmocka_unit_test(that_a_child_was_forgotten_is_forgotten)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
