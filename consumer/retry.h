/* When to try again what did not succeed: later each time, up to a bound, and not when all others do. Instants are
 * milliseconds by the monotonic clock. */
#ifndef CONSUMER_RETRY_H
#define CONSUMER_RETRY_H

#include <stdint.h>

struct retry {
    int64_t first_ms, most_ms; /* how long is waited at first, and at most; 2 or more */
    unsigned failures;         /* in a row; 0: it succeeds */
    int64_t since_ms;          /* of the first of them */
    int64_t at_ms;             /* when to try again */
};

/* After half the time or more, by chance. */
void retry_failed(struct retry *retry, int64_t now_ms);

static inline void retry_succeeded(struct retry *retry)
{
    retry->failures = 0;
}

#endif
