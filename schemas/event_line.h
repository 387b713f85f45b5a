/* What a line of JSON says of an event: its members, by name, before anything is made of them (event_read_json.c). */
#ifndef SCHEMAS_EVENT_LINE_H
#define SCHEMAS_EVENT_LINE_H

#include "schemas/event.h"
#include "schemas/json_scan.h"

/* The members an event may have; those within a place have its parts. */
/* clang-format off */
#define MEMBERS(X)                                                                                                     \
    X(TYPE, "type") X(EVENT_ID, "event_id") X(CHILD_ID, "child_id") X(OCCURRED_ON, "occurred_on")                      \
    X(RECORDED_AT, "recorded_at") X(RETRACTED, "retracted") X(KIND, "kind") X(LOCATION, "location") X(TO, "to")        \
    X(BIRTH_DATE, "birth_date") X(UNACCOMPANIED, "unaccompanied") X(APPLIED_ON, "applied_on")                          \
    X(FROM_LOCATION_ID, "from_location_id") X(REASON, "reason") X(SCHOOL_ID, "school_id")
enum member {
#define X(symbol, name) symbol,
    MEMBERS(X)
#undef X
    MEMBER_COUNT
};
/* clang-format on */

enum place_part { PLACE_ID, PLACE_KIND, PLACE_REGION, PLACE_PART_COUNT };

struct event_line { /* what a line says; of a member that is there twice, the last */
    struct json_value members[MEMBER_COUNT];
    struct json_value location[PLACE_PART_COUNT], to[PLACE_PART_COUNT];
};

/* Reads the members; those that an event does not have are passed over. False: FINDING says why. */
bool event_line_read(struct event_line *line, const char *bytes, size_t length, struct event_storage *storage,
                     struct finding *finding);

#endif
