/* What subscribers are sent: CloudEvents 1.0 in JSON (structured content mode), by the NL GOV profile. An alert that is
 * revised has the id that the record of the topic `alerts` has in its header ce_id (record_headers.h), so that who
 * hears of it on both ways knows it; so has one that is forgotten, if the instant is that of the header.
 *
 * Context attributes go through the hands of others, proxies and logs: nothing of a child is in them.
 */
#ifndef ALERTS_WEBHOOK_EVENT_H
#define ALERTS_WEBHOOK_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "alerts/record_headers.h"
#include "schemas/alert_record.h"

#define WEBHOOK_CONTENT_TYPE "application/cloudevents+json"
#define WEBHOOK_BODY_BYTES_MAX (ALERT_JSON_BYTES_MAX + 1024)

/* X(SYMBOL, type, what happened, what its data has). A type's meaning stays; what readers could not take for it gets a
 * new version. */
#define WEBHOOK_EVENTS(X)                                                                                              \
    X(REVISED, ALERT_REVISED_TYPE, ALERT_REVISED_SAYS, "the alert as it is now")                                       \
    X(LEFT, "nl.placementalerts.alert-left.v1",                                                                        \
      "the alert is no longer one that the subscription asks for: it moved to another place, or its level changed",    \
      "alert_id, revision, logged_at")                                                                                 \
    X(FORGOTTEN, ALERT_FORGOTTEN_TYPE, ALERT_FORGOTTEN_SAYS, "alert_id")

/* clang-format off */
enum webhook_event_type {
#define X(symbol, type, says, data) WEBHOOK_EVENT_##symbol,
    WEBHOOK_EVENTS(X)
#undef X
    WEBHOOK_EVENT_COUNT
};
/* clang-format on */

struct webhook_event_row {
    const char *type, *says, *data;
};
extern const struct webhook_event_row webhook_events[WEBHOOK_EVENT_COUNT];

/* One event, as it is sent. Plain bytes: it may be copied. */
struct webhook_event {
    enum webhook_event_type type;
    char id[CLOUD_EVENT_ID_SIZE]; /* the same at each attempt; characters A-Z a-z 0-9 / - */
    char body[WEBHOOK_BODY_BYTES_MAX];
    size_t body_length;
};

/* SOURCE is the setting cloudevents.source, a URN. Each false: SOURCE or the texts of the record are longer than
 * settings and topics can have them, or the instant is none that records can have. */

/* The alert was raised or changed, and is asked for. */
bool webhook_event_revised(struct webhook_event *event, const char *source, const struct alert_record *record);

/* This revision of the alert is no longer asked for, an earlier one was. */
bool webhook_event_left(struct webhook_event *event, const char *source, const struct alert_record *record);

/* The child is forgotten. AT_MS is when: of the tombstone's header ce_time, or else its timestamp; the same at each
 * attempt. */
bool webhook_event_forgotten(struct webhook_event *event, const char *source, const struct uuid *alert_id,
                             int64_t at_ms);

#endif
