#include "schemas/alert_record.h"

#include "rules/rule.h"
#include "schemas/avro_bytes.h"

struct alert_record alert_record_of(const struct alert *alert, struct text child_id, int64_t logged_at_ms)
{
    struct alert_record record = {.child_id = child_id, .alert = *alert, .logged_at_ms = logged_at_ms};
    record.alert_id = alert_id(alert, child_id);
    if (!uuid_is_nil(&alert->replaced_by)) {
        struct alert replacement = *alert;
        replacement.cause = alert->replaced_by;
        record.replaced_by = alert_id(&replacement, child_id);
    }
    return record;
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

static void put_uuid(struct avro_writer *writer, const struct uuid *uuid)
{
    char text[UUID_TEXT_SIZE];
    uuid_format(uuid, text);
    avro_put_text(writer, (struct text){text, UUID_TEXT_SIZE - 1});
}

static void put_optional_uuid(struct avro_writer *writer, const struct uuid *uuid)
{
    avro_put_long(writer, uuid_is_nil(uuid) ? 0 : 1);
    if (!uuid_is_nil(uuid))
        put_uuid(writer, uuid);
}

/* Null, or NUMBER. */
static void put_optional(struct avro_writer *writer, bool present, int64_t number)
{
    avro_put_long(writer, present ? 1 : 0);
    if (present)
        avro_put_long(writer, number);
}

static void put_optional_day(struct avro_writer *writer, struct day day)
{
    put_optional(writer, !day_is_absent(day), day.number);
}

/* The fields of rules.md 5 and the revision: with what alerts and violations both begin. */
static void put_alert(struct avro_writer *writer, const struct alert_record *record)
{
    const struct alert *alert = &record->alert;
    put_uuid(writer, &record->alert_id);
    avro_put_text(writer, record->child_id);
    avro_put_string(writer, rules[alert->rule]->name);
    put_uuid(writer, &alert->cause);
    avro_put_long(writer, alert->level);
    avro_put_long(writer, alert->state);
    avro_put_long(writer, alert->raised_on.number);
    put_optional_day(writer, alert->violation_on);
    put_optional_day(writer, alert->due_on);
    put_optional_day(writer, alert->resolved_on);
    put_optional(writer, alert->resolution != RESOLUTION_NONE, (int64_t)alert->resolution - 1);
    put_optional(writer, alert->norm_months != 0, alert->norm_months);
    avro_put_text(writer, alert->place.location_id);
    avro_put_long(writer, alert->place.kind);
    avro_put_long(writer, alert->place.region);
    avro_put_long(writer, alert->unaccompanied == ANSWER_UNKNOWN ? 0 : 1);
    if (alert->unaccompanied != ANSWER_UNKNOWN)
        avro_put_boolean(writer, alert->unaccompanied == ANSWER_YES);
    avro_put_long(writer, alert->revision);
}

size_t alert_record_write(const struct alert_record *record, const struct framings *framings, uint8_t *bytes,
                          size_t size)
{
    struct avro_writer writer = {bytes, bytes + size, false};
    avro_put(&writer, framings->of[SCHEMA_ALERT].bytes, framings->of[SCHEMA_ALERT].length);
    put_alert(&writer, record);
    put_optional_uuid(&writer, &record->alert.withdrawn_by);
    put_optional_uuid(&writer, &record->replaced_by);
    avro_put_long(&writer, record->logged_at_ms);
    return avro_written(&writer, bytes);
}

size_t violation_record_write(const struct alert_record *record, const struct framings *framings, uint8_t *bytes,
                              size_t size)
{
    struct avro_writer writer = {bytes, bytes + size, false};
    avro_put(&writer, framings->of[SCHEMA_VIOLATION].bytes, framings->of[SCHEMA_VIOLATION].length);
    put_alert(&writer, record);
    avro_put_long(&writer, record->logged_at_ms);
    return avro_written(&writer, bytes);
}
