#include "alerts/webhook_event.h"

#include <inttypes.h>
#include <stdio.h>

#include "schemas/line_writer.h"

const struct webhook_event_row webhook_events[WEBHOOK_EVENT_COUNT] = {
#define X(symbol, type, says, data) {type, says, data},
    WEBHOOK_EVENTS(X)
#undef X
};

/* The event around its DATA, a JSON object. WHICH of those about the alert it is goes into the id. */
static bool write_event(struct webhook_event *event, enum webhook_event_type type, const char *source,
                        const struct uuid *alert_id, const char *which, int64_t at_ms, const char *data)
{
    struct line_writer writer;
    char alert[UUID_TEXT_SIZE];
    if (at_ms < INSTANT_FIRST_MS || at_ms > INSTANT_LAST_MS)
        return false;
    uuid_format(alert_id, alert);
    event->type = type;
    cloud_event_id(event->id, CLOUD_EVENT_ABOUT_ALERT, alert, which, at_ms);
    line_begin(&writer, event->body, sizeof(event->body));
    json_begin(&writer);
    json_put_string(&writer, "specversion", "1.0");
    json_put_string(&writer, "id", event->id);
    json_put_string(&writer, "source", source);
    json_put_string(&writer, "type", webhook_events[type].type);
    json_put_instant(&writer, "time", at_ms);
    json_put_string(&writer, "datacontenttype", "application/json");
    json_put_name(&writer, "data");
    line_put(&writer, data);
    json_end_object(&writer);
    event->body_length = line_end(&writer);
    return event->body_length > 0;
}

bool webhook_event_revised(struct webhook_event *event, const char *source, const struct alert_record *record)
{
    char data[ALERT_JSON_BYTES_MAX], which[16];
    snprintf(which, sizeof(which), "%" PRIu32, record->alert.revision);
    return alert_record_write_json(record, true, data, sizeof(data)) > 0 &&
           write_event(event, WEBHOOK_EVENT_REVISED, source, &record->alert_id, which, record->logged_at_ms, data);
}

/* What the alert has become is no business of who does not ask for it: where the child lives now, for one. */
bool webhook_event_left(struct webhook_event *event, const char *source, const struct alert_record *record)
{
    struct line_writer writer;
    char data[256], which[16];
    snprintf(which, sizeof(which), "%" PRIu32 "-left", record->alert.revision);
    line_begin(&writer, data, sizeof(data));
    json_begin(&writer);
    json_put_uuid(&writer, "alert_id", &record->alert_id);
    json_put_number(&writer, "revision", record->alert.revision);
    json_put_instant(&writer, "logged_at", record->logged_at_ms);
    json_end_object(&writer);
    return line_end(&writer) > 0 &&
           write_event(event, WEBHOOK_EVENT_LEFT, source, &record->alert_id, which, record->logged_at_ms, data);
}

bool webhook_event_forgotten(struct webhook_event *event, const char *source, const struct uuid *alert_id,
                             int64_t at_ms)
{
    struct line_writer writer;
    char data[64];
    line_begin(&writer, data, sizeof(data));
    json_begin(&writer);
    json_put_uuid(&writer, "alert_id", alert_id);
    json_end_object(&writer);
    return line_end(&writer) > 0 &&
           write_event(event, WEBHOOK_EVENT_FORGOTTEN, source, alert_id, "forgotten", at_ms, data);
}
