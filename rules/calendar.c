#include "calendar.h"

#include <assert.h>
#include <stdlib.h>

#include "hash.h"

struct calendar_day {
    bool vacation;
    bool off;             /* Monday to Friday without school */
    int32_t off_before;   /* such days since the calendar's first */
    struct day term_from; /* the first day at or after this one in no vacation */
};

struct calendar {
    struct day first; /* the days [first, first + day_count) of every region */
    int day_count;
    struct day covered_until[REGION_COUNT];
    struct calendar_day *days[REGION_COUNT]; /* one more than day_count each: the day after */
    struct calendar_day memory[];
};

static bool is_weekday(struct day day)
{
    return day_weekday(day) < 5;
}

/* Weekdays before DAY, counted from a Monday before any day that is asked about. */
static int weekdays_before(struct day day)
{
    unsigned days = (unsigned)(day.number - (DAY_FIRST.number - 7 * 10000)); /* 1900-01-01 was a Monday */
    unsigned weekday = days % 7;
    return (int)(5 * (days / 7) + (weekday < 5 ? weekday : 5));
}

static void row_mark(struct calendar *calendar, const struct calendar_row *row, enum region region)
{
    calendar->covered_until[region] = day_later(calendar->covered_until[region], row->to);
    for (struct day day = row->from; !day_before(row->to, day); day = day_plus(day, 1)) {
        struct calendar_day *entry = &calendar->days[region][day.number - calendar->first.number];
        entry->vacation |= row->vacation;
        entry->off |= is_weekday(day);
    }
}

static void region_sum_up(struct calendar *calendar, enum region region)
{
    struct calendar_day *days = calendar->days[region];
    int count = calendar->day_count;
    for (int i = 0; i < count; i++)
        days[i + 1].off_before = days[i].off_before + days[i].off;
    days[count].term_from = day_plus(calendar->first, count);
    for (int i = count - 1; i >= 0; i--)
        days[i].term_from = days[i].vacation ? days[i + 1].term_from : day_plus(calendar->first, i);
}

static struct calendar *calendar_allocate(struct day first, struct day until)
{
    int day_count = until.number - first.number;
    size_t entries = REGION_COUNT * ((size_t)day_count + 1);
    struct calendar *calendar = calloc(1, sizeof(*calendar) + entries * sizeof(calendar->memory[0]));
    if (calendar == NULL)
        return NULL;
    calendar->first = first;
    calendar->day_count = day_count;
    for (int region = 0; region < REGION_COUNT; region++) {
        calendar->covered_until[region] = DAY_ABSENT;
        calendar->days[region] = calendar->memory + (size_t)region * ((size_t)day_count + 1);
    }
    return calendar;
}

struct calendar *calendar_new(const struct calendar_row *rows, size_t count)
{
    struct day first = count > 0 ? DAY_LAST : DAY_FIRST, until = DAY_FIRST;
    for (size_t i = 0; i < count; i++) {
        assert(!day_before(rows[i].from, DAY_FIRST) && !day_before(DAY_LAST, rows[i].to));
        assert(!day_before(rows[i].to, rows[i].from));
        first = day_earlier(first, rows[i].from);
        until = day_later(until, day_plus(rows[i].to, 1));
    }
    struct calendar *calendar = calendar_allocate(first, until);
    if (calendar == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        for (int region = 0; region < REGION_COUNT; region++)
            if (rows[i].regions[region])
                row_mark(calendar, &rows[i], (enum region)region);
    for (int region = 0; region < REGION_COUNT; region++)
        region_sum_up(calendar, (enum region)region);
    return calendar;
}

void calendar_free(struct calendar *calendar)
{
    free(calendar);
}

struct day calendar_covered_until(const struct calendar *calendar, enum region region)
{
    return calendar->covered_until[region];
}

/* The entry of DAY, or NULL where the calendar has none. */
static const struct calendar_day *day_entry(const struct calendar *calendar, enum region region, struct day day)
{
    int64_t index = (int64_t)day.number - calendar->first.number;
    return index >= 0 && index < calendar->day_count ? &calendar->days[region][index] : NULL;
}

bool calendar_in_vacation(const struct calendar *calendar, enum region region, struct day day)
{
    const struct calendar_day *entry = day_entry(calendar, region, day);
    return entry != NULL && entry->vacation;
}

bool calendar_is_school_day(const struct calendar *calendar, enum region region, struct day day)
{
    const struct calendar_day *entry = day_entry(calendar, region, day);
    return is_weekday(day) && (entry == NULL || !entry->off);
}

struct day calendar_term_day_from(const struct calendar *calendar, enum region region, struct day day)
{
    const struct calendar_day *entry = day_entry(calendar, region, day);
    return entry == NULL ? day : entry->term_from;
}

static int off_days_before(const struct calendar *calendar, enum region region, struct day day)
{
    int64_t index = (int64_t)day.number - calendar->first.number;
    if (index <= 0)
        return 0;
    return calendar->days[region][index < calendar->day_count ? index : calendar->day_count].off_before;
}

/* School days before DAY, counted from some day long ago. */
static int school_days_before(const struct calendar *calendar, enum region region, struct day day)
{
    return weekdays_before(day) - off_days_before(calendar, region, day);
}

int calendar_school_days(const struct calendar *calendar, enum region region, struct day from, struct day until)
{
    assert(!day_is_never(until));
    if (!day_before(from, until))
        return 0;
    return school_days_before(calendar, region, until) - school_days_before(calendar, region, from);
}

/* So many school days need at least as many days: goes on by what is missing, over vacations in one step, until none
 * is. */
struct day calendar_school_day_from(const struct calendar *calendar, enum region region, struct day from, int n)
{
    assert(n >= 1);
    for (struct day day = from;;) {
        struct day start = calendar_term_day_from(calendar, region, day);
        day = day_plus(start, n);
        n -= calendar_school_days(calendar, region, start, day);
        if (n == 0)
            return day_plus(day, -1);
    }
}

/* Over what is answered, not over the rows: two rows that touch say the same as one. */
uint64_t calendar_hash(const struct calendar *calendar)
{
    uint64_t hash = HASH_START;
    for (int region = 0; region < REGION_COUNT; region++) {
        hash = hash_number(hash, calendar->covered_until[region].number);
        for (int i = 0; i < calendar->day_count; i++) {
            const struct calendar_day *entry = &calendar->days[region][i];
            if (entry->vacation || entry->off)
                hash = hash_number(hash_number(hash, calendar->first.number + i), entry->vacation + 2 * entry->off);
        }
    }
    return hash;
}
