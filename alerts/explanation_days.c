#include "alerts/explanation_days.h"

#include "alerts/explanation_words.h"

#define ROWS_TOLD 8 /* of a list: the last ones, but of what is ahead the next ones */

void explanation_print_heading(const struct page *page, enum message message)
{
    page_end_line(page);
    page_paragraph(page, 0, "", PAGE_BOLD, message_text(page->language, message));
}

/* "FROM to UNTIL: what", one of a list. */
static void row_print(const struct page *page, struct day from, struct day until, const char *what)
{
    char line[WORDS_SIZE];
    days_words(page->language, from, until, line);
    words_add(line, ": ", what);
    page_paragraph(page, 0, page_bullet(page), PAGE_PLAIN, line);
}

/* "and COUNT before that", as MESSAGE has it. */
static void rest_print(const struct page *page, enum message message, uint32_t count)
{
    char line[WORDS_SIZE], number[NUMBER_WORDS_SIZE];
    page_paragraph(
        page, 0, page_bullet(page), PAGE_PLAIN,
        message_format(line, sizeof(line), page->language, message, number_words(page->language, count, 0, number)));
}

static uint32_t rows_before(const struct page *page, uint32_t count)
{
    if (count <= ROWS_TOLD)
        return 0;
    rest_print(page, MESSAGE_EXPLAIN_MORE_BEFORE, count - ROWS_TOLD);
    return count - ROWS_TOLD;
}

static void stays_print(const struct page *page, const struct history *history)
{
    explanation_print_heading(page, MESSAGE_EXPLAIN_WHERE);
    if (history->stay_count == 0)
        page_paragraph(page, 0, "", PAGE_PLAIN, message_text(page->language, MESSAGE_EXPLAIN_NOT_IN_RECEPTION));
    for (uint32_t i = rows_before(page, history->stay_count); i < history->stay_count; i++) {
        const struct stay *stay = &history->stays[i];
        bool is_last = i + 1 == history->stay_count || stay[1].period != stay->period;
        char place[WORDS_SIZE];
        row_print(page, stay->from, stay->until, place_words(page->language, &stay->place, place));
        if (is_last && !day_is_never(stay->until))
            row_print(page, stay->until, day_plus(stay->until, 1),
                      message_text(page->language, MESSAGE_EXPLAIN_LEFT_RECEPTION));
    }
}

static void schoolings_print(const struct page *page, const struct history *history)
{
    explanation_print_heading(page, MESSAGE_EXPLAIN_SCHOOL);
    if (history->schooling_count == 0)
        page_paragraph(page, 0, "", PAGE_PLAIN, message_text(page->language, MESSAGE_EXPLAIN_NEVER_AT_SCHOOL));
    for (uint32_t i = rows_before(page, history->schooling_count); i < history->schooling_count; i++) {
        const struct schooling *schooling = &history->schoolings[i];
        char school[ID_LENGTH_MAX + 1], words[WORDS_SIZE];
        row_print(page, schooling->from, schooling->until,
                  message_format(words, sizeof(words), page->language, MESSAGE_EXPLAIN_AT_SCHOOL,
                                 id_words(schooling->school_id, school)));
    }
}

static bool goes_before(const struct fact *a, const struct fact *b)
{
    int order = day_compare(a->occurred_on, b->occurred_on);
    return order != 0 ? order < 0 : fact_compare_in_day(a, b) < 0;
}

static bool is_dated_after(const struct explanation *explanation, const struct fact *fact)
{
    return !fact->retracted && day_before(explanation->yardstick.today, fact->occurred_on);
}

/* The first fact dated after the day that comes after PRECEDING (NULL: the first); NULL: none does. */
static const struct fact *dated_next(const struct explanation *explanation, const struct fact *preceding)
{
    const struct child *child = explanation->child;
    const struct fact *next = NULL;
    for (const struct fact *fact = child->facts; fact < child->facts + child->fact_count; fact++)
        if (is_dated_after(explanation, fact) && (preceding == NULL || goes_before(preceding, fact)) &&
            (next == NULL || goes_before(fact, next)))
            next = fact;
    return next;
}

/* Planned, or on an earlier day than it was told not yet known. */
static void dated_print(const struct page *page, const struct explanation *explanation)
{
    const struct child *child = explanation->child;
    const struct fact *fact = dated_next(explanation, NULL);
    uint32_t left = 0;
    for (uint32_t i = 0; i < child->fact_count; i++)
        left += is_dated_after(explanation, &child->facts[i]);
    if (fact != NULL)
        explanation_print_heading(page, MESSAGE_EXPLAIN_PLANNED);
    for (int told = 0; fact != NULL && told < ROWS_TOLD; told++, left--, fact = dated_next(explanation, fact)) {
        char words[WORDS_SIZE];
        page_paragraph(page, 0, page_bullet(page), PAGE_PLAIN, fact_words(page->language, fact, words));
    }
    if (left > 0)
        rest_print(page, MESSAGE_EXPLAIN_MORE_AFTER, left);
}

void explanation_print_days(const struct page *page, const struct explanation *explanation)
{
    const struct history *history = &explanation->judgement.history;
    stays_print(page, history);
    schoolings_print(page, history);
    dated_print(page, explanation);
}
