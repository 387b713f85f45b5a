/* Protects the core against a misread rule, a boundary off by a day, a dependence on the order in which facts come:
 * random children, judged by the core and by the oracle, must get the same alerts.
 *
 * PA_SEED (default 1) is the first story's seed, PA_ROUNDS how many stories are told (default: ROUNDS). A story that
 * fails is cut down to the facts that matter and printed with its seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "candidates.h"
#include "trial.h"

#ifdef NDEBUG
#define ROUNDS 100000
#else
#define ROUNDS 25000 /* slower without optimisation or with a sanitizer */
#endif
#define DAYS_A_STORY 8

static bool check_story(struct lab *lab, const struct story *story)
{
    static struct candidates candidates; /* large */
    struct random_source random = {story->seed + 1};
    candidates_find(&candidates, lab, story, &random);
    for (int i = 0; i < DAYS_A_STORY; i++)
        if (!trial_holds(lab, &assessment_is_the_oracles, story, candidates_random(&candidates, &random)))
            return false;
    static const struct property *const others[] = {&next_change_is_never_late, &judging_on_the_way_changes_nothing};
    for (int i = 0; i < 2; i++)
        if (!trial_holds(lab, others[i], story, candidates_random(&candidates, &random)))
            return false;
    struct day day = candidates_random(&candidates, &random);
    if (random_chance(&random, 25) && !trial_holds(lab, &sending_again_changes_nothing, story, day))
        return false;
    if (random_chance(&random, 25) && !trial_holds(lab, &forgetting_begins_anew, story, day))
        return false;
    bool every_day = random_chance(&random, 1);
    return !every_day || trial_holds(lab, &every_day_agrees, story, day);
}

static void core_and_oracle_agree_on_random_histories(void **state)
{
    struct lab *lab = *state;
    static struct story story; /* large */
    uint64_t seed = trial_setting("PA_SEED", 1), rounds = trial_setting("PA_ROUNDS", ROUNDS), failed = 0;
    print_message("PA_SEED=%llu PA_ROUNDS=%llu\n", (unsigned long long)seed, (unsigned long long)rounds);
    for (uint64_t i = 0; i < rounds && failed < 3; i++) {
        story_tell(&story, seed + i);
        failed += !check_story(lab, &story);
    }
    assert_int_equal(failed, 0);
}

static int set_up(void **state)
{
    static struct lab lab;
    *state = &lab;
    return lab_init(&lab, PROJECT_SOURCE_DIR "/etc/school-calendar.csv") ? 0 : -1;
}

static int tear_down(void **state)
{
    lab_fini(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(core_and_oracle_agree_on_random_histories),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
