#include "fact.h"

#define MS_PER_DAY 86400000

static const bool emergency_kinds[LOCATION_KIND_COUNT] = {
#define X(name, emergency) [LOCATION_##name] = emergency,
    LOCATION_KINDS(X)
#undef X
};

const char *const location_kind_names[LOCATION_KIND_COUNT] = {
#define X(name, emergency) [LOCATION_##name] = #name,
    LOCATION_KINDS(X)
#undef X
};

const char *const region_names[REGION_COUNT] = {
#define X(name) [REGION_##name] = #name,
    REGIONS(X)
#undef X
};

const char *const fact_kind_names[FACT_KIND_COUNT] = {
#define X(name) [FACT_##name] = #name,
    FACT_KINDS(X)
#undef X
};

bool location_kind_is_emergency(enum location_kind kind)
{
    return emergency_kinds[kind];
}

enum stream fact_stream(enum fact_kind kind)
{
    static const enum stream streams[FACT_KIND_COUNT] = {
        [FACT_ARRIVED] = STREAM_PLACEMENT,   [FACT_DEPARTED] = STREAM_PLACEMENT,   [FACT_MOVED] = STREAM_MOVE,
        [FACT_ENROLLED] = STREAM_ENROLLMENT, [FACT_WITHDRAWN] = STREAM_ENROLLMENT,
    };
    return streams[kind];
}

bool place_equal(const struct place *a, const struct place *b)
{
    if (place_is_absent(a) || place_is_absent(b))
        return place_is_absent(a) && place_is_absent(b);
    return a->kind == b->kind && a->region == b->region && text_equal(a->location_id, b->location_id);
}

/* Whether DAY is later than the day after the one on which RECORDED_AT_MS lies in UTC. */
static bool is_impossible(struct day day, int64_t recorded_at_ms)
{
    int64_t recorded_on = recorded_at_ms / MS_PER_DAY - (recorded_at_ms % MS_PER_DAY < 0);
    return day.number > recorded_on + 1;
}

void fact_normalize(struct fact *fact)
{
    if (is_impossible(fact->birth_date, fact->recorded_at_ms))
        fact->birth_date = DAY_ABSENT;
    if (is_impossible(fact->applied_on, fact->recorded_at_ms))
        fact->applied_on = DAY_ABSENT;
}

static int number_compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int place_compare(const struct place *a, const struct place *b)
{
    int order = text_compare(a->location_id, b->location_id);
    if (order != 0 || place_is_absent(a))
        return order;
    order = number_compare(a->kind, b->kind);
    return order != 0 ? order : number_compare(a->region, b->region);
}

/* DAY_ABSENT and ANSWER_UNKNOWN are the smallest of their types: an absent value comes before any other. */
static int contents_compare(const struct fact *a, const struct fact *b)
{
    int order;
    if ((order = number_compare(fact_stream(a->kind), fact_stream(b->kind))) != 0 ||
        (order = day_compare(a->occurred_on, b->occurred_on)) != 0 || (order = number_compare(a->kind, b->kind)) != 0 ||
        (order = place_compare(&a->place, &b->place)) != 0 || (order = text_compare(a->school_id, b->school_id)) != 0 ||
        (order = day_compare(a->birth_date, b->birth_date)) != 0)
        return order;
    order = number_compare(a->unaccompanied, b->unaccompanied);
    return order != 0 ? order : day_compare(a->applied_on, b->applied_on);
}

int fact_compare_versions(const struct fact *a, const struct fact *b)
{
    int order = number_compare(a->recorded_at_ms, b->recorded_at_ms);
    if (order == 0)
        order = number_compare(a->retracted, b->retracted);
    return order != 0 ? order : contents_compare(a, b);
}

int fact_compare_in_day(const struct fact *a, const struct fact *b)
{
    int order = number_compare(a->first_recorded_at_ms, b->first_recorded_at_ms);
    return order != 0 ? order : uuid_compare(&a->event_id, &b->event_id);
}
