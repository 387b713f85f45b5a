#include "day.h"

#include <assert.h>

/* Years are counted from 1 March here: so the leap day is the last of its year, and no month needs to know of it. */
#define MARCH_FIRST_OF_YEAR_0 (-719468)
#define DAYS_OF_400_YEARS 146097 /* a century is the fourth part of it, rounded down */
#define DAYS_OF_4_YEARS 1461     /* and so is a year within a century of this */
#define MONTHS_OF_YEAR 12

static int days_before_year(int year_from_march)
{
    int y = year_from_march;
    return 365 * y + y / 4 - y / 100 + y / 400;
}

/* Months from March have 31, 30, 31, 30, 31 days and begin again: 153 days in five months. */
static int days_before_month(int month_from_march)
{
    return (153 * month_from_march + 2) / 5;
}

static bool is_leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
    static const int lengths[MONTHS_OF_YEAR] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && is_leap_year(year));
}

static bool is_no_day(struct day d)
{
    return day_is_absent(d) || day_is_never(d);
}

struct day day_plus(struct day d, int days)
{
    return is_no_day(d) ? d : (struct day){d.number + days};
}

struct day day_from_civil(struct civil_date date)
{
    assert(date.year >= 1);
    int year = date.month >= 3 ? date.year : date.year - 1;
    int month = (date.month + 9) % MONTHS_OF_YEAR;
    return (struct day){MARCH_FIRST_OF_YEAR_0 + days_before_year(year) + days_before_month(month) + date.day - 1};
}

struct civil_date day_to_civil(struct day d)
{
    int number = d.number - MARCH_FIRST_OF_YEAR_0;
    assert(number >= 365);
    int century = (4 * number + 3) / DAYS_OF_400_YEARS;
    int day_of_century = number - DAYS_OF_400_YEARS * century / 4;
    int year_of_century = (4 * day_of_century + 3) / DAYS_OF_4_YEARS;
    int day_of_year = day_of_century - DAYS_OF_4_YEARS * year_of_century / 4;
    int year = 100 * century + year_of_century;
    int month = (5 * day_of_year + 2) / 153;
    return (struct civil_date){
        .year = month < 10 ? year : year + 1,
        .month = month < 10 ? month + 3 : month - 9,
        .day = day_of_year - days_before_month(month) + 1,
    };
}

struct day day_add_months(struct day d, int months)
{
    if (is_no_day(d))
        return d;
    struct civil_date date = day_to_civil(d);
    int month_number = date.year * MONTHS_OF_YEAR + date.month - 1 + months;
    date.year = month_number / MONTHS_OF_YEAR;
    date.month = month_number % MONTHS_OF_YEAR + 1;
    int length = month_length(date.year, date.month);
    if (date.day > length)
        date.day = length;
    return day_from_civil(date);
}

struct day day_next_month_start(struct day d)
{
    if (is_no_day(d))
        return d;
    struct civil_date date = day_to_civil(d);
    return day_plus(d, month_length(date.year, date.month) - date.day + 1);
}

int day_weekday(struct day d)
{
    int from_monday = (d.number + 3) % 7; /* 1970-01-01 was a Thursday */
    return from_monday < 0 ? from_monday + 7 : from_monday;
}

/* The value of COUNT decimal digits, or -1. */
static int digits_value(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

bool day_parse(const char *text, size_t length, struct day *d)
{
    if (length != DAY_TEXT_SIZE - 1 || text[4] != '-' || text[7] != '-')
        return false;
    struct civil_date date = {digits_value(text, 4), digits_value(text + 5, 2), digits_value(text + 8, 2)};
    if (date.year < 1900 || date.year > 2199 || date.month < 1 || date.month > MONTHS_OF_YEAR || date.day < 1 ||
        date.day > month_length(date.year, date.month))
        return false;
    *d = day_from_civil(date);
    return true;
}

static void digits_write(char *text, int count, int value)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        text[i] = (char)('0' + value % 10);
}

void day_format(struct day d, char text[static DAY_TEXT_SIZE])
{
    struct civil_date date = day_to_civil(d);
    digits_write(text, 4, date.year);
    text[4] = '-';
    digits_write(text + 5, 2, date.month);
    text[7] = '-';
    digits_write(text + 8, 2, date.day);
    text[10] = '\0';
}
