/* A fact: what one event says about one child, and which of two versions of it counts (rules.md 2). */
#ifndef RULES_FACT_H
#define RULES_FACT_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar.h"
#include "day.h"
#include "text.h"
#include "uuid.h"

/* Ordered by stream, then by the symbol of the kind, as versions compare. */
#define FACT_KINDS(X) X(ARRIVED) X(DEPARTED) X(MOVED) X(ENROLLED) X(WITHDRAWN)
enum fact_kind {
#define X(name) FACT_##name,
    FACT_KINDS(X)
#undef X
        FACT_KIND_COUNT
};

enum stream { STREAM_PLACEMENT, STREAM_MOVE, STREAM_ENROLLMENT, STREAM_COUNT };
enum stream fact_stream(enum fact_kind kind);

/* In the byte order of their names, so that comparing numbers is comparing symbols. The flag: emergency reception. */
#define LOCATION_KINDS(X)                                                                                              \
    X(CENTRAL, false)                                                                                                  \
    X(CENTRE, false)                                                                                                   \
    X(CRISIS_EMERGENCY, true)                                                                                          \
    X(EMERGENCY, true)                                                                                                 \
    X(ENFORCEMENT, false)                                                                                              \
    X(FAMILY, false)                                                                                                   \
    X(MINORS, false)                                                                                                   \
    X(MUNICIPAL_EMERGENCY, true)                                                                                       \
    X(OTHER, false)                                                                                                    \
    X(PROCESS, false)                                                                                                  \
    X(RESTRICTED, false)                                                                                               \
    X(TRANSIT, false)
enum location_kind {
#define X(name, emergency) LOCATION_##name,
    LOCATION_KINDS(X)
#undef X
        LOCATION_KIND_COUNT
};
bool location_kind_is_emergency(enum location_kind kind);

/* The symbols, in the order of the enums. */
extern const char *const location_kind_names[LOCATION_KIND_COUNT];
extern const char *const region_names[REGION_COUNT];
extern const char *const fact_kind_names[FACT_KIND_COUNT];

struct place {
    struct text location_id; /* absent: no place */
    enum location_kind kind;
    enum region region;
};
static inline bool place_is_absent(const struct place *place)
{
    return place->location_id.length == 0;
}
bool place_equal(const struct place *a, const struct place *b);

enum answer { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES }; /* a nullable boolean; in the order versions compare */

struct fact {
    struct uuid event_id;
    int64_t recorded_at_ms;       /* since 1970, UTC */
    int64_t first_recorded_at_ms; /* the smallest of any version read; places the fact within its day */
    struct day occurred_on;
    struct day birth_date; /* ARRIVED; else DAY_ABSENT */
    struct day applied_on; /* ARRIVED; else DAY_ABSENT */
    struct place place;    /* ARRIVED, MOVED (the place moved to), DEPARTED (the place left, may be absent) */
    struct text school_id; /* ENROLLED, WITHDRAWN */
    uint32_t sequence;     /* set by child_apply: grows with each version that came to count for the child */
    enum fact_kind kind;
    enum answer unaccompanied; /* ARRIVED */
    bool retracted;
};

/* Makes a birth_date or applied_on later than the day after recorded_at (in UTC) absent. Every version passes through
 * this before it is compared. */
void fact_normalize(struct fact *fact);

/* Which of two versions of one event counts: greater than zero when A does, zero only when they say the same. */
int fact_compare_versions(const struct fact *a, const struct fact *b);

/* Order within a day among facts of one sort: (first recorded, event_id). */
int fact_compare_in_day(const struct fact *a, const struct fact *b);

/* Order of news: (recorded_at, event_id). */
static inline bool fact_is_recorded_after(const struct fact *a, const struct fact *b)
{
    if (a->recorded_at_ms != b->recorded_at_ms)
        return a->recorded_at_ms > b->recorded_at_ms;
    return uuid_compare(&a->event_id, &b->event_id) > 0;
}

#endif
