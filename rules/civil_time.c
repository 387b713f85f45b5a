#include "civil_time.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
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

/* How far clocks in Amsterdam are ahead of UTC. */
static int64_t ahead_ms(int64_t instant_ms)
{
    const int year = day_to_civil(day_in_utc(instant_ms)).year;
    const bool is_summer = instant_ms >= last_sunday_ms(year, 3) && instant_ms < last_sunday_ms(year, 10);
    return (is_summer ? 2 : 1) * HOUR_MS;
}

struct day civil_day_at(int64_t instant_ms)
{
    const int64_t ahead = ahead_ms(instant_ms);
    return instant_ms > INT64_MAX - ahead ? DAY_LAST : day_in_utc(instant_ms + ahead);
}

int civil_minute_at(int64_t instant_ms)
{
    const int64_t of_day_ms = (instant_ms % DAY_MS + DAY_MS) % DAY_MS;
    return (int)((of_day_ms + ahead_ms(instant_ms)) % DAY_MS / MINUTE_MS);
}

/* Clocks change later in the night than it begins. */
int64_t civil_day_begin(struct day day)
{
    const int64_t midnight_ms = day.number * DAY_MS;
    return midnight_ms - ahead_ms(midnight_ms - 2 * HOUR_MS);
}
