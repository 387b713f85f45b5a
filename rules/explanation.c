#include "explanation_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ROOM_AT_FIRST 32

const char *const standing_names[STANDING_COUNT] = {[STANDING_ALERT] = "ALERT",
                                                    [STANDING_COUNTING] = "COUNTING",
                                                    [STANDING_WITHDRAWN] = "WITHDRAWN",
                                                    [STANDING_ABSENT] = "ABSENT"};

const char *const without_names[WITHOUT_COUNT] = {
    [WITHOUT_NOTHING] = "NOTHING", [WITHOUT_ANOTHER] = "ANOTHER", [WITHOUT_DIFFERENT] = "DIFFERENT"};

bool explanation_init(struct explanation *explanation)
{
    memset(explanation, 0, sizeof(*explanation));
    bool has_judgement = judgement_init(&explanation->judgement), has_other = judgement_init(&explanation->other);
    explanation->fewer = calloc(CHILD_FACTS_MAX, sizeof(explanation->fewer[0]));
    if (has_judgement && has_other && explanation->fewer != NULL)
        return true;
    explanation_fini(explanation);
    return false;
}

void explanation_fini(struct explanation *explanation)
{
    judgement_fini(&explanation->judgement);
    judgement_fini(&explanation->other);
    free(explanation->fewer);
    free(explanation->items);
    free(explanation->reasons);
    free(explanation->school_days);
    free(explanation->holidays);
    free(explanation->moves);
    free(explanation->foreseen);
    memset(explanation, 0, sizeof(*explanation));
}

bool explanation_grow(void **items, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room)
        return true;
    uint32_t wanted = *room == 0 ? ROOM_AT_FIRST : *room * 2;
    void *larger = wanted > *room ? realloc(*items, wanted * size) : NULL;
    if (larger == NULL)
        return false;
    *items = larger;
    *room = wanted;
    return true;
}

/* --- what there is to explain ------------------------------------------------------------------------------------- */

static struct explained *item_add(struct explanation *explanation, enum standing standing)
{
    void *items = explanation->items;
    if (!explanation_grow(&items, explanation->item_count, &explanation->item_room, sizeof(struct explained)))
        return NULL;
    explanation->items = items;
    struct explained *item = &explanation->items[explanation->item_count++];
    *item = (struct explained){.standing = standing, .plan_on = DAY_NEVER};
    return item;
}

