/* Days, months and school days by looking them up: every day from 1880 to 2300 is a row of a table that was filled by
 * counting. Slow to make, and hard to get wrong; written apart from rules/day.c and rules/calendar.c, to check them. */
#ifndef TESTS_ORACLE_ALMANAC_H
#define TESTS_ORACLE_ALMANAC_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/calendar.h"
#include "rules/day.h"

struct almanac;

/* An almanac with the vacations and free days of COUNT rows. NULL when memory is short. */
struct almanac *almanac_new(const struct calendar_row *rows, size_t count);
void almanac_free(struct almanac *almanac);

/* The day of a date that exists, from 1880 to 2299. */
struct day almanac_day(const struct almanac *almanac, int year, int month, int day_of_month);

struct day almanac_add_months(const struct almanac *almanac, struct day day, int months);
struct day almanac_first_of_next_month(const struct almanac *almanac, struct day day);
bool almanac_in_vacation(const struct almanac *almanac, enum region region, struct day day);
bool almanac_is_school_day(const struct almanac *almanac, enum region region, struct day day);

/* Writes YYYY-MM-DD, or "-" for an absent day, or "never". */
void almanac_format(const struct almanac *almanac, struct day day, char text[static DAY_TEXT_SIZE]);

#endif
