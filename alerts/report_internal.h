/* Inside of a report; for report*.c. */
#ifndef ALERTS_REPORT_INTERNAL_H
#define ALERTS_REPORT_INTERNAL_H

#include "alerts/report.h"

/* Tells ON_TABLE of the table of the period, or with each_day of one for each day, its rows BY_WORDS or by name.
 * COMPARED has the same groups in the same order, or is NULL where nothing is compared. False: no memory. */
bool report_tables(const struct report *report, bool by_words,
                   void (*on_table)(void *context, const struct figure_table *table,
                                    const struct figure_table *compared),
                   void *context);

/* What people read instead of the name of a group. */
const char *report_group_words(const struct report *report, const char *group, bool is_other);

/* For people, rows stand in the order of the words they read: the groups' own names are in no order to them. Names of
 * locations are their own words. `other` stays last. */
void report_rows_by_words(struct figure_table *table, enum language language);

/* --- columns ------------------------------------------------------------------------------------------------------ */

struct report_column {
    enum figure figure;
    bool is_mean; /* NAME_mean, in thousandths */
};
#define REPORT_COLUMNS_MAX (2 * FIGURE_COUNT)

/* The figures in their order, then of a period the means of stocks. Returns how many. */
int report_columns(const struct report *report, struct report_column columns[static REPORT_COLUMNS_MAX]);

/* What is in a column, over DAYS days. */
int64_t report_value(const struct figure_row *row, struct report_column column, int days);

/* By how much COMPARED is more. A mean's is that of the exact means, rounded once. */
int64_t report_difference(const struct figure_row *row, const struct figure_row *compared, struct report_column column,
                          int days);

/* Writes a value: an integer, or a mean with its three decimals. */
void report_value_write(FILE *out, int64_t value, struct report_column column);

/* For people: days in emergency reception added up say nothing at a glance, so that column is the mean stay. */
const char *report_figure_words(enum language language, enum figure figure);

/* What stands in its column, over DAYS days: means with one decimal. With COMPARED (or NULL), by how much that is more.
 * Returns WORDS, or other words. */
const char *report_number_words(enum language language, struct report_column column, const struct figure_row *row,
                                const struct figure_row *compared, int days, char words[static NUMBER_WORDS_SIZE]);

static inline int report_table_days(const struct figure_table *table)
{
    return table->to.number - table->from.number + 1;
}

#endif
