#include "alerts/quiet_hours.h"

#include <ctype.h>
#include <string.h>

#include "rules/civil_time.h"
#include "rules/day.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS (MINUTES_PER_DAY * MINUTE_MS)
#define TIME_LENGTH 5 /* "HH:MM" */
#define SATURDAY 5
#define MINUTES_SEARCHED (7 * MINUTES_PER_DAY) /* a digest is no rarer */

static bool read_time(const char *text, int *minute)
{
    static const int digits[] = {0, 1, 3, 4};
    for (int i = 0; i < 4; i++)
        if (!isdigit((unsigned char)text[digits[i]]))
            return false;
    const int hours = (text[0] - '0') * 10 + text[1] - '0', minutes = (text[3] - '0') * 10 + text[4] - '0';
    if (text[2] != ':' || hours > 23 || minutes > 59)
        return false;
    *minute = hours * 60 + minutes;
    return true;
}

bool minute_of_day_parse(const char *text, int *minute)
{
    return strlen(text) == TIME_LENGTH && read_time(text, minute);
}

bool quiet_hours_parse(const char *text, struct quiet_hours *quiet)
{
    int from = 0, until = 0;
    if (*text != '\0' && (strlen(text) != 2 * TIME_LENGTH + 1 || text[TIME_LENGTH] != '-' || !read_time(text, &from) ||
                          !read_time(text + TIME_LENGTH + 1, &until) || from == until))
        return false;
    quiet->from = from;
    quiet->until = until;
    return true;
}

bool quiet_hours_hold(const struct quiet_hours *quiet, int minute)
{
    if (quiet->from <= quiet->until)
        return minute >= quiet->from && minute < quiet->until;
    return minute >= quiet->from || minute < quiet->until;
}

bool quiet_hours_at(const struct quiet_hours *quiet, int64_t instant_ms)
{
    return (quiet->weekend && day_weekday(civil_day_at(instant_ms)) >= SATURDAY) ||
           quiet_hours_hold(quiet, civil_minute_at(instant_ms));
}

/* The minute in which an instant lies: minutes of Amsterdam begin when those of UTC do. */
static int64_t minute_start(int64_t instant_ms)
{
    return instant_ms - (instant_ms % MINUTE_MS + MINUTE_MS) % MINUTE_MS;
}

bool quiet_hours_touch(const struct quiet_hours *quiet, int64_t from_ms, int64_t until_ms)
{
    for (int64_t at_ms = minute_start(from_ms); at_ms <= until_ms; at_ms += MINUTE_MS)
        if (quiet_hours_at(quiet, at_ms))
            return true;
    return false;
}

int quiet_hours_free_minutes(const struct quiet_hours *quiet)
{
    int count = 0;
    for (int minute = 0; minute < MINUTES_PER_DAY; minute++)
        count += !quiet_hours_hold(quiet, minute);
    return count;
}

/* Minute by minute, since then summer time needs no thought. A quiet span is shorter than a week: some hour of some
 * weekday is not quiet. */
int64_t quiet_hours_end(const struct quiet_hours *quiet, int64_t instant_ms)
{
    if (!quiet_hours_at(quiet, instant_ms))
        return instant_ms;
    int64_t at_ms = minute_start(instant_ms);
    while (quiet_hours_at(quiet, at_ms))
        at_ms += MINUTE_MS;
    return at_ms;
}

int64_t quiet_hours_recent_since(const struct quiet_hours *quiet, int64_t now_ms)
{
    const int64_t day_ago_ms = now_ms - DAY_MS;
    if (!quiet_hours_at(quiet, day_ago_ms))
        return day_ago_ms;
    int64_t at_ms = minute_start(day_ago_ms);
    while (quiet_hours_at(quiet, at_ms - MINUTE_MS))
        at_ms -= MINUTE_MS;
    return at_ms;
}

/* The last that is over, and of which no minute was quiet: some of them may not have been told on Friday night. */
int64_t quiet_hours_digest_since(const struct quiet_hours *quiet, int digest_at, int digest_minutes, int64_t now_ms)
{
    int64_t at_ms = minute_start(now_ms) - digest_minutes * MINUTE_MS;
    for (int i = 0; i < MINUTES_SEARCHED; i++, at_ms -= MINUTE_MS)
        if (civil_minute_at(at_ms) == digest_at &&
            !quiet_hours_touch(quiet, at_ms, at_ms + (digest_minutes - 1) * MINUTE_MS))
            return at_ms;
    return at_ms;
}
