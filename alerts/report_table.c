/* A report for people at a terminal: a table each for what is counted on a day, on average, and in the whole period, so
 * that each fits a screen's width. What does not fit its column is printed in full.
 */
#include <string.h>

#include "alerts/report_internal.h"
#include "alerts/word_wrap.h"

#define COLUMN_WIDTH_MIN 9
#define GAP "  "

struct section {
    enum message title;
    bool of_stocks, is_mean;
};

struct sheet {
    FILE *out;
    const struct report *report;
    const struct section *section;
    int group_width;
    uint64_t rows;
    int withheld; /* tables */
};

static bool section_has(const struct section *section, int figure)
{
    return section->of_stocks == (figure_sorts[figure] == FIGURE_STOCK);
}

/* --- headings: words below each other ----------------------------------------------------------------------------- */

static const char *heading(const struct sheet *sheet, int figure)
{
    return report_figure_words(sheet->report->language, (enum figure)figure);
}

static int column_width(const char *words)
{
    return word_wrap_width(words, COLUMN_WIDTH_MIN);
}

static int heading_lines(const struct sheet *sheet)
{
    int most = 0;
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        const char *words = heading(sheet, figure);
        const int lines = section_has(sheet->section, figure) ? word_wrap_lines(words, column_width(words)) : 0;
        most = lines > most ? lines : most;
    }
    return most;
}

/* What stands left of the numbers: in a report of each day the day, then the group. */
static void label_write(const struct sheet *sheet, const char *day, const char *group)
{
    if (sheet->report->each_day)
        fprintf(sheet->out, "%-10s" GAP, day);
    fprintf(sheet->out, "%-*s", sheet->group_width, group);
}

/* Line number LINE of LINES of a figure's heading; short ones stand at the bottom. */
static void heading_line_write(const struct sheet *sheet, int figure, int line, int lines)
{
    const char *words = heading(sheet, figure);
    const int width = column_width(words), above = lines - word_wrap_lines(words, width);
    int length = 0;
    if (line >= above)
        words = word_wrap_line(words, width, line - above, &length);
    fprintf(sheet->out, GAP "%*.*s", width, length, words);
}

static void heading_write(const struct sheet *sheet)
{
    const int lines = heading_lines(sheet);
    for (int line = 0; line < lines; line++) {
        label_write(sheet, line < lines - 1 ? "" : message_text(sheet->report->language, MESSAGE_REPORT_DAY), "");
        for (int figure = 0; figure < FIGURE_COUNT; figure++)
            if (section_has(sheet->section, figure))
                heading_line_write(sheet, figure, line, lines);
        fputc('\n', sheet->out);
    }
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* The numbers of ROW, those of COMPARED less those of ROW where it is given. */
static void numbers_write(const struct sheet *sheet, const struct figure_row *row, const struct figure_row *compared,
                          int days)
{
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        char words[NUMBER_WORDS_SIZE];
        if (section_has(sheet->section, figure))
            fprintf(sheet->out, GAP "%*s", column_width(heading(sheet, figure)),
                    report_number_words(sheet->report->language,
                                        (struct report_column){(enum figure)figure, sheet->section->is_mean}, row,
                                        compared, days, words));
    }
    fputc('\n', sheet->out);
}

static void row_write(const struct sheet *sheet, const struct figure_table *table, const char *words,
                      const struct figure_row *row, const struct figure_row *compared)
{
    const enum language language = sheet->report->language;
    const int days = report_table_days(table);
    char day[DAY_TEXT_SIZE], label[NUMBER_WORDS_SIZE];
    day_format(table->from, day);
    label_write(sheet, day, words);
    numbers_write(sheet, row, NULL, days);
    if (compared == NULL)
        return;
    snprintf(label, sizeof(label), "  %s", message_text(language, MESSAGE_REPORT_UNDER_COMPARED));
    label_write(sheet, "", label);
    numbers_write(sheet, compared, NULL, days);
    snprintf(label, sizeof(label), "  %s", message_text(language, MESSAGE_REPORT_UNDER_DIFFERENCE));
    label_write(sheet, "", label);
    numbers_write(sheet, row, compared, days);
}

