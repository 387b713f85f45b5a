/* The headers of records of `alerts` and `violations`: CloudEvents 1.0 in Kafka's binary content mode, by the NL GOV
 * profile, and W3C's traceparent. One table for writing, documentation and whoever describes the topics.
 */
#ifndef ALERTS_RECORD_HEADERS_H
#define ALERTS_RECORD_HEADERS_H

#include <stdbool.h>
#include <stdint.h>

#include "rules/uuid.h"
#include "schemas/instant.h"
#include "schemas/traceparent.h"

#define AVRO_CONTENT_TYPE "application/avro" /* of each value */

/* X(SYMBOL, header, when it is there, what it says). All but the last only where a source is configured. */
#define RECORD_HEADERS(X)                                                                                              \
    X(SPECVERSION, "ce_specversion", ON_EVERY_RECORD, "the version of CloudEvents, 1.0")                               \
    X(ID, "ce_id", ON_EVERY_RECORD,                                                                                    \
      "alert or violation, the alert_id, the revision or `forgotten`, and the logged_at in milliseconds since 1970")   \
    X(SOURCE, "ce_source", ON_EVERY_RECORD, "the setting cloudevents.source")                                          \
    X(TYPE, "ce_type", ON_EVERY_RECORD, "what happened: one of the types")                                             \
    X(TIME, "ce_time", ON_EVERY_RECORD,                                                                                \
      "when the record was made, as its logged_at: RFC 3339 in UTC with milliseconds")                                 \
    X(CONTENT_TYPE, "content-type", WITH_A_VALUE, AVRO_CONTENT_TYPE)                                                   \
    X(TRACEPARENT, TRACEPARENT_HEADER, WHERE_TRACED,                                                                   \
      "the traceparent of the event that set it off (W3C Trace Context, version 00)")

/* clang-format off */
enum record_header {
#define X(symbol, name, presence, says) RECORD_HEADER_##symbol,
    RECORD_HEADERS(X)
#undef X
    RECORD_HEADER_COUNT
};
/* clang-format on */

enum record_header_presence {
    RECORD_HEADER_ON_EVERY_RECORD,
    RECORD_HEADER_WITH_A_VALUE, /* a tombstone has no content */
    RECORD_HEADER_WHERE_TRACED  /* also without a source */
};

struct record_header_row {
    const char *name;
    enum record_header_presence presence;
    const char *says;
};
extern const struct record_header_row record_headers[RECORD_HEADER_COUNT];

/* What a row's presence means: whether HEADER is on a record that is a CloudEvent, has a value, is traced, or not. */
bool record_header_is_there(enum record_header header, bool is_event, bool has_value, bool is_traced);

/* X(SYMBOL, as ids have it). What an event is about: ALERT of the topic alerts, VIOLATION of violations. Two records of
 * one revision are two events, so their ids must differ. */
#define CLOUD_EVENT_ABOUTS(X)                                                                                          \
    X(ALERT, "alert")                                                                                                  \
    X(VIOLATION, "violation")

/* What subscribers are told, too (webhook_event.h). */
#define ALERT_REVISED_TYPE "nl.placementalerts.alert-revised.v1"
#define ALERT_REVISED_SAYS "an alert was raised or changed"
#define ALERT_FORGOTTEN_TYPE "nl.placementalerts.alert-forgotten.v1"
#define ALERT_FORGOTTEN_SAYS "the child is forgotten: whatever is known of the alert is to be erased"

/* X(SYMBOL, ce_type, what it is about, whether the record has a value, what happened). A type's meaning stays; what
 * readers could not take for it gets a new version. */
#define CLOUD_EVENTS(X)                                                                                                \
    X(ALERT_REVISED, ALERT_REVISED_TYPE, ALERT, true, ALERT_REVISED_SAYS)                                              \
    X(ALERT_FORGOTTEN, ALERT_FORGOTTEN_TYPE, ALERT, false, ALERT_FORGOTTEN_SAYS)                                       \
    X(VIOLATION_IN_FORCE, "nl.placementalerts.violation-in-force.v1", VIOLATION, true,                                 \
      "a norm is broken, or what is said of it has changed")                                                           \
    X(VIOLATION_OVER, "nl.placementalerts.violation-over.v1", VIOLATION, false, "the violation is no longer in force") \
    X(VIOLATION_FORGOTTEN, "nl.placementalerts.violation-forgotten.v1", VIOLATION, false,                              \
      "the child is forgotten: whatever is known of the violation is to be erased")

/* clang-format off */
enum cloud_event_about {
#define X(symbol, name) CLOUD_EVENT_ABOUT_##symbol,
    CLOUD_EVENT_ABOUTS(X)
#undef X
    CLOUD_EVENT_ABOUT_COUNT
};

enum cloud_event {
#define X(symbol, type, about, has_value, says) CLOUD_EVENT_##symbol,
    CLOUD_EVENTS(X)
#undef X
    CLOUD_EVENT_COUNT
};
/* clang-format on */

struct cloud_event_row {
    const char *type;
    enum cloud_event_about about;
    bool has_value;
    const char *says;
};
extern const struct cloud_event_row cloud_events[CLOUD_EVENT_COUNT];

#define CLOUD_EVENT_ID_SIZE 80 /* "violation/", the alert_id, "/" and ten digits, "/" and twenty, a NUL */

/* The id of an event about an alert: WHICH of them, of at most 15 bytes, is its revision, or what happened to it. */
void cloud_event_id(char id[static CLOUD_EVENT_ID_SIZE], enum cloud_event_about about, const char *alert_id,
                    const char *which, int64_t at_ms);

/* What the headers of one record say. Characters alone, so that it may stand anywhere in an arena. */
struct record_headers {
    uint8_t event; /* enum cloud_event; CLOUD_EVENT_COUNT: no CloudEvents headers */
    char id[CLOUD_EVENT_ID_SIZE];
    char time[INSTANT_TEXT_SIZE];
    char traceparent[TRACEPARENT_LENGTH + 1]; /* "": none */
};

/* No headers yet. */
void record_headers_init(struct record_headers *headers);

/* Those of CloudEvents. REVISION 0: the alert is forgotten. The instant is in the id since revisions begin anew where
 * an alert comes back after it was forgotten, or all was judged anew: who drops what he has seen would drop an alert.
 */
void record_headers_describe(struct record_headers *headers, enum cloud_event event,
                             const char alert_id[static UUID_TEXT_SIZE], uint32_t revision, int64_t logged_at_ms);

/* The trace; TRACEPARENT is valid, and not copied beyond TRACEPARENT_LENGTH. */
void record_headers_trace(struct record_headers *headers, const char *traceparent);

/* Into VALUES what each header says, NULL where it is not there. SOURCE is cloudevents.source. The texts are of
 * HEADERS, SOURCE, or constant. */
void record_headers_values(const struct record_headers *headers, const char *source,
                           const char *values[static RECORD_HEADER_COUNT]);

#endif
