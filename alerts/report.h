/* A report of the figures: what was asked, what was counted, and the forms in which it is written (docs/figures.md).
 */
#ifndef ALERTS_REPORT_H
#define ALERTS_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "alerts/messages.h"
#include "alerts/tally.h"
#include "rules/norms.h"

struct report {
    /* what was asked */
    enum grouping by;
    enum population population;
    struct day from, to; /* both included; days after `today` are forecast, as if nothing happens */
    bool each_day;       /* a row a day and group, instead of one a group */
    bool exact;          /* small groups are not merged: not for publication */
    enum language language;
    /* what was counted: every child once, its days from `from` to `to` */
    struct day today;
    const struct calendar *calendar;
    const struct norms *norms;
    const struct tally *tally; /* finished */
    /* the same children under other norms, side by side; or NULL */
    const struct norms *compared_norms;
    const struct tally *compared; /* finished */
    const char *compared_name;    /* the file they come from, as it was named */
};

/* The question for the table of the report's own grouping and population on the days FROM to TO; asked of
 * report->tally, and, where there is one, with `compared` turned round of report->compared. */
struct figure_question report_question(const struct report *report, struct day from, struct day to);

/* Writes the heading: what it is of, period, population, norms in force with their scope; a blank line below it. */
void report_heading_write(FILE *out, const struct report *report);

/* Write the report for people, heading above and total below, or its groups as CSV or one JSON array; what can not be
 * said in these two (that something is withheld) goes to NOTES. False: no memory. */
bool report_table_write(FILE *out, const struct report *report);
bool report_csv_write(FILE *out, FILE *notes, const struct report *report);
bool report_json_write(FILE *out, FILE *notes, const struct report *report);

#endif
