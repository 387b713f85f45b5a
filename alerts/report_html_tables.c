/* The tables of the page. Each can be scrolled by itself where the window is narrow, with the keyboard too. */
#include "alerts/report_html_internal.h"
#include "rules/fact.h"

/* --- pieces ------------------------------------------------------------------------------------------------------- */

void page_caption_write(struct page *page, enum message caption, const char *of)
{
    const int id = ++page->table_count;
    fprintf(page->out,
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"table-%d\">\n"
            "<table>\n<caption id=\"table-%d\">",
            id, id);
    if (of != NULL) {
        html_text(page->out, of);
        fputs(": ", page->out);
    }
    html_message(page->out, page->language, caption);
    fputs("</caption>\n", page->out);
}

void page_table_end(struct page *page)
{
    fputs("</tbody>\n</table>\n</div>\n", page->out);
}

static void cell_write(const struct page *page, struct page_amount amount, bool begins, bool is_difference)
{
    fprintf(page->out, "<td class=\"number%s\">", begins ? " begins" : "");
    if (!amount.exists)
        fputs("–", page->out);
    else {
        if (is_difference && amount.number > 0)
            fputc('+', page->out);
        page_number_write(page, amount.number, amount.decimals);
    }
    fputs("</td>", page->out);
}

static void column_write(const struct page *page, const char *title, bool begins)
{
    fprintf(page->out, "<th scope=\"col\" class=\"number%s\">", begins ? " begins" : "");
    html_text(page->out, title);
    fputs("</th>", page->out);
}

static void corner_write(const struct page *page, enum message corner, int rows)
{
    fprintf(page->out, "<th scope=\"col\" rowspan=\"%d\">", rows);
    html_message(page->out, page->language, corner);
    fputs("</th>", page->out);
}

static void column_group_write(const struct page *page, int columns, const char *title)
{
    fprintf(page->out, "<th scope=\"colgroup\" colspan=\"%d\">", columns);
    html_text(page->out, title);
    fputs("</th>", page->out);
}

static void row_name_write(const struct page *page, const char *name)
{
    fputs("<th scope=\"row\">", page->out);
    html_text(page->out, name);
    fputs("</th>", page->out);
}

static const char *on_last_day(const struct page *page, char text[static 128])
{
    return message_format(text, 128, page->language, MESSAGE_PAGE_ON_DAY, page->last_day);
}

/* What flows are of: of a report about one day, that day. */
static const char *in_period(const struct page *page, char text[static 128])
{
    return page->day_count == 1 ? on_last_day(page, text) : message_text(page->language, MESSAGE_PAGE_IN_PERIOD);
}

/* --- groups down, figures across ---------------------------------------------------------------------------------- */

void page_table_begin(struct page *page, const struct page_table *table)
{
    const struct page_lines *lines = table->lines;
    char text[128];
    page_caption_write(page, table->caption, table->of);
    fputs("<thead>\n<tr>", page->out);
    corner_write(page, table->corner, table->of_period ? 2 : 1);
    if (table->of_period) {
        column_group_write(page, lines->stocks, on_last_day(page, text));
        column_group_write(page, lines->flows, in_period(page, text));
        fputs("</tr>\n<tr>", page->out);
    }
    for (int i = 0; i < lines->stocks + lines->flows; i++)
        column_write(page, page_line_words(page, lines->lines[i]), i == 0 || i == lines->stocks);
    fputs("</tr>\n</thead>\n<tbody>\n", page->out);
}

static void cells_write(struct page *page, const struct page_lines *lines, const struct figure_row *row)
{
    for (int i = 0; i < lines->stocks + lines->flows; i++)
        cell_write(page, page_amount(page, row, lines->lines[i], MEASURE_VALUE), i == 0 || i == lines->stocks, false);
    fputs("</tr>\n", page->out);
}

void page_table_row(struct page *page, const struct page_table *table, const char *name, const struct figure_row *row)
{
    fputs("<tr>", page->out);
    row_name_write(page, name);
    cells_write(page, table->lines, row);
}

void page_table_total(struct page *page, const struct page_table *table, const struct figure_row *row)
{
    fputs("<tr class=\"total\">", page->out);
    row_name_write(page, message_text(page->language, MESSAGE_PAGE_TOTAL));
    cells_write(page, table->lines, row);
}

static const char *group_words(const struct page *page, const struct figure_table *figures,
                               const struct figure_row *row)
{
    if (row->is_other)
        return message_text(page->language, MESSAGE_PAGE_OTHER);
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
    groups_write(page, &page->kinds, MESSAGE_PAGE_KIND, message_text(page->language, MESSAGE_PAGE_KINDS));
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

/* --- figures down, populations or norms across -------------------------------------------------------------------- */

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
    row_name_write(page, page_line_words(page, line));
    for (int i = 0; i < count; i++)
        for (int j = 0; j < groups[i].count; j++) {
            const struct country_column *column = &groups[i].columns[j];
            struct page_amount amount = page_amount(page, column->row, line, column->measure);
            if (column->less != NULL)
                amount = page_amount_difference(amount, page_amount(page, column->less, line, column->measure));
            cell_write(page, amount, j == 0, column->less != NULL);
        }
    fputs("</tr>\n", page->out);
}

static void country_head_write(struct page *page, const struct country_group *groups, int count)
{
    fputs("<thead>\n<tr>", page->out);
    corner_write(page, MESSAGE_PAGE_FIGURE, 2);
    for (int i = 0; i < count; i++)
        column_group_write(page, groups[i].count, groups[i].title);
    fputs("</tr>\n<tr>", page->out);
    for (int i = 0; i < count; i++)
        for (int j = 0; j < groups[i].count; j++)
            column_write(page, groups[i].columns[j].title, j == 0);
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

void page_country_write(struct page *page)
{
    struct country_group stocks[POPULATION_COUNT], flows[POPULATION_COUNT];
    const int count = page_has_unaccompanied(page) ? POPULATION_COUNT : 1;
    const char *average = message_text(page->language, MESSAGE_PAGE_ON_AVERAGE);
    const char *of = message_text(page->language, MESSAGE_PAGE_COUNTRY);
    char day[128], period[128];
    on_last_day(page, day);
    for (int i = 0; i < count; i++) {
        const struct figure_row *row = &page->country[i].total;
        stocks[i] = (struct country_group){
            population_words(page, i), {{day, MEASURE_VALUE, row, NULL}, {average, MEASURE_MEAN, row, NULL}}, 2};
        flows[i] = (struct country_group){
            population_words(page, i), {{in_period(page, period), MEASURE_VALUE, row, NULL}}, 1};
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
    char day[128], period[128];
    const struct country_group stocks[] = {two_norms(page, on_last_day(page, day), population, MEASURE_VALUE),
                                           two_norms(page, average, population, MEASURE_MEAN)};
    const struct country_group flows[] = {two_norms(page, in_period(page, period), population, MEASURE_VALUE)};
    country_table_write(page, MESSAGE_PAGE_STOCKS, of, stocks, 2);
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
