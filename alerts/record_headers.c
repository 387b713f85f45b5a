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
#define X(symbol, type, about, has_value, says) {type, CLOUD_EVENT_ABOUT_##about, has_value, says},
    CLOUD_EVENTS(X)
#undef X
};

static const char *const about_names[CLOUD_EVENT_ABOUT_COUNT] = {
#define X(symbol, name) name,
    CLOUD_EVENT_ABOUTS(X)
#undef X
};

bool record_header_is_there(enum record_header header, bool is_event, bool has_value, bool is_traced)
{
    switch (record_headers[header].presence) {
    case RECORD_HEADER_ON_EVERY_RECORD:
        return is_event;
    case RECORD_HEADER_WITH_A_VALUE:
        return is_event && has_value;
    default:
        return is_traced;
    }
}

void record_headers_init(struct record_headers *headers)
{
    headers->event = CLOUD_EVENT_COUNT;
    headers->id[0] = headers->time[0] = headers->traceparent[0] = '\0';
}

void cloud_event_id(char id[static CLOUD_EVENT_ID_SIZE], enum cloud_event_about about, const char *alert_id,
                    const char *which, int64_t at_ms)
{
    snprintf(id, CLOUD_EVENT_ID_SIZE, "%s/%s/%s/%" PRId64, about_names[about], alert_id, which, at_ms);
}

void record_headers_describe(struct record_headers *headers, enum cloud_event event,
                             const char alert_id[static UUID_TEXT_SIZE], uint32_t revision, int64_t logged_at_ms)
{
    char which[16] = "forgotten";

    if (revision > 0)
        snprintf(which, sizeof which, "%" PRIu32, revision);
    headers->event = (uint8_t)event;
    cloud_event_id(headers->id, cloud_events[event].about, alert_id, which, logged_at_ms);
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
    const bool is_event = headers->event != CLOUD_EVENT_COUNT, is_traced = headers->traceparent[0] != '\0';
    const struct cloud_event_row event = is_event ? cloud_events[headers->event] : (struct cloud_event_row){0};
    const char *const said[RECORD_HEADER_COUNT] = {
        [RECORD_HEADER_SPECVERSION] = "1.0",
        [RECORD_HEADER_ID] = headers->id,
        [RECORD_HEADER_SOURCE] = source,
        [RECORD_HEADER_TYPE] = event.type,
        [RECORD_HEADER_TIME] = headers->time,
        [RECORD_HEADER_CONTENT_TYPE] = AVRO_CONTENT_TYPE,
        [RECORD_HEADER_TRACEPARENT] = headers->traceparent,
    };
    for (enum record_header i = 0; i < RECORD_HEADER_COUNT; i++)
        values[i] = record_header_is_there(i, is_event, event.has_value, is_traced) ? said[i] : NULL;
}
