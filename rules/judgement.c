/* What the alerts of a child are today, and what has to be published of them. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "alert_pairs.h"
#include "child.h"
#include "retention.h"

bool judgement_init(struct judgement *judgement)
{
    memset(judgement, 0, sizeof(*judgement));
    bool has_history = history_init(&judgement->history);
    judgement->episodes.capacity = CHILD_FACTS_MAX;
    judgement->episodes.items = calloc(CHILD_FACTS_MAX, sizeof(judgement->episodes.items[0]));
    judgement->alerts = calloc(CHILD_ALERTS_MAX, sizeof(judgement->alerts[0]));
    judgement->changes = calloc(CHILD_ALERTS_MAX, sizeof(judgement->changes[0]));
    judgement->merged = calloc(CHILD_ALERTS_MAX, sizeof(judgement->merged[0]));
    if (has_history && judgement->episodes.items != NULL && judgement->alerts != NULL && judgement->changes != NULL &&
        judgement->merged != NULL)
        return true;
    judgement_fini(judgement);
    return false;
}

void judgement_fini(struct judgement *judgement)
{
    history_fini(&judgement->history);
    free(judgement->episodes.items);
    free(judgement->alerts);
    free(judgement->changes);
    free(judgement->merged);
    memset(judgement, 0, sizeof(*judgement));
}

static int episode_compare(const void *a, const void *b)
{
    const struct episode *left = a, *right = b;
    return uuid_compare(&left->cause->event_id, &right->cause->event_id);
}

struct day child_assess(const struct child *child, const struct yardstick *yardstick, struct judgement *judgement)
{
    struct history *history = &judgement->history;
    struct episodes *episodes = &judgement->episodes;
    history_build(history, child->facts, child->fact_count, yardstick->norms, yardstick->today);
    struct day next = history->next_fact_on;

    judgement->alert_count = 0;
    for (uint8_t rule = 0; rule < RULE_COUNT; rule++) {
        episodes->count = 0;
        rules[rule]->assess(history, yardstick->norms, yardstick->calendar, episodes);
        if (episodes->count > 1)
            qsort(episodes->items, episodes->count, sizeof(episodes->items[0]), episode_compare);
        for (uint32_t i = 0; i < episodes->count; i++) {
            struct alert *alert = &judgement->alerts[judgement->alert_count];
            judgement->alert_count += alert_from_episode(alert, rule, &episodes->items[i], history, &next);
        }
    }
    return next;
}

/* The event_id of the newest recorded among the facts that came to count after SEQUENCE; nil where there is none. */
static struct uuid newest_applied_after(const struct child *child, uint32_t sequence)
{
    const struct fact *newest = NULL;
    for (uint32_t i = 0; i < child->fact_count; i++) {
        const struct fact *fact = &child->facts[i];
        if (fact->sequence > sequence && (newest == NULL || fact_is_recorded_after(fact, newest)))
            newest = fact;
    }
    return newest == NULL ? UUID_NIL : newest->event_id;
}

/* The cause of today's alert of the same rule that covers the first day of WITHDRAWN; nil where none does. There is one
 * at most: no two episodes of a rule go on at once. */
static struct uuid replacement_of(const struct judgement *judgement, const struct alert *withdrawn)
{
    for (uint32_t i = 0; i < judgement->alert_count; i++) {
        const struct alert *alert = &judgement->alerts[i];
        if (alert->rule == withdrawn->rule && alert_covers(alert, withdrawn->raised_on))
            return alert->cause;
    }
    return UUID_NIL;
}

static struct alert alert_withdrawn(const struct child *child, const struct judgement *judgement,
                                    const struct alert *published)
{
    struct alert alert = *published;
    alert.state = ALERT_WITHDRAWN;
    alert.resolution = RESOLUTION_CORRECTED;
    alert.withdrawn_by = newest_applied_after(child, published->sequence);
    alert.replaced_by = replacement_of(judgement, published);
    return alert;
}

/* Adds to the merged alerts what PUBLISHED (NULL: nothing was) has become: NOW, a new revision unless it says the same.
 */
static void alert_merge(const struct child *child, struct judgement *judgement, uint32_t at,
                        const struct alert *published, const struct alert *now)
{
    struct alert *merged = &judgement->merged[at];
    if (published != NULL && alert_same(published, now)) {
        *merged = *published;
        return;
    }
    *merged = *now;
    merged->revision = published == NULL ? 1 : published->revision + 1;
    merged->sequence = child->sequence;
    bool was_in_force = published != NULL && alert_in_force(published);
    judgement->changes[judgement->change_count++] = (struct change){.alert = at, .was_in_force = was_in_force};
}

/* What became of an alert that was published and is none today. */
static struct alert alert_gone(const struct child *child, const struct judgement *judgement,
                               const struct alert *published)
{
    return published->state == ALERT_WITHDRAWN ? *published : alert_withdrawn(child, judgement, published);
}

static void alerts_merge(struct child *child, struct judgement *judgement)
{
    struct alert_pairs pairs = alert_pairs_of(child->alerts, child->alert_count, judgement->alerts,
                                              judgement->alert_count);
    struct alert_pair pair; /* published, now */
    uint32_t count = 0;
    judgement->change_count = 0;
    while (alert_pairs_next(&pairs, &pair)) {
        assert(count < CHILD_ALERTS_MAX);
        const struct alert now = pair.after != NULL ? *pair.after : alert_gone(child, judgement, pair.before);
        alert_merge(child, judgement, count++, pair.before, &now);
    }
    child->alert_count = count;
    if (count > 0)
        memcpy(child->alerts, judgement->merged, count * sizeof(child->alerts[0]));
}

void child_judge(struct child *child, const struct yardstick *yardstick, struct judgement *judgement)
{
    child->next_change_on = child_assess(child, yardstick, judgement);
    alerts_merge(child, judgement);
    if (child->forgotten_at_ms == NEVER_FORGOTTEN)
        return;
    struct day over_on = retention_over_on(child->forgotten_at_ms, yardstick->forget_retention_days);
    if (day_before(yardstick->today, over_on))
        child->next_change_on = day_earlier(child->next_change_on, over_on);
    else
        child->forgotten_at_ms = NEVER_FORGOTTEN;
}
