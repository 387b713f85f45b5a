/* Which day it is: the wall clock in Europe/Amsterdam, a fixed day, or a simulated clock that passes a day every so
 * many milliseconds. Readings are arguments, so that a test is its own clock.
 */
#ifndef CONSUMER_CLOCK_H
#define CONSUMER_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "rules/day.h"

enum clock_kind { CLOCK_WALL, CLOCK_FIXED, CLOCK_SIMULATED };

struct clock_setting {
    enum clock_kind kind;
    struct day start;    /* of FIXED and SIMULATED */
    int64_t days_a_step; /* of SIMULATED: so many days … */
    int64_t step_ms;     /* … every so many milliseconds */
};

/* Reads "wall", "2025-01-01" or "2025-01-01+1d/100ms"; false leaves *SETTING alone. */
bool clock_setting_parse(const char *text, struct clock_setting *setting);
void clock_setting_format(const struct clock_setting *setting, char text[static 64]);

struct clock {
    struct clock_setting setting;
    int64_t started_monotonic_ms;
    struct day shown;            /* the day last told */
    struct day jumped_to;        /* a wall clock that jumped ahead: where it stands, not yet believed */
    int64_t jumped_monotonic_ms; /* since when */
};

void clock_init(struct clock *clock, const struct clock_setting *setting, int64_t monotonic_ms);

/* The day to go by. A wall clock that jumps forward by more than a day is held at the old day until it has stood for a
 * minute; *HELD is then true. It never goes back. */
struct day clock_today(struct clock *clock, int64_t monotonic_ms, int64_t wall_ms, bool *held);

/* When to look again: milliseconds until the day can change, at most 1000 for a wall clock. */
int64_t clock_next_look_ms(const struct clock *clock, int64_t monotonic_ms);

/* The day of a clock that begins now. */
struct day clock_setting_today(const struct clock_setting *setting);

/* The readings. */
int64_t clock_monotonic_ms(void);
int64_t clock_wall_ms(void);

#endif
