/* Tables of the whole country: a row a figure, a column a population or a set of norms. */
#include "alerts/report_html_internal.h"

struct country_column {
    const char *title;
    enum page_measure measure;
    const struct figure_row *row, *less; /* LESS: what the amounts are the difference to; or NULL */
};

struct country_group {
    const char *title;
    struct country_column columns[3];
    int count;
};

static void country_row_write(struct page *page, int line, const struct country_group *groups, int count)
{
    fputs("<tr>", page->out);
    page_row_name_write(page, page_line_words(page, line));
    for (int i = 0; i < count; i++)
        for (int j = 0; j < groups[i].count; j++) {
            const struct country_column *column = &groups[i].columns[j];
            struct page_amount amount = page_amount(page, column->row, line, column->measure);
            if (column->less != NULL)
                amount = page_amount_difference(amount, page_amount(page, column->less, line, column->measure));
            page_cell_write(page, amount, j == 0, column->less != NULL);
        }
    fputs("</tr>\n", page->out);
}

static void country_head_write(struct page *page, const struct country_group *groups, int count)
{
    fputs("<thead>\n<tr>", page->out);
    page_corner_write(page, MESSAGE_PAGE_FIGURE, 2);
    for (int i = 0; i < count; i++)
        page_column_group_write(page, groups[i].count, groups[i].title);
    fputs("</tr>\n<tr>", page->out);
    for (int i = 0; i < count; i++)
        for (int j = 0; j < groups[i].count; j++)
            page_column_write(page, groups[i].columns[j].title, j == 0);
    fputs("</tr>\n</thead>\n<tbody>\n", page->out);
}

/* CAPTION says whether it is of stocks or of flows. */
static void country_table_write(struct page *page, enum message caption, const char *of,
                                const struct country_group *groups, int count)
{
    const struct page_lines *lines = &page_lines_all;
    const bool is_of_stocks = caption == MESSAGE_PAGE_STOCKS;
    const int from = is_of_stocks ? 0 : lines->stocks;
    const int until = is_of_stocks ? lines->stocks : lines->stocks + lines->flows;
    page_caption_write(page, caption, of);
    country_head_write(page, groups, count);
    for (int i = from; i < until; i++)
        country_row_write(page, lines->lines[i], groups, count);
    page_table_end(page);
}

static const char *population_words(const struct page *page, int population)
{
    const bool is_unaccompanied = population == POPULATION_UNACCOMPANIED ||
                                  page->report->population == POPULATION_UNACCOMPANIED;
    return message_text(page->language, is_unaccompanied ? MESSAGE_PAGE_UNACCOMPANIED : MESSAGE_PAGE_ALL_CHILDREN);
}

const char *page_population_words(const struct page *page)
{
    return population_words(page, POPULATION_ALL);
}

void page_country_write(struct page *page)
{
    struct country_group stocks[POPULATION_COUNT], flows[POPULATION_COUNT];
    const int count = page_has_unaccompanied(page) ? POPULATION_COUNT : 1;
    const char *average = message_text(page->language, MESSAGE_PAGE_ON_AVERAGE);
    const char *of = message_text(page->language, MESSAGE_PAGE_COUNTRY);
    char day[PAGE_WHEN_SIZE], period[PAGE_WHEN_SIZE];
    page_on_last_day(page, day);
    for (int i = 0; i < count; i++) {
        const struct figure_row *row = &page->country[i].total;
        stocks[i] = (struct country_group){population_words(page, i),
                                           {{day, MEASURE_VALUE, row, NULL}, {average, MEASURE_MEAN, row, NULL}},
                                           page->day_count > 1 ? 2 : 1};
        flows[i] = (struct country_group){
            population_words(page, i), {{page_in_period(page, period), MEASURE_VALUE, row, NULL}}, 1};
    }
    country_table_write(page, MESSAGE_PAGE_STOCKS, of, stocks, count);
    country_table_write(page, MESSAGE_PAGE_FLOWS, of, flows, count);
}

static struct country_group two_norms(const struct page *page, const char *title, int population,
                                      enum page_measure measure)
{
    const struct figure_row *here = &page->country[population].total, *there = &page->compared[population].total;
    return (struct country_group){title,
                                  {{message_text(page->language, MESSAGE_PAGE_NORMS_IN_FORCE), measure, here, NULL},
                                   {message_text(page->language, MESSAGE_PAGE_NORMS_COMPARED), measure, there, NULL},
                                   {message_text(page->language, MESSAGE_PAGE_DIFFERENCE), measure, there, here}},
                                  3};
}

static void two_norms_tables_write(struct page *page, int population)
{
    const char *average = message_text(page->language, MESSAGE_PAGE_ON_AVERAGE),
               *of = population_words(page, population);
    char day[PAGE_WHEN_SIZE], period[PAGE_WHEN_SIZE];
    const struct country_group stocks[] = {two_norms(page, page_on_last_day(page, day), population, MEASURE_VALUE),
                                           two_norms(page, average, population, MEASURE_MEAN)};
    const struct country_group flows[] = {two_norms(page, page_in_period(page, period), population, MEASURE_VALUE)};
    country_table_write(page, MESSAGE_PAGE_STOCKS, of, stocks, page->day_count > 1 ? 2 : 1);
    country_table_write(page, MESSAGE_PAGE_FLOWS, of, flows, 1);
}

void page_two_norms_write(struct page *page)
{
    fputs("<p>", page->out);
    html_message(page->out, page->language, MESSAGE_PAGE_TWO_NORMS_WHY, page->report->compared_name);
    fputs("</p>\n", page->out);
    two_norms_tables_write(page, POPULATION_ALL);
    if (page_has_unaccompanied(page))
        two_norms_tables_write(page, POPULATION_UNACCOMPANIED);
}
