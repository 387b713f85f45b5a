/* How long it is kept that a child was forgotten. */
#ifndef RULES_RETENTION_H
#define RULES_RETENTION_H

#include "day.h"

/* The first day on which that is longer ago than RETENTION_DAYS, counted from the day of FORGOTTEN_AT_MS in UTC. */
static inline struct day retention_over_on(int64_t forgotten_at_ms, int retention_days)
{
    int64_t forgotten_on = forgotten_at_ms / 86400000;
    if (forgotten_on < DAY_FIRST.number) /* a broker's clock may say anything */
        return day_plus(DAY_FIRST, retention_days + 1);
    if (forgotten_on > DAY_LAST.number)
        return day_plus(DAY_LAST, retention_days + 1);
    return (struct day){(int32_t)forgotten_on + retention_days + 1};
}

#endif
