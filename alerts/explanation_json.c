/* An explanation for programs: docs/explain.md says what its members mean. */
#include <stdlib.h>

#include "alerts/explanation_text.h"
#include "rules/rule.h"
#include "schemas/alert_record.h"
#include "schemas/line_writer.h"

#define EXPLANATION_VERSION 1
#define BYTES_AT_FIRST ((size_t)64 << 10)
#define BYTES_MAX ((size_t)1 << 30)

/* --- pieces ------------------------------------------------------------------------------------------------------- */

static void begin_object(struct line_writer *writer)
{
    bool first = !writer->failed && writer->at > writer->start && writer->at[-1] != '}';
    line_put(writer, first ? "" : ",");
    json_begin(writer);
}

static void begin_list(struct line_writer *writer, const char *name)
{
    json_put_name(writer, name);
    line_put(writer, "[");
}

static void end_list(struct line_writer *writer)
{
    line_put(writer, "]");
}

/* null also where the day does not come. */
static void put_day(struct line_writer *writer, const char *name, struct day day)
{
    json_put_day(writer, name, day_is_never(day) ? DAY_ABSENT : day);
}

static void put_span(struct line_writer *writer, struct day from, struct day until)
{
    put_day(writer, "from", from);
    put_day(writer, "until", until);
}

static void put_answer(struct line_writer *writer, const char *name, enum answer answer)
{
    if (answer == ANSWER_UNKNOWN)
        json_put_null(writer, name);
    else
        json_put_boolean(writer, name, answer == ANSWER_YES);
}

static void put_place(struct line_writer *writer, const struct place *place)
{
    bool is_absent = place_is_absent(place);
    json_put_text(writer, "location_id", place->location_id);
    json_put_string(writer, "location_kind", is_absent ? NULL : location_kind_names[place->kind]);
    json_put_string(writer, "region", is_absent ? NULL : region_names[place->region]);
}

static void put_alert(struct line_writer *writer, const char *name, const struct alert *alert, struct text child_id)
{
    char json[ALERT_JSON_BYTES_MAX];
    struct alert_record record = alert_record_of(alert, child_id, 0);
    size_t length = alert_record_write_json(&record, false, json, sizeof(json));
    json_put_name(writer, name);
    line_put_text(writer, (struct text){json, (uint32_t)length});
}

static void put_alert_id(struct line_writer *writer, const char *name, uint8_t rule, const struct uuid *cause,
                         struct text child_id)
{
    struct alert alert = {.rule = rule, .cause = *cause};
    struct uuid id = uuid_is_nil(cause) ? UUID_NIL : alert_id(&alert, child_id);
    json_put_uuid(writer, name, &id);
}

/* --- the child ---------------------------------------------------------------------------------------------------- */

static void put_profile(struct line_writer *writer, const struct history *history)
{
    json_put_name(writer, "profile");
    json_begin(writer);
    put_day(writer, "birth_date", history->birth_date);
    put_answer(writer, "unaccompanied", history->unaccompanied);
    put_day(writer, "school_age_from", day_is_absent(history->birth_date) ? DAY_ABSENT : history->school_age_from);
    put_day(writer, "adult_from", history->adult_from);
    put_day(writer, "aged_out_from", history->aged_out_from);
    json_end_object(writer);
}

static void put_fact(struct line_writer *writer, const struct fact *fact)
{
    begin_object(writer);
    json_put_uuid(writer, "event_id", &fact->event_id);
    json_put_string(writer, "kind", fact_kind_names[fact->kind]);
    put_day(writer, "occurred_on", fact->occurred_on);
    json_put_instant(writer, "recorded_at", fact->recorded_at_ms);
    json_put_boolean(writer, "retracted", fact->retracted);
    put_place(writer, &fact->place);
    json_put_text(writer, "school_id", fact->school_id);
    put_day(writer, "birth_date", fact->birth_date);
    put_day(writer, "applied_on", fact->applied_on);
    put_answer(writer, "unaccompanied", fact->unaccompanied);
    json_end_object(writer);
}

static void put_stays(struct line_writer *writer, const struct history *history)
{
    begin_list(writer, "periods");
    for (const struct period *period = history->periods; period < history->periods + history->period_count; period++) {
        begin_object(writer);
        put_span(writer, period->from, period->until);
        json_put_uuid(writer, "opener", &period->opener->event_id);
        put_day(writer, "applied_on", period->applied_on);
        json_end_object(writer);
    }
    end_list(writer);
    begin_list(writer, "stays");
    for (const struct stay *stay = history->stays; stay < history->stays + history->stay_count; stay++) {
        begin_object(writer);
        put_span(writer, stay->from, stay->until);
        put_place(writer, &stay->place);
        json_put_boolean(writer, "emergency", location_kind_is_emergency(stay->place.kind));
        json_put_boolean(writer, "move", stay->is_move);
        json_put_uuid(writer, "cause", &stay->cause->event_id);
        json_end_object(writer);
    }
    end_list(writer);
}

