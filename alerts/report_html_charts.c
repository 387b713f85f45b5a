/* The charts: a place for each in the page, beside a table with its numbers, and the numbers as JSON for what draws
 * them (report_page.js). */
#include "alerts/report_html_internal.h"

struct page_chart {
    const char *id, *kind; /* which way of drawing report_page.js has for it */
    bool is_stacked;
    enum message title, unit, table; /* TABLE: which one has its numbers, in the section TABLE_ID */
    const char *table_id;
    bool (*is_there)(const struct page *page);
    void (*labels_write)(const struct page *page);
    void (*values_write)(const struct page *page, int line);
    int lines[5], line_count;
};

static bool has_days(const struct page *page)
{
    return page->day_count >= 7;
}

static bool has_weeks(const struct page *page)
{
    return page->week_count >= 2;
}

static bool has_over_norms(const struct page *page)
{
    return page->over_norms.count >= 2;
}

static bool has_lost(const struct page *page)
{
    return page->lost.count >= 2;
}

/* --- numbers as JSON ---------------------------------------------------------------------------------------------- */

static void separator_write(const struct page *page, int at)
{
    fputs(at > 0 ? "," : "", page->out);
}

static void spans_labels_write(const struct page *page, const struct page_span *spans, int count)
{
    char text[DAY_TEXT_SIZE];
    for (int i = 0; i < count; i++) {
        separator_write(page, i);
        day_format(spans[i].day, text);
        html_json_text(page->out, text);
    }
}

/* Of a day that must not be spoken of, null. */
static void spans_values_write(const struct page *page, const struct page_span *spans, int count, int line)
{
    for (int i = 0; i < count; i++) {
        separator_write(page, i);
        if (spans[i].is_withheld)
            fputs("null", page->out);
        else
            fprintf(page->out, "%lld", (long long)page_amount(page, &spans[i].total, line, MEASURE_VALUE).number);
    }
}

static void days_labels_write(const struct page *page)
{
    spans_labels_write(page, page->days, page->day_count);
}

static void days_values_write(const struct page *page, int line)
{
    spans_values_write(page, page->days, page->day_count, line);
}

static void weeks_labels_write(const struct page *page)
{
    spans_labels_write(page, page->weeks, page->week_count);
}

static void weeks_values_write(const struct page *page, int line)
{
    spans_values_write(page, page->weeks, page->week_count, line);
}

static void bars_labels_write(const struct page *page, const struct page_bars *bars)
{
    for (int i = 0; i < bars->count; i++) {
        separator_write(page, i);
        html_json_text(page->out, bars->rows[i]->group);
    }
}

static void bars_values_write(const struct page *page, const struct page_bars *bars, int line)
{
    for (int i = 0; i < bars->count; i++) {
        separator_write(page, i);
        fprintf(page->out, "%lld", (long long)bars->rows[i]->values[line]);
    }
}

static void over_norms_labels_write(const struct page *page)
{
    bars_labels_write(page, &page->over_norms);
}

static void over_norms_values_write(const struct page *page, int line)
{
    bars_values_write(page, &page->over_norms, line);
}

static void lost_labels_write(const struct page *page)
{
    bars_labels_write(page, &page->lost);
}

static void lost_values_write(const struct page *page, int line)
{
    bars_values_write(page, &page->lost, line);
}

/* --- the charts --------------------------------------------------------------------------------------------------- */

enum { CHART_DAYS, CHART_WEEKS, CHART_OVER_NORMS, CHART_LOST, CHART_COUNT };

static const struct page_chart charts[CHART_COUNT] = {
    [CHART_DAYS] = {"chart-days",
                    "lines",
                    false,
                    MESSAGE_PAGE_CHART_CHILDREN,
                    MESSAGE_PAGE_AXIS_CHILDREN,
                    MESSAGE_PAGE_DAYS_SHOW,
                    "days-and-weeks",
                    has_days,
                    days_labels_write,
                    days_values_write,
                    {FIGURE_IN_EMERGENCY, FIGURE_OVER_STAY_NORM, FIGURE_WITHOUT_SCHOOL, FIGURE_OVER_SCHOOL_NORM},
                    4},
    [CHART_WEEKS] = {"chart-weeks",
                     "weeks",
                     true,
                     MESSAGE_PAGE_CHART_WEEKS,
                     MESSAGE_PAGE_AXIS_DAYS,
                     MESSAGE_PAGE_WEEKS_SHOW,
                     "days-and-weeks",
                     has_weeks,
                     weeks_labels_write,
                     weeks_values_write,
                     {FIGURE_LOST_ON_ARRIVAL, FIGURE_LOST_BY_MOVES, FIGURE_LOST_OTHERWISE},
                     3},
    [CHART_OVER_NORMS] = {"chart-over-norms",
                          "bars",
                          false,
                          MESSAGE_PAGE_CHART_OVER,
                          MESSAGE_PAGE_AXIS_CHILDREN,
                          MESSAGE_PAGE_LOCATIONS_SHOW,
                          "locations",
                          has_over_norms,
                          over_norms_labels_write,
                          over_norms_values_write,
                          {FIGURE_OVER_STAY_NORM, FIGURE_OVER_SCHOOL_NORM},
                          2},
    [CHART_LOST] = {"chart-lost",
                    "bars",
                    true,
                    MESSAGE_PAGE_CHART_LOST,
                    MESSAGE_PAGE_AXIS_DAYS,
                    MESSAGE_PAGE_LOCATIONS_SHOW,
                    "locations",
                    has_lost,
                    lost_labels_write,
                    lost_values_write,
                    {FIGURE_LOST_ON_ARRIVAL, FIGURE_LOST_BY_MOVES, FIGURE_LOST_OTHERWISE},
                    3},
};

