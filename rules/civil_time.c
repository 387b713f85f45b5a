#include "civil_time.h"

#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)

/* Rounded down, also before 1970. */
static struct day day_in_utc(int64_t instant_ms)
{
    const int64_t number = instant_ms / DAY_MS - (instant_ms % DAY_MS < 0);
    if (number < DAY_FIRST.number)
        return DAY_FIRST;
    return number > DAY_LAST.number ? DAY_LAST : (struct day){(int32_t)number};
}

/* Summer time begins and ends at 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t last_sunday_ms(int year, int month)
{
    const struct day last = day_from_civil((struct civil_date){year, month, 31});
    const int days_after_sunday = (day_weekday(last) + 1) % 7;
    return day_plus(last, -days_after_sunday).number * DAY_MS + HOUR_MS;
}

struct day civil_day_at(int64_t instant_ms)
{
    const struct day utc = day_in_utc(instant_ms);
    const int year = day_to_civil(utc).year;
    const bool is_summer = instant_ms >= last_sunday_ms(year, 3) && instant_ms < last_sunday_ms(year, 10);
    const int64_t ahead_ms = (is_summer ? 2 : 1) * HOUR_MS;
    return instant_ms > INT64_MAX - ahead_ms ? DAY_LAST : day_in_utc(instant_ms + ahead_ms);
}
