/* The charts: a place for each in the page, and its numbers as JSON for what draws them (report_page.js). They stand in
 * tables of the page too. */
#include <inttypes.h>
#include <string.h>

#include "alerts/report_html_internal.h"

/* What a chart shows at one place of its axis of days or names. */
struct point {
    char label[ID_LENGTH_MAX + 1];
    const struct figure_row *row; /* NULL: of a day that must not be spoken of */
};

struct page_chart {
    const char *id, *kind; /* which way of drawing report_page.js has for it */
    bool is_stacked;
    enum message title, unit, table; /* TABLE: what the table with its numbers is called, in the section TABLE_ID */
    const char *table_id;
    bool (*point)(const struct page *page, int i, struct point *point); /* false: there are not so many */
    int points_min;                                                     /* with fewer there is nothing to draw */
    int lines[4], line_count;
};

/* --- points ------------------------------------------------------------------------------------------------------- */

static bool span_point(const struct page_span *spans, int count, int i, struct point *point)
{
    if (i >= count)
        return false;
    day_format(spans[i].day, point->label);
    point->row = spans[i].is_withheld ? NULL : &spans[i].total;
    return true;
}

static bool day_point(const struct page *page, int i, struct point *point)
{
    return span_point(page->days, page->day_count, i, point);
}

static bool week_point(const struct page *page, int i, struct point *point)
{
    return span_point(page->weeks, page->week_count, i, point);
}

static bool bar_point(const struct page_bars *bars, int i, struct point *point)
{
    if (i >= bars->count)
        return false;
    strcpy(point->label, bars->rows[i]->group);
    point->row = bars->rows[i];
    return true;
}

static bool over_norms_point(const struct page *page, int i, struct point *point)
{
    return bar_point(&page->over_norms, i, point);
}

static bool lost_point(const struct page *page, int i, struct point *point)
{
    return bar_point(&page->lost, i, point);
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
                    day_point,
                    7,
                    {FIGURE_IN_EMERGENCY, FIGURE_OVER_STAY_NORM, FIGURE_WITHOUT_SCHOOL, FIGURE_OVER_SCHOOL_NORM},
                    4},
    [CHART_WEEKS] = {"chart-weeks",
                     "weeks",
                     true,
                     MESSAGE_PAGE_CHART_WEEKS,
                     MESSAGE_PAGE_AXIS_DAYS,
                     MESSAGE_PAGE_WEEKS_SHOW,
                     "days-and-weeks",
                     week_point,
                     2,
                     {FIGURE_LOST_ON_ARRIVAL, FIGURE_LOST_BY_MOVES, FIGURE_LOST_OTHERWISE},
                     3},
    [CHART_OVER_NORMS] = {"chart-over-norms",
                          "bars",
                          false,
                          MESSAGE_PAGE_CHART_OVER,
                          MESSAGE_PAGE_AXIS_CHILDREN,
                          MESSAGE_PAGE_LOCATIONS_SHOW,
                          "locations",
                          over_norms_point,
                          2,
                          {FIGURE_OVER_STAY_NORM, FIGURE_OVER_SCHOOL_NORM},
                          2},
    [CHART_LOST] = {"chart-lost",
                    "bars",
                    true,
                    MESSAGE_PAGE_CHART_LOST,
                    MESSAGE_PAGE_AXIS_DAYS,
                    MESSAGE_PAGE_LOCATIONS_SHOW,
                    "locations",
                    lost_point,
                    2,
                    {FIGURE_LOST_ON_ARRIVAL, FIGURE_LOST_BY_MOVES, FIGURE_LOST_OTHERWISE},
                    3},
};

static bool is_there(const struct page *page, const struct page_chart *chart)
{
    struct point point;
    return chart->point(page, chart->points_min - 1, &point);
}

bool page_has_time_charts(const struct page *page)
{
    return is_there(page, &charts[CHART_DAYS]) || is_there(page, &charts[CHART_WEEKS]);
}

bool page_has_location_charts(const struct page *page)
{
    return is_there(page, &charts[CHART_OVER_NORMS]) || is_there(page, &charts[CHART_LOST]);
}

/* --- numbers as JSON ---------------------------------------------------------------------------------------------- */

static void labels_write(const struct page *page, const struct page_chart *chart)
{
    struct point point;
    for (int i = 0; chart->point(page, i, &point); i++) {
        fputs(i > 0 ? "," : "", page->out);
        html_json_text(page->out, point.label);
    }
}

static void values_write(const struct page *page, const struct page_chart *chart, int line)
{
    struct point point;
    for (int i = 0; chart->point(page, i, &point); i++) {
        fputs(i > 0 ? "," : "", page->out);
        if (point.row == NULL)
            fputs("null", page->out);
        else
            fprintf(page->out, "%" PRId64, page_amount(page, point.row, line, MEASURE_VALUE).number);
    }
}