static const struct alert *alert_find(const struct alert *alerts, uint32_t count, const struct alert *wanted)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = alert_compare_keys(&alerts[middle], wanted);
        if (order == 0)
            return &alerts[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The period of the last day that the alert speaks of; its end may lie in none. */
static const struct period *period_of(const struct history *history, const struct explained *item)
{
    struct day last = day_earlier(history->today, day_plus(item->episode.end, -1));
    if (item->standing == STANDING_ALERT)
        last = day_later(last, item->alert.raised_on);
    const struct stay *stay = history_stay_on(history, last);
    assert(stay != NULL); /* no rule speaks of days out of reception */
    return &history->periods[stay->period];
}

static bool episode_add(struct explanation *explanation, uint8_t rule, const struct episode *episode)
{
    const struct history *history = &explanation->judgement.history;
    struct alert alert = {.rule = rule, .cause = episode->cause->event_id};
    struct day next = DAY_NEVER;
    bool is_alert = alert_from_episode(&alert, rule, episode, history, &next);
    if (!is_alert && day_is_never(next)) /* it never was one, and never will be */
        return true;
    struct explained *item = item_add(explanation, is_alert ? STANDING_ALERT : STANDING_COUNTING);
    if (item == NULL)
        return false;
    if (!is_alert) {
        alert.raised_on = next;
        alert.due_on = episode->due_on;
        alert.violation_on = alert.resolved_on = DAY_ABSENT;
        alert.norm_months = episode->norm_months;
    }
    item->alert = alert;
    item->episode = *episode;
    item->period = period_of(history, item);
    return true;
}

static bool episodes_add_all(struct explanation *explanation)
{
    const struct yardstick *yardstick = &explanation->yardstick;
    struct episodes *episodes = &explanation->judgement.episodes;
    bool kept = true;
    for (uint8_t rule = 0; kept && rule < RULE_COUNT; rule++) {
        episodes->count = 0;
        rules[rule]->assess(&explanation->judgement.history, yardstick->norms, yardstick->calendar, episodes);
        for (uint32_t i = 0; kept && i < episodes->count; i++)
            kept = episode_add(explanation, rule, &episodes->items[i]);
    }
    return kept;
}

static const struct fact *fact_find(const struct child *child, const struct uuid *event_id)
{
    for (uint32_t i = 0; i < child->fact_count; i++)
        if (uuid_equal(&child->facts[i].event_id, event_id))
            return &child->facts[i];
    return NULL;
}

/* What is counted towards the alert that was published already; NULL: nothing is. */
static struct explained *counting_find(struct explanation *explanation, const struct alert *alert)
{
    for (uint32_t i = 0; i < explanation->item_count; i++)
        if (explanation->items[i].standing == STANDING_COUNTING &&
            alert_compare_keys(&explanation->items[i].alert, alert) == 0)
            return &explanation->items[i];
    return NULL;
}

/* Those that are published and no alert today; what is counted towards one of them is that one. */
static bool published_add_all(struct explanation *explanation)
{
    const struct child *child = explanation->child;
    const struct judgement *judgement = &explanation->judgement;
    for (const struct alert *alert = child->alerts; alert < child->alerts + child->alert_count; alert++) {
        if (alert_find(judgement->alerts, judgement->alert_count, alert) != NULL)
            continue;
        bool is_withdrawn = alert->state == ALERT_WITHDRAWN;
        struct explained *item = counting_find(explanation, alert);
        if (item == NULL) {
            item = item_add(explanation, is_withdrawn ? STANDING_WITHDRAWN : STANDING_ABSENT);
            if (item == NULL)
                return false;
            item->alert = *alert;
        }
        item->revision = alert->revision;
        item->published = alert;
        item->by = is_withdrawn ? fact_find(child, &alert->withdrawn_by) : NULL;
    }
    return true;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

/* What needs somebody's eye comes first. */
static int rank(const struct explained *item)
{
    bool is_over = item->standing == STANDING_ALERT && item->alert.state == ALERT_RESOLVED;
    return is_over ? STANDING_COUNT : (int)item->standing;
}

static int item_compare(const void *a, const void *b)
{
    const struct explained *left = a, *right = b;
    if (rank(left) != rank(right))
        return rank(left) - rank(right);
    if (left->standing == STANDING_ALERT && rank(left) == STANDING_ALERT && left->alert.level != right->alert.level)
        return (int)right->alert.level - (int)left->alert.level;
    int order = rank(left) == STANDING_COUNT ? -day_compare(left->alert.raised_on, right->alert.raised_on) : 0;
    return order != 0 ? order : alert_compare(&left->alert, &right->alert);
}

static bool item_fill(struct explanation *explanation, struct explained *item)
{
    const struct child *child = explanation->child;
    const struct judgement *judgement = &explanation->judgement;
    if (item->standing != STANDING_ALERT && item->standing != STANDING_COUNTING)
        return true;
    item->published = alert_find(child->alerts, child->alert_count, &item->alert);
    item->revision = item->published == NULL ? 0 : item->published->revision;
    if (item->standing == STANDING_ALERT)
        item->judged = (uint32_t)(alert_find(judgement->alerts, judgement->alert_count, &item->alert) -
                                  judgement->alerts);
    explanation_find_endings(explanation, item);
    return explanation_count(explanation, item);
}

bool child_explain(const struct child *child, const struct yardstick *yardstick, struct explanation *explanation)
{
    explanation->child = child;
    explanation->yardstick = *yardstick;
    explanation->item_count = explanation->reason_count = explanation->school_day_count = 0;
    explanation->holiday_count = explanation->move_count = explanation->foreseen_count = 0;

    struct day next = child_assess(child, yardstick, &explanation->judgement);
    if (!episodes_add_all(explanation) || !published_add_all(explanation))
        return false;
    if (explanation->item_count > 1)
        qsort(explanation->items, explanation->item_count, sizeof(explanation->items[0]), item_compare);
    for (uint32_t i = 0; i < explanation->item_count; i++)
        if (!item_fill(explanation, &explanation->items[i]))
            return false;
    explanation_find_plans(explanation);
    return explanation_find_reasons(explanation) && explanation_foresee(explanation, next);
}

/* --- the norms ---------------------------------------------------------------------------------------------------- */

const struct norm_option *explained_norm_at(const struct explained *item, size_t i)
{
    const struct rule *rule = rules[item->alert.rule];
    if (i < rule->option_count)
        return &rule->options[i];
    for (const char *const *name = rule->shared_options; *name != NULL; name++)
        if (i-- == rule->option_count)
            return norm_option_find(*name);
    return NULL;
}

void explained_norms(const struct explanation *explanation, const struct explained *item, struct norms *norms)
{
    const struct norm_option *option;
    *norms = *explanation->yardstick.norms;
    for (size_t i = 0; (option = explained_norm_at(item, i)) != NULL; i++) {
        if (option->type != NORM_DATED)
            continue;
        struct dated_norms *dated = (struct dated_norms *)((char *)norms + option->offset);
        struct dated_norm in_force = *dated_norm_on(dated, item->episode.over_on);
        in_force.from = DAY_FIRST;
        *dated = (struct dated_norms){.norms = {in_force}, .count = 1};
    }
}
