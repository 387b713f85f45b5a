#include "alert_pairs.h"

#include <stddef.h>

struct alert_pairs alert_pairs_of(const struct alert *before, uint32_t before_count, const struct alert *after,
                                  uint32_t after_count)
{
    return (struct alert_pairs){before, before_count > 0 ? before + before_count : before, after,
                                after_count > 0 ? after + after_count : after};
}

bool alert_pairs_next(struct alert_pairs *pairs, struct alert_pair *pair)
{
    const bool has_before = pairs->before < pairs->before_end, has_after = pairs->after < pairs->after_end;
    if (!has_before && !has_after)
        return false;
    const int order = !has_before ? 1 : !has_after ? -1 : alert_compare_keys(pairs->before, pairs->after);
    pair->before = order <= 0 ? pairs->before++ : NULL;
    pair->after = order >= 0 ? pairs->after++ : NULL;
    return true;
}
