/* What came of an attempt: when the next one is made, and what is given up. */
#include <stdio.h>

#include "alerts/delivery_internal.h"
#include "alerts/retry.h"

static int64_t patience_ms(const struct delivery *delivery, uint32_t failures, int64_t retry_after_ms)
{
    const uint32_t chance = delivery->wishes.random(delivery->wishes.random_context);
    const int64_t wait_ms = retry_wait_ms(DELIVERY_RETRY_FIRST_MS, DELIVERY_RETRY_LAST_MS, failures, chance);
    const int64_t asked_ms = retry_after_ms < DELIVERY_RETRY_LAST_MS ? retry_after_ms : DELIVERY_RETRY_LAST_MS;
    return wait_ms > asked_ms ? wait_ms : asked_ms;
}

static void note_soon(struct delivery *delivery, struct known *known, int64_t now_ms)
{
    delivery_known_changed(delivery, known);
    if (delivery->results++ == 0)
        delivery->results_since_ms = now_ms;
}

/* EVENT is told, or given up; it is gone then. */
static void finish(struct delivery *delivery, const struct delivery_event *event, bool is_told, int64_t now_ms)
{
    struct known *known = delivery_known_find(delivery, &event->alert_id);
    if (event->offset > known->told.offset)
        known->told.offset = event->offset;
    if (is_told || event->type == DELIVERY_FORGOTTEN)
        known->told.told = delivery_told_by(event->type);
    delivery->forgotten += event->type == DELIVERY_FORGOTTEN;
    delivery_queue_remove(delivery, event);
    if (!delivery_queue_has(delivery, &known->alert_id))
        known->expected = known->told.told;
    delivery_known_untried(known);
    note_soon(delivery, known, now_ms);
}

/* Since when EVENT is tried, by whichever process: so one that is restarted each day gives up, too. A later instant
 * than this was told by a clock that was set back since. */
static int64_t tried_since_ms(struct delivery *delivery, const struct delivery_event *event, int64_t now_ms)
{
    struct known *known = delivery_known_find(delivery, &event->alert_id);
    if (known->told.tried != event->offset || known->told.tried_since_ms > now_ms) {
        known->told.tried = event->offset;
        known->told.tried_since_ms = now_ms;
        note_soon(delivery, known, now_ms);
    }
    return known->told.tried_since_ms;
}

static bool try_again(struct delivery *delivery, struct delivery_event *event, const struct delivery_result *result,
                      int64_t now_ms)
{
    event->next_attempt_ms = now_ms + patience_ms(delivery, ++event->attempts, result->retry_after_ms);
    if (now_ms - tried_since_ms(delivery, event, now_ms) < delivery->wishes.give_up_ms)
        return false;
    delivery->standing.given_up++;
    finish(delivery, event, false, now_ms);
    return true;
}

/* All that waits is still to be told, should it be wished for again. */
static void unsubscribe(struct delivery *delivery, int64_t now_ms)
{
    for (int32_t i = 0; i < delivery->wishes.partitions; i++)
        delivery->partitions[i].position = delivery_low(delivery, i);
    delivery_queue_drop_all(delivery);
    delivery->standing.is_gone = true;
    delivery->standing.since_ms = now_ms;
    delivery->is_urgent = true;
}

static void note_failure(struct delivery_standing *standing, const char *why, int64_t now_ms)
{
    standing->failed_at_ms = now_ms;
    snprintf(standing->failure, sizeof standing->failure, "%s", why);
}

bool delivery_result(struct delivery *delivery, const struct delivery_event *event,
                     const struct delivery_result *result, int64_t now_ms)
{
    struct delivery_event *own = delivery->first;
    while (own != event)
        own = own->next;
    delivery->is_stale = true;
    if (result->outcome == DELIVERY_UNAVAILABLE) {
        delivery->paused_until_ms = now_ms + patience_ms(delivery, ++delivery->failures, result->retry_after_ms);
    } else {
        delivery->failures = 0;
        delivery->paused_until_ms = 0;
    }
    if (result->outcome == DELIVERY_TAKEN) {
        delivery->standing.delivered++;
        delivery->standing.succeeded_at_ms = now_ms;
        finish(delivery, own, true, now_ms);
        return false;
    }
    note_failure(&delivery->standing, result->why, now_ms);
    if (result->outcome == DELIVERY_UNSUBSCRIBED) {
        unsubscribe(delivery, now_ms);
        return false;
    }
    return try_again(delivery, own, result, now_ms);
}
