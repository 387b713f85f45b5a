/* What facts that are dated ahead do to what is being counted: the child is judged on each day on which one takes
 * effect. */
#include "explanation_internal.h"

/* The episode of ITEM in the other judgement; NULL: it is gone. */
static const struct episode *episode_then(struct explanation *explanation, const struct explained *item)
{
    const struct yardstick *yardstick = &explanation->yardstick;
    struct episodes *episodes = &explanation->other.episodes;
    episodes->count = 0;
    rules[item->alert.rule]->assess(&explanation->other.history, yardstick->norms, yardstick->calendar, episodes);
    for (uint32_t i = 0; i < episodes->count; i++)
        if (uuid_equal(&episodes->items[i].cause->event_id, &item->alert.cause))
            return &episodes->items[i];
    return NULL;
}

static bool has_other_levels(const struct explained *item, const struct episode *then)
{
    for (int level = 0; level < LEVEL_COUNT; level++)
        if (!day_equal(item->episode.level_from[level], then->level_from[level]))
            return true;
    return false;
}

/* What one plan undoes another may restore: a departure that turns out to be a transfer. */
static void plan_note(struct explanation *explanation, struct explained *item, struct day on)
{
    const struct episode *then = episode_then(explanation, item);
    const bool ends = then == NULL || !day_before(on, then->end);
    if (!ends && !has_other_levels(item, then)) {
        item->plan_on = DAY_NEVER;
    } else if (day_is_never(item->plan_on)) {
        item->plan_on = on;
        item->plan_ends = ends;
        for (int level = 0; level < LEVEL_COUNT && !ends; level++)
            item->plan_level_from[level] = then->level_from[level];
    }
}

void explanation_find_plans(struct explanation *explanation)
{
    struct yardstick ahead = explanation->yardstick;
    ahead.today = explanation->judgement.history.next_fact_on;
    while (!day_is_never(ahead.today)) {
        child_assess(explanation->child, &ahead, &explanation->other);
        for (uint32_t i = 0; i < explanation->item_count; i++)
            if (explanation->items[i].ending_count > 0)
                plan_note(explanation, &explanation->items[i], ahead.today);
        ahead.today = explanation->other.history.next_fact_on;
    }
}
