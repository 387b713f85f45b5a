/* The norms that the figures are counted with, where they come from, and where those compared with differ. */
#include <string.h>

#include "alerts/norms_text.h"
#include "alerts/report_html_internal.h"

/* Those that figures depend on; notices and severity are not counted. */
static const char *const norms_shown[] = {
    "stay_months",           "stay_scope",     "school_months",         "school_age_months",
    "gap_grace_school_days", "repeated_moves", "repeated_moves_months", "adult_months",
    "move_ends_enrollment",  "transfer_days",
};

static void norm_value_write(const struct page *page, const struct norms *norms, const struct norm_option *option)
{
    char words[NORM_WORDS_SIZE];
    fputs("<td>", page->out);
    html_text(page->out, norm_words(page->language, norms, option, words));
}

static void norm_compared_write(const struct page *page, const struct norm_option *option)
{
    char here[NORM_TEXT_SIZE], there[NORM_TEXT_SIZE];
    norm_format(page->report->norms, option, here, sizeof(here));
    norm_format(page->report->compared_norms, option, there, sizeof(there));
    norm_value_write(page, page->report->compared_norms, option);
    if (strcmp(here, there) != 0) {
        fputs(" <strong>", page->out);
        html_message(page->out, page->language, MESSAGE_PAGE_DIFFERS);
        fputs("</strong>", page->out);
    }
    fputs("</td>", page->out);
}

static void norm_row_write(const struct page *page, const struct norm_option *option)
{
    fputs("<tr><th scope=\"row\"><strong>", page->out);
    html_text(page->out, term_text(page->language, option->name));
    fputs("</strong><br>", page->out);
    html_text(page->out, norm_help_words(page->language, option));
    fputs("</th>", page->out);
    norm_value_write(page, page->report->norms, option);
    fputs("</td>", page->out);
    if (page->report->compared != NULL)
        norm_compared_write(page, option);
    fputs("<td>", page->out);
    html_text(page->out, norm_source_words(page->language, option));
    fputs("</td></tr>\n", page->out);
}

static void norm_column_write(const struct page *page, enum message title)
{
    fputs("<th scope=\"col\">", page->out);
    html_message(page->out, page->language, title);
    fputs("</th>", page->out);
}

void page_norms_write(struct page *page)
{
    const bool is_compared = page->report->compared != NULL;
    page_caption_write(page, MESSAGE_PAGE_NORMS_TABLE, NULL);
    fputs("<thead>\n<tr>", page->out);
    norm_column_write(page, MESSAGE_PAGE_NORM);
    norm_column_write(page, is_compared ? MESSAGE_PAGE_NORMS_IN_FORCE : MESSAGE_PAGE_VALUE);
    if (is_compared)
        norm_column_write(page, MESSAGE_PAGE_NORMS_COMPARED);
    norm_column_write(page, MESSAGE_PAGE_SOURCE);
    fputs("</tr>\n</thead>\n<tbody>\n", page->out);
    for (size_t i = 0; i < sizeof(norms_shown) / sizeof(norms_shown[0]); i++)
        norm_row_write(page, norm_option_find(norms_shown[i]));
    page_table_end(page);
}
