/* The walk over a child's days with facts, in order (rules.md 3): shared by reception, enrollment and history. */
#ifndef RULES_WALK_H
#define RULES_WALK_H

#include "history.h"

struct facts { /* of one day and sort, in their order */
    const struct fact *const *items;
    uint32_t count;
};

struct day_facts {
    struct day day;
    struct facts arrived, moved, departed, enrollment;
    bool arrival_follows; /* an arrival or move is dated on one of the next `transfer_days` days */
};

static inline const struct fact *facts_last(const struct facts *facts)
{
    return facts->count > 0 ? facts->items[facts->count - 1] : NULL;
}

/* Brings periods and stays up to the end of a day. */
void reception_walk(struct history *history, const struct day_facts *facts);

/* The stay that goes on, or NULL when the child is not in reception. */
struct stay *reception_current(const struct history *history);

/* Brings schoolings up to the end of a day whose reception is known. SCHOOL is the one the child is enrolled at, or
 * absent; it is the walk's and changes with it. */
void enrollment_walk(struct history *history, const struct day_facts *facts, bool move_ends_enrollment,
                     struct text *school);

#endif
