#include "schemas/event_check.h"

#include <string.h>

#include "schemas/instant.h"

static const char *const reason_names[MOVE_REASON_COUNT] = {
#define X(name) #name,
    MOVE_REASONS(X)
#undef X
};

/* The field that an event of the kind can not do without; NULL: none. */
static const char *const needed_fields[FACT_KIND_COUNT] = {
    [FACT_ARRIVED] = "location",
    [FACT_MOVED] = "to",
    [FACT_ENROLLED] = "school_id",
    [FACT_WITHDRAWN] = "school_id",
};

void event_clear(struct event *event)
{
    event->fact.birth_date = DAY_ABSENT;
    event->fact.applied_on = DAY_ABSENT;
    event->fact.place = (struct place){0};
    event->fact.school_id = (struct text){NULL, 0};
    event->from_location_id = (struct text){NULL, 0};
    event->reason = (struct text){NULL, 0};
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
    const char *needed = needed_fields[fact->kind];
    if (fact->kind == FACT_DEPARTED) { /* what an arrival says beside the place is not a departure's to say */
        fact->birth_date = fact->applied_on = DAY_ABSENT;
        fact->unaccompanied = ANSWER_UNKNOWN;
    }
    if (needed != NULL && !fact->retracted && place_is_absent(&fact->place) && fact->school_id.length == 0)
        return event_fails(finding, PROBLEM_FIELD_MISSING, needed);
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
