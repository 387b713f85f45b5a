#include "schemas/instant.h"

#include <assert.h>

#include "rules/day.h"

#define MS_PER_SECOND 1000
#define MS_PER_MINUTE (60 * MS_PER_SECOND)
#define MS_PER_DAY (24 * 60 * MS_PER_MINUTE)

struct scan {
    const char *at, *end;
};

static bool scan_any(struct scan *scan, char a, char b)
{
    if (scan->at == scan->end || (*scan->at != a && *scan->at != b))
        return false;
    scan->at++;
    return true;
}

static bool scan_digit(struct scan *scan, int *digit)
{
    if (scan->at == scan->end || *scan->at < '0' || *scan->at > '9')
        return false;
    *digit = *scan->at++ - '0';
    return true;
}

static bool scan_two_digits(struct scan *scan, int most, int *number)
{
    int tens, ones;
    if (!scan_digit(scan, &tens) || !scan_digit(scan, &ones))
        return false;
    *number = 10 * tens + ones;
    return *number <= most;
}

/* "." and at least one digit, or nothing. */
static bool scan_fraction(struct scan *scan, int *ms)
{
    int digit, weight = 100;
    *ms = 0;
    if (!scan_any(scan, '.', '.'))
        return true;
    if (!scan_digit(scan, &digit))
        return false;
    do {
        *ms += weight * digit;
        weight /= 10;
    } while (scan_digit(scan, &digit));
    return true;
}

/* "Z", or how far the local time is ahead of UTC. */
static bool scan_offset(struct scan *scan, int *offset_ms)
{
    int hours, minutes;
    *offset_ms = 0;
    if (scan_any(scan, 'Z', 'z'))
        return true;
    bool ahead = scan_any(scan, '+', '+');
    if (!ahead && !scan_any(scan, '-', '-'))
        return false;
    if (!scan_two_digits(scan, 23, &hours) || !scan_any(scan, ':', ':') || !scan_two_digits(scan, 59, &minutes))
        return false;
    *offset_ms = (hours * 60 + minutes) * MS_PER_MINUTE * (ahead ? 1 : -1);
    return true;
}

bool instant_parse(const char *text, size_t length, int64_t *ms)
{
    struct day day;
    int hours, minutes, seconds, fraction_ms, offset_ms;
    size_t date_length = DAY_TEXT_SIZE - 1;
    if (length < date_length || !day_parse(text, date_length, &day))
        return false;
    struct scan scan = {text + date_length, text + length};
    if (!scan_any(&scan, 'T', 't') || !scan_two_digits(&scan, 23, &hours) || !scan_any(&scan, ':', ':') ||
        !scan_two_digits(&scan, 59, &minutes) || !scan_any(&scan, ':', ':') || !scan_two_digits(&scan, 59, &seconds) ||
        !scan_fraction(&scan, &fraction_ms) || !scan_offset(&scan, &offset_ms) || scan.at != scan.end)
        return false;
    int64_t instant = (int64_t)day.number * MS_PER_DAY + (hours * 60 + minutes) * MS_PER_MINUTE +
                      seconds * MS_PER_SECOND + fraction_ms - offset_ms;
    if (instant < INSTANT_FIRST_MS || instant > INSTANT_LAST_MS)
        return false;
    *ms = instant;
    return true;
}

static char *put_digits(char *text, int number, int digits, char after)
{
    for (int i = digits - 1; i >= 0; i--, number /= 10)
        text[i] = (char)('0' + number % 10);
    text[digits] = after;
    return text + digits + 1;
}

void instant_format(int64_t ms, char text[static INSTANT_TEXT_SIZE])
{
    assert(ms >= INSTANT_FIRST_MS && ms <= INSTANT_LAST_MS);
    int64_t since_first = ms - INSTANT_FIRST_MS;
    int rest = (int)(since_first % MS_PER_DAY);
    day_format(day_plus(DAY_FIRST, (int)(since_first / MS_PER_DAY)), text);
    char *at = text + DAY_TEXT_SIZE - 1;
    *at++ = 'T';
    at = put_digits(at, rest / MS_PER_MINUTE / 60, 2, ':');
    at = put_digits(at, rest / MS_PER_MINUTE % 60, 2, ':');
    at = put_digits(at, rest / MS_PER_SECOND % 60, 2, '.');
    at = put_digits(at, rest % MS_PER_SECOND, 3, 'Z');
    *at = '\0';
}
