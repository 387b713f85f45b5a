/* The page from top to bottom. */
#include "alerts/report_html.h"

#include "alerts/report_html_internal.h"

/* Built in when the project is built (embed_text). */
extern const char report_page_css[], report_page_js[], chart_js[];

/* --- which sections there are ------------------------------------------------------------------------------------- */

static bool is_compared(const struct page *page)
{
    return page_has_figures(page) && page->report->compared != NULL;
}

static bool has_days(const struct page *page)
{
    return page->day_count > 1;
}

static bool always(const struct page *page)
{
    (void)page;
    return true;
}

/* What is read first comes first; what is looked up comes last. */
static const struct section {
    const char *id;
    enum message title;
    bool (*is_there)(const struct page *page);
    void (*write)(struct page *page);
} sections[] = {
    {"key-numbers", MESSAGE_PAGE_KEY_NUMBERS, page_has_figures, page_key_numbers_write},
    {"two-norms", MESSAGE_PAGE_TWO_NORMS, is_compared, page_two_norms_write},
    {"over-time", MESSAGE_PAGE_OVER_TIME, page_has_time_charts, page_over_time_write},
    {"country", MESSAGE_PAGE_COUNTRY, page_has_figures, page_country_write},
    {"regions", MESSAGE_PAGE_REGIONS, page_has_figures, page_regions_write},
    {"kinds", MESSAGE_PAGE_KINDS, page_has_figures, page_kinds_write},
    {"largest", MESSAGE_PAGE_LARGEST, page_has_location_charts, page_largest_write},
    {"meanings", MESSAGE_PAGE_MEANINGS, always, page_meanings_write},
    {"norms", MESSAGE_PAGE_NORMS, always, page_norms_write},
    {"small-groups", MESSAGE_PAGE_SMALL_GROUPS, always, page_small_groups_write},
    {"locations", MESSAGE_PAGE_LOCATIONS, page_has_figures, page_locations_write},
    {"days-and-weeks", MESSAGE_PAGE_DAYS_AND_WEEKS, has_days, page_days_and_weeks_write},
};
#define SECTION_COUNT (sizeof(sections) / sizeof(sections[0]))

static void section_write(struct page *page, const struct section *section)
{
    fprintf(page->out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">", section->id, section->id);
    html_message(page->out, page->language, section->title);
    fputs("</h2>\n", page->out);
    section->write(page);
    fputs("</section>\n", page->out);
}

static void contents_write(const struct page *page)
{
    fputs("<nav aria-label=\"", page->out);
    html_message(page->out, page->language, MESSAGE_PAGE_CONTENTS);
    fputs("\">\n<ul>\n", page->out);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (!sections[i].is_there(page))
            continue;
        fprintf(page->out, "<li><a href=\"#%s\">", sections[i].id);
        html_message(page->out, page->language, sections[i].title);
        fputs("</a></li>\n", page->out);
    }
    fputs("</ul>\n</nav>\n", page->out);
}

/* --- head --------------------------------------------------------------------------------------------------------- */

static enum message title_of(const struct page *page)
{
    return page->report->population == POPULATION_UNACCOMPANIED ? MESSAGE_PAGE_TITLE_UNACCOMPANIED : MESSAGE_PAGE_TITLE;
}

static void period_write(const struct page *page)
{
    char from[DAY_WORDS_SIZE];
    if (day_equal(page->report->from, page->report->to))
        html_text(page->out, page->last_day);
    else
        html_message(page->out, page->language, MESSAGE_REPORT_PERIOD,
                     day_words(page->language, page->report->from, from), page->last_day);
}

/* The policy holds the page to what it promises: all that it needs is in it. */
static void head_write(const struct page *page)
{
    fprintf(page->out,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
            "script-src 'unsafe-inline'; img-src data:\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<link rel=\"icon\" href=\"data:,\">\n<title>",
            language_codes[page->language]);
    html_message(page->out, page->language, title_of(page));
    fputs(", ", page->out);
    period_write(page);
    fprintf(page->out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", report_page_css);
}

static void warning_write(const struct page *page)
{
    fputs("<p class=\"warning\"><strong>", page->out);
    html_message(page->out, page->language, MESSAGE_PAGE_EXACT);
    fputs("</strong> ", page->out);
    html_message(page->out, page->language, MESSAGE_PAGE_EXACT_WHY);
    fputs("</p>\n", page->out);
}

static void note_write(const struct page *page, enum message note)
{
    char today[DAY_WORDS_SIZE];
    fputs("<p class=\"note\">", page->out);
    html_message(page->out, page->language, note, day_words(page->language, page->report->today, today));
    fputs("</p>\n", page->out);
}

static void header_write(const struct page *page)
{
    fputs("<header>\n<h1>", page->out);
    html_message(page->out, page->language, title_of(page));
    fputs("</h1>\n<p class=\"period\">", page->out);
    period_write(page);
    fputs("</p>\n", page->out);
    if (page->report->exact)
        warning_write(page);
    note_write(page, MESSAGE_PAGE_AS_KNOWN);
    if (page->is_forecast)
        note_write(page, MESSAGE_PAGE_FORECAST);
    fputs("</header>\n", page->out);
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static void main_write(struct page *page)
{
    fputs("<main>\n", page->out);
    if (!page_has_figures(page)) {
        fputs("<p>", page->out);
        html_message(page->out, page->language,
                     page->country[POPULATION_ALL].is_withheld ? MESSAGE_PAGE_WITHHELD : MESSAGE_PAGE_EMPTY);
        fputs("</p>\n", page->out);
    }
    for (size_t i = 0; i < SECTION_COUNT; i++)
        if (sections[i].is_there(page))
            section_write(page, &sections[i]);
    fputs("</main>\n<footer>\n<p>", page->out);
    html_message(page->out, page->language, MESSAGE_PAGE_MADE_WITH);
    fputs("</p>\n</footer>\n", page->out);
}

/* Behind everything else, so that the tables do not wait for them. */
static void scripts_write(const struct page *page)
{
    fputs("<script type=\"application/json\" id=\"chart-data\">", page->out);
    page_chart_data_write(page);
    fprintf(page->out, "</script>\n<script>\n%s\n</script>\n<script>\n%s</script>\n", chart_js, report_page_js);
}

bool report_html_write(FILE *out, const struct report *report)
{
    struct page page;
    const bool is_loaded = page_load(&page, out, report);
    if (is_loaded) {
        head_write(&page);
        header_write(&page);
        contents_write(&page);
        main_write(&page);
        if (page_has_time_charts(&page) || page_has_location_charts(&page))
            scripts_write(&page);
        fputs("</body>\n</html>\n", out);
    }
    page_free(&page);
    return is_loaded;
}
