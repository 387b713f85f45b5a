#include "alerts/explanation_json.h"

#include "schemas/alert_record.h"

/* null also where the day does not come. */
void explanation_json_put_day(struct line_writer *writer, const char *name, struct day day)
{
    json_put_day(writer, name, day_is_never(day) ? DAY_ABSENT : day);
}

void explanation_json_put_span(struct line_writer *writer, struct day from, struct day until)
{
    explanation_json_put_day(writer, "from", from);
    explanation_json_put_day(writer, "until", until);
}

void explanation_json_put_answer(struct line_writer *writer, const char *name, enum answer answer)
{
    if (answer == ANSWER_UNKNOWN)
        json_put_null(writer, name);
    else
        json_put_boolean(writer, name, answer == ANSWER_YES);
}

void explanation_json_put_place(struct line_writer *writer, const struct place *place)
{
    bool is_absent = place_is_absent(place);
    json_put_text(writer, "location_id", place->location_id);
    json_put_string(writer, "location_kind", is_absent ? NULL : location_kind_names[place->kind]);
    json_put_string(writer, "region", is_absent ? NULL : region_names[place->region]);
}

void explanation_json_put_alert(struct line_writer *writer, const char *name, const struct alert *alert,
                                struct text child_id)
{
    char json[ALERT_JSON_BYTES_MAX];
    struct alert_record record = alert_record_of(alert, child_id, 0);
    size_t length = alert_record_write_json(&record, false, json, sizeof(json));
    json_put_name(writer, name);
    line_put_text(writer, (struct text){json, (uint32_t)length});
}

void explanation_json_put_alert_id(struct line_writer *writer, const char *name, uint8_t rule, const struct uuid *cause,
                                   struct text child_id)
{
    struct alert alert = {.rule = rule, .cause = *cause};
    struct uuid id = uuid_is_nil(cause) ? UUID_NIL : alert_id(&alert, child_id);
    json_put_uuid(writer, name, &id);
}
