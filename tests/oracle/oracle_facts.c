/* Which facts there are: rules.md 2, sentence by sentence. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "oracle_child.h"

#define MS_OF_A_DAY 86400000

static const char *const kind_symbols[] = {
#define X(name) #name,
    FACT_KINDS(X)
#undef X
};

static const char *const location_kind_symbols[] = {
#define X(name, emergency) #name,
    LOCATION_KINDS(X)
#undef X
};

static const char *const region_symbols[] = {
#define X(name) #name,
    REGIONS(X)
#undef X
};

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static struct day utc_day(int64_t ms)
{
    int64_t day = ms / MS_OF_A_DAY;
    if (ms % MS_OF_A_DAY < 0)
        day--;
    return (struct day){(int32_t)day};
}

/* "A birth_date or applied_on later than the day after its version's recorded_at (in UTC) counts as absent." */
static void forget_impossible_dates(struct fact *version)
{
    struct day latest = next_day(utc_day(version->recorded_at_ms));
    if (version->birth_date.number > latest.number)
        version->birth_date = DAY_ABSENT;
    if (version->applied_on.number > latest.number)
        version->applied_on = DAY_ABSENT;
}

static int stream_number(const struct fact *fact)
{
    switch (fact->kind) {
    case FACT_ARRIVED:
    case FACT_DEPARTED:
        return 0;
    case FACT_MOVED:
        return 1;
    default:
        return 2;
    }
}

/* Text as bytes; the kind of a move is no field of it. */
static const char *kind_text(const struct fact *fact)
{
    return fact->kind == FACT_MOVED ? "" : kind_symbols[fact->kind];
}

static int compare_places(const struct place *a, const struct place *b)
{
    bool a_absent = a->location_id.length == 0, b_absent = b->location_id.length == 0;
    if (a_absent || b_absent)
        return compare_numbers(!a_absent, !b_absent);
    int order = text_compare(a->location_id, b->location_id);
    if (order == 0)
        order = strcmp(location_kind_symbols[a->kind], location_kind_symbols[b->kind]);
    if (order == 0)
        order = strcmp(region_symbols[a->region], region_symbols[b->region]);
    return order;
}

/* Greater than zero: A counts and B does not. */
static int compare_versions(const struct fact *a, const struct fact *b)
{
    const int orders[] = {
        compare_numbers(a->recorded_at_ms, b->recorded_at_ms),
        compare_numbers(a->retracted, b->retracted),
        compare_numbers(stream_number(a), stream_number(b)),
        compare_numbers(a->occurred_on.number, b->occurred_on.number),
        strcmp(kind_text(a), kind_text(b)),
        compare_places(&a->place, &b->place),
        text_compare(a->school_id, b->school_id),
        compare_numbers(a->birth_date.number, b->birth_date.number),
        compare_numbers(a->unaccompanied, b->unaccompanied),
        compare_numbers(a->applied_on.number, b->applied_on.number),
    };
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (orders[i] != 0)
            return orders[i];
    return 0;
}

static int by_event_then_version(const void *left, const void *right)
{
    const struct fact *a = left, *b = right;
    int order = uuid_compare(&a->event_id, &b->event_id);
    return order != 0 ? order : compare_versions(a, b);
}

static int by_day_then_recording(const void *left, const void *right)
{
    const struct fact *a = left, *b = right;
    int order = compare_numbers(a->occurred_on.number, b->occurred_on.number);
    if (order == 0)
        order = compare_numbers(a->first_recorded_at_ms, b->first_recorded_at_ms);
    return order != 0 ? order : uuid_compare(&a->event_id, &b->event_id);
}

static void *grown(void *memory, size_t *capacity, size_t count, size_t size)
{
    if (count <= *capacity)
        return memory;
    *capacity = 2 * count;
    memory = realloc(memory, *capacity * size);
    assert(memory != NULL);
    return memory;
}

void oracle_choose_facts(struct oracle *oracle, const struct fact *versions, size_t count)
{
    oracle->versions = grown(oracle->versions, &oracle->version_capacity, count + 1, sizeof *versions);
    oracle->facts = grown(oracle->facts, &oracle->fact_capacity, count + 1, sizeof *versions);
    for (size_t i = 0; i < count; i++) {
        oracle->versions[i] = versions[i];
        forget_impossible_dates(&oracle->versions[i]);
    }
    qsort(oracle->versions, count, sizeof *versions, by_event_then_version);

    oracle->fact_count = 0;
    for (size_t i = 0; i < count;) {
        size_t oldest =
            i; /* versions of one event stand together, the one recorded first in front, the one that counts last */
        while (i + 1 < count && uuid_equal(&oracle->versions[i + 1].event_id, &oracle->versions[oldest].event_id))
            i++;
        struct fact newest = oracle->versions[i++];
        newest.first_recorded_at_ms = oracle->versions[oldest].recorded_at_ms;
        if (!newest.retracted)
            oracle->facts[oracle->fact_count++] = newest;
    }
    qsort(oracle->facts, oracle->fact_count, sizeof *oracle->facts, by_day_then_recording);
}

static bool recorded_later(const struct fact *a, const struct fact *b)
{
    if (b == NULL || a->recorded_at_ms != b->recorded_at_ms)
        return b == NULL || a->recorded_at_ms > b->recorded_at_ms;
    return uuid_compare(&a->event_id, &b->event_id) > 0;
}

void oracle_read_profile(struct oracle *oracle)
{
    const struct fact *of_birth_date = NULL, *of_unaccompanied = NULL;
    for (size_t i = 0; i < oracle->fact_count; i++) {
        const struct fact *fact = &oracle->facts[i];
        if (fact->kind != FACT_ARRIVED)
            continue;
        if (!day_is_absent(fact->birth_date) && recorded_later(fact, of_birth_date))
            of_birth_date = fact;
        if (fact->unaccompanied != ANSWER_UNKNOWN && recorded_later(fact, of_unaccompanied))
            of_unaccompanied = fact;
    }
    oracle->unaccompanied = of_unaccompanied == NULL ? ANSWER_UNKNOWN : of_unaccompanied->unaccompanied;
    oracle->adult_from = oracle->nineteen_from = DAY_NEVER;
    oracle->school_age_from = DAY_ABSENT;
    if (of_birth_date == NULL)
        return;
    const struct norms *norms = oracle->norms;
    struct day born = of_birth_date->birth_date;
    oracle->adult_from = almanac_add_months(oracle->almanac, born, norms->adult_months);
    oracle->nineteen_from = almanac_add_months(oracle->almanac, born, norms->aged_out_months);
    struct day fifth_birthday = almanac_add_months(oracle->almanac, born, norms->school_age_months);
    oracle->school_age_from = almanac_first_of_next_month(oracle->almanac, fifth_birthday);
}
