#include "consumer/delivery_internal.h"

#include <stdio.h>

#include "consumer/clock.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"

#define COMPONENT DELIVERY_COMPONENT
#define RETRY_AFTER_S_MAX INT64_C(1000000) /* beyond what is heeded, and far from any overflow */

/* --- the event ---------------------------------------------------------------------------------------------------- */

/* The record was read when it came, so it can be now. */
static bool make_event(struct delivery_target *target, const struct delivery_event *event)
{
    const char *source = target->needs->settings->cloudevents_source;
    struct alert_record record;
    struct finding finding;
    if (event->type == DELIVERY_FORGOTTEN)
        return webhook_event_forgotten(&target->event, source, &event->alert_id, event->logged_at_ms);
    if (!alert_record_read(target->feed.reader, event->value, event->length, &record, &finding))
        return false;
    return event->type == DELIVERY_LEFT ? webhook_event_left(&target->event, source, &record)
                                        : webhook_event_revised(&target->event, source, &record);
}

/* --- what came of it ---------------------------------------------------------------------------------------------- */

static enum delivery_outcome outcome_of(enum webhook_outcome outcome)
{
    if (outcome == WEBHOOK_DELIVERED)
        return DELIVERY_TAKEN;
    if (outcome == WEBHOOK_GONE)
        return DELIVERY_UNSUBSCRIBED;
    return webhook_outcomes[outcome].whom == WEBHOOK_OF_EVENT ? DELIVERY_REFUSED : DELIVERY_UNAVAILABLE;
}

static void say_failing(struct delivery_target *target, enum webhook_outcome outcome, const char *why)
{
    const char *name = target->subscription->name;
    switch (outcome_of(outcome)) {
    case DELIVERY_TAKEN:
        if (target->is_failing)
            log_info(COMPONENT, "the receiver takes events again subscription=%s", name);
        target->is_failing = false;
        break;
    case DELIVERY_REFUSED:
        log_warning(COMPONENT, "the receiver %s; its child's others wait subscription=%s reason=%s",
                    webhook_outcomes[outcome].sentence, name, LOG_QUOTED(why));
        break;
    case DELIVERY_UNSUBSCRIBED:
        log_warning(COMPONENT,
                    "the receiver %s; it is told nothing until `placement-alerts notify replay` subscription=%s",
                    webhook_outcomes[outcome].sentence, name);
        break;
    case DELIVERY_UNAVAILABLE:
        if (!target->is_failing)
            log_warning(COMPONENT, "the receiver %s; it is tried again subscription=%s reason=%s",
                        webhook_outcomes[outcome].sentence, name, LOG_QUOTED(why));
        target->is_failing = true;
        break;
    }
}

/* The standing says it in a sentence. */
static const char *describe(enum webhook_outcome outcome, const char *why, char text[static DELIVERY_FAILURE_SIZE])
{
    const int length = snprintf(text, DELIVERY_FAILURE_SIZE, "the receiver %s%s%s", webhook_outcomes[outcome].sentence,
                                *why == '\0' ? "" : ": ", why);
    (void)length; /* what does not fit is cut */
    return text;
}

static void tell(struct delivery_target *target, const struct delivery_event *event)
{
    char text[DELIVERY_FAILURE_SIZE];
    struct webhook_reply reply = {.why = "it can not be written as an event"};
    const enum webhook_outcome outcome = make_event(target, event)
                                             ? webhook_send(target->webhook, &target->event, clock_wall_ms(), &reply)
                                             : WEBHOOK_REFUSED;
    if (*target->needs->is_stopped && outcome != WEBHOOK_DELIVERED)
        return; /* it was given up for that */
    const int64_t asked_s = reply.retry_after_s < RETRY_AFTER_S_MAX ? reply.retry_after_s : RETRY_AFTER_S_MAX;
    const struct delivery_result result = {outcome_of(outcome), asked_s * 1000, describe(outcome, reply.why, text)};
    say_failing(target, outcome, reply.why);
    if (delivery_result(target->delivery, event, &result, delivery_target_now_ms(target)))
        log_error(COMPONENT, "an event is given up after %lld hours subscription=%s reason=%s",
                  (long long)target->needs->settings->webhook_give_up_hours, target->subscription->name,
                  LOG_QUOTED(reply.why));
}

bool delivery_send_step(struct delivery_target *target)
{
    if (target->exit_code != EXIT_OK || *target->needs->is_stopped || target->book.is_lost)
        return false;
    const int64_t now_ms = delivery_target_now_ms(target);
    const struct delivery_plan plan = delivery_next(target->delivery, now_ms);
    if (plan.step == DELIVERY_NOTE)
        target->exit_code = delivery_book_note(&target->book, target->delivery, now_ms);
    else if (plan.step == DELIVERY_SEND)
        tell(target, plan.event);
    return plan.step != DELIVERY_WAIT;
}

int delivery_send_wait_ms(struct delivery_target *target, int most_ms)
{
    const int64_t now_ms = delivery_target_now_ms(target);
    const struct delivery_plan plan = delivery_next(target->delivery, now_ms);
    if (plan.step != DELIVERY_WAIT || plan.until_ms <= now_ms)
        return 0;
    return plan.until_ms - now_ms < most_ms ? (int)(plan.until_ms - now_ms) : most_ms;
}
