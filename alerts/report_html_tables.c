/* What tables of the page are made of. Each can be scrolled by itself where the window is narrow, with the keyboard
 * too. */
#include "alerts/report_html_internal.h"

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

void page_cell_write(const struct page *page, struct page_amount amount, bool begins, bool is_difference)
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

void page_column_write(const struct page *page, const char *title, bool begins)
{
    fprintf(page->out, "<th scope=\"col\" class=\"number%s\">", begins ? " begins" : "");
    html_text(page->out, title);
    fputs("</th>", page->out);
}

void page_corner_write(const struct page *page, enum message corner, int rows)
{
    fprintf(page->out, "<th scope=\"col\" rowspan=\"%d\">", rows);
    html_message(page->out, page->language, corner);
    fputs("</th>", page->out);
}

void page_column_group_write(const struct page *page, int columns, const char *title)
{
    fprintf(page->out, "<th scope=\"colgroup\" colspan=\"%d\">", columns);
    html_text(page->out, title);
    fputs("</th>", page->out);
}

void page_row_name_write(const struct page *page, const char *name)
{
    fputs("<th scope=\"row\">", page->out);
    html_text(page->out, name);
    fputs("</th>", page->out);
}

const char *page_on_last_day(const struct page *page, char text[static PAGE_WHEN_SIZE])
{
    return message_format(text, PAGE_WHEN_SIZE, page->language, MESSAGE_PAGE_ON_DAY, page->last_day_marked);
}

const char *page_in_period(const struct page *page, char text[static PAGE_WHEN_SIZE])
{
    if (page->day_count == 1)
        return page_on_last_day(page, text);
    return message_text(page->language, page->is_forecast ? MESSAGE_PAGE_FORECAST_PERIOD : MESSAGE_PAGE_IN_PERIOD);
}

/* --- groups down, figures across ---------------------------------------------------------------------------------- */

void page_table_begin(struct page *page, const struct page_table *table)
{
    const struct page_lines *lines = table->lines;
    char text[PAGE_WHEN_SIZE];
    page_caption_write(page, table->caption, table->of);
    fputs("<thead>\n<tr>", page->out);
    page_corner_write(page, table->corner, table->of_period ? 2 : 1);
    if (table->of_period) {
        page_column_group_write(page, lines->stocks, page_on_last_day(page, text));
        page_column_group_write(page, lines->flows, page_in_period(page, text));
        fputs("</tr>\n<tr>", page->out);
    }
    for (int i = 0; i < lines->stocks + lines->flows; i++)
        page_column_write(page, page_line_words(page, lines->lines[i]), i == 0 || i == lines->stocks);
    fputs("</tr>\n</thead>\n<tbody>\n", page->out);
}

static void cells_write(struct page *page, const struct page_lines *lines, const struct figure_row *row)
{
    for (int i = 0; i < lines->stocks + lines->flows; i++)
        page_cell_write(page, page_amount(page, row, lines->lines[i], MEASURE_VALUE), i == 0 || i == lines->stocks,
                        false);
    fputs("</tr>\n", page->out);
}

void page_table_row(struct page *page, const struct page_table *table, const char *name, const struct figure_row *row)
{
    fputs("<tr>", page->out);
    page_row_name_write(page, name);
    cells_write(page, table->lines, row);
}

void page_table_total(struct page *page, const struct page_table *table, const struct figure_row *row)
{
    fputs("<tr class=\"total\">", page->out);
    page_row_name_write(page, message_text(page->language, MESSAGE_PAGE_TOTAL));
    cells_write(page, table->lines, row);
}
