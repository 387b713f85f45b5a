/* Protects the end of whoever waits for a broker: a call of a transactional producer is taken up again until it has
 * succeeded, failed, or lasted too long, and not when the program is told to end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "consumer/transaction_call.h"

#define LONG_MS 3600000

static int calls, time_outs; /* made, and to come */
static rd_kafka_resp_err_t end;
static int64_t asked_for_ms; /* in all */

/* A time-out as librdkafka makes it, which nobody else can: by a producer that has no broker. */
static rd_kafka_error_t *call(rd_kafka_t *kafka, int timeout_ms)
{
    calls++;
    assert_true(timeout_ms > 0); /* others do not wait, or without end */
    asked_for_ms += timeout_ms;
    if (time_outs-- > 0)
        return rd_kafka_init_transactions(kafka, 1);
    return end == RD_KAFKA_RESP_ERR_NO_ERROR ? NULL : rd_kafka_error_new(end, "as the test wants");
}

static const struct {
    int time_outs;
    rd_kafka_resp_err_t end;
    int64_t timeout_ms;
    bool is_cancelled;
    int calls; /* 0: some */
    rd_kafka_resp_err_t error;
} rows[] = {
    {0, RD_KAFKA_RESP_ERR_NO_ERROR, LONG_MS, false, 1, RD_KAFKA_RESP_ERR_NO_ERROR},
    {3, RD_KAFKA_RESP_ERR_NO_ERROR, LONG_MS, false, 4, RD_KAFKA_RESP_ERR_NO_ERROR},
    {2, RD_KAFKA_RESP_ERR__FENCED, LONG_MS, false, 3, RD_KAFKA_RESP_ERR__FENCED},
    {9, RD_KAFKA_RESP_ERR_NO_ERROR, LONG_MS, true, 1, RD_KAFKA_RESP_ERR__TIMED_OUT},
    {0, RD_KAFKA_RESP_ERR_NO_ERROR, LONG_MS, true, 1, RD_KAFKA_RESP_ERR_NO_ERROR},
    {INT32_MAX, RD_KAFKA_RESP_ERR_NO_ERROR, 20, false, 0, RD_KAFKA_RESP_ERR__TIMED_OUT},
};

static rd_kafka_t *producer_new(void)
{
    char why[512];
    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    assert_int_equal(rd_kafka_conf_set(configuration, "transactional.id", "test", why, sizeof why) |
                         rd_kafka_conf_set(configuration, "log_level", "0", why, sizeof why),
                     RD_KAFKA_CONF_OK);
    rd_kafka_t *kafka = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, why, sizeof why);
    assert_non_null(kafka);
    return kafka;
}

static void a_call_is_taken_up_until_it_ends_or_the_program_does(void **state)
{
    rd_kafka_t *kafka = producer_new();
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const atomic_bool is_cancelled = rows[i].is_cancelled;
        calls = 0;
        asked_for_ms = 0;
        time_outs = rows[i].time_outs;
        end = rows[i].end;
        rd_kafka_error_t *error = transaction_call(call, kafka, rows[i].timeout_ms, &is_cancelled);
        assert_int_equal(rd_kafka_error_code(error), rows[i].error);
        if (rows[i].calls > 0)
            assert_int_equal(calls, rows[i].calls);
        else
            assert_in_range(calls, 2, INT32_MAX);
        assert_true(asked_for_ms / calls < LONG_MS / 100);
        rd_kafka_error_destroy(error);
    }
    rd_kafka_destroy(kafka);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_call_is_taken_up_until_it_ends_or_the_program_does)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
