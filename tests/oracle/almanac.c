#include "almanac.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_YEAR 1880
#define YEARS 420
#define MONTHS (YEARS * 12)
#define FIRST_NUMBER (-32872) /* 1880-01-01: 90 years of 365 days and 22 leap days before 1970 */
#define DAYS 153402           /* 420 years with 102 leap days: 1900, 2100 and 2200 have none */

struct date {
    int month; /* since January 1880 */
    int day;   /* 0 is the first */
};

struct almanac {
    struct date dates[DAYS];
    int month_starts[MONTHS + 1]; /* indexes of `dates` */
    bool vacation[REGION_COUNT][DAYS];
    bool school_free[REGION_COUNT][DAYS];
};

static int days_of_month(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month] + (month == 1 && leap ? 1 : 0);
}

static void count_the_days(struct almanac *almanac)
{
    int index = 0;
    for (int month = 0; month < MONTHS; month++) {
        almanac->month_starts[month] = index;
        for (int day = 0; day < days_of_month(FIRST_YEAR + month / 12, month % 12); day++)
            almanac->dates[index++] = (struct date){month, day};
    }
    almanac->month_starts[MONTHS] = index;
    assert(index == DAYS);
}

static int index_of(struct day day)
{
    int index = day.number - FIRST_NUMBER;
    assert(index >= 0 && index < DAYS);
    return index;
}

static struct day day_of(int index)
{
    return (struct day){index + FIRST_NUMBER};
}

struct almanac *almanac_new(const struct calendar_row *rows, size_t count)
{
    struct almanac *almanac = calloc(1, sizeof *almanac);
    if (almanac == NULL)
        return NULL;
    count_the_days(almanac);
    for (size_t i = 0; i < count; i++)
        for (int region = 0; region < REGION_COUNT; region++)
            for (int day = index_of(rows[i].from); rows[i].regions[region] && day <= index_of(rows[i].to); day++)
                (rows[i].vacation ? almanac->vacation : almanac->school_free)[region][day] = true;
    return almanac;
}

void almanac_free(struct almanac *almanac)
{
    free(almanac);
}

struct day almanac_day(const struct almanac *almanac, int year, int month, int day_of_month)
{
    return day_of(almanac->month_starts[(year - FIRST_YEAR) * 12 + month - 1] + day_of_month - 1);
}

struct day almanac_add_months(const struct almanac *almanac, struct day day, int months)
{
    struct date date = almanac->dates[index_of(day)];
    int month = date.month + months;
    assert(month >= 0 && month < MONTHS);
    int last = almanac->month_starts[month + 1] - 1;
    int same = almanac->month_starts[month] + date.day;
    return day_of(same < last ? same : last);
}

struct day almanac_first_of_next_month(const struct almanac *almanac, struct day day)
{
    return day_of(almanac->month_starts[almanac->dates[index_of(day)].month + 1]);
}

bool almanac_in_vacation(const struct almanac *almanac, enum region region, struct day day)
{
    return almanac->vacation[region][index_of(day)];
}

bool almanac_is_school_day(const struct almanac *almanac, enum region region, struct day day)
{
    int index = index_of(day);
    int weekday = (index + 3) % 7; /* 1880-01-01 was a Thursday; 0 is Monday */
    return weekday < 5 && !almanac->vacation[region][index] && !almanac->school_free[region][index];
}

void almanac_format(const struct almanac *almanac, struct day day, char text[static DAY_TEXT_SIZE])
{
    if (day_is_absent(day) || day_is_never(day)) {
        strcpy(text, day_is_absent(day) ? "-" : "never");
        return;
    }
    struct date date = almanac->dates[index_of(day)];
    snprintf(text, DAY_TEXT_SIZE, "%04u-%02u-%02u", (unsigned)(FIRST_YEAR + date.month / 12) % 10000U,
             (unsigned)(date.month % 12 + 1) % 100U, (unsigned)(date.day + 1) % 100U);
}
