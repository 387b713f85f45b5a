#include "rules/rule.h"
#include "schemas/alert_record.h"
#include "schemas/line_writer.h"

static void put_fields(struct line_writer *writer, const struct alert_record *record)
{
    const struct alert *alert = &record->alert;
    json_put_uuid(writer, "alert_id", &record->alert_id);
    json_put_text(writer, "child_id", record->child_id);
    json_put_string(writer, "rule", rules[alert->rule]->name);
    json_put_uuid(writer, "cause", &alert->cause);
    json_put_string(writer, "level", level_names[alert->level]);
    json_put_string(writer, "state", alert_state_names[alert->state]);
    json_put_day(writer, "raised_on", alert->raised_on);
    json_put_day(writer, "violation_on", alert->violation_on);
    json_put_day(writer, "due_on", alert->due_on);
    json_put_day(writer, "resolved_on", alert->resolved_on);
    json_put_string(writer, "resolution",
                    alert->resolution == RESOLUTION_NONE ? NULL : resolution_names[alert->resolution]);
    if (alert->norm_months == 0)
        json_put_null(writer, "norm_months");
    else
        json_put_number(writer, "norm_months", alert->norm_months);
    json_put_text(writer, "location_id", alert->place.location_id);
    json_put_string(writer, "location_kind", location_kind_names[alert->place.kind]);
    json_put_string(writer, "region", region_names[alert->place.region]);
    if (alert->unaccompanied == ANSWER_UNKNOWN)
        json_put_null(writer, "unaccompanied");
    else
        json_put_boolean(writer, "unaccompanied", alert->unaccompanied == ANSWER_YES);
}

size_t alert_record_write_json(const struct alert_record *record, bool published, char *line, size_t size)
{
    struct line_writer writer;
    line_begin(&writer, line, size);
    json_begin(&writer);
    put_fields(&writer, record);
    if (published) {
        json_put_number(&writer, "revision", record->alert.revision);
        json_put_uuid(&writer, "withdrawn_by", &record->alert.withdrawn_by);
        json_put_uuid(&writer, "replaced_by", &record->replaced_by);
        json_put_instant(&writer, "logged_at", record->logged_at_ms);
    }
    json_end_object(&writer);
    return line_end(&writer);
}