static void series_write(const struct page *page, const struct page_chart *chart)
{
    for (int i = 0; i < chart->line_count; i++) {
        fputs(i > 0 ? ",\n{\"name\":" : "\n{\"name\":", page->out);
        html_json_text(page->out, page_line_words(page, chart->lines[i]));
        fputs(",\"values\":[", page->out);
        values_write(page, chart, chart->lines[i]);
        fputs("]}", page->out);
    }
}

/* From which day or week on the numbers are a forecast; nothing where none are. Of a week one such day is enough. */
static void forecast_write(const struct page *page, const struct page_chart *chart)
{
    char day[DAY_TEXT_SIZE];
    struct day from = day_plus(page->report->today, 1);
    if (!page->is_forecast)
        return;
    if (chart->point == week_point)
        from = day_plus(from, -day_weekday(from));
    day_format(from, day);
    fprintf(page->out, ",\"forecast\":{\"from\":\"%s\",\"name\":", day);
    html_json_text(page->out, message_text(page->language, MESSAGE_PAGE_FORECAST_MARK));
    fputs("}", page->out);
}

static void data_write(const struct page *page, const struct page_chart *chart)
{
    fprintf(page->out, "{\"id\":\"%s\",\"kind\":\"%s\",\"stacked\":%s,\"unit\":", chart->id, chart->kind,
            chart->is_stacked ? "true" : "false");
    html_json_text(page->out, message_text(page->language, chart->unit));
    forecast_write(page, chart);
    fputs(",\"labels\":[", page->out);
    labels_write(page, chart);
    fputs("],\"series\":[", page->out);
    series_write(page, chart);
    fputs("]}", page->out);
}

void page_chart_data_write(const struct page *page)
{
    const char *before = "";
    fputs("[", page->out);
    for (int i = 0; i < CHART_COUNT; i++) {
        if (!is_there(page, &charts[i]))
            continue;
        fputs(before, page->out);
        data_write(page, &charts[i]);
        before = ",\n";
    }
    fputs("]", page->out);
}

/* --- places in the page ------------------------------------------------------------------------------------------- */

/* A heading; a place for the chart, hidden until it is drawn, with room for a note below it; and the way to its table.
 */
static void chart_begin(const struct page *page, const struct page_chart *chart)
{
    char title[256];
    message_format(title, sizeof(title), page->language, chart->title, page->last_day_marked);
    fputs("<h3>", page->out);
    html_text(page->out, title);
    fprintf(page->out, "</h3>\n<figure hidden>\n<div class=\"canvas\"><canvas id=\"%s\" role=\"img\" aria-label=\"",
            chart->id);
    html_message(page->out, page->language, MESSAGE_PAGE_CHART_LABEL, title);
    fputs("\"></canvas></div>\n<figcaption>", page->out);
}

static void chart_end(const struct page *page, const struct page_chart *chart)
{
    fprintf(page->out, "</figcaption>\n</figure>\n<p class=\"to-table\"><a href=\"#%s\">", chart->table_id);
    html_message(page->out, page->language, chart->table);
    fputs("</a></p>\n", page->out);
}

static void over_days_write(const struct page *page)
{
    if (!is_there(page, &charts[CHART_DAYS]))
        return;
    chart_begin(page, &charts[CHART_DAYS]);
    html_message(page->out, page->language, MESSAGE_PAGE_CHART_CHILDREN_NOTE, page_population_words(page));
    if (page->report->norms->move_ends_enrollment) {
        fputc(' ', page->out);
        html_message(page->out, page->language, MESSAGE_PAGE_CHART_VACATIONS,
                     page_line_words(page, FIGURE_WITHOUT_SCHOOL));
    }
    chart_end(page, &charts[CHART_DAYS]);
}

static void over_weeks_write(const struct page *page)
{
    if (!is_there(page, &charts[CHART_WEEKS]))
        return;
    chart_begin(page, &charts[CHART_WEEKS]);
    html_message(page->out, page->language, MESSAGE_PAGE_CHART_WEEKS_NOTE, page_population_words(page));
    chart_end(page, &charts[CHART_WEEKS]);
}

void page_over_time_write(struct page *page)
{
    over_days_write(page);
    over_weeks_write(page);
}

static void largest_write(const struct page *page, const struct page_chart *chart)
{
    char words[NUMBER_WORDS_SIZE];
    if (!is_there(page, chart))
        return;
    chart_begin(page, chart);
    html_message(page->out, page->language, MESSAGE_PAGE_CHART_LARGEST,
                 number_words(page->language, PAGE_BARS_MAX, 0, words), page_population_words(page));
    chart_end(page, chart);
}

void page_largest_write(struct page *page)
{
    largest_write(page, &charts[CHART_OVER_NORMS]);
    largest_write(page, &charts[CHART_LOST]);
}
