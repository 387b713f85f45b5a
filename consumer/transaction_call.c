#include "consumer/transaction_call.h"

#include <stdbool.h>

#include "consumer/clock.h"

#define PIECE_MS 3000 /* a broker that is well answers within that, whoever waits */

/* At least one millisecond: none at all, and less, have meanings of their own. */
static int piece_ms(int64_t deadline_ms)
{
    const int64_t left_ms = deadline_ms - clock_monotonic_ms();
    return left_ms < 1 ? 1 : left_ms < PIECE_MS ? (int)left_ms : PIECE_MS;
}

static bool is_to_be_resumed(const rd_kafka_error_t *error)
{
    return rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__TIMED_OUT && rd_kafka_error_is_retriable(error);
}

rd_kafka_error_t *transaction_call(rd_kafka_error_t *(*call)(rd_kafka_t *kafka, int timeout_ms), rd_kafka_t *kafka,
                                   int64_t timeout_ms, const atomic_bool *is_cancelled)
{
    const int64_t deadline_ms = clock_monotonic_ms() + timeout_ms;
    for (;;) {
        rd_kafka_error_t *error = call(kafka, piece_ms(deadline_ms));
        if (error == NULL || !is_to_be_resumed(error) || atomic_load(is_cancelled) ||
            clock_monotonic_ms() >= deadline_ms)
            return error;
        rd_kafka_error_destroy(error);
    }
}
