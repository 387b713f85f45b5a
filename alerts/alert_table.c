#include "alerts/alert_table.h"

#include "rules/rule.h"
#include "schemas/line_writer.h"

/* X(SYMBOL, English heading, width, Dutch heading, width). The last column is as long as it is. */
/* clang-format off */
#define COLUMNS(X)                                                                                                     \
    X(CHILD, "CHILD", 16, "KIND", 16) X(RULE, "RULE", 14, "WAT", 31) X(LEVEL, "LEVEL", 9, "NIVEAU", 11)                \
    X(STATE, "STATE", 9, "STAND", 11) X(RAISED, "RAISED", 10, "GEMELD", 10)                                            \
    X(OVER_SINCE, "OVER SINCE", 10, "OVERTREDING", 11) X(DUE, "DUE", 10, "UITERLIJK", 10)                              \
    X(ENDED, "ENDED", 10, "EINDE", 10) X(BECAUSE, "BECAUSE", 17, "DOORDAT", 32) X(LOCATION, "LOCATION", 0, "LOCATIE", 0)
enum column {
#define X(symbol, ...) COLUMN_##symbol,
    COLUMNS(X)
#undef X
    COLUMN_COUNT
};
/* clang-format on */

static const struct column_form {
    const char *heading;
    uint32_t width;
} columns[COLUMN_COUNT][LANGUAGE_COUNT] = {
#define X(symbol, english, width, dutch, dutch_width) {{english, width}, {dutch, dutch_width}},
    COLUMNS(X)
#undef X
};

/* --- pieces ------------------------------------------------------------------------------------------------------ */

static struct text text_of(const char *string)
{
    return (struct text){string, (uint32_t)strlen(string)};
}

/* What records call it; their names are English words. */
static const char *name_words(enum language language, const char *name)
{
    return language == LANGUAGE_ENGLISH ? name : term_text(language, name);
}

static void put_column(struct line_writer *writer, enum language language, enum column column, struct text text)
{
    line_put_padded(writer, text, columns[column][language].width);
    if (column + 1 < COLUMN_COUNT)
        line_put(writer, "  ");
}

static void put_day(struct line_writer *writer, enum language language, enum column column, struct day day)
{
    char text[DAY_TEXT_SIZE] = "-";
    if (!day_is_absent(day))
        day_format(day, text);
    put_column(writer, language, column, text_of(text));
}

static void put_location(struct line_writer *writer, enum language language, const struct place *place)
{
    line_put_text(writer, place->location_id);
    line_put(writer, " (");
    line_put(writer, name_words(language, location_kind_names[place->kind]));
    line_put(writer, ", ");
    line_put(writer, name_words(language, region_names[place->region]));
    line_put(writer, ")");
}

/* --- the table --------------------------------------------------------------------------------------------------- */

size_t alert_table_head_write(enum language language, char *line, size_t size)
{
    struct line_writer writer;
    line_begin(&writer, line, size);
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        put_column(&writer, language, column, text_of(columns[column][language].heading));
    return line_end(&writer);
}

size_t alert_table_row_write(enum language language, const struct alert_record *record, char *line, size_t size)
{
    const struct alert *alert = &record->alert;
    const char *because = alert->resolution == RESOLUTION_NONE
                              ? "-"
                              : name_words(language, resolution_names[alert->resolution]);
    struct line_writer writer;
    line_begin(&writer, line, size);
    put_column(&writer, language, COLUMN_CHILD, record->child_id);
    put_column(&writer, language, COLUMN_RULE, text_of(name_words(language, rules[alert->rule]->name)));
    put_column(&writer, language, COLUMN_LEVEL, text_of(name_words(language, level_names[alert->level])));
    put_column(&writer, language, COLUMN_STATE, text_of(name_words(language, alert_state_names[alert->state])));
    put_day(&writer, language, COLUMN_RAISED, alert->raised_on);
    put_day(&writer, language, COLUMN_OVER_SINCE, alert->violation_on);
    put_day(&writer, language, COLUMN_DUE, alert->due_on);
    put_day(&writer, language, COLUMN_ENDED, alert->resolved_on);
    put_column(&writer, language, COLUMN_BECAUSE, text_of(because));
    put_location(&writer, language, &alert->place);
    return line_end(&writer);
}

/* --- a revision -------------------------------------------------------------------------------------------------- */

static void put_fact(struct line_writer *writer, const char *what, struct day day)
{
    char text[DAY_TEXT_SIZE];
    if (day_is_absent(day))
        return;
    day_format(day, text);
    line_put(writer, what);
    line_put(writer, text);
}

/* "#3", or "-" for an alert that was computed, not published. */
static void put_revision(struct line_writer *writer, uint32_t revision)
{
    char text[16] = "-";
    if (revision > 0)
        snprintf(text, sizeof text, "#%u", (unsigned)revision);
    line_put_padded(writer, text_of(text), 4);
}

size_t alert_line_write(const struct alert_record *record, char *line, size_t size)
{
    const struct alert *alert = &record->alert;
    struct line_writer writer;
    line_begin(&writer, line, size);
    put_revision(&writer, alert->revision);
    put_column(&writer, LANGUAGE_ENGLISH, COLUMN_LEVEL, text_of(level_names[alert->level]));
    put_column(&writer, LANGUAGE_ENGLISH, COLUMN_STATE, text_of(alert_state_names[alert->state]));
    put_column(&writer, LANGUAGE_ENGLISH, COLUMN_RULE, text_of(rules[alert->rule]->name));
    put_column(&writer, LANGUAGE_ENGLISH, COLUMN_CHILD, record->child_id);
    put_location(&writer, LANGUAGE_ENGLISH, &alert->place);
    put_fact(&writer, "  raised ", alert->raised_on);
    put_fact(&writer, "  over since ", alert->violation_on);
    put_fact(&writer, "  due ", alert->due_on);
    if (alert->resolution != RESOLUTION_NONE) {
        line_put(&writer, "  ");
        line_put(&writer, resolution_names[alert->resolution]);
        put_fact(&writer, " ", alert->resolved_on);
    }
    return line_end(&writer);
}
