/* When to try again what did not succeed: later each time, up to a bound, and not when all others do. Instants and
 * spans are milliseconds; CHANCE is any number at random. Pure. */
#ifndef ALERTS_RETRY_H
#define ALERTS_RETRY_H

#include <stdint.h>

struct retry {
    int64_t first_ms, most_ms; /* how long is waited at first, and at most; 0 < first_ms <= most_ms < INT64_MAX / 2 */
    uint32_t failures;         /* in a row; 0: it succeeds */
    int64_t since_ms;          /* of the first of them */
    int64_t at_ms;             /* when to try again */
};

/* After that many failures in a row, 1 or more: FIRST_MS, doubled by each up to MOST_MS, of which half is left to
 * chance where the other half is as long as FIRST_MS. */
int64_t retry_wait_ms(int64_t first_ms, int64_t most_ms, uint32_t failures, uint32_t chance);

void retry_failed(struct retry *retry, int64_t now_ms, uint32_t chance);

static inline void retry_succeeded(struct retry *retry)
{
    retry->failures = 0;
}

#endif
