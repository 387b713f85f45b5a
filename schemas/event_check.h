/* What every event must keep to, whichever form it came in (rules.md 2): the two readers fill in an event's parts by
 * these. */
#ifndef SCHEMAS_EVENT_CHECK_H
#define SCHEMAS_EVENT_CHECK_H

#include "schemas/event.h"

/* What has been said about a read so far: nothing, or one finding. */
static inline bool event_fails(struct finding *finding, enum problem problem, const char *field)
{
    *finding = finding_of(problem, field);
    return false;
}

bool event_take_event_id(struct event *event, struct text text, struct finding *finding);
bool event_take_recorded_at(struct event *event, int64_t ms, struct finding *finding);
bool event_take_day(struct day *day, int64_t number, const char *field, struct finding *finding);
bool event_take_id(struct text *id, struct text text, const char *field, struct finding *finding);

/* When all parts are in: the fields its kind needs are there, those it does not carry are not, and the fact is
 * normalized. */
bool event_complete(struct event *event, struct finding *finding);

/* Makes everything absent that an event need not have. The rest must be taken before it is complete. */
void event_clear(struct event *event);

/* The reasons of moves. They change no alert, and a move must not be lost for one: a reason not known here is read as
 * OTHER. */
#define MOVE_REASONS(X) X(CAPACITY) X(CLOSURE) X(FAMILY) X(MEDICAL) X(PROCEDURE) X(SAFETY) X(OTHER)
/* clang-format off */
enum move_reason {
#define X(name) MOVE_REASON_##name,
    MOVE_REASONS(X)
#undef X
    MOVE_REASON_COUNT
};
/* clang-format on */

struct text event_reason(enum move_reason reason);
enum move_reason event_reason_find(struct text reason);

#endif
