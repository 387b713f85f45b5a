#include "comparison.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct spread { /* one day as the spans have it */
    const struct figure_span *spans[FIGURE_COUNT];
};

static bool differs(char why[static COMPARISON_WHY_SIZE], const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool differs(char why[static COMPARISON_WHY_SIZE], const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, COMPARISON_WHY_SIZE, format, arguments);
    va_end(arguments);
    return false;
}

static bool spread_span(struct spread *days, const struct figure_span *span, struct day from, struct day until,
                        char why[static COMPARISON_WHY_SIZE])
{
    const char *name = figure_names[span->figure];
    if (span->from.number >= span->until.number)
        return differs(why, "a span of %s is empty: [%d, %d)", name, span->from.number, span->until.number);
    if (span->from.number < from.number || span->until.number > until.number)
        return differs(why, "a span of %s leaves the period: [%d, %d)", name, span->from.number, span->until.number);
    for (int day = span->from.number; day < span->until.number; day++) {
        const struct figure_span **known = &days[day - from.number].spans[span->figure];
        if (*known != NULL)
            return differs(why, "two spans of %s have day %d", name, day);
        *known = span;
    }
    return true;
}

/* What the span that has DAY adds to its figure on it. */
static int64_t value_of(const struct figure_span *span, const struct almanac *almanac, struct day day)
{
    if (span == NULL)
        return 0;
    if (span->figure == FIGURE_EMERGENCY_DAYS)
        return day.number - span->since.number + 1;
    return figure_sorts[span->figure] != FIGURE_LOST || almanac_is_school_day(almanac, span->place.region, day);
}

static bool same_day(const struct spread *spread, const struct almanac *almanac, struct day day,
                     const struct counted_day *expected, char why[static COMPARISON_WHY_SIZE])
{
    char date[DAY_TEXT_SIZE];
    almanac_format(almanac, day, date);
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        const struct figure_span *span = spread->spans[figure];
        int64_t value = value_of(span, almanac, day);
        if (value != expected->values[figure])
            return differs(why, "%s: %s is %lld, and %lld by the day-by-day count", date, figure_names[figure],
                           (long long)value, (long long)expected->values[figure]);
        const struct place *place = &expected->place;
        if (value != 0 && (!text_equal(span->place.location_id, place->location_id) ||
                           span->place.kind != place->kind || span->place.region != place->region))
            return differs(why, "%s: %s counts at %.*s instead of %.*s, or of another kind or region", date,
                           figure_names[figure], (int)span->place.location_id.length, span->place.location_id.bytes,
                           (int)place->location_id.length, place->location_id.bytes);
    }
    return true;
}

bool figures_are(const struct figures *figures, const struct almanac *almanac, struct day from, struct day until,
                 const struct counted_day *expected, char why[static COMPARISON_WHY_SIZE])
{
    struct spread *days = calloc((size_t)(until.number - from.number), sizeof *days);
    assert(days != NULL);
    bool same = true;
    for (uint32_t i = 0; same && i < figures->count; i++)
        same = spread_span(days, &figures->spans[i], from, until, why);
    for (struct day day = from; same && day.number < until.number; day.number++)
        same = same_day(&days[day.number - from.number], almanac, day, &expected[day.number - from.number], why);
    if (same && figures->unaccompanied != expected[0].unaccompanied)
        same = differs(why, "unaccompanied is %d, and %d by the day-by-day count", (int)figures->unaccompanied,
                       (int)expected[0].unaccompanied);
    free(days);
    return same;
}