static void table_write(void *context, const struct figure_table *table, const struct figure_table *compared)
{
    const struct sheet *sheet = context;
    for (size_t i = 0; i < table->count; i++)
        row_write(sheet, table, report_group_words(sheet->report, table->rows[i].group, table->rows[i].is_other),
                  &table->rows[i], compared == NULL ? NULL : &compared->rows[i]);
    if (table->count > 0 && table->grouping != GROUPING_ALL)
        row_write(sheet, table, message_text(sheet->report->language, MESSAGE_REPORT_GROUP_ALL), &table->total,
                  compared == NULL ? NULL : &compared->total);
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static void table_measure(void *context, const struct figure_table *table, const struct figure_table *compared)
{
    struct sheet *sheet = context;
    (void)compared;
    sheet->withheld += table->is_withheld;
    sheet->rows += table->count;
    for (size_t i = 0; i < table->count; i++) {
        const int width = (int)strlen(report_group_words(sheet->report, table->rows[i].group, table->rows[i].is_other));
        sheet->group_width = width > sheet->group_width ? width : sheet->group_width;
    }
}

/* What stands below a group where two sets of norms are compared. */
static int under_width(enum language language)
{
    const int compared = (int)strlen(message_text(language, MESSAGE_REPORT_UNDER_COMPARED));
    const int difference = (int)strlen(message_text(language, MESSAGE_REPORT_UNDER_DIFFERENCE));
    return 2 + (compared > difference ? compared : difference);
}

static bool section_write(struct sheet *sheet, const struct section *section)
{
    const enum language language = sheet->report->language;
    char day[DAY_WORDS_SIZE];
    sheet->section = section;
    message_print(sheet->out, language, section->title, day_words(language, sheet->report->to, day));
    fputc('\n', sheet->out);
    heading_write(sheet);
    return report_tables(sheet->report, true, table_write, sheet);
}

static void notes_write(const struct sheet *sheet)
{
    const enum language language = sheet->report->language;
    char number[NUMBER_WORDS_SIZE];
    if (sheet->withheld > 0 && sheet->report->each_day)
        message_print(sheet->out, language, MESSAGE_REPORT_WITHHELD_DAYS,
                      number_words(language, sheet->withheld, 0, number));
    else if (sheet->withheld > 0)
        message_print(sheet->out, language, MESSAGE_REPORT_WITHHELD);
    else if (sheet->rows == 0)
        message_print(sheet->out, language, MESSAGE_REPORT_EMPTY);
    else
        return;
    fputc('\n', sheet->out);
}

bool report_table_write(FILE *out, const struct report *report)
{
    static const struct section of_period[] = {
        {.title = MESSAGE_REPORT_ON_DAY, .of_stocks = true},
        {.title = MESSAGE_REPORT_MEANS, .of_stocks = true, .is_mean = true},
        {.title = MESSAGE_REPORT_IN_PERIOD},
    };
    static const struct section of_days[] = {{.title = MESSAGE_REPORT_EACH_DAY, .of_stocks = true},
                                             {.title = MESSAGE_REPORT_EACH_DAY}};
    const struct section *section = report->each_day ? of_days : of_period, *end = section + (report->each_day ? 2 : 3);
    struct sheet sheet = {.out = out, .report = report};
    report_heading_write(out, report);
    sheet.group_width = report->compared == NULL ? COLUMN_WIDTH_MIN : under_width(report->language);
    bool done = report_tables(report, true, table_measure, &sheet);
    for (; done && sheet.rows > 0 && section < end; section++) {
        done = section_write(&sheet, section);
        fputc('\n', out);
    }
    notes_write(&sheet);
    return done;
}
