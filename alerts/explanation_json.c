/* An explanation for programs: docs/explain.md says what its members mean. */
#include "alerts/explanation_json.h"

#include <stdlib.h>

#include "alerts/explanation_text.h"

#define EXPLANATION_VERSION 1
#define BYTES_AT_FIRST ((size_t)64 << 10)
#define BYTES_MAX ((size_t)1 << 30)

/* --- the child ---------------------------------------------------------------------------------------------------- */

static void put_profile(struct line_writer *writer, const struct history *history)
{
    json_put_name(writer, "profile");
    json_begin(writer);
    explanation_json_put_day(writer, "birth_date", history->birth_date);
    explanation_json_put_answer(writer, "unaccompanied", history->unaccompanied);
    explanation_json_put_day(writer, "school_age_from",
                             day_is_absent(history->birth_date) ? DAY_ABSENT : history->school_age_from);
    explanation_json_put_day(writer, "adult_from", history->adult_from);
    explanation_json_put_day(writer, "aged_out_from", history->aged_out_from);
    json_end_object(writer);
}

static void put_fact(struct line_writer *writer, const struct fact *fact)
{
    json_begin_element(writer);
    json_put_uuid(writer, "event_id", &fact->event_id);
    json_put_string(writer, "kind", fact_kind_names[fact->kind]);
    explanation_json_put_day(writer, "occurred_on", fact->occurred_on);
    json_put_instant(writer, "recorded_at", fact->recorded_at_ms);
    json_put_boolean(writer, "retracted", fact->retracted);
    explanation_json_put_place(writer, &fact->place);
    json_put_text(writer, "school_id", fact->school_id);
    explanation_json_put_day(writer, "birth_date", fact->birth_date);
    explanation_json_put_day(writer, "applied_on", fact->applied_on);
    explanation_json_put_answer(writer, "unaccompanied", fact->unaccompanied);
    json_end_object(writer);
}

static void put_stays(struct line_writer *writer, const struct history *history)
{
    json_begin_list(writer, "periods");
    for (const struct period *period = history->periods; period < history->periods + history->period_count; period++) {
        json_begin_element(writer);
        explanation_json_put_span(writer, period->from, period->until);
        json_put_uuid(writer, "opener", &period->opener->event_id);
        explanation_json_put_day(writer, "applied_on", period->applied_on);
        json_end_object(writer);
    }
    json_end_list(writer);
    json_begin_list(writer, "stays");
    for (const struct stay *stay = history->stays; stay < history->stays + history->stay_count; stay++) {
        json_begin_element(writer);
        explanation_json_put_span(writer, stay->from, stay->until);
        explanation_json_put_place(writer, &stay->place);
        json_put_boolean(writer, "emergency", location_kind_is_emergency(stay->place.kind));
        json_put_boolean(writer, "move", stay->is_move);
        json_put_uuid(writer, "cause", &stay->cause->event_id);
        json_end_object(writer);
    }
    json_end_list(writer);
}

static void put_schoolings(struct line_writer *writer, const struct history *history)
{
    json_begin_list(writer, "schoolings");
    for (uint32_t i = 0; i < history->schooling_count; i++) {
        const struct schooling *schooling = &history->schoolings[i];
        json_begin_element(writer);
        explanation_json_put_span(writer, schooling->from, schooling->until);
        json_put_text(writer, "school_id", schooling->school_id);
        json_put_uuid(writer, "withdrawn_by",
                      schooling->withdrawn_by == NULL ? &UUID_NIL : &schooling->withdrawn_by->event_id);
        json_end_object(writer);
    }
    json_end_list(writer);
}

/* Of the regions lived in, up to the last day that is spoken of: the days of change, or a month from today. */
static void put_vacations(struct line_writer *writer, const struct explanation *explanation)
{
    const struct history *history = &explanation->judgement.history;
    const struct calendar *calendar = explanation->yardstick.calendar;
    struct day end = day_plus(history->today, 31);
    if (!day_is_never(explanation->next_change_on))
        end = day_later(end, day_plus(explanation->next_change_on, 1));
    json_begin_list(writer, "vacations");
    for (const struct stay *stay = history->stays; stay < history->stays + history->stay_count; stay++) {
        struct day day = stay->from, until = day_earlier(stay->until, end);
        for (; day_before(day, until); day = day_plus(day, 1)) {
            struct day over = day_earlier(until, calendar_term_day_from(calendar, stay->place.region, day));
            if (!day_before(day, over))
                continue;
            json_begin_element(writer);
            explanation_json_put_span(writer, day, over);
            json_put_string(writer, "region", region_names[stay->place.region]);
            json_end_object(writer);
            day = day_plus(over, -1);
        }
    }
    json_end_list(writer);
}

static void put_next(struct line_writer *writer, const struct explanation *explanation)
{
    if (explanation->foreseen_count == 0) {
        json_put_null(writer, "next_change");
        return;
    }
    json_put_name(writer, "next_change");
    json_begin(writer);
    explanation_json_put_day(writer, "on", explanation->next_change_on);
    json_begin_list(writer, "changes");
    for (uint32_t i = 0; i < explanation->foreseen_count; i++) {
        const struct foreseen *foreseen = &explanation->foreseen[i];
        json_begin_element(writer);
        if (foreseen->was)
            explanation_json_put_alert(writer, "before", &foreseen->before, explanation->child->child_id);
        else
            json_put_null(writer, "before");
        if (foreseen->is)
            explanation_json_put_alert(writer, "after", &foreseen->after, explanation->child->child_id);
        else
            json_put_null(writer, "after");
        json_end_object(writer);
    }
    json_end_list(writer);
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
    explanation_json_put_day(writer, "as_of", history->today);
    json_put_string(writer, "source", question->from_files ? "FILES" : "STATE");
    json_put_uuid(writer, "asked_alert_id", question->asked == NULL ? &UUID_NIL : question->asked);
    put_profile(writer, history);
    json_begin_list(writer, "facts");
    for (const struct fact *fact = child->facts; fact < child->facts + child->fact_count; fact++)
        put_fact(writer, fact);
    json_end_list(writer);
    put_stays(writer, history);
    put_schoolings(writer, history);
    put_vacations(writer, explanation);
    json_begin_list(writer, "alerts");
    for (uint32_t i = 0; i < explanation->item_count; i++)
        explanation_json_put_item(writer, explanation, &explanation->items[i]);
    json_end_list(writer);
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
