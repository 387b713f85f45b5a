/* One alert for programs: what was counted, norms, reasons, ends. */
#include "alerts/explanation_json.h"
#include "rules/rule.h"

/* --- what was counted --------------------------------------------------------------------------------------------- */

static void put_levels(struct line_writer *writer, const struct episode *episode)
{
    json_begin_list(writer, "levels");
    for (int level = 0; level < LEVEL_COUNT; level++) {
        struct day from = episode->level_from[level];
        bool is_reached = day_before(from, episode->end) || (episode->always_reported && day_equal(from, episode->end));
        bool lasts = level + 1 == LEVEL_COUNT || !day_equal(from, episode->level_from[level + 1]);
        if (day_is_never(from) || !is_reached || !lasts)
            continue;
        json_begin_element(writer);
        json_put_string(writer, "level", level_names[level]);
        explanation_json_put_day(writer, "from", from);
        json_end_object(writer);
    }
    json_end_list(writer);
}

static void put_counted_days(struct line_writer *writer, const struct explanation *explanation,
                             const struct explained *item)
{
    if (rules[item->alert.rule]->counted == COUNTED_SCHOOL_DAYS)
        json_put_number(writer, "school_days_missed", item->school_days.count);
    else
        json_put_null(writer, "school_days_missed");
    json_begin_list(writer, "school_days");
    for (uint32_t i = 0; i < item->school_days.count; i++) {
        const struct school_day *day = &explanation->school_days[item->school_days.first + i];
        json_begin_element(writer);
        explanation_json_put_day(writer, "day", day->day);
        json_put_string(writer, "region", region_names[day->region]);
        json_end_object(writer);
    }
    json_end_list(writer);
    json_begin_list(writer, "holidays_skipped");
    for (uint32_t i = 0; i < item->holidays.count; i++) {
        const struct region_days *days = &explanation->holidays[item->holidays.first + i];
        json_begin_element(writer);
        explanation_json_put_span(writer, days->from, days->until);
        json_put_string(writer, "region", region_names[days->region]);
        json_end_object(writer);
    }
    json_end_list(writer);
}

static void put_counted_moves(struct line_writer *writer, const struct explanation *explanation,
                              const struct explained *item)
{
    json_begin_list(writer, "moves");
    for (uint32_t i = 0; i < item->moves.count; i++) {
        const struct stay *move = explanation->moves[item->moves.first + i];
        json_begin_element(writer);
        explanation_json_put_day(writer, "day", move->from);
        explanation_json_put_place(writer, &move->place);
        json_put_uuid(writer, "cause", &move->cause->event_id);
        json_end_object(writer);
    }
    json_end_list(writer);
}

static void put_counted(struct line_writer *writer, const struct explanation *explanation, const struct explained *item)
{
    json_put_name(writer, "counted");
    json_begin(writer);
    explanation_json_put_day(writer, "from", item->episode.counted_from);
    explanation_json_put_day(writer, "until", explained_counted_until(explanation, item));
    explanation_json_put_day(writer, "due_on", item->episode.due_on);
    explanation_json_put_day(writer, "over_on", item->episode.over_on);
    put_levels(writer, &item->episode);
    put_counted_days(writer, explanation, item);
    put_counted_moves(writer, explanation, item);
    json_end_object(writer);
}

/* --- norms, reasons, ends ----------------------------------------------------------------------------------------- */

static void put_norms(struct line_writer *writer, const struct explanation *explanation, const struct explained *item)
{
    const struct norm_option *option;
    struct norms norms;
    json_begin_list(writer, "norms");
    if (item->period != NULL)
        explained_norms(explanation, item, &norms);
    for (size_t i = 0; item->period != NULL && (option = explained_norm_at(item, i)) != NULL; i++) {
        char value[NORM_TEXT_SIZE] = "";
        norm_format(&norms, option, value, sizeof(value));
        json_begin_element(writer);
        json_put_string(writer, "name", option->name);
        json_put_string(writer, "value", value);
        json_put_string(writer, "unit", option->unit);
        json_put_string(writer, "source", option->source);
        json_end_object(writer);
    }
    json_end_list(writer);
}

static void put_reasons(struct line_writer *writer, const struct explanation *explanation, const struct explained *item)
{
    json_begin_list(writer, "made_by");
    for (uint32_t i = 0; i < item->reasons.count; i++) {
        const struct reason *reason = &explanation->reasons[item->reasons.first + i];
        json_begin_element(writer);
        json_put_uuid(writer, "event_id", &reason->fact->event_id);
        json_put_boolean(writer, "cause", reason->is_cause);
        json_put_string(writer, "without", without_names[reason->without]);
        if (reason->without == WITHOUT_NOTHING)
            json_put_null(writer, "alert");
        else
            explanation_json_put_alert(writer, "alert", &reason->otherwise, explanation->child->child_id);
        json_end_object(writer);
    }
    json_end_list(writer);
}

static void put_endings(struct line_writer *writer, const struct explained *item)
{
    json_begin_list(writer, "ends_when");
    for (uint32_t i = 0; i < item->ending_count; i++) {
        json_begin_element(writer);
        json_put_string(writer, "resolution", resolution_names[item->endings[i].resolution]);
        explanation_json_put_day(writer, "on", item->endings[i].on);
        json_end_object(writer);
    }
    json_end_list(writer);
}

/* --- alerts ------------------------------------------------------------------------------------------------------- */

/* Only of one that was withdrawn, be it counted anew. */
static void put_withdrawal(struct line_writer *writer, const struct explained *item, struct text child_id)
{
    struct uuid nil = UUID_NIL;
    const struct alert *published = item->published;
    bool is_withdrawn = published != NULL && published->state == ALERT_WITHDRAWN && item->standing != STANDING_ALERT;
    json_put_uuid(writer, "withdrawn_by", is_withdrawn ? &published->withdrawn_by : &nil);
    explanation_json_put_alert_id(writer, "replaced_by", item->alert.rule,
                                  is_withdrawn ? &published->replaced_by : &nil, child_id);
}

void explanation_json_put_item(struct line_writer *writer, const struct explanation *explanation,
                               const struct explained *item)
{
    struct text child_id = explanation->child->child_id;
    json_begin_element(writer);
    explanation_json_put_alert_id(writer, "alert_id", item->alert.rule, &item->alert.cause, child_id);
    json_put_string(writer, "rule", rules[item->alert.rule]->name);
    json_put_uuid(writer, "cause", &item->alert.cause);
    json_put_string(writer, "standing", standing_names[item->standing]);
    if (item->standing == STANDING_COUNTING)
        json_put_null(writer, "alert");
    else
        explanation_json_put_alert(writer, "alert", &item->alert, child_id);
    if (item->revision == 0)
        json_put_null(writer, "revision");
    else
        json_put_number(writer, "revision", item->revision);
    put_withdrawal(writer, item, child_id);
    if (item->period == NULL)
        json_put_null(writer, "counted");
    else
        put_counted(writer, explanation, item);
    put_norms(writer, explanation, item);
    put_reasons(writer, explanation, item);
    put_endings(writer, item);
    json_end_object(writer);
}
