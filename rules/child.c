#include "child.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "retention.h"

bool child_init(struct child *child)
{
    memset(child, 0, sizeof(*child));
    child->facts = calloc(CHILD_FACTS_MAX, sizeof(child->facts[0]));
    child->alerts = calloc(CHILD_ALERTS_MAX, sizeof(child->alerts[0]));
    child_reset(child, (struct text){0});
    if (child->facts != NULL && child->alerts != NULL)
        return true;
    child_fini(child);
    return false;
}

void child_fini(struct child *child)
{
    free(child->facts);
    free(child->alerts);
    memset(child, 0, sizeof(*child));
}

void child_reset(struct child *child, struct text child_id)
{
    child->child_id = child_id;
    child->forgotten_at_ms = NEVER_FORGOTTEN;
    child->next_change_on = DAY_NEVER;
    child->sequence = child->fact_count = child->alert_count = 0;
}

/* The place of EVENT_ID among the child's facts: that of its fact, or that where it belongs. */
static uint32_t fact_place(const struct child *child, const struct uuid *event_id)
{
    uint32_t low = 0, high = child->fact_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (uuid_compare(&child->facts[middle].event_id, event_id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum applied fact_put(struct child *child, struct fact *place, const struct fact *version, int64_t first_ms)
{
    *place = *version;
    place->first_recorded_at_ms = first_ms;
    place->sequence = ++child->sequence;
    child->next_change_on = DAY_FIRST;
    return APPLIED;
}

static enum applied fact_insert(struct child *child, uint32_t at, const struct fact *version)
{
    if (child->fact_count == CHILD_FACTS_MAX)
        return APPLIED_FULL;
    memmove(&child->facts[at + 1], &child->facts[at], (child->fact_count - at) * sizeof(child->facts[0]));
    child->fact_count++;
    return fact_put(child, &child->facts[at], version, version->recorded_at_ms);
}

/* A version that loses still counts where it was recorded before all others: it places its fact within the day. */
static enum applied fact_replace(struct child *child, struct fact *known, const struct fact *version)
{
    int64_t first_ms = known->first_recorded_at_ms;
    bool counts = fact_compare_versions(version, known) > 0, is_first = version->recorded_at_ms < first_ms;
    if (!counts && !is_first)
        return APPLIED_NOTHING;
    struct fact newest = counts ? *version : *known;
    return fact_put(child, known, &newest, is_first ? version->recorded_at_ms : first_ms);
}

enum applied child_apply(struct child *child, const struct fact *version)
{
    if (child->forgotten_at_ms != NEVER_FORGOTTEN && version->recorded_at_ms <= child->forgotten_at_ms)
        return APPLIED_FORGOTTEN;
    uint32_t at = fact_place(child, &version->event_id);
    if (at < child->fact_count && uuid_equal(&child->facts[at].event_id, &version->event_id))
        return fact_replace(child, &child->facts[at], version);
    return fact_insert(child, at, version);
}

bool child_forget(struct child *child, int64_t at_ms)
{
    if (at_ms <= child->forgotten_at_ms)
        return false;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < child->fact_count; i++) {
        struct fact *fact = &child->facts[i];
        if (fact->recorded_at_ms <= at_ms)
            continue;
        if (fact->first_recorded_at_ms <= at_ms) /* by a version that would have been dropped */
            fact->first_recorded_at_ms = fact->recorded_at_ms;
        child->facts[kept++] = *fact;
    }
    child->fact_count = kept;
    child->alert_count = 0;
    child->forgotten_at_ms = at_ms;
    child->next_change_on = DAY_FIRST;
    return true;
}

bool child_is_over(const struct child *child, int retention_days, struct day today)
{
    return child->fact_count == 0 && child->alert_count == 0 &&
           (child->forgotten_at_ms == NEVER_FORGOTTEN ||
            !day_before(today, retention_over_on(child->forgotten_at_ms, retention_days)));
}
