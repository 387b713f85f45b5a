/* What the page of a report is made of. Every table is asked for first (report_html_load.c), so that writing can not
 * fail; then the parts write it from top to bottom, in the order of report_html.c.
 */
#ifndef ALERTS_REPORT_HTML_INTERNAL_H
#define ALERTS_REPORT_HTML_INTERNAL_H

#include "alerts/html_text.h"
#include "alerts/report_html.h"

#define PAGE_BARS_MAX 15 /* of a chart by location: more can not be taken in at a glance */

/* What all children of one day, or of one week from that day on, add up to. */
struct page_span {
    struct day day;
    bool is_withheld;
    struct figure_row total;
};

/* Rows of locations, those with most of something first. */
struct page_bars {
    const struct figure_row *rows[PAGE_BARS_MAX];
    int count;
};

struct page {
    FILE *out;
    const struct report *report;
    enum language language;
    char last_day[DAY_WORDS_SIZE];
    bool is_forecast;                         /* of the last day */
    char last_day_marked[2 * DAY_WORDS_SIZE]; /* and said to be so */
    int table_count;                          /* written so far: each has an id */

    struct figure_table country[POPULATION_COUNT], compared[POPULATION_COUNT];
    struct figure_table regions, kinds, locations[REGION_COUNT];
    struct page_span *days, *weeks; /* whole weeks */
    int day_count, week_count;
    struct page_bars over_norms, lost;
};

/* Asks for all tables; where there are no figures, for no more than it takes to know that. False: no memory. The page
 * is to be freed either way. */
bool page_load(struct page *page, FILE *out, const struct report *report);
void page_free(struct page *page);

/* Whether there is anything to show: there were children, and not so few that nothing may be said. */
bool page_has_figures(const struct page *page);

/* Whether unaccompanied children stand beside all children. */
bool page_has_unaccompanied(const struct page *page);

/* --- what can be said of a row (report_html_lines.c) -------------------------------------------------------------- */

/* The figures by their number, and two that follow from them. */
enum page_line { LINE_MEAN_STAY = FIGURE_COUNT, LINE_LOST };
enum page_measure { MEASURE_VALUE, MEASURE_MEAN }; /* of the last day or, of a flow, the sum; of all days */

struct page_amount {
    bool exists;
    int64_t number; /* in units of the last of DECIMALS */
    int decimals;
};

struct page_amount page_amount(const struct page *page, const struct figure_row *row, int line,
                               enum page_measure measure);
struct page_amount page_amount_difference(struct page_amount left, struct page_amount right);
const char *page_line_words(const struct page *page, int line);

/* Lines of one table: those of STOCKS, then those of FLOWS. */
struct page_lines {
    const int *lines;
    int stocks, flows;
};
extern const struct page_lines page_lines_all, page_lines_reception, page_lines_school, page_lines_day, page_lines_week;

/* Writes the number in the page's language. */
void page_number_write(const struct page *page, int64_t number, int decimals);

/* --- sections, below a heading each (report_html.c) ----------------------------------------------------------------
 */

void page_key_numbers_write(struct page *page);
void page_two_norms_write(struct page *page);
void page_over_time_write(struct page *page);
void page_country_write(struct page *page);
void page_regions_write(struct page *page);
void page_kinds_write(struct page *page);
void page_largest_write(struct page *page);
void page_locations_write(struct page *page);
void page_meanings_write(struct page *page);
void page_norms_write(struct page *page);
void page_small_groups_write(struct page *page);
void page_days_and_weeks_write(struct page *page);

/* --- charts (report_html_charts.c) -------------------------------------------------------------------------------- */

/* Whether there is anything to draw: over time, by location. */
bool page_has_time_charts(const struct page *page);
bool page_has_location_charts(const struct page *page);

/* The numbers of all charts, as JSON for report_page.js. */
void page_chart_data_write(const struct page *page);

/* --- pieces of tables (report_html_tables.c) ---------------------------------------------------------------------- */

/* A table begins with its name - what it is OF, unless NULL, and CAPTION - and what follows up to its head. */
void page_caption_write(struct page *page, enum message caption, const char *of);
void page_table_end(struct page *page);

/* Of a head: what the rows are, over so many lines of the head; a title over columns; and a column. BEGINS: a group of
 * columns begins here. */
void page_corner_write(const struct page *page, enum message corner, int rows);
void page_column_group_write(const struct page *page, int columns, const char *title);
void page_column_write(const struct page *page, const char *title, bool begins);

void page_row_name_write(const struct page *page, const char *name);
void page_cell_write(const struct page *page, struct page_amount amount, bool begins, bool is_difference);

/* What the page's main tables and charts are of: all children, or the unaccompanied. */
const char *page_population_words(const struct page *page);

/* When stocks are of, "On 31 December 2025", and flows: the period or, of a report about one day, that day. A forecast
 * is said to be one. */
#define PAGE_WHEN_SIZE 128
const char *page_on_last_day(const struct page *page, char text[static PAGE_WHEN_SIZE]);
const char *page_in_period(const struct page *page, char text[static PAGE_WHEN_SIZE]);

/* A table of rows: one a day or a group, a column a line; named by what it is OF, unless NULL, and CAPTION. */
struct page_table {
    enum message caption;
    const char *of;
    enum message corner; /* what the rows are */
    const struct page_lines *lines;
    bool of_period; /* columns stand below the day or the period that they are of */
};
void page_table_begin(struct page *page, const struct page_table *table);
void page_table_row(struct page *page, const struct page_table *table, const char *name, const struct figure_row *row);
void page_table_total(struct page *page, const struct page_table *table, const struct figure_row *row);

#endif