static void put_schoolings(struct line_writer *writer, const struct history *history)
{
    begin_list(writer, "schoolings");
    for (uint32_t i = 0; i < history->schooling_count; i++) {
        const struct schooling *schooling = &history->schoolings[i];
        begin_object(writer);
        put_span(writer, schooling->from, schooling->until);
        json_put_text(writer, "school_id", schooling->school_id);
        json_put_uuid(writer, "withdrawn_by",
                      schooling->withdrawn_by == NULL ? &UUID_NIL : &schooling->withdrawn_by->event_id);
        json_end_object(writer);
    }
    end_list(writer);
}

/* Of the regions lived in, up to the last day that is spoken of: the days of change, or a month from today. */
static void put_vacations(struct line_writer *writer, const struct explanation *explanation)
{
    const struct history *history = &explanation->judgement.history;
    const struct calendar *calendar = explanation->yardstick.calendar;
    struct day end = day_plus(history->today, 31);
    if (!day_is_never(explanation->next_change_on))
        end = day_later(end, day_plus(explanation->next_change_on, 1));
    begin_list(writer, "vacations");
    for (const struct stay *stay = history->stays; stay < history->stays + history->stay_count; stay++) {
        struct day day = stay->from, until = day_earlier(stay->until, end);
        for (; day_before(day, until); day = day_plus(day, 1)) {
            struct day over = day_earlier(until, calendar_term_day_from(calendar, stay->place.region, day));
            if (!day_before(day, over))
                continue;
            begin_object(writer);
            put_span(writer, day, over);
            json_put_string(writer, "region", region_names[stay->place.region]);
            json_end_object(writer);
            day = day_plus(over, -1);
        }
    }
    end_list(writer);
}

/* --- what was counted --------------------------------------------------------------------------------------------- */

static void put_levels(struct line_writer *writer, const struct episode *episode)
{
    begin_list(writer, "levels");
    for (int level = 0; level < LEVEL_COUNT; level++) {
        struct day from = episode->level_from[level];
        bool is_reached = day_before(from, episode->end) || (episode->always_reported && day_equal(from, episode->end));
        bool lasts = level + 1 == LEVEL_COUNT || !day_equal(from, episode->level_from[level + 1]);
        if (day_is_never(from) || !is_reached || !lasts)
            continue;
        begin_object(writer);
        json_put_string(writer, "level", level_names[level]);
        put_day(writer, "from", from);
        json_end_object(writer);
    }
    end_list(writer);
}

static void put_counted_days(struct line_writer *writer, const struct explanation *explanation,
                             const struct explained *item)
{
    json_put_number(writer, "school_days_missed", item->school_days.count);
    begin_list(writer, "school_days");
    for (uint32_t i = 0; i < item->school_days.count; i++) {
        const struct school_day *day = &explanation->school_days[item->school_days.first + i];
        begin_object(writer);
        put_day(writer, "day", day->day);
        json_put_string(writer, "region", region_names[day->region]);
        json_end_object(writer);
    }
    end_list(writer);
    begin_list(writer, "holidays_skipped");
    for (uint32_t i = 0; i < item->holidays.count; i++) {
        const struct region_days *days = &explanation->holidays[item->holidays.first + i];
        begin_object(writer);
        put_span(writer, days->from, days->until);
        json_put_string(writer, "region", region_names[days->region]);
        json_end_object(writer);
    }
    end_list(writer);
}

static void put_counted_moves(struct line_writer *writer, const struct explanation *explanation,
                              const struct explained *item)
{
    begin_list(writer, "moves");
    for (uint32_t i = 0; i < item->moves.count; i++) {
        const struct stay *move = explanation->moves[item->moves.first + i];
        begin_object(writer);
        put_day(writer, "day", move->from);
        put_place(writer, &move->place);
        json_put_uuid(writer, "cause", &move->cause->event_id);
        json_end_object(writer);
    }
    end_list(writer);
}

static void put_counted(struct line_writer *writer, const struct explanation *explanation, const struct explained *item)
{
    json_put_name(writer, "counted");
    json_begin(writer);
    put_day(writer, "from", item->episode.counted_from);
    put_day(writer, "until", explained_counted_until(explanation, item));
    put_day(writer, "due_on", item->episode.due_on);
    put_day(writer, "over_on", item->episode.over_on);
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
    begin_list(writer, "norms");
    if (item->period != NULL)
        explained_norms(explanation, item, &norms);
    for (size_t i = 0; item->period != NULL && (option = explained_norm_at(item, i)) != NULL; i++) {
        char value[NORM_TEXT_SIZE] = "";
        norm_format(&norms, option, value, sizeof(value));
        begin_object(writer);
        json_put_string(writer, "name", option->name);
        json_put_string(writer, "value", value);
        json_put_string(writer, "unit", option->unit);
        json_put_string(writer, "source", option->source);
        json_end_object(writer);
    }
    end_list(writer);
}

