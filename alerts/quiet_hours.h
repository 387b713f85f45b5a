/* Quiet hours: when people are not mailed. They are told at the end of them.
 *
 * Hours are those of clocks in Amsterdam, to the minute, as Alertmanager has them too (alertmanager_config.h). Pure:
 * the instant is given, in milliseconds since 1970 in UTC.
 */
#ifndef ALERTS_QUIET_HOURS_H
#define ALERTS_QUIET_HOURS_H

#include <stdbool.h>
#include <stdint.h>

#define MINUTES_PER_DAY 1440

/* From FROM to before UNTIL, in minutes since midnight, over midnight where UNTIL is the earlier; equal: at no hour.
 * Besides, all of Saturday and Sunday. */
struct quiet_hours {
    int from, until;
    bool weekend;
};

/* Reads exactly "HH:MM", 00:00 to 23:59; false leaves *MINUTE alone. */
bool minute_of_day_parse(const char *text, int *minute);

/* Reads "HH:MM-HH:MM", or "" for no hours, into FROM and UNTIL, which differ; false leaves QUIET alone. */
bool quiet_hours_parse(const char *text, struct quiet_hours *quiet);

/* Whether MINUTE of any day lies in the hours, whatever WEEKEND is. */
bool quiet_hours_hold(const struct quiet_hours *quiet, int minute);

/* Whether it is quiet at an instant. */
bool quiet_hours_at(const struct quiet_hours *quiet, int64_t instant_ms);

/* Whether it is at any instant from FROM_MS to UNTIL_MS. */
bool quiet_hours_touch(const struct quiet_hours *quiet, int64_t from_ms, int64_t until_ms);

/* How many minutes of a weekday are not quiet. */
int quiet_hours_free_minutes(const struct quiet_hours *quiet);

/* The instant at which it is no longer quiet: the first at or after INSTANT_MS that is not quiet. */
int64_t quiet_hours_end(const struct quiet_hours *quiet, int64_t instant_ms);

/* Since when news is recent, for who is told at NOW_MS: for a day; where it was quiet a day ago, since that began. So
 * what a quiet weekend brought is new on Monday. */
int64_t quiet_hours_recent_since(const struct quiet_hours *quiet, int64_t now_ms);

/* Likewise for who is told once a day, from minute DIGEST_AT of it to before DIGEST_MINUTES later: since the digest
 * before the one that NOW_MS is of, or before. On a quiet day there is none, so Monday's tells what came since
 * Friday's. */
int64_t quiet_hours_digest_since(const struct quiet_hours *quiet, int digest_at, int digest_minutes, int64_t now_ms);

#endif
