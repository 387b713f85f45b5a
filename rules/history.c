#include "history.h"

#include <stdlib.h>
#include <string.h>

#include "walk.h"

bool history_init(struct history *history)
{
    memset(history, 0, sizeof(*history));
    history->periods = calloc(CHILD_FACTS_MAX, sizeof(*history->periods));
    history->stays = calloc(CHILD_FACTS_MAX, sizeof(*history->stays));
    history->schoolings = calloc(CHILD_FACTS_MAX, sizeof(*history->schoolings));
    history->ordered = calloc(CHILD_FACTS_MAX, sizeof(*history->ordered));
    if (history->periods != NULL && history->stays != NULL && history->schoolings != NULL && history->ordered != NULL)
        return true;
    history_fini(history);
    return false;
}

void history_fini(struct history *history)
{
    free(history->periods);
    free(history->stays);
    free(history->schoolings);
    free(history->ordered);
    memset(history, 0, sizeof(*history));
}

/* What a day is made of, in the order in which it is walked. */
enum sort { SORT_ARRIVED, SORT_MOVED, SORT_DEPARTED, SORT_ENROLLMENT, SORT_COUNT };
static const uint8_t sorts[FACT_KIND_COUNT] = {
    [FACT_ARRIVED] = SORT_ARRIVED,     [FACT_MOVED] = SORT_MOVED,          [FACT_DEPARTED] = SORT_DEPARTED,
    [FACT_ENROLLED] = SORT_ENROLLMENT, [FACT_WITHDRAWN] = SORT_ENROLLMENT,
};

static bool walks_before(const struct fact *a, const struct fact *b)
{
    if (!day_equal(a->occurred_on, b->occurred_on))
        return day_before(a->occurred_on, b->occurred_on);
    if (sorts[a->kind] != sorts[b->kind])
        return sorts[a->kind] < sorts[b->kind];
    return fact_compare_in_day(a, b) < 0;
}

static int walk_compare(const void *a, const void *b)
{
    const struct fact *const *left = a, *const *right = b;
    return walks_before(*left, *right) ? -1 : walks_before(*right, *left);
}

/* Most children have few facts, and qsort's indirect calls would cost more than all the rest of a judgement. */
static void facts_sort(const struct fact **facts, uint32_t count)
{
    if (count > 32) {
        qsort(facts, count, sizeof(facts[0]), walk_compare);
        return;
    }
    for (uint32_t i = 1; i < count; i++) {
        const struct fact *fact = facts[i];
        uint32_t at = i;
        for (; at > 0 && walks_before(fact, facts[at - 1]); at--)
            facts[at] = facts[at - 1];
        facts[at] = fact;
    }
}

/* For each field of the profile, the newest recorded arrival that fills it. */
struct profile {
    const struct fact *birth_date, *unaccompanied;
};

static void profile_take(struct profile *profile, const struct fact *fact)
{
    if (fact->kind != FACT_ARRIVED)
        return;
    if (!day_is_absent(fact->birth_date) &&
        (profile->birth_date == NULL || fact_is_recorded_after(fact, profile->birth_date)))
        profile->birth_date = fact;
    if (fact->unaccompanied != ANSWER_UNKNOWN &&
        (profile->unaccompanied == NULL || fact_is_recorded_after(fact, profile->unaccompanied)))
        profile->unaccompanied = fact;
}

static void profile_apply(struct history *history, const struct profile *profile, const struct norms *norms)
{
    history->unaccompanied = profile->unaccompanied == NULL ? ANSWER_UNKNOWN : profile->unaccompanied->unaccompanied;
    history->birth_date = profile->birth_date == NULL ? DAY_ABSENT : profile->birth_date->birth_date;
    if (day_is_absent(history->birth_date)) { /* never adult, always of school age */
        history->adult_from = history->aged_out_from = DAY_NEVER;
        history->school_age_from = DAY_FIRST;
        return;
    }
    history->adult_from = day_add_months(history->birth_date, norms->adult_months);
    history->aged_out_from = day_add_months(history->birth_date, norms->aged_out_months);
    history->school_age_from = day_next_month_start(day_add_months(history->birth_date, norms->school_age_months));
}

/* Puts the facts that count as of today into the order of the walk; returns how many. */
static uint32_t facts_order(struct history *history, const struct fact *facts, uint32_t count, struct profile *profile)
{
    uint32_t ordered = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct fact *fact = &facts[i];
        if (fact->retracted)
            continue;
        profile_take(profile, fact);
        if (day_before(history->today, fact->occurred_on))
            history->next_fact_on = day_earlier(history->next_fact_on, fact->occurred_on);
        else
            history->ordered[ordered++] = fact;
    }
    facts_sort(history->ordered, ordered);
    return ordered;
}

