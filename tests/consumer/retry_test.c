/* Protects that what fails is tried again later each time, up to a bound, and that of many that fail together not all
 * come back together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "consumer/retry.h"

#define NOW_MS INT64_C(5000)
#define FIRST_MS 1000
#define MOST_MS 60000
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static void test_later_each_time(void **state)
{
    static const int64_t waits_ms[] = {1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000};
    struct retry retry = {.first_ms = FIRST_MS, .most_ms = MOST_MS};
    (void)state;
    for (size_t i = 0; i < LENGTH(waits_ms); i++) {
        const int64_t now_ms = NOW_MS + (int64_t)i;
        retry_failed(&retry, now_ms);
        assert_int_equal(retry.failures, i + 1);
        assert_int_equal(retry.since_ms, NOW_MS);
        assert_in_range(retry.at_ms - now_ms, waits_ms[i] / 2, waits_ms[i] - 1);
    }
    retry_succeeded(&retry);
    retry_failed(&retry, 2 * NOW_MS);
    assert_int_equal(retry.since_ms, 2 * NOW_MS);
    assert_in_range(retry.at_ms - 2 * NOW_MS, FIRST_MS / 2, FIRST_MS - 1);
}

/* By chance they would once in 30,000^10. */
static void test_not_all_at_once(void **state)
{
    struct retry one = {.first_ms = MOST_MS, .most_ms = MOST_MS}, other = one;
    int alike = 0;
    (void)state;
    for (int i = 0; i < 10; i++) {
        retry_failed(&one, NOW_MS);
        retry_failed(&other, NOW_MS);
        alike += one.at_ms == other.at_ms;
    }
    assert_true(alike < 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_later_each_time),
        cmocka_unit_test(test_not_all_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
