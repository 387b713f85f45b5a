/* The forms of a work list. */
#include <string.h>

#include "alerts/norms_text.h"
#include "alerts/work_list_internal.h"

void work_list_heading_write(FILE *out, const struct report *report)
{
    const enum language language = report->language;
    char today[DAY_WORDS_SIZE], days[NUMBER_WORDS_SIZE];
    number_words(language, report->to.number - report->today.number, 0, days);
    message_print(out, language, MESSAGE_WORK_LIST, days, day_words(language, report->today, today));
    fputc('\n', out);
    if (report->population == POPULATION_UNACCOMPANIED)
        fprintf(out, "%s\n", message_text(language, MESSAGE_WORK_LIST_UNACCOMPANIED));
    fprintf(out, "%s\n", message_text(language, report->exact ? MESSAGE_REPORT_EXACT : MESSAGE_WORK_LIST_MERGED));
    norms_text_brief(out, language, report->norms, report->to);
    fputc('\n', out);
}

/* --- for programs ------------------------------------------------------------------------------------------------- */

static void withheld_write(FILE *notes, const struct report *report, bool is_withheld)
{
    if (is_withheld)
        fprintf(notes, "%s\n", message_text(report->language, MESSAGE_REPORT_WITHHELD));
}

bool work_list_csv_write(FILE *out, FILE *notes, struct work_list *list, const struct report *report)
{
    struct work_row row = {0};
    char text[WORK_FIELD_SIZE];
    bool is_withheld;
    if (!work_rows_prepare(list, report, &is_withheld))
        return false;
    for (size_t i = 0; i < work_field_count(report); i++)
        fprintf(out, "%s%s", i == 0 ? "" : ",", work_fields[i].name);
    fputc('\n', out);
    while (work_row_next(list, report->exact, &row)) {
        for (size_t i = 0; i < work_field_count(report); i++) {
            work_fields[i].write(&row, text);
            fprintf(out, "%s%s", i == 0 ? "" : ",", text);
        }
        fputc('\n', out);
    }
    withheld_write(notes, report, is_withheld);
    return true;
}

static void json_row_write(FILE *out, const struct report *report, const struct work_row *row)
{
    char text[WORK_FIELD_SIZE];
    for (size_t i = 0; i < work_field_count(report); i++) {
        work_fields[i].write(row, text);
        fprintf(out, "%s\"%s\": ", i == 0 ? "{" : ", ", work_fields[i].name);
        if (text[0] == '\0')
            fputs("null", out);
        else
            fprintf(out, work_fields[i].sort == WORK_NUMBER ? "%s" : "\"%s\"", text);
    }
    fputc('}', out);
}

bool work_list_json_write(FILE *out, FILE *notes, struct work_list *list, const struct report *report)
{
    struct work_row row = {0};
    bool is_withheld;
    if (!work_rows_prepare(list, report, &is_withheld))
        return false;
    fputc('[', out);
    for (const char *before = "\n"; work_row_next(list, report->exact, &row); before = ",\n") {
        fputs(before, out);
        json_row_write(out, report, &row);
    }
    fputs(list->count == 0 ? "]\n" : "\n]\n", out);
    withheld_write(notes, report, is_withheld);
    return true;
}

/* --- for people --------------------------------------------------------------------------------------------------- */

static const char *field_words(const struct report *report, const struct work_field *field, const struct work_row *row,
                               char text[static WORK_FIELD_SIZE])
{
    field->write(row, text);
    if (field->sort == WORK_GROUP)
        return report_group_words(report, text, row->item->is_other);
    return field->sort == WORK_SYMBOL ? term_text(report->language, text) : text;
}

/* How wide each field has to be. */
static void fields_measure(const struct work_list *list, const struct report *report, int widths[WORK_FIELDS_MAX])
{
    struct work_row row = {0};
    char text[WORK_FIELD_SIZE];
    for (size_t i = 0; i < work_field_count(report); i++)
        widths[i] = (int)strlen(message_text(report->language, work_fields[i].heading));
    while (work_row_next(list, report->exact, &row))
        for (size_t i = 0; i < work_field_count(report); i++) {
            const int width = (int)strlen(field_words(report, &work_fields[i], &row, text));
            widths[i] = width > widths[i] ? width : widths[i];
        }
}

/* A line of the table, the heading where ROW is NULL. */
static void line_write(FILE *out, const struct report *report, const struct work_row *row,
                       const int widths[WORK_FIELDS_MAX])
{
    const size_t count = work_field_count(report);
    char text[WORK_FIELD_SIZE];
    for (size_t i = 0; i < count; i++) {
        const struct work_field *field = &work_fields[i];
        const char *words = row == NULL ? message_text(report->language, field->heading)
                                        : field_words(report, field, row, text);
        const bool is_right = field->sort == WORK_NUMBER, is_last = i + 1 == count;
        fprintf(out, "%s%*s", i == 0 ? "" : "  ", is_right ? widths[i] : is_last ? 0 : -widths[i], words);
    }
    fputc('\n', out);
}

bool work_list_table_write(FILE *out, struct work_list *list, const struct report *report)
{
    struct work_row row = {0};
    int widths[WORK_FIELDS_MAX];
    bool is_withheld;
    if (!work_rows_prepare(list, report, &is_withheld))
        return false;
    work_list_heading_write(out, report);
    withheld_write(out, report, is_withheld);
    if (!is_withheld && list->count == 0)
        fprintf(out, "%s\n", message_text(report->language, MESSAGE_WORK_LIST_EMPTY));
    fields_measure(list, report, widths);
    if (list->count > 0)
        line_write(out, report, NULL, widths);
    while (work_row_next(list, report->exact, &row))
        line_write(out, report, &row, widths);
    return true;
}
