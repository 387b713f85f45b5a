#include "schemas/delivery_record.h"

#include <stdio.h>
#include <string.h>

#include "schemas/avro_bytes.h"
#include "schemas/instant.h"
#include "schemas/schema.h"

#define ALERT_UNTIMED UINT64_C(0xd777b6b0b7597bb1) /* delivery_alert-1.avsc: without what was tried, and since when */

static const enum schema schema_of[] = {
    [DELIVERY_OF_ALERT] = SCHEMA_DELIVERY_ALERT,
    [DELIVERY_OF_PARTITION] = SCHEMA_DELIVERY_POSITION,
    [DELIVERY_OF_SUBSCRIPTION] = SCHEMA_DELIVERY_STANDING,
    [DELIVERY_OF_WISH] = SCHEMA_DELIVERY_WISH,
};

static void put_standing(struct avro_writer *writer, const struct delivery_standing *standing)
{
    avro_put_boolean(writer, standing->is_gone);
    avro_put_long(writer, standing->since_ms);
    avro_put_long(writer, standing->noted_at_ms);
    avro_put_long(writer, (int64_t)standing->filter_hash);
    avro_put_long(writer, standing->survey_from_ms);
    avro_put_long(writer, standing->wish_heeded_ms);
    avro_put_long(writer, standing->waiting);
    avro_put_long(writer, standing->waiting_since_ms);
    avro_put_long(writer, standing->delivered);
    avro_put_long(writer, standing->given_up);
    avro_put_long(writer, standing->succeeded_at_ms);
    avro_put_long(writer, standing->failed_at_ms);
    avro_put_string(writer, standing->failure);
}

size_t delivery_record_write(const struct delivery_record *record, uint8_t bytes[static DELIVERY_BYTES_MAX])
{
    struct avro_writer writer = {bytes, bytes + DELIVERY_BYTES_MAX, false};
    avro_put_framing(&writer, newest_schemas[schema_of[record->kind]].fingerprint);
    switch (record->kind) {
    case DELIVERY_OF_ALERT:
        avro_put_long(&writer, (int64_t)record->of.alert.told);
        avro_put_long(&writer, record->of.alert.offset);
        avro_put_long(&writer, record->of.alert.offered);
        avro_put_long(&writer, record->of.alert.partition);
        avro_put_long(&writer, record->of.alert.lane);
        avro_put_long(&writer, record->of.alert.tried);
        avro_put_long(&writer, record->of.alert.tried_since_ms);
        break;
    case DELIVERY_OF_PARTITION:
        avro_put_long(&writer, record->of.position.next);
        avro_put_long(&writer, record->of.position.survey_end);
        avro_put_long(&writer, record->of.position.known);
        break;
    case DELIVERY_OF_SUBSCRIPTION:
        put_standing(&writer, &record->of.standing);
        break;
    case DELIVERY_OF_WISH:
        avro_put_long(&writer, record->of.wish.from_ms);
        avro_put_long(&writer, record->of.wish.asked_at_ms);
        break;
    }
    return avro_written(&writer, bytes);
}

static int64_t get_instant(struct avro_reader *reader)
{
    return avro_get_within(reader, INSTANT_FIRST_MS, INSTANT_LAST_MS);
}

static void get_alert(struct avro_reader *reader, bool is_timed, struct delivery_alert *alert)
{
    alert->told = (enum told)avro_get_index(reader, TOLD_COUNT);
    alert->offset = avro_get_within(reader, -1, INT64_MAX);
    alert->offered = avro_get_within(reader, -1, INT64_MAX);
    alert->partition = (int32_t)avro_get_within(reader, 0, INT32_MAX);
    alert->lane = (uint32_t)avro_get_within(reader, 0, UINT32_MAX);
    alert->tried = is_timed ? avro_get_within(reader, -1, INT64_MAX) : -1;
    alert->tried_since_ms = is_timed ? get_instant(reader) : 0;
}

static void get_position(struct avro_reader *reader, struct delivery_position *position)
{
    position->next = avro_get_within(reader, 0, INT64_MAX);
    position->survey_end = avro_get_within(reader, 0, INT64_MAX);
    position->known = avro_get_within(reader, 0, INT64_MAX);
}

static void get_standing(struct avro_reader *reader, struct delivery_standing *standing)
{
    standing->is_gone = avro_get_boolean(reader);
    standing->since_ms = get_instant(reader);
    standing->noted_at_ms = get_instant(reader);
    standing->filter_hash = (uint64_t)avro_get_long(reader);
    standing->survey_from_ms = get_instant(reader);
    standing->wish_heeded_ms = get_instant(reader);
    standing->waiting = (int32_t)avro_get_within(reader, 0, INT32_MAX);
    standing->waiting_since_ms = get_instant(reader);
    standing->delivered = avro_get_within(reader, 0, INT64_MAX);
    standing->given_up = avro_get_within(reader, 0, INT64_MAX);
    standing->succeeded_at_ms = get_instant(reader);
    standing->failed_at_ms = get_instant(reader);
    const struct text failure = avro_get_text(reader, DELIVERY_FAILURE_SIZE - 1);
    snprintf(standing->failure, sizeof standing->failure, "%.*s", (int)failure.length,
             failure.bytes == NULL ? "" : failure.bytes);
}

bool delivery_record_read(const uint8_t *bytes, size_t length, struct delivery_record *record)
{
    record->is_tombstone = bytes == NULL;
    if (record->is_tombstone)
        return true;
    struct avro_reader reader = {bytes, bytes + length, false};
    uint64_t writer = 0;
    const bool is_timed = !avro_framing(bytes, length, &writer) || writer != ALERT_UNTIMED;
    avro_get_framing(&reader, record->kind == DELIVERY_OF_ALERT && !is_timed
                                  ? ALERT_UNTIMED
                                  : newest_schemas[schema_of[record->kind]].fingerprint);
    switch (record->kind) {
    case DELIVERY_OF_ALERT:
        get_alert(&reader, is_timed, &record->of.alert);
        break;
    case DELIVERY_OF_PARTITION:
        get_position(&reader, &record->of.position);
        break;
    case DELIVERY_OF_SUBSCRIPTION:
        get_standing(&reader, &record->of.standing);
        break;
    case DELIVERY_OF_WISH:
        record->of.wish.from_ms = get_instant(&reader);
        record->of.wish.asked_at_ms = get_instant(&reader);
        break;
    }
    return !reader.failed && avro_left(&reader) == 0;
}