bool page_has_time_charts(const struct page *page)
{
    return has_days(page) || has_weeks(page);
}

bool page_has_location_charts(const struct page *page)
{
    return has_over_norms(page) || has_lost(page);
}

static void series_write(const struct page *page, const struct page_chart *chart)
{
    for (int i = 0; i < chart->line_count; i++) {
        fputs(i > 0 ? ",\n{\"name\":" : "\n{\"name\":", page->out);
        html_json_text(page->out, page_line_words(page, chart->lines[i]));
        fputs(",\"values\":[", page->out);
        chart->values_write(page, chart->lines[i]);
        fputs("]}", page->out);
    }
}

static void data_write(const struct page *page, const struct page_chart *chart)
{
    fprintf(page->out, "{\"id\":\"%s\",\"kind\":\"%s\",\"stacked\":%s,\"unit\":", chart->id, chart->kind,
            chart->is_stacked ? "true" : "false");
    html_json_text(page->out, message_text(page->language, chart->unit));
    fputs(",\"labels\":[", page->out);
    chart->labels_write(page);
    fputs("],\"series\":[", page->out);
    series_write(page, chart);
    fputs("]}", page->out);
}

void page_chart_data_write(const struct page *page)
{
    const char *before = "[";
    for (int i = 0; i < CHART_COUNT; i++) {
        if (!charts[i].is_there(page))
            continue;
        fputs(before, page->out);
        data_write(page, &charts[i]);
        before = ",\n";
    }
    fputs("]", page->out);
}

/* A heading; a place for the chart, hidden until it is drawn, with room for a note below it; and the way to its table.
 */
static void chart_begin(const struct page *page, const struct page_chart *chart)
{
    char title[256];
    message_format(title, sizeof(title), page->language, chart->title, page->last_day);
    fputs("<h3>", page->out);
    html_text(page->out, title);
    fprintf(page->out, "</h3>\n<figure hidden>\n<div class=\"canvas\"><canvas id=\"%s\" role=\"img\" aria-label=\"",
            chart->id);
    html_message(page->out, page->language, MESSAGE_PAGE_CHART_LABEL, title);
    fputs("\"></canvas></div>\n<figcaption>", page->out);
}

static void chart_end(const struct page *page, const struct page_chart *chart)
{
    fprintf(page->out, "</figcaption>\n</figure>\n<p><a href=\"#%s\">", chart->table_id);
    html_message(page->out, page->language, chart->table);
    fputs("</a></p>\n", page->out);
}

static void chart_write(const struct page *page, const struct page_chart *chart, enum message note)
{
    if (!chart->is_there(page))
        return;
    chart_begin(page, chart);
    html_message(page->out, page->language, note);
    chart_end(page, chart);
}

void page_over_time_write(struct page *page)
{
    chart_write(page, &charts[CHART_DAYS], MESSAGE_PAGE_CHART_CHILDREN_NOTE);
    chart_write(page, &charts[CHART_WEEKS], MESSAGE_PAGE_CHART_WEEKS_NOTE);
}

static void largest_write(const struct page *page, const struct page_chart *chart)
{
    char words[NUMBER_WORDS_SIZE];
    if (!chart->is_there(page))
        return;
    chart_begin(page, chart);
    html_message(page->out, page->language, MESSAGE_PAGE_CHART_LARGEST,
                 number_words(page->language, PAGE_BARS_MAX, 0, words));
    chart_end(page, chart);
}

void page_largest_write(struct page *page)
{
    largest_write(page, &charts[CHART_OVER_NORMS]);
    largest_write(page, &charts[CHART_LOST]);
}

/* --- days and weeks as tables ------------------------------------------------------------------------------------- */

static void withheld_row_write(const struct page *page, const struct page_table *table, const char *name)
{
    fputs("<tr><th scope=\"row\">", page->out);
    html_text(page->out, name);
    fprintf(page->out, "</th><td colspan=\"%d\">", table->lines->stocks + table->lines->flows);
    html_message(page->out, page->language, MESSAGE_PAGE_NOT_SHOWN);
    fputs("</td></tr>\n", page->out);
}

static void spans_table_write(struct page *page, const struct page_table *table, const struct page_span *spans,
                              int count)
{
    char name[DAY_WORDS_SIZE];
    fputs("<details>\n<summary>", page->out);
    html_message(page->out, page->language, table->caption);
    fputs("</summary>\n", page->out);
    page_table_begin(page, table);
    for (int i = 0; i < count; i++) {
        day_words(page->language, spans[i].day, name);
        if (spans[i].is_withheld)
            withheld_row_write(page, table, name);
        else
            page_table_row(page, table, name, &spans[i].total);
    }
    page_table_end(page);
    fputs("</details>\n", page->out);
}

void page_days_and_weeks_write(struct page *page)
{
    const struct page_table days = {MESSAGE_PAGE_DAYS_SHOW, NULL, MESSAGE_PAGE_DAY, &page_lines_day, false};
    const struct page_table weeks = {MESSAGE_PAGE_WEEKS_SHOW, NULL, MESSAGE_PAGE_WEEK, &page_lines_week, false};
    spans_table_write(page, &days, page->days, page->day_count);
    if (page->week_count > 0)
        spans_table_write(page, &weeks, page->weeks, page->week_count);
}
