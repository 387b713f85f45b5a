/* Protects that what fails is tried again later each time, up to a bound, and that of many that fail together not all
 * come back together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alerts/retry.h"

#define NOW_MS INT64_C(5000)
#define FIRST_MS 1000
#define MOST_MS 60000
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static void test_later_each_time(void **state)
{
    static const struct {
        int64_t least_ms, most_ms;
    } rows[] = {{1000, 1000},   {1000, 2000},   {2000, 4000},   {4000, 8000},  {8000, 16000},
                {16000, 32000}, {30000, 60000}, {30000, 60000}, {30000, 60000}};
    struct retry retry = {.first_ms = FIRST_MS, .most_ms = MOST_MS};
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const int64_t now_ms = NOW_MS + (int64_t)i, span_ms = rows[i].most_ms - rows[i].least_ms;
        retry_failed(&retry, now_ms, (uint32_t)span_ms);
        assert_int_equal(retry.failures, i + 1);
        assert_int_equal(retry.since_ms, NOW_MS);
        assert_int_equal(retry.at_ms - now_ms, rows[i].most_ms);
        assert_int_equal(retry_wait_ms(FIRST_MS, MOST_MS, retry.failures, 0), rows[i].least_ms);
        assert_int_equal(retry_wait_ms(FIRST_MS, MOST_MS, retry.failures, (uint32_t)span_ms + 1), rows[i].least_ms);
    }
    assert_int_equal(retry_wait_ms(FIRST_MS, MOST_MS, UINT32_MAX, 0), MOST_MS / 2);
    retry_succeeded(&retry);
    retry_failed(&retry, 2 * NOW_MS, 0);
    assert_int_equal(retry.since_ms, 2 * NOW_MS);
    assert_int_equal(retry.at_ms, 2 * NOW_MS + FIRST_MS);
}

/* All numbers may come by chance. */
static void test_any_chance(void **state)
{
    static const uint32_t chances[] = {0, 1, 29999, 30000, 30001, INT32_MAX, UINT32_MAX};
    (void)state;
    for (size_t i = 0; i < LENGTH(chances); i++)
        for (uint32_t failures = 1; failures < 12; failures++)
            assert_in_range(retry_wait_ms(FIRST_MS, MOST_MS, failures, chances[i]), FIRST_MS, MOST_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_later_each_time),
        cmocka_unit_test(test_any_chance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
