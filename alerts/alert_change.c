#include "alerts/alert_change.h"

#include <string.h>

#include "alerts/norms_text.h"
#include "rules/rule.h"
#include "schemas/line_writer.h"

struct alert_change alert_change_of(const struct alert *before, const struct alert *after, struct text child_id)
{
    struct alert_change change = {.kind = before == NULL              ? ALERT_APPEARS
                                          : after == NULL             ? ALERT_GOES
                                          : alert_same(before, after) ? ALERT_SAME
                                                                      : ALERT_MOVES};
    if (before != NULL)
        change.before = alert_record_of(before, child_id, 0);
    if (after != NULL)
        change.after = alert_record_of(after, child_id, 0);
    return change;
}

/* The record before or after, the one that is there; both where it moves. */
static const struct alert_record *shown(const struct alert_change *change)
{
    return change->kind == ALERT_APPEARS ? &change->after : &change->before;
}

int alert_change_compare(const struct alert_change *a, const struct alert_change *b)
{
    return alert_compare(&shown(a)->alert, &shown(b)->alert);
}

/* --- what an alert says, field by field --------------------------------------------------------------------------- */

#define VALUE_SIZE 192 /* at least QUANTITY_SIZE */

/* Each writes a value in words into an empty text, or leaves it empty where there is none. */

static void level_words(const struct alert *alert, enum language language, char words[static VALUE_SIZE])
{
    snprintf(words, VALUE_SIZE, "%s", term_text(language, level_names[alert->level]));
}

static void state_words(const struct alert *alert, enum language language, char words[static VALUE_SIZE])
{
    snprintf(words, VALUE_SIZE, "%s", term_text(language, alert_state_names[alert->state]));
}

static void date(struct day day, char words[static VALUE_SIZE])
{
    if (!day_is_absent(day))
        day_format(day, words);
}

static void raised_words(const struct alert *alert, enum language language, char words[static VALUE_SIZE])
{
    (void)language;
    date(alert->raised_on, words);
}

static void violation_words(const struct alert *alert, enum language language, char words[static VALUE_SIZE])
{
    (void)language;
    date(alert->violation_on, words);
}

static void due_words(const struct alert *alert, enum language language, char words[static VALUE_SIZE])
{
    (void)language;
    date(alert->due_on, words);
}

static void months_words(const struct alert *alert, enum language language, char words[static VALUE_SIZE])
{
    if (alert->norm_months > 0)
        quantity_words(language, alert->norm_months, "months", words);
}

static void ended_words(const struct alert *alert, enum language language, char words[static VALUE_SIZE])
{
    (void)language;
    date(alert->resolved_on, words);
}

static void because_words(const struct alert *alert, enum language language, char words[static VALUE_SIZE])
{
    if (alert->resolution != RESOLUTION_NONE)
        snprintf(words, VALUE_SIZE, "%s", term_text(language, resolution_names[alert->resolution]));
}

static void place_words(const struct alert *alert, enum language language, char words[static VALUE_SIZE])
{
    snprintf(words, VALUE_SIZE, "%.*s (%s, %s)", (int)alert->place.location_id.length, alert->place.location_id.bytes,
             term_text(language, location_kind_names[alert->place.kind]),
             term_text(language, region_names[alert->place.region]));
}

/* All that norms can change. */
static const struct field {
    void (*words)(const struct alert *alert, enum language language, char words[static VALUE_SIZE]);
    const char *label; /* a term before the value, or NULL: the value speaks for itself */
} fields[] = {
    {level_words, NULL},
    {state_words, NULL},
    {raised_words, "field.raised_on"},
    {violation_words, "field.violation_on"},
    {months_words, "field.norm_months"},
    {due_words, "field.due_on"},
    {ended_words, "field.resolved_on"},
    {because_words, "field.resolution"},
    {place_words, "field.location"},
};
#define FIELD_COUNT (sizeof(fields) / sizeof(fields[0]))

/* --- the row ------------------------------------------------------------------------------------------------------ */

#define CHILD_WIDTH 16

static struct text text_of(const char *string)
{
    return (struct text){string, (uint32_t)strlen(string)};
}

/* All rules' words stand in one column; they have no letters beyond ASCII. */
static uint32_t rule_width(enum language language)
{
    uint32_t width = 0;
    for (int i = 0; i < RULE_COUNT; i++) {
        const struct text words = text_of(term_text(language, rules[i]->name));
        width = words.length > width ? words.length : width;
    }
    return width;
}

/* ": LABEL OLD -> NEW", what is missing left out, and nothing where both are the same. */
static void put_field(struct line_writer *writer, enum language language, const struct field *field, const char *old,
                      const char *new, const char **separator)
{
    const bool is_moved = *old != '\0';
    if (strcmp(old, new) == 0)
        return;
    line_put(writer, *separator);
    *separator = "; ";
    line_put(writer, field->label != NULL ? term_text(language, field->label) : "");
    line_put(writer, field->label != NULL ? " " : "");
    line_put(writer, old);
    line_put(writer, is_moved ? " -> " : "");
    line_put(writer, is_moved && *new == '\0' ? term_text(language, "field.none") : new);
}

size_t alert_change_row_write(const struct alert_change *change, enum language language, char *line, size_t size)
{
    static const char signs[ALERT_CHANGE_KINDS][3] = {
        [ALERT_APPEARS] = "+ ", [ALERT_GOES] = "- ", [ALERT_MOVES] = "~ ", [ALERT_SAME] = "  "};
    const struct alert_record *record = shown(change);
    const bool is_moved = change->kind == ALERT_MOVES;
    const char *separator = "  ";
    struct line_writer writer;
    line_begin(&writer, line, size);
    line_put(&writer, signs[change->kind]);
    line_put_padded(&writer, record->child_id, CHILD_WIDTH);
    line_put(&writer, "  ");
    line_put_padded(&writer, text_of(term_text(language, rules[record->alert.rule]->name)), rule_width(language));
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        char old[VALUE_SIZE] = "", new[VALUE_SIZE] = "";
        if (is_moved)
            fields[i].words(&change->before.alert, language, old);
        fields[i].words(is_moved ? &change->after.alert : &record->alert, language, new);
        put_field(&writer, language, &fields[i], old, new, &separator);
    }
    return line_end(&writer);
}

/* --- as JSON ------------------------------------------------------------------------------------------------------ */

static const char *const kind_names[ALERT_CHANGE_KINDS] = {
    [ALERT_APPEARS] = "APPEARS", [ALERT_GOES] = "GOES", [ALERT_MOVES] = "MOVES", [ALERT_SAME] = "SAME"};

static void put_alert(struct line_writer *writer, const char *name, const struct alert_record *record, bool exists)
{
    char object[ALERT_JSON_BYTES_MAX];
    if (!exists) {
        json_put_null(writer, name);
        return;
    }
    alert_record_write_json(record, false, object, sizeof(object));
    json_put_name(writer, name);
    line_put(writer, object);
}

size_t alert_change_write_json(const struct alert_change *change, char *line, size_t size)
{
    struct line_writer writer;
    line_begin(&writer, line, size);
    json_begin(&writer);
    json_put_string(&writer, "change", kind_names[change->kind]);
    put_alert(&writer, "before", &change->before, change->kind != ALERT_APPEARS);
    put_alert(&writer, "after", &change->after, change->kind != ALERT_GOES);
    json_end_object(&writer);
    return line_end(&writer);
}
