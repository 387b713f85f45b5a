/* The civil day and time of an instant: business time is Europe/Amsterdam (rules.md 1). Summer time is the EU's rule
 * (directive 2000/84/EC), for whatever year, so no time-zone data is needed.
 */
#ifndef RULES_CIVIL_TIME_H
#define RULES_CIVIL_TIME_H

#include <stdint.h>

#include "day.h"

/* The day in Amsterdam at an instant, in milliseconds since 1970 in UTC; at least DAY_FIRST and at most DAY_LAST. */
struct day civil_day_at(int64_t instant_ms);

/* The instant at which DAY begins there. */
int64_t civil_day_begin(struct day day);

/* The time of day in Amsterdam at that instant, in whole minutes since midnight as clocks there show it: 0-1439. */
int civil_minute_at(int64_t instant_ms);

#endif
