#include "alerts/record_headers.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

const struct record_header_row record_headers[RECORD_HEADER_COUNT] = {
#define X(symbol, name, presence, says) {name, RECORD_HEADER_##presence, says},
    RECORD_HEADERS(X)
#undef X
};

const struct cloud_event_row cloud_events[CLOUD_EVENT_COUNT] = {
#define X(symbol, type, about, has_value, says) {type, about, has_value, says},
    CLOUD_EVENTS(X)
#undef X
};

void record_headers_init(struct record_headers *headers)
{
    headers->event = CLOUD_EVENT_COUNT;
    headers->id[0] = headers->time[0] = headers->traceparent[0] = '\0';
}

void record_headers_describe(struct record_headers *headers, enum cloud_event event,
                             const char alert_id[static UUID_TEXT_SIZE], uint32_t revision, int64_t logged_at_ms)
{
    char which[16] = "forgotten";

    if (revision > 0)
        snprintf(which, sizeof which, "%" PRIu32, revision);
    headers->event = (uint8_t)event;
    snprintf(headers->id, sizeof headers->id, "%s/%s/%s/%" PRId64, cloud_events[event].about, alert_id, which,
             logged_at_ms);
    instant_format(logged_at_ms, headers->time);
}

void record_headers_trace(struct record_headers *headers, const char *traceparent)
{
    memcpy(headers->traceparent, traceparent, TRACEPARENT_LENGTH);
    headers->traceparent[TRACEPARENT_LENGTH] = '\0';
}

void record_headers_values(const struct record_headers *headers, const char *source,
                           const char *values[static RECORD_HEADER_COUNT])
{
    for (int i = 0; i < RECORD_HEADER_COUNT; i++)
        values[i] = NULL;
    if (headers->traceparent[0] != '\0')
        values[RECORD_HEADER_TRACEPARENT] = headers->traceparent;
    if (headers->event == CLOUD_EVENT_COUNT)
        return;
    const struct cloud_event_row *event = &cloud_events[headers->event];
    values[RECORD_HEADER_SPECVERSION] = "1.0";
    values[RECORD_HEADER_ID] = headers->id;
    values[RECORD_HEADER_SOURCE] = source;
    values[RECORD_HEADER_TYPE] = event->type;
    values[RECORD_HEADER_TIME] = headers->time;
    values[RECORD_HEADER_CONTENT_TYPE] = event->has_value ? "application/avro" : NULL;
}
