/* What the page says in sentences: the main figures, what each figure means, how small groups were merged.
 */
#include <string.h>

#include "alerts/report_html_internal.h"
#include "rules/calendar.h"

static void paragraph_write(const struct page *page, enum message message)
{
    fputs("<p>", page->out);
    html_message(page->out, page->language, message);
    fputs("</p>\n", page->out);
}

/* --- the main figures --------------------------------------------------------------------------------------------- */

/* A number in the middle of a sentence. */
static const char *amount_words(const struct page *page, int line, char words[static NUMBER_WORDS_SIZE])
{
    const struct page_amount amount = page_amount(page, &page->country[POPULATION_ALL].total, line, MEASURE_VALUE);
    return number_words(page->language, amount.number, amount.decimals, words);
}

static void key_begin(const struct page *page, int line)
{
    char words[NUMBER_WORDS_SIZE];
    fprintf(page->out, "<li><strong>%s</strong> ", amount_words(page, line, words));
}

static void key_end(const struct page *page)
{
    fputs("</li>\n", page->out);
}

/* What was, or of a forecast what will be. */
#define KEY(page, symbol) ((page)->is_forecast ? MESSAGE_PAGE_KEY_##symbol##_AHEAD : MESSAGE_PAGE_KEY_##symbol)

static void key_children_write(const struct page *page)
{
    char words[NUMBER_WORDS_SIZE];
    key_begin(page, FIGURE_CHILDREN);
    if (page_has_unaccompanied(page)) {
        const int64_t alone = page->country[POPULATION_UNACCOMPANIED].total.values[FIGURE_CHILDREN];
        html_message(page->out, page->language, KEY(page, CHILDREN_ALONE), page->last_day,
                     number_words(page->language, alone, 0, words));
    } else {
        const bool is_about_them = page->report->population == POPULATION_UNACCOMPANIED;
        html_message(page->out, page->language, is_about_them ? KEY(page, UNACCOMPANIED) : KEY(page, CHILDREN),
                     page->last_day);
    }
    key_end(page);
}

/* In whole days. */
static const char *mean_stay_words(const struct page *page, char words[static NUMBER_WORDS_SIZE])
{
    const struct figure_row *row = &page->country[POPULATION_ALL].total;
    const int64_t tenths = page_amount(page, row, LINE_MEAN_STAY, MEASURE_VALUE).number;
    return number_words(page->language, (tenths + 5) / 10, 0, words);
}

static void key_emergency_write(const struct page *page)
{
    char words[NUMBER_WORDS_SIZE];
    key_begin(page, FIGURE_IN_EMERGENCY);
    if (page->country[POPULATION_ALL].total.values[FIGURE_IN_EMERGENCY] > 0)
        html_message(page->out, page->language, KEY(page, EMERGENCY), mean_stay_words(page, words));
    else
        html_message(page->out, page->language, KEY(page, NO_EMERGENCY));
    key_end(page);
    key_begin(page, FIGURE_OVER_STAY_NORM);
    html_message(page->out, page->language, KEY(page, OVER_STAY));
    key_end(page);
}

static void key_school_write(const struct page *page)
{
    char words[3][NUMBER_WORDS_SIZE];
    key_begin(page, FIGURE_WITHOUT_SCHOOL);
    html_message(page->out, page->language, KEY(page, SCHOOL), amount_words(page, FIGURE_OVER_SCHOOL_NORM, words[0]));
    key_end(page);
    key_begin(page, LINE_LOST);
    html_message(page->out, page->language, KEY(page, LOST), amount_words(page, FIGURE_LOST_ON_ARRIVAL, words[0]),
                 amount_words(page, FIGURE_LOST_BY_MOVES, words[1]),
                 amount_words(page, FIGURE_LOST_OTHERWISE, words[2]));
    key_end(page);
    key_begin(page, FIGURE_MOVES);
    html_message(page->out, page->language, KEY(page, MOVES), amount_words(page, FIGURE_MOVES_IN_TERM, words[0]));
    key_end(page);
}

static void note_write(const struct page *page, enum message note, const char *first, const char *second,
                       const char *third)
{
    fputs("<p class=\"note\">", page->out);
    html_message(page->out, page->language, note, first, second, third);
    fputs("</p>\n", page->out);
}

/* On a day of vacation more children are without school than their schools would have it. */
static void key_vacation_write(const struct page *page)
{
    const struct report *report = page->report;
    char regions[128] = "";
    for (int region = 0; region < REGION_COUNT && report->norms->move_ends_enrollment; region++)
        if (calendar_in_vacation(report->calendar, (enum region)region, report->to)) {
            const size_t length = strlen(regions);
            snprintf(regions + length, sizeof(regions) - length, "%s%s", length > 0 ? ", " : "",
                     term_text(page->language, region_names[region]));
        }
    if (regions[0] != '\0')
        note_write(page, MESSAGE_PAGE_KEY_VACATION, page->last_day, regions,
                   page_line_words(page, FIGURE_WITHOUT_SCHOOL));
}

void page_key_numbers_write(struct page *page)
{
    char today[DAY_WORDS_SIZE];
    if (page->is_forecast)
        note_write(page, MESSAGE_PAGE_FORECAST_KEY, page->last_day,
                   day_words(page->language, page->report->today, today), "");
    fputs("<ul class=\"key-numbers\">\n", page->out);
    key_children_write(page);
    key_emergency_write(page);
    key_school_write(page);
    fputs("</ul>\n", page->out);
    key_vacation_write(page);
}

/* --- meanings ----------------------------------------------------------------------------------------------------- */

static const enum message meanings[] = {
#define X(symbol, name, sort) [FIGURE_##symbol] = MESSAGE_MEANS_##symbol,
    FIGURES(X)
#undef X
};

static void meaning_write(const struct page *page, const char *what, enum message meaning)
{
    fputs("<dt>", page->out);
    html_text(page->out, what);
    fputs("</dt>\n<dd>", page->out);
    html_message(page->out, page->language, meaning);
    fputs("</dd>\n", page->out);
}

void page_meanings_write(struct page *page)
{
    paragraph_write(page, MESSAGE_PAGE_MEANS_INTRO);
    fputs("<dl>\n", page->out);
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        meaning_write(page, page_line_words(page, figure), meanings[figure]);
        if (figure == FIGURE_EMERGENCY_DAYS)
            meaning_write(page, page_line_words(page, LINE_MEAN_STAY), MESSAGE_MEANS_MEAN_STAY);
    }
    meaning_write(page, message_text(page->language, MESSAGE_PAGE_SCHOOL_DAY), MESSAGE_MEANS_SCHOOL_DAY);
    meaning_write(page, message_text(page->language, MESSAGE_PAGE_AVERAGE), MESSAGE_MEANS_AVERAGE);
    fputs("</dl>\n", page->out);
}

/* --- small groups ------------------------------------------------------------------------------------------------- */

void page_small_groups_write(struct page *page)
{
    if (page->report->exact) {
        paragraph_write(page, MESSAGE_PAGE_NOT_MERGED);
        return;
    }
    paragraph_write(page, MESSAGE_PAGE_MERGED_WHY);
    paragraph_write(page, MESSAGE_PAGE_MERGED_SIZE);
    paragraph_write(page, MESSAGE_PAGE_MERGED_NESTED);
}
