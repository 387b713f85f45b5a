#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "alerts/norms_text.h"
#include "alerts/report_internal.h"

struct figure_question report_question(const struct report *report, struct day from, struct day to)
{
    return (struct figure_question){.grouping = report->by,
                                    .population = report->population,
                                    .from = from,
                                    .to = to,
                                    .exact = report->exact,
                                    .region = -1,
                                    .compared = report->compared};
}

/* --- heading ------------------------------------------------------------------------------------------------------ */

static void period_write(FILE *out, const struct report *report)
{
    char from[DAY_WORDS_SIZE], to[DAY_WORDS_SIZE], period[2 * DAY_WORDS_SIZE + 16];
    const bool is_alone = report->population == POPULATION_UNACCOMPANIED;
    message_format(period, sizeof(period), report->language, MESSAGE_REPORT_PERIOD,
                   day_words(report->language, report->from, from), day_words(report->language, report->to, to));
    message_print(out, report->language, is_alone ? MESSAGE_REPORT_UNACCOMPANIED : MESSAGE_REPORT_CHILDREN, period);
    fputc('\n', out);
}

void report_heading_write(FILE *out, const struct report *report)
{
    char today[DAY_WORDS_SIZE];
    const bool is_forecast = day_before(report->today, report->to);
    period_write(out, report);
    message_print(out, report->language, is_forecast ? MESSAGE_REPORT_FORECAST : MESSAGE_REPORT_KNOWN,
                  day_words(report->language, report->today, today));
    fprintf(out, "\n%s\n",
            message_text(report->language, report->exact ? MESSAGE_REPORT_EXACT : MESSAGE_REPORT_MERGED));
    norms_text_brief(out, report->language, report->norms, report->to);
    if (report->compared != NULL) {
        message_print(out, report->language, MESSAGE_REPORT_COMPARED, report->compared_name);
        fputc('\n', out);
        norms_text_difference(out, report->language, report->norms, report->compared_norms);
    }
    fputc('\n', out);
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

static bool table_tell(const struct report *report, bool by_words, struct day from, struct day to,
                       void (*on_table)(void *context, const struct figure_table *table,
                                        const struct figure_table *compared),
                       void *context)
{
    struct figure_question question = report_question(report, from, to);
    struct figure_table table, compared = {0};
    if (!tally_table(report->tally, &question, &table))
        return false;
    question.compared = report->tally;
    const bool done = report->compared == NULL || tally_table(report->compared, &question, &compared);
    assert(!done || report->compared == NULL || table.count == compared.count);
    if (by_words) {
        report_rows_by_words(&table, report->language);
        report_rows_by_words(&compared, report->language);
    }
    if (done)
        on_table(context, &table, report->compared == NULL ? NULL : &compared);
    figure_table_fini(&table);
    figure_table_fini(&compared);
    return done;
}

bool report_tables(const struct report *report, bool by_words,
                   void (*on_table)(void *context, const struct figure_table *table,
                                    const struct figure_table *compared),
                   void *context)
{
    if (!report->each_day)
        return table_tell(report, by_words, report->from, report->to, on_table, context);
    for (struct day day = report->from; !day_before(report->to, day); day = day_plus(day, 1))
        if (!table_tell(report, by_words, day, day, on_table, context))
            return false;
    return true;
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

int report_columns(const struct report *report, struct report_column columns[static REPORT_COLUMNS_MAX])
{
    int count = 0;
    for (int figure = 0; figure < FIGURE_COUNT; figure++)
        columns[count++] = (struct report_column){(enum figure)figure, false};
    for (int figure = 0; figure < FIGURE_COUNT && !report->each_day; figure++)
        if (figure_sorts[figure] == FIGURE_STOCK)
            columns[count++] = (struct report_column){(enum figure)figure, true};
    return count;
}

int64_t report_value(const struct figure_row *row, struct report_column column, int days)
{
    return column.is_mean ? figure_mean(row->sums[column.figure], days) : row->values[column.figure];
}

int64_t report_difference(const struct figure_row *row, const struct figure_row *compared, struct report_column column,
                          int days)
{
    return column.is_mean ? figure_mean(compared->sums[column.figure] - row->sums[column.figure], days)
                          : compared->values[column.figure] - row->values[column.figure];
}

void report_value_write(FILE *out, int64_t value, struct report_column column)
{
    const int64_t size = value < 0 ? -value : value;
    if (column.is_mean)
        fprintf(out, "%s%" PRId64 ".%03" PRId64, value < 0 ? "-" : "", size / 1000, size % 1000);
    else
        fprintf(out, "%" PRId64, value);
}
