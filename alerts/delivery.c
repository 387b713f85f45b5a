/* What is to be told next. */
#include "alerts/delivery.h"

#include <stdlib.h>

#include "alerts/delivery_internal.h"

#define OFFERS_AT_ONCE 100  /* alerts that are noted before they are told of, in one go */
#define RESULTS_AT_ONCE 100 /* may come again, where the process dies before they are noted … */
#define RESULTS_FOR_MS 1000
#define UNSEEN_FOR_MS 1000 /* that another process took over */
#define STALE_FOR_MS 10000
#define SILENT_FOR_MS 30000 /* so often a sign of life is noted */

struct delivery *delivery_new(const struct delivery_wishes *wishes)
{
    struct delivery *delivery = calloc(1, sizeof *delivery);
    if (delivery == NULL)
        return NULL;
    delivery->wishes = *wishes;
    delivery->last = &delivery->first;
    delivery->standing.survey_from_ms = DELIVERY_NO_SURVEY;
    delivery->partitions = calloc((size_t)wishes->partitions, sizeof delivery->partitions[0]);
    if (delivery->partitions != NULL)
        return delivery;
    delivery_free(delivery);
    return NULL;
}

void delivery_free(struct delivery *delivery)
{
    if (delivery == NULL)
        return;
    delivery_queue_drop_all(delivery);
    delivery_known_free(delivery);
    free(delivery->partitions);
    free(delivery);
}

const struct delivery_standing *delivery_standing(const struct delivery *delivery)
{
    return &delivery->standing;
}

/* --- what is next ------------------------------------------------------------------------------------------------- */

/* The one whose time came first. */
static struct delivery_event *pick(const struct delivery *delivery, int64_t now_ms)
{
    struct delivery_event *picked = NULL;
    if (now_ms < delivery->paused_until_ms)
        return NULL;
    for (struct delivery_event *event = delivery->first; event != NULL; event = event->next)
        if (event->ahead == NULL && event->next_attempt_ms <= now_ms &&
            (picked == NULL || event->next_attempt_ms < picked->next_attempt_ms))
            picked = event;
    return picked;
}

/* Whether the subscriber may come to hold the alert by it, or to let go of it, without that being noted. */
static bool wants_offer(const struct delivery *delivery, const struct delivery_event *event)
{
    const enum told told = delivery_known_find(delivery, &event->alert_id)->told.told;
    return event->type == DELIVERY_REVISED ? told != TOLD_HELD && told != TOLD_OFFERED
                                           : event->type == DELIVERY_LEFT && told == TOLD_HELD;
}

static void offer(struct delivery *delivery, const struct delivery_event *event)
{
    struct known *known = delivery_known_find(delivery, &event->alert_id);
    known->told.told = TOLD_OFFERED;
    known->told.offered = event->offset;
    delivery_known_changed(delivery, known);
    delivery->is_urgent = true;
}

/* With the one that is to be told those that will soon be. */
static void make_offers(struct delivery *delivery, const struct delivery_event *first)
{
    int offers = 1;
    offer(delivery, first);
    for (const struct delivery_event *event = delivery->first; event != NULL && offers < OFFERS_AT_ONCE;
         event = event->next)
        if (event->ahead == NULL && wants_offer(delivery, event)) {
            offer(delivery, event);
            offers++;
        }
}

static int64_t next_note_ms(const struct delivery *delivery)
{
    return delivery->standing.noted_at_ms + (delivery->is_stale ? STALE_FOR_MS : SILENT_FOR_MS);
}

static int64_t next_attempt_ms(const struct delivery *delivery)
{
    int64_t next_ms = INT64_MAX;
    for (const struct delivery_event *event = delivery->first; event != NULL; event = event->next)
        if (event->ahead == NULL && event->next_attempt_ms < next_ms)
            next_ms = event->next_attempt_ms;
    return next_ms > delivery->paused_until_ms ? next_ms : delivery->paused_until_ms;
}

static struct delivery_plan plan_wait(const struct delivery *delivery, int64_t now_ms)
{
    const int64_t note_ms = next_note_ms(delivery), attempt_ms = next_attempt_ms(delivery);
    if (delivery->results > 0 || now_ms >= note_ms)
        return (struct delivery_plan){.step = DELIVERY_NOTE};
    return (struct delivery_plan){.step = DELIVERY_WAIT, .until_ms = note_ms < attempt_ms ? note_ms : attempt_ms};
}

/* A process that stood still would tell what is old to a receiver that another one has told of what is newer. It is
 * told so when it notes something. */
static bool may_be_taken_over(const struct delivery *delivery, int64_t now_ms)
{
    return now_ms - delivery->standing.noted_at_ms >= UNSEEN_FOR_MS;
}

/* What is offered is noted along with the results of what was offered before: a transaction for both. */
struct delivery_plan delivery_next(struct delivery *delivery, int64_t now_ms)
{
    const bool are_enough = delivery->results >= RESULTS_AT_ONCE ||
                            (delivery->results > 0 && now_ms - delivery->results_since_ms >= RESULTS_FOR_MS);
    const struct delivery_event *event = delivery->is_urgent ? NULL : pick(delivery, now_ms);
    if (event != NULL && wants_offer(delivery, event))
        make_offers(delivery, event);
    if (delivery->is_urgent || are_enough)
        return (struct delivery_plan){.step = DELIVERY_NOTE};
    if (event == NULL)
        return plan_wait(delivery, now_ms);
    if (may_be_taken_over(delivery, now_ms))
        return (struct delivery_plan){.step = DELIVERY_NOTE};
    return (struct delivery_plan){.step = DELIVERY_SEND, .event = event};
}
