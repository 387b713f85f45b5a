#include <string.h>

#include "schemas/event_check.h"
#include "schemas/event_line.h"
#include "schemas/instant.h"

/* For findings: the fields of both kinds of place. */
static const char *const location_fields[PLACE_PART_COUNT] = {"location.location_id", "location.kind",
                                                              "location.region"};
static const char *const to_fields[PLACE_PART_COUNT] = {"to.location_id", "to.kind", "to.region"};

static bool is_absent(const struct json_value *value)
{
    return value->kind == JSON_KIND_NONE || value->kind == JSON_KIND_NULL;
}

/* A text that must be there. */
static bool take_text(const struct json_value *value, const char *field, struct finding *finding)
{
    if (is_absent(value))
        return event_fails(finding, PROBLEM_FIELD_MISSING, field);
    return value->kind == JSON_KIND_TEXT || event_fails(finding, PROBLEM_FIELD_TYPE, field);
}

static bool take_symbol(const struct json_value *value, const char *const *names, unsigned count, const char *field,
                        unsigned *symbol, struct finding *finding)
{
    if (!take_text(value, field, finding))
        return false;
    for (*symbol = 0; *symbol < count; ++*symbol)
        if (strlen(names[*symbol]) == value->text.length &&
            memcmp(names[*symbol], value->text.bytes, value->text.length) == 0)
            return true;
    return event_fails(finding, PROBLEM_SYMBOL_UNKNOWN, field);
}

static bool take_day(const struct json_value *value, const char *field, struct day *day, struct finding *finding)
{
    if (!take_text(value, field, finding))
        return false;
    return day_parse(value->text.bytes, value->text.length, day) || event_fails(finding, PROBLEM_DATE_INVALID, field);
}

static bool take_optional_day(const struct json_value *value, const char *field, struct day *day,
                              struct finding *finding)
{
    return is_absent(value) || take_day(value, field, day, finding);
}

static bool take_optional_id(const struct json_value *value, const char *field, struct text *id,
                             struct finding *finding)
{
    return is_absent(value) || (take_text(value, field, finding) && event_take_id(id, value->text, field, finding));
}

static bool take_answer(const struct json_value *value, const char *field, enum answer *answer, struct finding *finding)
{
    if (is_absent(value))
        return true;
    *answer = value->kind == JSON_KIND_TRUE ? ANSWER_YES : ANSWER_NO;
    return value->kind == JSON_KIND_TRUE || value->kind == JSON_KIND_FALSE ||
           event_fails(finding, PROBLEM_FIELD_TYPE, field);
}

static bool take_place(const struct json_value *value, const struct json_value *parts, const char *field,
                       const char *const *fields, struct place *place, struct finding *finding)
{
    unsigned kind, region;
    if (is_absent(value))
        return true;
    if (value->kind != JSON_KIND_OBJECT)
        return event_fails(finding, PROBLEM_FIELD_TYPE, field);
    if (!take_text(&parts[PLACE_ID], fields[PLACE_ID], finding) ||
        !event_take_id(&place->location_id, parts[PLACE_ID].text, fields[PLACE_ID], finding) ||
        !take_symbol(&parts[PLACE_KIND], location_kind_names, LOCATION_KIND_COUNT, fields[PLACE_KIND], &kind,
                     finding) ||
        !take_symbol(&parts[PLACE_REGION], region_names, REGION_COUNT, fields[PLACE_REGION], &region, finding))
        return false;
    place->kind = (enum location_kind)kind;
    place->region = (enum region)region;
    return true;
}

static bool take_kind(const struct event_line *line, enum fact_kind first, enum fact_kind last, struct fact *fact,
                      struct finding *finding)
{
    unsigned kind;
    if (!take_symbol(&line->members[KIND], &fact_kind_names[first], last - first + 1, "kind", &kind, finding))
        return false;
    fact->kind = (enum fact_kind)(first + kind);
    return true;
}

static bool take_placement(const struct event_line *line, struct event *event, struct finding *finding)
{
    const struct json_value *members = line->members;
    struct fact *fact = &event->fact;
    return take_kind(line, FACT_ARRIVED, FACT_DEPARTED, fact, finding) &&
           take_place(&members[LOCATION], line->location, "location", location_fields, &fact->place, finding) &&
           take_optional_day(&members[BIRTH_DATE], "birth_date", &fact->birth_date, finding) &&
           take_answer(&members[UNACCOMPANIED], "unaccompanied", &fact->unaccompanied, finding) &&
           take_optional_day(&members[APPLIED_ON], "applied_on", &fact->applied_on, finding);
}

static bool take_move(const struct event_line *line, struct event *event, struct finding *finding)
{
    const struct json_value *members = line->members;
    const struct json_value *reason = &members[REASON];
    event->fact.kind = FACT_MOVED;
    if (!is_absent(reason)) {
        if (!take_text(reason, "reason", finding))
            return false;
        event->reason = event_reason(event_reason_find(reason->text));
    }
    return take_place(&members[TO], line->to, "to", to_fields, &event->fact.place, finding) &&
           take_optional_id(&members[FROM_LOCATION_ID], "from_location_id", &event->from_location_id, finding);
}

static bool take_enrollment(const struct event_line *line, struct event *event, struct finding *finding)
{
    return take_kind(line, FACT_ENROLLED, FACT_WITHDRAWN, &event->fact, finding) &&
           take_optional_id(&line->members[SCHOOL_ID], "school_id", &event->fact.school_id, finding);
}

static bool (*const take_body[STREAM_COUNT])(const struct event_line *, struct event *,
                                             struct finding *) = {take_placement, take_move, take_enrollment};

/* What every event has. */
static bool take_head(const struct event_line *line, struct event *event, struct finding *finding)
{
    const struct json_value *members = line->members;
    enum answer retracted = ANSWER_NO;
    int64_t recorded_at_ms;
    if (!take_text(&members[EVENT_ID], "event_id", finding) ||
        !event_take_event_id(event, members[EVENT_ID].text, finding) ||
        !take_text(&members[CHILD_ID], "child_id", finding) ||
        !event_take_id(&event->child_id, members[CHILD_ID].text, "child_id", finding) ||
        !take_day(&members[OCCURRED_ON], "occurred_on", &event->fact.occurred_on, finding) ||
        !take_text(&members[RECORDED_AT], "recorded_at", finding) ||
        !take_answer(&members[RETRACTED], "retracted", &retracted, finding))
        return false;
    event->fact.retracted = retracted == ANSWER_YES;
    if (!instant_parse(members[RECORDED_AT].text.bytes, members[RECORDED_AT].text.length, &recorded_at_ms))
        return event_fails(finding, PROBLEM_INSTANT_INVALID, "recorded_at");
    return event_take_recorded_at(event, recorded_at_ms, finding);
}

bool event_read_json(const char *line, size_t length, struct event_storage *storage, struct event *event,
                     struct finding *finding)
{
    static const char *const types[STREAM_COUNT] = {"placement", "move", "enrollment"};
    struct event_line said;
    unsigned stream;
    if (length > EVENT_BYTES_MAX)
        return event_fails(finding, PROBLEM_TOO_LONG, "");
    if (!event_line_read(&said, line, length, storage, finding) ||
        !take_symbol(&said.members[TYPE], types, STREAM_COUNT, "type", &stream, finding))
        return false;
    event_clear(event);
    return take_head(&said, event, finding) && take_body[stream](&said, event, finding) &&
           event_complete(event, finding);
}
