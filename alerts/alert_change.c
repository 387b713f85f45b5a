#include "alerts/alert_change.h"

#include <string.h>

#include "alerts/alert_field.h"
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

/* "LABEL OLD -> NEW", what is missing left out. */
static void put_field(struct line_writer *writer, enum language language, const struct alert_field *field,
                      const char *old, const char *new)
{
    const bool is_moved = *old != '\0';
    line_put(writer, field->label != NULL ? term_text(language, field->label) : "");
    line_put(writer, field->label != NULL ? " " : "");
    line_put(writer, old);
    line_put(writer, is_moved ? " -> " : "");
    line_put(writer, is_moved && *new == '\0' ? term_text(language, "field.none") : new);
}

/* What the alert says, or in which fields it differs. */
static void put_fields(struct line_writer *writer, enum language language, const struct alert_change *change)
{
    const struct alert *before = change->kind == ALERT_MOVES ? &change->before.alert : NULL;
    const struct alert *after = before != NULL ? &change->after.alert : &shown(change)->alert;
    const char *separator = "  ";
    for (int i = 0; i < ALERT_FIELD_COUNT; i++) {
        const struct alert_field *field = &alert_fields[i];
        char old[WORDS_SIZE] = "", new[WORDS_SIZE] = "";
        if (field->value == NULL || (before != NULL && field->equal(before, after)))
            continue;
        if (before != NULL)
            field->value(language, before, old);
        field->value(language, after, new);
        if (old[0] == '\0' && new[0] == '\0')
            continue;
        line_put(writer, separator);
        put_field(writer, language, field, old, new);
        separator = "; ";
    }
}

size_t alert_change_row_write(const struct alert_change *change, enum language language, char *line, size_t size)
{
    static const char signs[ALERT_CHANGE_KINDS][3] = {
        [ALERT_APPEARS] = "+ ", [ALERT_GOES] = "- ", [ALERT_MOVES] = "~ ", [ALERT_SAME] = "  "};
    const struct alert_record *record = shown(change);
    struct line_writer writer;
    line_begin(&writer, line, size);
    line_put(&writer, signs[change->kind]);
    line_put_padded(&writer, record->child_id, CHILD_WIDTH);
    line_put(&writer, "  ");
    line_put_padded(&writer, text_of(term_text(language, rules[record->alert.rule]->name)), rule_width(language));
    put_fields(&writer, language, change);
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
