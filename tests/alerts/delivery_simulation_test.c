/* Protects what subscribers are told, in a simulated world of alerts that come, move, end and are forgotten, of
 * receivers that fail, and of processes that die anywhere: the order of each child, that nothing is lost, nothing told
 * that was not asked for, and that what they hold in the end is what is open. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "delivery_world.h"

#define SEEDS 3000
#define STEPS 400

static struct world world;

static void write_something(struct world *any)
{
    const int alert = random_between(&any->random, 0, WORLD_ALERTS - 1);
    const bool is_forgotten = random_chance(&any->random, 7);
    world_write(any, alert, is_forgotten ? -1 : random_between(&any->random, 0, WORLD_REGIONS - 1),
                random_chance(&any->random, 70));
}

/* The receiver gets better, or worse. */
static void turn(struct world *any)
{
    any->is_down = random_chance(&any->random, 30);
    any->loses_answers = random_chance(&any->random, 30);
    any->poison = random_chance(&any->random, 40) ? random_between(&any->random, 0, WORLD_ALERTS - 1) : -1;
    any->poison_outcome = random_chance(&any->random, 50) ? DELIVERY_REFUSED : DELIVERY_UNAVAILABLE;
}

static void turn_to_other_wishes(struct world *any)
{
    switch (random_between(&any->random, 0, 2)) {
    case 0: /* the settings ask for something else */
        any->filter = (unsigned)random_between(&any->random, 1, 7);
        any->has_surveyed = true;
        for (int alert = 0; alert < WORLD_ALERTS; alert++)
            any->alerts[alert].was_asked_for = true;
        world_crash(any);
        break;
    case 1:
        world_wish(any, any->now_ms - random_between(&any->random, 0, 200000));
        break;
    default:
        any->is_gone = true;
        break;
    }
}

static void live(struct world *any, bool has_other_wishes)
{
    const int chance = random_between(&any->random, 0, 99);
    if (chance < 30)
        write_something(any);
    else if (chance < 50)
        world_read(any, random_between(&any->random, 1, 10));
    else if (chance < 85)
        world_step(any);
    else if (chance < 90)
        any->now_ms += random_between(&any->random, 1, 60000);
    else if (chance < 93)
        world_compact(any);
    else if (chance < 95)
        turn(any);
    else if (chance < 97)
        world_crash(any);
    else if (chance == 97 && has_other_wishes)
        turn_to_other_wishes(any);
}

/* All is well in the end, and somebody has asked to be told again if they had asked not to be. */
static void mend(struct world *any)
{
    any->is_down = any->loses_answers = false;
    any->poison = -1;
    if (any->is_gone || delivery_standing(any->delivery)->is_gone)
        world_wish(any, any->now_ms);
    any->is_gone = false;
    world_settle(any);
}

static int32_t partition_of(int alert)
{
    return alert % WORLD_CHILDREN % WORLD_PARTITIONS;
}

/* What the receiver has is what is open and asked for; and nothing of who is forgotten. */
static void assert_held(struct world *any)
{
    for (int alert = 0; alert < WORLD_ALERTS; alert++) {
        const struct world_alert *told = &any->alerts[alert];
        const struct world_record *topic = any->topic[partition_of(alert)];
        const bool is_open = told->newest >= 0 && world_asks_for(any, &topic[told->newest]) &&
                             topic[told->newest].is_open;
        const bool is_shown = told->held >= 0 && topic[told->held].is_open;
        world_assert(any, told->is_given_up || is_open == is_shown);
        world_assert(any, told->is_given_up || !is_open || told->held == told->newest);
        world_assert(any, told->is_given_up || told->newest < 0 || !topic[told->newest].is_forgotten || told->held < 0);
    }
}

static bool is_forgotten_later(const struct world *any, int32_t partition, int64_t offset)
{
    const struct world_record *record = &any->topic[partition][offset];
    for (int64_t later = offset + 1; later < any->ends[partition]; later++)
        if (any->topic[partition][later].alert == record->alert && any->topic[partition][later].is_forgotten)
            return true;
    return false;
}

/* Every record since the start that is still there was told. */
static void assert_nothing_lost(struct world *any)
{
    for (int32_t partition = 0; partition < WORLD_PARTITIONS; partition++)
        for (int64_t offset = any->start[partition]; offset < any->ends[partition]; offset++) {
            const struct world_record *record = &any->topic[partition][offset];
            if (record->is_there && world_asks_for(any, record) && !is_forgotten_later(any, partition, offset))
                world_assert(any, record->was_delivered || any->alerts[record->alert].is_given_up);
        }
}

static void run_seed(uint64_t seed, bool has_other_wishes)
{
    world_init(&world, seed, seed % 4 == 0 ? 30000 : INT64_MAX);
    for (int step = 0; step < STEPS; step++)
        live(&world, has_other_wishes);
    mend(&world);
    assert_held(&world);
    if (!has_other_wishes)
        assert_nothing_lost(&world);
    world_fini(&world);
}

static void test_whatever_happens_all_is_told(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        run_seed(seed, false);
}

static void test_whoever_wishes_for_something_else_holds_what_is_open(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        run_seed(SEEDS + seed, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whatever_happens_all_is_told),
        cmocka_unit_test(test_whoever_wishes_for_something_else_holds_what_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
