/* Protects: that whatever happens to instances, transactions, clocks and partitions, what is published in the end is
 * what the facts give, each revision once, under headers that say so, and that the changelog replays to the live state.
 *
 * 1,000 worlds, each from its seed. PA_SEED=n runs one and tells its story; PA_SEEDS=n changes how many.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "simulation.h"

static long number(const char *variable, long otherwise)
{
    const char *text = getenv(variable);
    return text == NULL ? otherwise : strtol(text, NULL, 10);
}

static void whatever_happens_the_facts_decide(void **state)
{
    struct simulation_result sum = {0};
    long first = number("PA_SEED", 1), count = getenv("PA_SEED") != NULL ? 1 : number("PA_SEEDS", 1000);

    (void)state;
    for (long seed = first; seed < first + count; seed++) {
        struct simulation_result result = simulation_run((uint64_t)seed, count == 1 ? stdout : NULL);
        if (!result.holds)
            fail_msg("seed %ld: %s (PA_SEED=%ld tells the story)", seed, result.why, seed);
        sum.events += result.events;
        sum.registered += result.registered;
        sum.poison += result.poison;
        sum.waits += result.waits;
        sum.alerts += result.alerts;
        sum.revisions += result.revisions;
        sum.crashes += result.crashes;
        sum.rebalances += result.rebalances;
        sum.aborts += result.aborts;
        sum.refusals += result.refusals;
        sum.uncertain += result.uncertain;
        sum.restores += result.restores;
        sum.traced += result.traced;
    }
    print_message("seeds %ld…%ld: events %lu registered %lu poison %lu waits %lu alerts %lu revisions %lu crashes %lu "
                  "rebalances %lu aborts %lu refusals %lu uncertain %lu restores %lu traced %lu\n",
                  first, first + count - 1, sum.events, sum.registered, sum.poison, sum.waits, sum.alerts,
                  sum.revisions, sum.crashes, sum.rebalances, sum.aborts, sum.refusals, sum.uncertain, sum.restores,
                  sum.traced);
    assert_true(sum.alerts > 0 && sum.revisions >= sum.alerts && (count == 1 || (sum.refusals > 0 && sum.traced > 0)));
    assert_true(count == 1 || (sum.registered > 0 && sum.poison > 0 && sum.waits > 0));
}

static void a_seed_reproduces(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        char *stories[2];
        size_t lengths[2];
        for (int i = 0; i < 2; i++) {
            FILE *story = open_memstream(&stories[i], &lengths[i]);
            simulation_run(seed, story);
            fclose(story);
        }
        assert_int_equal(lengths[0], lengths[1]);
        assert_memory_equal(stories[0], stories[1], lengths[0]);
        free(stories[0]);
        free(stories[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whatever_happens_the_facts_decide),
                                       cmocka_unit_test(a_seed_reproduces)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
