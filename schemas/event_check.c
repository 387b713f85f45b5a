#include "schemas/event_check.h"

#include <string.h>

#include "schemas/instant.h"

static const char *const reason_names[MOVE_REASON_COUNT] = {
#define X(name) #name,
    MOVE_REASONS(X)
#undef X
};

/* What a kind carries, and what it can not do without. */
static const struct carries {
    const char *place, *needs; /* the field its place is in, or NULL; the field it needs, or NULL */
    bool arrival, school, move;
} carries[FACT_KIND_COUNT] = {
    [FACT_ARRIVED] = {.place = "location", .needs = "location", .arrival = true},
    [FACT_DEPARTED] = {.place = "location"},
    [FACT_MOVED] = {.place = "to", .needs = "to", .move = true},
    [FACT_ENROLLED] = {.needs = "school_id", .school = true},
    [FACT_WITHDRAWN] = {.needs = "school_id", .school = true},
};

void event_clear(struct event *event)
{
    const struct text nothing = {NULL, 0};
    event->fact.birth_date = event->fact.applied_on = DAY_ABSENT;
    event->fact.place = (struct place){0};
    event->fact.school_id = event->from_location_id = event->reason = nothing;
    event->fact.sequence = 0;
    event->fact.unaccompanied = ANSWER_UNKNOWN;
}

bool event_take_event_id(struct event *event, struct text text, struct finding *finding)
{
    return uuid_parse(text.bytes, text.length, &event->fact.event_id) ||
           event_fails(finding, PROBLEM_UUID_INVALID, "event_id");
}

bool event_take_recorded_at(struct event *event, int64_t ms, struct finding *finding)
{
    event->fact.recorded_at_ms = event->fact.first_recorded_at_ms = ms;
    return (ms >= INSTANT_FIRST_MS && ms <= INSTANT_LAST_MS) ||
           event_fails(finding, PROBLEM_INSTANT_INVALID, "recorded_at");
}

bool event_take_day(struct day *day, int64_t number, const char *field, struct finding *finding)
{
    if (number < DAY_FIRST.number || number > DAY_LAST.number)
        return event_fails(finding, PROBLEM_DATE_INVALID, field);
    day->number = (int32_t)number;
    return true;
}

bool event_take_id(struct text *id, struct text text, const char *field, struct finding *finding)
{
    *id = text;
    return text_is_id(text) || event_fails(finding, PROBLEM_ID_INVALID, field);
}

bool event_complete(struct event *event, struct finding *finding)
{
    struct fact *fact = &event->fact;
    const struct carries *kind = &carries[fact->kind];
    if (kind->place == NULL)
        fact->place = (struct place){0};
    if (!kind->arrival) {
        fact->birth_date = fact->applied_on = DAY_ABSENT;
        fact->unaccompanied = ANSWER_UNKNOWN;
    }
    if (!kind->school)
        fact->school_id = (struct text){NULL, 0};
    if (!kind->move)
        event->from_location_id = event->reason = (struct text){NULL, 0};
    bool whole = kind->school ? fact->school_id.length > 0 : !place_is_absent(&fact->place);
    if (kind->needs != NULL && !whole && !fact->retracted)
        return event_fails(finding, PROBLEM_FIELD_MISSING, kind->needs);
    fact_normalize(fact);
    return true;
}

struct text event_reason(enum move_reason reason)
{
    return (struct text){reason_names[reason], (uint32_t)strlen(reason_names[reason])};
}

enum move_reason event_reason_find(struct text reason)
{
    enum move_reason found = MOVE_REASON_CAPACITY;
    while (found < MOVE_REASON_OTHER && !text_equal(event_reason(found), reason))
        found++;
    return found;
}
