/* When the child goes to school: runs of days at whose end it is enrolled. */
#include <assert.h>

#include "walk.h"

/* Whether the child came to live elsewhere on DAY: by a move, or by the opening of a period at another location than
 * that at which the last one ended. */
static bool lives_elsewhere_from(const struct history *history, struct day day)
{
    const struct stay *current = reception_current(history);
    if (current == NULL || !day_equal(current->from, day))
        return false;
    bool opens = day_equal(history->periods[current->period].from, day);
    if (!opens || current->period == 0)
        return current->is_move;
    return !text_equal(current[-1].place.location_id, current->place.location_id);
}

/* The day's enrollment facts in their order. Returns the last WITHDRAWN that ended an enrollment, or NULL. */
static const struct fact *school_follow(const struct facts *facts, struct text *school)
{
    const struct fact *withdrawn_by = NULL;
    for (uint32_t i = 0; i < facts->count; i++) {
        const struct fact *fact = facts->items[i];
        if (fact->kind == FACT_ENROLLED) {
            *school = fact->school_id;
        } else if (school->length > 0 && text_equal(*school, fact->school_id)) {
            *school = (struct text){0};
            withdrawn_by = fact;
        }
    }
    return withdrawn_by;
}

static bool any_enrolled(const struct facts *facts)
{
    for (uint32_t i = 0; i < facts->count; i++)
        if (facts->items[i]->kind == FACT_ENROLLED)
            return true;
    return false;
}

/* Only the last schooling can still be without: the next one begins with an ENROLLED. */
static void note_enrolled_fact(struct history *history, struct day day)
{
    if (history->schooling_count == 0)
        return;
    struct schooling *last = &history->schoolings[history->schooling_count - 1];
    if (day_before(last->until, day))
        last->enrolled_fact_after = day_earlier(last->enrolled_fact_after, day);
}

static void schooling_open(struct history *history, struct day day)
{
    assert(history->schooling_count < CHILD_FACTS_MAX);
    history->schoolings[history->schooling_count++] = (struct schooling){
        .from = day, .until = DAY_NEVER, .enrolled_fact_after = DAY_NEVER};
}

void enrollment_walk(struct history *history, const struct day_facts *facts, bool move_ends_enrollment,
                     struct text *school)
{
    bool before = school->length > 0;
    if (move_ends_enrollment && lives_elsewhere_from(history, facts->day))
        *school = (struct text){0};
    const struct fact *withdrawn_by = school_follow(&facts->enrollment, school);
    bool after = school->length > 0;

    if (any_enrolled(&facts->enrollment))
        note_enrolled_fact(history, facts->day);
    if (!before && after)
        schooling_open(history, facts->day);
    if (after)
        history->schoolings[history->schooling_count - 1].school_id = *school;
    if (before && !after) {
        struct schooling *last = &history->schoolings[history->schooling_count - 1];
        last->until = facts->day;
        last->withdrawn_by = withdrawn_by;
    }
}