static void put_reasons(struct line_writer *writer, const struct explanation *explanation, const struct explained *item)
{
    begin_list(writer, "made_by");
    for (uint32_t i = 0; i < item->reasons.count; i++) {
        const struct reason *reason = &explanation->reasons[item->reasons.first + i];
        begin_object(writer);
        json_put_uuid(writer, "event_id", &reason->fact->event_id);
        json_put_boolean(writer, "cause", reason->is_cause);
        json_put_string(writer, "without", without_names[reason->without]);
        if (reason->without == WITHOUT_NOTHING)
            json_put_null(writer, "alert");
        else
            put_alert(writer, "alert", &reason->otherwise, explanation->child->child_id);
        json_end_object(writer);
    }
    end_list(writer);
}

static void put_endings(struct line_writer *writer, const struct explained *item)
{
    begin_list(writer, "ends_when");
    for (uint32_t i = 0; i < item->ending_count; i++) {
        begin_object(writer);
        json_put_string(writer, "resolution", resolution_names[item->endings[i].resolution]);
        put_day(writer, "on", item->endings[i].on);
        json_end_object(writer);
    }
    end_list(writer);
}

/* --- alerts ------------------------------------------------------------------------------------------------------- */

/* Only of a withdrawn one: the others have none. */
static void put_withdrawal(struct line_writer *writer, const struct explained *item, struct text child_id)
{
    struct uuid nil = UUID_NIL;
    bool is_withdrawn = item->standing == STANDING_WITHDRAWN;
    json_put_uuid(writer, "withdrawn_by", is_withdrawn ? &item->alert.withdrawn_by : &nil);
    put_alert_id(writer, "replaced_by", item->alert.rule, is_withdrawn ? &item->alert.replaced_by : &nil, child_id);
}

static void put_item(struct line_writer *writer, const struct explanation *explanation, const struct explained *item)
{
    struct text child_id = explanation->child->child_id;
    begin_object(writer);
    put_alert_id(writer, "alert_id", item->alert.rule, &item->alert.cause, child_id);
    json_put_string(writer, "rule", rules[item->alert.rule]->name);
    json_put_uuid(writer, "cause", &item->alert.cause);
    json_put_string(writer, "standing", standing_names[item->standing]);
    if (item->standing == STANDING_COUNTING)
        json_put_null(writer, "alert");
    else
        put_alert(writer, "alert", &item->alert, child_id);
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

static void put_next(struct line_writer *writer, const struct explanation *explanation)
{
    if (explanation->foreseen_count == 0) {
        json_put_null(writer, "next_change");
        return;
    }
    json_put_name(writer, "next_change");
    json_begin(writer);
    put_day(writer, "on", explanation->next_change_on);
    begin_list(writer, "changes");
    for (uint32_t i = 0; i < explanation->foreseen_count; i++) {
        const struct foreseen *foreseen = &explanation->foreseen[i];
        begin_object(writer);
        if (foreseen->was)
            put_alert(writer, "before", &foreseen->before, explanation->child->child_id);
        else
            json_put_null(writer, "before");
        if (foreseen->is)
            put_alert(writer, "after", &foreseen->after, explanation->child->child_id);
        else
            json_put_null(writer, "after");
        json_end_object(writer);
    }
    end_list(writer);
    json_end_object(writer);
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static void put_explanation(struct line_writer *writer, const struct explanation *explanation,
                            const struct explanation_question *question)
{
    const struct child *child = explanation->child;
    const struct history *history = &explanation->judgement.history;
    json_begin(writer);
    json_put_number(writer, "version", EXPLANATION_VERSION);
    json_put_text(writer, "child_id", child->child_id);
    put_day(writer, "as_of", history->today);
    json_put_string(writer, "source", question->from_files ? "FILES" : "STATE");
    json_put_uuid(writer, "asked_alert_id", question->asked == NULL ? &UUID_NIL : question->asked);
    put_profile(writer, history);
    begin_list(writer, "facts");
    for (const struct fact *fact = child->facts; fact < child->facts + child->fact_count; fact++)
        put_fact(writer, fact);
    end_list(writer);
    put_stays(writer, history);
    put_schoolings(writer, history);
    put_vacations(writer, explanation);
    begin_list(writer, "alerts");
    for (uint32_t i = 0; i < explanation->item_count; i++)
        put_item(writer, explanation, &explanation->items[i]);
    end_list(writer);
    put_next(writer, explanation);
    json_end_object(writer);
}

bool explanation_print_json(FILE *out, const struct explanation *explanation,
                            const struct explanation_question *question)
{
    for (size_t size = BYTES_AT_FIRST; size <= BYTES_MAX; size *= 2) {
        char *json = malloc(size);
        struct line_writer writer;
        if (json == NULL)
            return false;
        line_begin(&writer, json, size);
        put_explanation(&writer, explanation, question);
        size_t length = line_end(&writer);
        if (length > 0)
            fprintf(out, "%s\n", json);
        free(json);
        if (length > 0)
            return true;
    }
    return false;
}
