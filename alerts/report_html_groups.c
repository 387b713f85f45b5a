/* Tables of groups, and of days and weeks: a row each, a column a figure. */
#include "alerts/report_html_internal.h"
#include "rules/fact.h"

/* Beside locations a kind is not a row where one of its locations was merged, however large the kind is. */
static enum message other_of(const struct figure_table *figures)
{
    return figures->grouping == GROUPING_KIND ? MESSAGE_PAGE_OTHER_KINDS : MESSAGE_PAGE_OTHER;
}

static const char *group_words(const struct page *page, const struct figure_table *figures,
                               const struct figure_row *row)
{
    if (row->is_other)
        return message_text(page->language, other_of(figures));
    return figures->grouping == GROUPING_LOCATION ? row->group : term_text(page->language, row->group);
}

static void groups_table_write(struct page *page, const struct figure_table *figures, const struct page_table *table)
{
    page_table_begin(page, table);
    for (size_t i = 0; i < figures->count; i++)
        page_table_row(page, table, group_words(page, figures, &figures->rows[i]), &figures->rows[i]);
    page_table_total(page, table, &figures->total);
    page_table_end(page);
}

/* What there is to say of the groups: in two tables, so that each fits a page. */
static void groups_write(struct page *page, const struct figure_table *figures, enum message corner, const char *of)
{
    const struct page_table reception = {MESSAGE_PAGE_RECEPTION, of, corner, &page_lines_reception, true};
    const struct page_table school = {MESSAGE_PAGE_SCHOOL, of, corner, &page_lines_school, true};
    if (figures->is_withheld) {
        fputs("<p>", page->out);
        html_message(page->out, page->language, MESSAGE_PAGE_TABLE_WITHHELD, of);
        fputs("</p>\n", page->out);
        return;
    }
    groups_table_write(page, figures, &reception);
    groups_table_write(page, figures, &school);
}

void page_regions_write(struct page *page)
{
    groups_write(page, &page->regions, MESSAGE_PAGE_REGION, message_text(page->language, MESSAGE_PAGE_REGIONS));
}

void page_kinds_write(struct page *page)
{
    const struct figure_table *kinds = &page->kinds;
    groups_write(page, kinds, MESSAGE_PAGE_KIND, message_text(page->language, MESSAGE_PAGE_KINDS));
    if (kinds->count == 0 || !kinds->rows[kinds->count - 1].is_other)
        return;
    fputs("<p class=\"note\">", page->out);
    html_message(page->out, page->language, MESSAGE_PAGE_OTHER_KINDS_WHY,
                 message_text(page->language, MESSAGE_PAGE_OTHER_KINDS));
    fputs("</p>\n", page->out);
}

void page_locations_write(struct page *page)
{
    for (int region = 0; region < REGION_COUNT; region++) {
        const struct figure_table *locations = &page->locations[region];
        const char *name = term_text(page->language, region_names[region]);
        if (locations->count == 0 && !locations->is_withheld)
            continue;
        fputs("<h3>", page->out);
        html_text(page->out, name);
        fputs("</h3>\n", page->out);
        groups_write(page, locations, MESSAGE_PAGE_LOCATION, name);
    }
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

#define SPAN_WORDS_SIZE (2 * DAY_WORDS_SIZE)

/* The first of its DAYS, and whether one of them is forecast. */
static void span_words(const struct page *page, const struct page_span *span, int days,
                       char words[static SPAN_WORDS_SIZE])
{
    char day[DAY_WORDS_SIZE];
    day_words(page->language, span->day, day);
    if (day_before(page->report->today, day_plus(span->day, days - 1)))
        message_format(words, SPAN_WORDS_SIZE, page->language, MESSAGE_PAGE_FORECAST_DAY, day);
    else
        snprintf(words, SPAN_WORDS_SIZE, "%s", day);
}

/* A row is of so many DAYS. */
static void spans_table_write(struct page *page, const struct page_table *table, const struct page_span *spans,
                              int count, int days)
{
    char name[SPAN_WORDS_SIZE];
    fputs("<details>\n<summary>", page->out);
    html_message(page->out, page->language, table->caption);
    fputs("</summary>\n", page->out);
    page_table_begin(page, table);
    for (int i = 0; i < count; i++) {
        span_words(page, &spans[i], days, name);
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
    spans_table_write(page, &days, page->days, page->day_count, 1);
    if (page->week_count > 0)
        spans_table_write(page, &weeks, page->weeks, page->week_count, 7);
}
