/* What people at a terminal read of groups and figures. */
#include <string.h>

#include "alerts/report_internal.h"

#define NOTHING "-" /* there is no mean stay of no children */

/* --- groups ------------------------------------------------------------------------------------------------------- */

const char *report_group_words(const struct report *report, const char *group, bool is_other)
{
    if (is_other)
        return message_text(report->language, MESSAGE_REPORT_GROUP_OTHER);
    if (report->by == GROUPING_ALL)
        return message_text(report->language, MESSAGE_REPORT_GROUP_ALL);
    return report->by == GROUPING_LOCATION ? group : term_text(report->language, group);
}

static bool goes_before(const struct figure_row *a, const struct figure_row *b, enum language language)
{
    if (a->is_other || b->is_other)
        return b->is_other && !a->is_other;
    return strcmp(term_text(language, a->group), term_text(language, b->group)) < 0;
}

/* By insertion: there are few kinds and regions, and locations are in order already. */
void report_rows_by_words(struct figure_table *table, enum language language)
{
    for (size_t i = 1; i < table->count; i++) {
        const struct figure_row row = table->rows[i];
        size_t at = i;
        for (; at > 0 && goes_before(&row, &table->rows[at - 1], language); at--)
            table->rows[at] = table->rows[at - 1];
        table->rows[at] = row;
    }
}

/* --- figures ------------------------------------------------------------------------------------------------------ */

const char *report_figure_words(enum language language, enum figure figure)
{
    if (figure == FIGURE_EMERGENCY_DAYS)
        return message_text(language, MESSAGE_PAGE_MEAN_STAY);
    return term_text(language, figure_names[figure]);
}

/* The mean stay in tenths; false: there is nobody in emergency reception. */
static bool mean_stay(const struct figure_row *row, bool is_mean, int64_t *tenths)
{
    const int64_t *figures = is_mean ? row->sums : row->values;
    if (figures[FIGURE_IN_EMERGENCY] == 0)
        return false;
    *tenths = figure_tenths(figures[FIGURE_EMERGENCY_DAYS], figures[FIGURE_IN_EMERGENCY]);
    return true;
}

static const char *mean_stay_words(enum language language, bool is_mean, const struct figure_row *row,
                                   const struct figure_row *compared, char words[static NUMBER_WORDS_SIZE])
{
    int64_t stay, other = 0;
    if (!mean_stay(row, is_mean, &stay) || (compared != NULL && !mean_stay(compared, is_mean, &other)))
        return NOTHING;
    return number_words(language, compared == NULL ? stay : other - stay, 1, words);
}

const char *report_number_words(enum language language, struct report_column column, const struct figure_row *row,
                                const struct figure_row *compared, int days, char words[static NUMBER_WORDS_SIZE])
{
    const enum figure figure = column.figure;
    if (figure == FIGURE_EMERGENCY_DAYS)
        return mean_stay_words(language, column.is_mean, row, compared, words);
    const int64_t *here = column.is_mean ? row->sums : row->values;
    int64_t number = here[figure];
    if (compared != NULL)
        number = (column.is_mean ? compared->sums : compared->values)[figure] - number;
    return column.is_mean ? number_words(language, figure_tenths(number, days), 1, words)
                          : number_words(language, number, 0, words);
}
