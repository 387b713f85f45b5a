#include "alerts/retry.h"

int64_t retry_wait_ms(int64_t first_ms, int64_t most_ms, uint32_t failures, uint32_t chance)
{
    int64_t longest_ms = first_ms;
    while (--failures > 0 && longest_ms < most_ms)
        longest_ms *= 2;
    longest_ms = longest_ms < most_ms ? longest_ms : most_ms;
    const int64_t shortest_ms = longest_ms / 2 > first_ms ? longest_ms / 2 : first_ms;
    return shortest_ms + chance % (longest_ms - shortest_ms + 1);
}

void retry_failed(struct retry *retry, int64_t now_ms, uint32_t chance)
{
    if (retry->failures++ == 0)
        retry->since_ms = now_ms;
    retry->at_ms = now_ms + retry_wait_ms(retry->first_ms, retry->most_ms, retry->failures, chance);
}
