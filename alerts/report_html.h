/* The report as one page for people: HTML that holds all it shows, for a parliament to read, print and keep.
 *
 * It nests: the country with all children and the unaccompanied side by side, regions, the locations of each, and kinds
 * of reception, each merged as docs/figures.md has it. What a chart shows stands in a table too, so the page says the
 * same without script.
 */
#ifndef ALERTS_REPORT_HTML_H
#define ALERTS_REPORT_HTML_H

#include <stdbool.h>
#include <stdio.h>

#include "alerts/report.h"

/* Writes the page. Of what was asked, `by` and `each_day` do not matter: a page has all of it. With the population of
 * unaccompanied children all of it is about them. False: no memory, the page is not whole. */
bool report_html_write(FILE *out, const struct report *report);

#endif
