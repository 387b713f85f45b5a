/* Protects what people are told about an alert: its numbers are the alert's own, the facts named are those that made it
 * and no other, the days named are the days on which something happens. Random children, and the oracle as witness;
 * what is asked of it stands in *_check.c.
 *
 * PA_SEED (default 1) is the first story's seed, PA_ROUNDS how many stories are told (default: ROUNDS). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/explain/witness.h"
#include "tests/oracle/candidates.h"

#ifdef NDEBUG
#define ROUNDS 4000
#else
#define ROUNDS 1000 /* slower without optimisation or with a sanitizer */
#endif

static const char *const seen_names[SEEN_COUNT] = {
    [SEEN_ALERT] = "alerts",
    [SEEN_COUNTING] = "countings",
    [SEEN_REASON] = "reasons",
    [SEEN_SEVERE_BY_DAYS] = "severe by school days",
    [SEEN_HOLIDAYS] = "put off",
    [SEEN_CHANGE] = "changes",
    [SEEN_CHANGES] = "several changes on a day",
    [SEEN_END] = "ends",
    [SEEN_GONE] = "withdrawn",
    [SEEN_MOVE_SINCE] = "moves after the end",
    [SEEN_LESS_SEVERE] = "less severe than the one before it",
};

void check_holds(const struct witness *witness, bool holds, const char *condition)
{
    if (!holds)
        fail_msg("%s (seed %llu, day %d)", condition, (unsigned long long)witness->story->seed, witness->today.number);
}

const struct calendar *calendar_of(const struct witness *witness)
{
    int i = 0;
    while (witness->lab.almanacs[i] != lab_almanac(&witness->lab, witness->story))
        i++;
    return witness->lab.calendars[i];
}

void explain(struct witness *witness)
{
    struct yardstick yardstick = {&witness->story->norms, calendar_of(witness), witness->today, 400};
    assert_true(child_explain(&witness->lab.child, &yardstick, &witness->explanation));
}
static void explanations_hold_for_random_histories(void **state)
{
    struct witness *witness = *state;
    static struct story story;           /* large */
    static struct candidates candidates; /* likewise */
    uint64_t seed = trial_setting("PA_SEED", 1), rounds = trial_setting("PA_ROUNDS", ROUNDS);
    print_message("PA_SEED=%llu PA_ROUNDS=%llu\n", (unsigned long long)seed, (unsigned long long)rounds);
    witness->story = &story;
    for (uint64_t i = 0; i < rounds; i++) {
        story_tell(&story, seed + i);
        struct random_source random = {story.seed + 7};
        candidates_find(&candidates, &witness->lab, &story, &random);
        for (int day = 0; day < 2; day++) {
            witness->today = candidates_random(&candidates, &random);
            lab_apply_story(&witness->lab, &story, &random);
            explain(witness);
            numbers_are_the_alerts(witness);
            what_is_severe_comes_first(witness);
            facts_named_made_it(witness);
            next_change_is_the_oracles(witness);
            ends_are_ends(witness);
            withdrawn_is_told(witness);
            what_is_severe_comes_first(witness);
            texts_fit(witness, &random);
            json_is_one_line(witness);
            texts_are_whole(witness);
        }
    }
    for (int i = 0; i < SEEN_COUNT; i++) {
        print_message("%s: %llu\n", seen_names[i], (unsigned long long)witness->seen[i]);
        assert_true(rounds < 500 || witness->seen[i] > 0);
    }
}

static int set_up(void **state)
{
    static struct witness witness;
    *state = &witness;
    bool ready = lab_init(&witness.lab, PROJECT_SOURCE_DIR "/etc/school-calendar.csv");
    return explanation_init(&witness.explanation) && ready ? 0 : -1;
}

static int tear_down(void **state)
{
    struct witness *witness = *state;
    lab_fini(&witness->lab);
    explanation_fini(&witness->explanation);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(explanations_hold_for_random_histories),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
