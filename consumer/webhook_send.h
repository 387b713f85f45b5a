/* One attempt to deliver an event to a subscriber: signed as Standard Webhooks has it, posted over HTTP, and what the
 * answer means. Queueing, and when to try again, are others' (they keep no secret).
 *
 * Whom an operator wrote into the settings may still be led astray by a name server or a redirect: addresses that are
 * not of the internet are refused when they are about to be connected to, unless webhooks.allow_private_addresses, and
 * redirects are not followed. No word of what a receiver answers is taken over.
 */
#ifndef CONSUMER_WEBHOOK_SEND_H
#define CONSUMER_WEBHOOK_SEND_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "alerts/webhook_event.h"
#include "consumer/settings.h"

#define WEBHOOK_WHY_SIZE 512

/* X(SYMBOL, WHOM it is said of, sentence). EVENT: of this event alone, others may be taken. SUBSCRIPTION: of its
 * receiver or of its settings, any event would fare the same now. */
#define WEBHOOK_OUTCOMES(X)                                                                                            \
    X(DELIVERED, EVENT, "took the event")                                                                              \
    X(REFUSED, EVENT, "does not take this event")                                                                      \
    X(GONE, SUBSCRIPTION, "wants no more events")                                                                      \
    X(BUSY, SUBSCRIPTION, "asks for patience")                                                                         \
    X(DENIED, SUBSCRIPTION, "takes no events at this url, or not with this secret")                                    \
    X(FAILED, SUBSCRIPTION, "could not be reached, or is in trouble")                                                  \
    X(UNTRUSTED, SUBSCRIPTION, "is not trusted")                                                                       \
    X(FORBIDDEN, SUBSCRIPTION, "has an address that must not be talked to (webhooks.allow_private_addresses)")         \
    X(MISCONFIGURED, SUBSCRIPTION, "can not be sent to with the settings as they are")

/* clang-format off */
enum webhook_outcome {
#define X(symbol, whom, sentence) WEBHOOK_##symbol,
    WEBHOOK_OUTCOMES(X)
#undef X
    WEBHOOK_OUTCOME_COUNT
};
/* clang-format on */

enum webhook_whom { WEBHOOK_OF_EVENT, WEBHOOK_OF_SUBSCRIPTION };

struct webhook_outcome_row {
    const char *name; /* "DELIVERED" */
    enum webhook_whom whom;
    const char *sentence; /* "the receiver …" */
};
extern const struct webhook_outcome_row webhook_outcomes[WEBHOOK_OUTCOME_COUNT];

struct webhook_reply {
    long status;                /* of HTTP; 0: there was no whole answer */
    int64_t retry_after_s;      /* asked for; 0: nothing was. Not bounded: whoever sends an absurd one is not heeded */
    char why[WEBHOOK_WHY_SIZE]; /* for an operator, without url, secret and event; "" if DELIVERED */
};

/* The sender of one subscription, for one thread at a time; its connection stays open from one event to the next. It
 * keeps what it needs of the settings. *IS_CANCELLED, set: an attempt under way is given up within a second, as FAILED.
 * NULL: memory is short. */
struct webhook;
struct webhook *webhook_new(const struct settings *settings, const struct subscription *subscription,
                            const atomic_bool *is_cancelled);
void webhook_free(struct webhook *webhook);

/* Sends EVENT and waits, webhooks.timeout_ms at most. NOW_MS since 1970 by the wall clock: receivers refuse what was
 * signed longer than some minutes ago. REPLY is filled in, whatever the outcome. */
enum webhook_outcome webhook_send(struct webhook *webhook, const struct webhook_event *event, int64_t now_ms,
                                  struct webhook_reply *reply);

#endif
