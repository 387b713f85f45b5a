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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab.h"
#include "random_norms.h"
#include "show.h"

#ifdef NDEBUG
#define ROUNDS 100000
#else
#define ROUNDS 25000 /* slower without optimisation or with a sanitizer */
#endif
#define DAYS_A_STORY 8
#define CANDIDATES_MAX 4096

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

/* --- a story that fails ------------------------------------------------------------------------------------------ */

/* Leaves out whatever the failure does not need. */
static void shrink(struct lab *lab, const struct property *property, struct story *story, struct day today)
{
    static struct story smaller; /* large */
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < story->count && story->count > 1; i++) {
            smaller = *story;
            memmove(&smaller.versions[i], &smaller.versions[i + 1], (smaller.count - i - 1) * sizeof *smaller.versions);
            smaller.count--;
            if (property->holds(lab, &smaller, today))
                continue;
            *story = smaller;
            again = true;
            i--;
        }
    }
    smaller = *story;
    smaller.calendar = 1; /* none */
    if (!property->holds(lab, &smaller, today))
        *story = smaller;
    default_norms(&smaller.norms);
    if (!property->holds(lab, &smaller, today))
        *story = smaller;
}

static void tell_failure(struct lab *lab, const struct property *property, const struct story *story, struct day today)
{
    const struct almanac *almanac = lab_almanac(lab, story);
    property->holds(lab, story, today); /* for its reason */
    fprintf(stderr, "\n%s: %s\nseed %llu, today ", property->name, lab->why, (unsigned long long)story->seed);
    show_day(stderr, almanac, today);
    fprintf(stderr, " = day %d, calendar %llu; again with PA_SEED=%llu PA_ROUNDS=1\n", today.number,
            (unsigned long long)story->calendar, (unsigned long long)story->seed);
    show_norms(stderr, almanac, &story->norms);
    for (size_t i = 0; i < story->count; i++)
        show_fact(stderr, almanac, &story->versions[i]);
    show_alerts(stderr, almanac, "core", lab->judgement.alerts, lab->judgement.alert_count);
    show_alerts(stderr, almanac, "published", lab->child.alerts, lab->child.alert_count);
    size_t count;
    const struct alert *expected = lab_expected(lab, story, today, &count);
    show_alerts(stderr, almanac, "oracle", expected, count);
}

static bool holds(struct lab *lab, const struct property *property, const struct story *story, struct day today)
{
    if (property->holds(lab, story, today))
        return true;
    static struct story shrunk; /* large */
    shrunk = *story;
    shrink(lab, property, &shrunk, today);
    tell_failure(lab, property, &shrunk, today);
    return false;
}

/* --- the days to look at ----------------------------------------------------------------------------------------- */

struct candidates {
    struct day days[CANDIDATES_MAX];
    size_t count;
};

/* The day, the one before and the one after. */
static void add_candidate(struct candidates *candidates, struct day day)
{
    if (day_is_absent(day) || day_is_never(day))
        return;
    for (int around = -1; around <= 1 && candidates->count < CANDIDATES_MAX; around++) {
        struct day near = {day.number + around};
        if (!day_before(near, DAY_FIRST) && !day_before(DAY_LAST, near))
            candidates->days[candidates->count++] = near;
    }
}

/* Days near those on which a child of that birth date comes of an age. */
static void add_birthdays(struct candidates *candidates, const struct almanac *almanac, const struct norms *norms,
                          struct day birth_date)
{
    if (day_is_absent(birth_date))
        return;
    struct day fifth = almanac_add_months(almanac, birth_date, norms->school_age_months);
    add_candidate(candidates, almanac_first_of_next_month(almanac, fifth));
    add_candidate(candidates, almanac_add_months(almanac, birth_date, norms->adult_months));
    add_candidate(candidates, almanac_add_months(almanac, birth_date, norms->aged_out_months));
}

/* Days near facts, and near the days of alerts as they are on a random late day. */
static void find_candidates(struct lab *lab, const struct story *story, struct random_source *random,
                            struct candidates *candidates)
{
    candidates->count = 0;
    struct day last = DAY_FIRST;
    for (size_t i = 0; i < story->count; i++) {
        add_candidate(candidates, story->versions[i].occurred_on);
        if (i == 0) /* usually the arrival */
            add_birthdays(candidates, lab_almanac(lab, story), &story->norms, story->versions[i].birth_date);
        last = day_later(last, story->versions[i].occurred_on);
    }
    struct day late = day_earlier(DAY_LAST, (struct day){last.number + random_between(random, 0, 600)});
    size_t count;
    const struct alert *alerts = lab_expected(lab, story, late, &count);
    for (int weight = 0; weight < 2; weight++) {
        for (size_t i = 0; i < count; i++) {
            add_candidate(candidates, alerts[i].raised_on);
            add_candidate(candidates, alerts[i].violation_on);
            add_candidate(candidates, alerts[i].due_on);
            add_candidate(candidates, alerts[i].resolved_on);
        }
    }
    add_candidate(candidates, late);
}

static struct day random_candidate(const struct candidates *candidates, struct random_source *random)
{
    return candidates->days[random_between(random, 0, (int)candidates->count - 1)];
}

/* --- the tests --------------------------------------------------------------------------------------------------- */

static bool check_story(struct lab *lab, const struct story *story)
{
    static struct candidates candidates; /* large */
    struct random_source random = {story->seed + 1};
    find_candidates(lab, story, &random, &candidates);
    for (int i = 0; i < DAYS_A_STORY; i++)
        if (!holds(lab, &assessment_is_the_oracles, story, random_candidate(&candidates, &random)))
            return false;
    static const struct property *const others[] = {&next_change_is_never_late, &judging_on_the_way_changes_nothing};
    for (int i = 0; i < 2; i++)
        if (!holds(lab, others[i], story, random_candidate(&candidates, &random)))
            return false;
    struct day day = random_candidate(&candidates, &random);
    if (random_chance(&random, 25) && !holds(lab, &sending_again_changes_nothing, story, day))
        return false;
    if (random_chance(&random, 25) && !holds(lab, &forgetting_begins_anew, story, day))
        return false;
    bool every_day = random_chance(&random, 1);
    return !every_day || holds(lab, &every_day_agrees, story, day);
}

static void core_and_oracle_agree_on_random_histories(void **state)
{
    struct lab *lab = *state;
    static struct story story; /* large */
    uint64_t seed = setting("PA_SEED", 1), rounds = setting("PA_ROUNDS", ROUNDS), failed = 0;
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
