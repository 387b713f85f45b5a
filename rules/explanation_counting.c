/* What an alert counts, day by day and move by move, and what would end it. */
#include <string.h>

#include "explanation_internal.h"

struct day explained_counted_until(const struct explanation *explanation, const struct explained *item)
{
    struct day until = day_earlier(item->episode.end, day_plus(explanation->yardstick.today, 1));
    return day_later(item->episode.counted_from, until);
}

/* Stays of the item's period: those of days before lie in no region it could speak of. */
static const struct stay *stays_of(const struct explanation *explanation, const struct explained *item,
                                   const struct stay **end)
{
    const struct stay *first = &explanation->judgement.history.stays[item->period->stay_first];
    *end = first + item->period->stay_count;
    return first;
}

static bool school_day_add(struct explanation *explanation, struct day day, enum region region)
{
    void *items = explanation->school_days;
    if (!explanation_grow(&items, explanation->school_day_count, &explanation->school_day_room,
                          sizeof(struct school_day)))
        return false;
    explanation->school_days = items;
    explanation->school_days[explanation->school_day_count++] = (struct school_day){day, region};
    return true;
}

static bool count_school_days(struct explanation *explanation, struct explained *item)
{
    const struct calendar *calendar = explanation->yardstick.calendar;
    struct day until = explained_counted_until(explanation, item);
    const struct stay *end, *stay = stays_of(explanation, item, &end);
    item->school_days.first = explanation->school_day_count;
    for (; stay < end; stay++) {
        enum region region = stay->place.region;
        struct day day = day_later(item->episode.counted_from, stay->from), last = day_earlier(until, stay->until);
        for (; day_before(day, last); day = day_plus(day, 1))
            if (calendar_is_school_day(calendar, region, day) && !school_day_add(explanation, day, region))
                return false;
    }
    item->school_days.count = explanation->school_day_count - item->school_days.first;
    return true;
}

static bool count_moves(struct explanation *explanation, struct explained *item)
{
    struct day until = explained_counted_until(explanation, item);
    const struct stay *end, *stay = stays_of(explanation, item, &end);
    item->moves.first = explanation->move_count;
    for (; stay < end; stay++) {
        if (!stay->is_move || day_before(stay->from, item->episode.counted_from) || !day_before(stay->from, until))
            continue;
        void *items = explanation->moves;
        if (!explanation_grow(&items, explanation->move_count, &explanation->move_room, sizeof(stay)))
            return false;
        explanation->moves = items;
        explanation->moves[explanation->move_count++] = stay;
    }
    item->moves.count = explanation->move_count - item->moves.first;
    return true;
}

/* The days from the first one over the norm to the violation: nothing but vacations lie between (rules.md 4). */
static bool count_holidays(struct explanation *explanation, struct explained *item)
{
    const struct episode *episode = &item->episode;
    const struct stay *end, *stay = stays_of(explanation, item, &end);
    struct day until = day_earlier(episode->level_from[LEVEL_VIOLATION], episode->end);
    item->holidays.first = explanation->holiday_count;
    for (; !day_is_absent(episode->over_on) && stay < end; stay++) {
        struct region_days days = {day_later(episode->over_on, stay->from), day_earlier(until, stay->until),
                                   stay->place.region};
        if (!day_before(days.from, days.until))
            continue;
        void *items = explanation->holidays;
        if (!explanation_grow(&items, explanation->holiday_count, &explanation->holiday_room, sizeof(days)))
            return false;
        explanation->holidays = items;
        explanation->holidays[explanation->holiday_count++] = days;
    }
    item->holidays.count = explanation->holiday_count - item->holidays.first;
    return true;
}

bool explanation_count(struct explanation *explanation, struct explained *item)
{
    enum counted counted = rules[item->alert.rule]->counted;
    return count_holidays(explanation, item) &&
           (counted != COUNTED_SCHOOL_DAYS || count_school_days(explanation, item)) &&
           (counted != COUNTED_MOVES || count_moves(explanation, item));
}

/* --- what would end it -------------------------------------------------------------------------------------------- */

/* The day on which RESOLUTION comes by itself; DAY_ABSENT: somebody must see to it; DAY_NEVER: it does not come. */
static struct day day_of_ending(const struct explanation *explanation, const struct explained *item,
                                enum resolution resolution)
{
    const struct history *history = &explanation->judgement.history;
    switch (resolution) {
    case RESOLUTION_TURNED_18:
        return history->adult_from;
    case RESOLUTION_AGED_OUT:
        return history->aged_out_from;
    case RESOLUTION_SETTLED: /* where another end comes before it, nobody knows */
        return item->episode.resolution == resolution ? item->episode.end : DAY_NEVER;
    case RESOLUTION_MOVED: {
        bool by_location = explanation->yardstick.norms->stay_scope == STAY_SCOPE_LOCATION;
        return by_location ? DAY_ABSENT : DAY_NEVER;
    }
    default:
        return DAY_ABSENT;
    }
}

static void ending_add(const struct explanation *explanation, struct explained *item, enum resolution resolution,
                       bool by_itself)
{
    struct day on = day_of_ending(explanation, item, resolution);
    if (day_is_never(on) || day_before(item->episode.end, on) || day_is_absent(on) == by_itself)
        return;
    item->endings[item->ending_count++] = (struct ending){resolution, on};
}

/* What somebody must see to comes first, and of that the rule's own ends before leaving reception. */
void explanation_find_endings(const struct explanation *explanation, struct explained *item)
{
    const enum resolution *ends = rules[item->alert.rule]->ends;
    int count = 0;
    if (!day_before(explanation->yardstick.today, item->episode.end))
        return;
    while (ends[count] != RESOLUTION_NONE)
        count++;
    for (int by_itself = 0; by_itself < 2; by_itself++)
        for (int i = count - 1; i >= 0; i--)
            ending_add(explanation, item, ends[i], by_itself == 1);
}
