/* Civil days: the only time the rules know.
 *
 * A day is a number in a struct, so that days, months and milliseconds can not be mixed by accident. Day 0 is
 * 1970-01-01, as in Avro's `date`. Days are proleptic Gregorian. Which day it is today is decided outside the core;
 * that of an instant is told by civil_time.h.
 */
#ifndef RULES_DAY_H
#define RULES_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct day {
    int32_t number; /* days since 1970-01-01 */
};

#define DAY_ABSENT ((struct day){INT32_MIN}) /* no such day was given (null); before every day */
#define DAY_NEVER ((struct day){INT32_MAX})  /* a day that does not come; after every day */
#define DAY_FIRST ((struct day){-25567})     /* 1900-01-01, the first day a record may name */
#define DAY_LAST ((struct day){84005})       /* 2199-12-31, the last */
#define DAY_TEXT_SIZE 11                     /* "YYYY-MM-DD" and its NUL */

struct civil_date {
    int year;
    int month; /* 1-12 */
    int day;   /* 1-31 */
};

static inline int day_compare(struct day a, struct day b)
{
    return (a.number > b.number) - (a.number < b.number);
}
static inline bool day_equal(struct day a, struct day b)
{
    return a.number == b.number;
}
static inline bool day_before(struct day a, struct day b)
{
    return a.number < b.number;
}
static inline struct day day_earlier(struct day a, struct day b)
{
    return a.number < b.number ? a : b;
}
static inline struct day day_later(struct day a, struct day b)
{
    return a.number > b.number ? a : b;
}
static inline bool day_is_absent(struct day d)
{
    return d.number == INT32_MIN;
}
static inline bool day_is_never(struct day d)
{
    return d.number == INT32_MAX;
}

/* D moved by a number of days. DAY_ABSENT and DAY_NEVER stay what they are. */
struct day day_plus(struct day d, int days);

/* The day of a civil date, and back. DATE must exist. */
struct day day_from_civil(struct civil_date date);
struct civil_date day_to_civil(struct day d);

/* The same day of the month MONTHS later, or that month's last day where it is shorter (rules.md 1). MONTHS may be
 * negative. DAY_ABSENT and DAY_NEVER stay what they are. */
struct day day_add_months(struct day d, int months);

/* The first day of the month after D's. */
struct day day_next_month_start(struct day d);

/* 0 Monday … 6 Sunday. */
int day_weekday(struct day d);

/* Reads exactly "YYYY-MM-DD" of an existing date within DAY_FIRST…DAY_LAST; false leaves *D alone. */
bool day_parse(const char *text, size_t length, struct day *d);

/* Writes "YYYY-MM-DD" and a NUL. D must be within DAY_FIRST…DAY_LAST or up to year 9999. */
void day_format(struct day d, char text[static DAY_TEXT_SIZE]);

#endif
