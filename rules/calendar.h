/* The school calendar: vacations of the three regions and national school-free days, as data (rules.md 1).
 *
 * Counting is independent of the length of the span counted: inside the days the rows cover by prefix sums, outside by
 * arithmetic, since a day that is not covered is a term day (a school day where it is Monday to Friday).
 */
#ifndef RULES_CALENDAR_H
#define RULES_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "day.h"

/* In the byte order of their names, so that comparing numbers is comparing symbols (rules.md 2). */
#define REGIONS(X) X(MIDDLE) X(NORTH) X(SOUTH)
enum region {
#define X(name) REGION_##name,
    REGIONS(X)
#undef X
        REGION_COUNT
};

struct calendar_row {
    bool regions[REGION_COUNT]; /* whom it concerns */
    bool vacation;              /* a vacation, or single free days of a term */
    struct day from, to;        /* both included; from <= to */
};

struct calendar;

/* A calendar of COUNT rows, which are copied; they may overlap and come in any order. NULL when memory is short.
 * Every row must lie within DAY_FIRST…DAY_LAST. */
struct calendar *calendar_new(const struct calendar_row *rows, size_t count);
void calendar_free(struct calendar *calendar);

/* The last day any row of the region speaks of; DAY_ABSENT where there is none. */
struct day calendar_covered_until(const struct calendar *calendar, enum region region);

bool calendar_in_vacation(const struct calendar *calendar, enum region region, struct day day);
bool calendar_is_school_day(const struct calendar *calendar, enum region region, struct day day);

/* The first day at or after DAY that is in no vacation of the region. */
struct day calendar_term_day_from(const struct calendar *calendar, enum region region, struct day day);

/* School days in [FROM, UNTIL); 0 where UNTIL is not after FROM. UNTIL must not be DAY_NEVER. */
int calendar_school_days(const struct calendar *calendar, enum region region, struct day from, struct day until);

/* The N-th school day at or after FROM, N >= 1. */
struct day calendar_school_day_from(const struct calendar *calendar, enum region region, struct day from, int n);

/* Changes when any answer above could; equal for the same rows in any order. */
uint64_t calendar_hash(const struct calendar *calendar);

#endif
