#include "schemas/avro_bytes.h"
#include "schemas/event_check.h"

static void put_optional_text(struct avro_writer *writer, struct text text)
{
    avro_put_long(writer, text.length == 0 ? 0 : 1);
    if (text.length > 0)
        avro_put_text(writer, text);
}

static void put_optional_day(struct avro_writer *writer, struct day day)
{
    avro_put_long(writer, day_is_absent(day) ? 0 : 1);
    if (!day_is_absent(day))
        avro_put_long(writer, day.number);
}

static void put_optional_place(struct avro_writer *writer, const struct place *place)
{
    avro_put_long(writer, place_is_absent(place) ? 0 : 1);
    if (place_is_absent(place))
        return;
    avro_put_text(writer, place->location_id);
    avro_put_long(writer, place->kind);
    avro_put_long(writer, place->region);
}

static void put_head(struct avro_writer *writer, const struct event *event)
{
    char event_id[UUID_TEXT_SIZE];
    uuid_format(&event->fact.event_id, event_id);
    avro_put_text(writer, (struct text){event_id, UUID_TEXT_SIZE - 1});
    avro_put_text(writer, event->child_id);
    avro_put_long(writer, event->fact.occurred_on.number);
    avro_put_long(writer, event->fact.recorded_at_ms);
    avro_put_boolean(writer, event->fact.retracted);
}

static void put_placement(struct avro_writer *writer, const struct event *event)
{
    const struct fact *fact = &event->fact;
    avro_put_long(writer, fact->kind - FACT_ARRIVED);
    put_optional_place(writer, &fact->place);
    put_optional_day(writer, fact->birth_date);
    avro_put_long(writer, fact->unaccompanied == ANSWER_UNKNOWN ? 0 : 1);
    if (fact->unaccompanied != ANSWER_UNKNOWN)
        avro_put_boolean(writer, fact->unaccompanied == ANSWER_YES);
    put_optional_day(writer, fact->applied_on);
}

static void put_move(struct avro_writer *writer, const struct event *event)
{
    put_optional_text(writer, event->from_location_id);
    put_optional_place(writer, &event->fact.place);
    avro_put_long(writer, event->reason.length == 0 ? 0 : 1);
    if (event->reason.length > 0)
        avro_put_long(writer, event_reason_find(event->reason));
}

static void put_enrollment(struct avro_writer *writer, const struct event *event)
{
    avro_put_long(writer, event->fact.kind - FACT_ENROLLED);
    put_optional_text(writer, event->fact.school_id);
}

static void (*const put_body[STREAM_COUNT])(struct avro_writer *, const struct event *) = {put_placement, put_move,
                                                                                           put_enrollment};

size_t event_write(const struct event *event, const struct framings *framings, uint8_t *bytes, size_t size)
{
    enum stream stream = fact_stream(event->fact.kind);
    const struct framing *framing = &framings->of[event_schemas[stream]];
    struct avro_writer writer = {bytes, bytes + size, false};
    avro_put(&writer, framing->bytes, framing->length);
    put_head(&writer, event);
    put_body[stream](&writer, event);
    return avro_written(&writer, bytes);
}