static bool arrival_within(const struct fact *const *next, const struct fact *const *end, struct day last)
{
    for (; next < end && !day_before(last, (*next)->occurred_on); next++)
        if ((*next)->kind == FACT_ARRIVED || (*next)->kind == FACT_MOVED)
            return true;
    return false;
}

/* The facts of the day of *NEXT, and *NEXT beyond them. */
static struct day_facts day_take(const struct fact *const **next, const struct fact *const *end, int transfer_days)
{
    struct facts of_sort[SORT_COUNT] = {{0}};
    struct day day = (**next)->occurred_on;
    for (; *next < end && day_equal((**next)->occurred_on, day); ++*next) {
        struct facts *facts = &of_sort[sorts[(**next)->kind]];
        if (facts->count++ == 0)
            facts->items = *next;
    }
    bool departs = of_sort[SORT_DEPARTED].count > 0;
    return (struct day_facts){
        .day = day,
        .arrived = of_sort[SORT_ARRIVED],
        .moved = of_sort[SORT_MOVED],
        .departed = of_sort[SORT_DEPARTED],
        .enrollment = of_sort[SORT_ENROLLMENT],
        .arrival_follows = departs && arrival_within(*next, end, day_plus(day, transfer_days)),
    };
}

void history_build(struct history *history, const struct fact *facts, uint32_t count, const struct norms *norms,
                   struct day today)
{
    struct profile profile = {NULL, NULL};
    struct text school = {0};
    history->today = today;
    history->next_fact_on = DAY_NEVER;
    history->period_count = history->stay_count = history->schooling_count = 0;

    uint32_t ordered = facts_order(history, facts, count, &profile);
    profile_apply(history, &profile, norms);
    const struct fact *const *next = history->ordered, *const *end = next + ordered;
    while (next < end) {
        struct day_facts day_facts = day_take(&next, end, norms->transfer_days);
        reception_walk(history, &day_facts);
        enrollment_walk(history, &day_facts, norms->move_ends_enrollment, &school);
    }
}

/* The first stay that ends after DAY: the stay of DAY, or the next one, or the end of all. */
static const struct stay *stay_ending_after(const struct history *history, struct day day)
{
    const struct stay *low = history->stays, *high = low + history->stay_count;
    while (low < high) {
        const struct stay *middle = low + (high - low) / 2;
        if (day_before(day, middle->until))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static const struct schooling *schooling_ending_after(const struct history *history, struct day day)
{
    const struct schooling *low = history->schoolings, *high = low + history->schooling_count;
    while (low < high) {
        const struct schooling *middle = low + (high - low) / 2;
        if (day_before(day, middle->until))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

const struct stay *history_stay_on(const struct history *history, struct day day)
{
    const struct stay *stay = stay_ending_after(history, day);
    bool found = stay < history->stays + history->stay_count && !day_before(day, stay->from);
    return found ? stay : NULL;
}

struct day history_enrolled_from(const struct history *history, struct day day)
{
    const struct schooling *schooling = schooling_ending_after(history, day);
    bool found = schooling < history->schoolings + history->schooling_count;
    return found ? day_later(day, schooling->from) : DAY_NEVER;
}

bool history_enrolled_on(const struct history *history, struct day day)
{
    return day_equal(history_enrolled_from(history, day), day);
}

const struct schooling *history_schooling_ended_before(const struct history *history, struct day day)
{
    const struct schooling *next = schooling_ending_after(history, day_plus(day, -1));
    return next > history->schoolings ? next - 1 : NULL;
}

struct day history_school_day_missed(const struct history *history, const struct calendar *calendar,
                                     const struct stay *stay, struct day from, int n)
{
    const struct stay *end = history->stays + history->stay_count;
    for (uint32_t period = stay->period; stay < end && stay->period == period; stay++) {
        struct day start = day_later(from, stay->from);
        if (!day_before(start, stay->until))
            continue;
        struct day nth = calendar_school_day_from(calendar, stay->place.region, start, n);
        if (day_before(nth, stay->until))
            return nth;
        n -= calendar_school_days(calendar, stay->place.region, start, stay->until);
    }
    return DAY_NEVER;
}

int history_school_days(const struct history *history, const struct calendar *calendar, const struct stay *stay,
                        struct day from, struct day until)
{
    const struct stay *end = history->stays + history->stay_count;
    int count = 0;
    for (; stay < end && day_before(stay->from, until); stay++) {
        struct day last = day_earlier(until, stay->until);
        count += calendar_school_days(calendar, stay->place.region, day_later(from, stay->from), last);
    }
    return count;
}
