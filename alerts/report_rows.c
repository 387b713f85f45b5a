/* A report for programs: CSV, and one JSON array of the same rows. */
#include <string.h>

#include "alerts/report_internal.h"

struct writing {
    FILE *out;
    const struct report *report;
    bool as_json;
    struct report_column columns[REPORT_COLUMNS_MAX];
    int column_count;
    uint64_t rows;
    int withheld; /* tables */
};

/* --- fields ------------------------------------------------------------------------------------------------------- */

/* What stands before a field: what parts it from the one before and, in JSON, its name. */
static void field_begin(const struct writing *writing, const char *name, const char *suffix, bool is_first)
{
    if (!is_first)
        fputs(writing->as_json ? ", " : ",", writing->out);
    if (writing->as_json)
        fprintf(writing->out, "\"%s%s\": ", name, suffix);
}

/* Days and groups: no character in them needs quoting in CSV or escaping in JSON. */
static void text_field(const struct writing *writing, const char *name, const char *text, bool is_first)
{
    field_begin(writing, name, "", is_first);
    fprintf(writing->out, writing->as_json ? "\"%s\"" : "%s", text);
}

static void day_field(const struct writing *writing, const char *name, struct day day, bool is_first)
{
    char text[DAY_TEXT_SIZE];
    day_format(day, text);
    text_field(writing, name, text, is_first);
}

static void value_field(const struct writing *writing, const char *name, const char *suffix, int64_t value,
                        struct report_column column)
{
    field_begin(writing, name, suffix, false);
    report_value_write(writing->out, value, column);
}

#define COLUMN_NAME_SIZE 64
static const char *column_name(struct report_column column, char name[static COLUMN_NAME_SIZE])
{
    snprintf(name, COLUMN_NAME_SIZE, "%s%s", figure_names[column.figure], column.is_mean ? "_mean" : "");
    return name;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void row_write(const struct writing *writing, const struct figure_table *table, const struct figure_row *row,
                      const struct figure_row *compared)
{
    const int days = report_table_days(table);
    char name[COLUMN_NAME_SIZE];
    day_field(writing, writing->report->each_day ? "day" : "from", table->from, true);
    if (!writing->report->each_day)
        day_field(writing, "to", table->to, false);
    text_field(writing, "group", row->group, false);
    for (int i = 0; i < writing->column_count; i++) {
        const struct report_column column = writing->columns[i];
        value_field(writing, column_name(column, name), "", report_value(row, column, days), column);
        if (compared == NULL)
            continue;
        value_field(writing, name, "_compared", report_value(compared, column, days), column);
        value_field(writing, name, "_difference", report_difference(row, compared, column, days), column);
    }
}

static void table_write(void *context, const struct figure_table *table, const struct figure_table *compared)
{
    struct writing *writing = context;
    writing->withheld += table->is_withheld;
    for (size_t i = 0; i < table->count; i++) {
        if (writing->as_json)
            fputs(writing->rows == 0 ? "\n{" : ",\n{", writing->out);
        row_write(writing, table, &table->rows[i], compared == NULL ? NULL : &compared->rows[i]);
        fputs(writing->as_json ? "}" : "\n", writing->out);
        writing->rows++;
    }
}

static void head_write(const struct writing *writing)
{
    char name[COLUMN_NAME_SIZE];
    fputs(writing->report->each_day ? "day,group" : "from,to,group", writing->out);
    for (int i = 0; i < writing->column_count; i++) {
        fprintf(writing->out, ",%s", column_name(writing->columns[i], name));
        if (writing->report->compared != NULL)
            fprintf(writing->out, ",%s_compared,%s_difference", name, name);
    }
    fputc('\n', writing->out);
}

/* What the rows can not say. */
static void notes_write(FILE *notes, const struct writing *writing)
{
    const enum language language = writing->report->language;
    char number[NUMBER_WORDS_SIZE];
    if (writing->withheld == 0)
        return;
    if (writing->report->each_day)
        message_print(notes, language, MESSAGE_REPORT_WITHHELD_DAYS,
                      number_words(language, writing->withheld, 0, number));
    else
        message_print(notes, language, MESSAGE_REPORT_WITHHELD);
    fputc('\n', notes);
}

bool report_csv_write(FILE *out, FILE *notes, const struct report *report)
{
    struct writing writing = {.out = out, .report = report};
    writing.column_count = report_columns(report, writing.columns);
    head_write(&writing);
    const bool done = report_tables(report, false, table_write, &writing);
    notes_write(notes, &writing);
    return done;
}

bool report_json_write(FILE *out, FILE *notes, const struct report *report)
{
    struct writing writing = {.out = out, .report = report, .as_json = true};
    writing.column_count = report_columns(report, writing.columns);
    fputc('[', out);
    const bool done = report_tables(report, false, table_write, &writing);
    fputs(writing.rows == 0 ? "]\n" : "\n]\n", out);
    notes_write(notes, &writing);
    return done;
}
