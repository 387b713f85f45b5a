#include "consumer/retry.h"

#include <stdlib.h>

void retry_failed(struct retry *retry, int64_t now_ms)
{
    int64_t wait_ms = retry->first_ms;
    for (unsigned i = 0; i < retry->failures && wait_ms < retry->most_ms; i++)
        wait_ms *= 2;
    if (wait_ms > retry->most_ms)
        wait_ms = retry->most_ms;
    if (retry->failures == 0)
        retry->since_ms = now_ms;
    retry->failures++;
    retry->at_ms = now_ms + wait_ms / 2 + arc4random_uniform((uint32_t)(wait_ms / 2));
}
