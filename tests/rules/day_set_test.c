/* Protects the sets of days that figures are counted with: each operation is held against the same one on single days,
 * over random sets; the seed is printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rules/day_set.h"
#include "tests/oracle/random_source.h"

#define DAYS 64
#define ROUNDS 20000

static struct day_set a, b, result;

static int set_up(void **state)
{
    (void)state;
    return day_set_init(&a) && day_set_init(&b) && day_set_init(&result) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    day_set_fini(&a);
    day_set_fini(&b);
    day_set_fini(&result);
    return 0;
}

/* Bit N stands for day N; beyond the last, a set goes on as its last bit has it. */
static uint64_t set_random(struct random_source *random, struct day_set *set)
{
    uint64_t bits = 0;
    set->count = 0;
    for (int from = random_between(random, 0, 9); from < DAYS; from += random_between(random, 0, 12)) {
        int until = from + random_between(random, 0, 9);
        struct day end = until >= DAYS ? DAY_NEVER : (struct day){until};
        day_set_add(set, (struct day){from}, end);
        for (int day = from; day < until && day < DAYS; day++)
            bits |= UINT64_C(1) << day;
    }
    return bits;
}

/* The days of SET, which must be ascending spans, none empty, none touching the next. */
static uint64_t set_bits(const struct day_set *set)
{
    uint64_t bits = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        assert_true(day_before(set->spans[i].from, set->spans[i].until));
        if (i > 0)
            assert_true(day_before(set->spans[i - 1].until, set->spans[i].from));
        for (int day = set->spans[i].from.number; day < DAYS && day < set->spans[i].until.number; day++)
            bits |= UINT64_C(1) << day;
    }
    return bits;
}

static void test_operations_are_those_of_single_days(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct random_source random = {seed};
        uint64_t in_a = set_random(&random, &a), in_b = set_random(&random, &b);
        bool right = set_bits(&a) == in_a && set_bits(&b) == in_b;
        day_set_intersect(&result, &a, &b);
        right = right && set_bits(&result) == (in_a & in_b);
        day_set_subtract(&result, &a, &b);
        right = right && set_bits(&result) == (in_a & ~in_b);
        if (!right)
            fail_msg("seed %llu", (unsigned long long)seed);
    }
}

static void test_nothing_is_added_for_no_days(void **state)
{
    (void)state;
    a.count = 0;
    day_set_add(&a, (struct day){5}, (struct day){5});
    day_set_add(&a, (struct day){5}, (struct day){4});
    day_set_add(&a, DAY_NEVER, DAY_NEVER);
    assert_int_equal(a.count, 0);
    day_set_subtract(&result, &a, &b);
    assert_int_equal(result.count, 0);
}

#ifndef NDEBUG
static bool aborts(void (*operation)(struct day_set *, const struct day_set *, const struct day_set *),
                   struct day_set *into, const struct day_set *one, const struct day_set *other)
{
    int status = 0;
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL); /* not the test's own handler */
        fclose(stderr);
        operation(into, one, other);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void test_a_result_is_none_of_what_it_is_made_of(void **state)
{
    (void)state;
    a.count = b.count = 0;
    assert_true(aborts(day_set_intersect, &a, &a, &b) && aborts(day_set_intersect, &b, &a, &b));
    assert_true(aborts(day_set_subtract, &a, &a, &b) && aborts(day_set_subtract, &b, &a, &b));
    assert_false(aborts(day_set_subtract, &result, &a, &a));
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operations_are_those_of_single_days),
        cmocka_unit_test(test_nothing_is_added_for_no_days),
#ifndef NDEBUG
        cmocka_unit_test(test_a_result_is_none_of_what_it_is_made_of),
#endif
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
