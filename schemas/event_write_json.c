#include "schemas/event.h"
#include "schemas/line_writer.h"

static void put_answer(struct line_writer *writer, const char *name, enum answer answer)
{
    if (answer == ANSWER_UNKNOWN)
        json_put_null(writer, name);
    else
        json_put_boolean(writer, name, answer == ANSWER_YES);
}

static void put_place(struct line_writer *writer, const char *name, const struct place *place)
{
    if (place_is_absent(place)) {
        json_put_null(writer, name);
        return;
    }
    json_put_name(writer, name);
    json_begin(writer);
    json_put_text(writer, "location_id", place->location_id);
    json_put_string(writer, "kind", location_kind_names[place->kind]);
    json_put_string(writer, "region", region_names[place->region]);
    json_end_object(writer);
}

static void put_placement(struct line_writer *writer, const struct event *event)
{
    json_put_string(writer, "type", "placement");
    json_put_string(writer, "kind", fact_kind_names[event->fact.kind]);
    put_place(writer, "location", &event->fact.place);
    json_put_day(writer, "birth_date", event->fact.birth_date);
    put_answer(writer, "unaccompanied", event->fact.unaccompanied);
    json_put_day(writer, "applied_on", event->fact.applied_on);
}

static void put_move(struct line_writer *writer, const struct event *event)
{
    json_put_string(writer, "type", "move");
    json_put_text(writer, "from_location_id", event->from_location_id);
    put_place(writer, "to", &event->fact.place);
    json_put_text(writer, "reason", event->reason);
}

static void put_enrollment(struct line_writer *writer, const struct event *event)
{
    json_put_string(writer, "type", "enrollment");
    json_put_string(writer, "kind", fact_kind_names[event->fact.kind]);
    json_put_text(writer, "school_id", event->fact.school_id);
}

static void (*const put_body[STREAM_COUNT])(struct line_writer *, const struct event *) = {put_placement, put_move,
                                                                                           put_enrollment};

size_t event_write_json(const struct event *event, char *line, size_t size)
{
    struct line_writer writer;
    line_begin(&writer, line, size);
    json_begin(&writer);
    json_put_uuid(&writer, "event_id", &event->fact.event_id);
    json_put_text(&writer, "child_id", event->child_id);
    json_put_day(&writer, "occurred_on", event->fact.occurred_on);
    json_put_instant(&writer, "recorded_at", event->fact.recorded_at_ms);
    json_put_boolean(&writer, "retracted", event->fact.retracted);
    put_body[fact_stream(event->fact.kind)](&writer, event);
    json_end_object(&writer);
    return line_end(&writer);
}
