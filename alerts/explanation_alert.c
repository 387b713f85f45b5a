#include "alerts/explanation_alert.h"

#include <string.h>

#include "alerts/explanation_words.h"

/* --- the facts that made it --------------------------------------------------------------------------------------- */

static const char *without_words(enum language language, const struct alert *alert, const struct reason *reason,
                                 char words[static WORDS_SIZE])
{
    char day[DAY_WORDS_SIZE];
    if (reason->without == WITHOUT_DIFFERENT)
        return difference_words(language, alert, &reason->otherwise, words);
    return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_WITHOUT_ANOTHER,
                          day_words(language, reason->otherwise.raised_on, day));
}

/* Where the child lives now follows from many facts, and is told above: that alone is no news. */
static bool is_worth_telling(const struct alert *alert, const struct reason *reason)
{
    struct alert there = reason->otherwise;
    there.place = alert->place;
    return reason->without != WITHOUT_DIFFERENT || !alert_same(alert, &there);
}

/* Facts without which there would be nothing, or those without which there would be something else. */
static void print_facts(const struct page *page, const struct explanation *explanation, const struct explained *item,
                        bool nothing_else)
{
    const struct reason *reasons = &explanation->reasons[item->reasons.first];
    char fact[WORDS_SIZE], words[WORDS_SIZE], line[3 * WORDS_SIZE];
    for (uint32_t i = 0; i < item->reasons.count; i++) {
        if ((reasons[i].without == WITHOUT_NOTHING) != nothing_else || !is_worth_telling(&item->alert, &reasons[i]))
            continue;
        fact_words(page->language, reasons[i].fact, fact);
        if (!nothing_else)
            message_format(line, sizeof(line), page->language, MESSAGE_EXPLAIN_WITHOUT, fact,
                           without_words(page->language, &item->alert, &reasons[i], words));
        page_labelled(page, "", page_bullet(page), nothing_else ? fact : line);
    }
}

static void print_reasons(const struct page *page, const struct explanation *explanation, const struct explained *item)
{
    const char *label = message_text(page->language, MESSAGE_EXPLAIN_MADE_BY);
    uint32_t needed = 0, told = 0;
    for (uint32_t i = 0; i < item->reasons.count; i++) {
        const struct reason *reason = &explanation->reasons[item->reasons.first + i];
        needed += reason->without == WITHOUT_NOTHING;
        told += is_worth_telling(&item->alert, reason);
    }
    if (needed > 0) {
        enum message head = needed == 1 ? MESSAGE_EXPLAIN_WITHOUT_THIS : MESSAGE_EXPLAIN_WITHOUT_ANY;
        page_labelled(page, label, "", message_text(page->language, head));
        print_facts(page, explanation, item, true);
    }
    if (needed < told) {
        page_labelled(page, needed == 0 ? label : "", "", message_text(page->language, MESSAGE_EXPLAIN_WITHOUT_BUT));
        print_facts(page, explanation, item, false);
    }
}

/* --- what would end it, and what did ------------------------------------------------------------------------------ */

static void print_endings(const struct page *page, const struct explained *item)
{
    static const enum message messages[RESOLUTION_COUNT] = {
        [RESOLUTION_DEPARTED] = MESSAGE_EXPLAIN_END_DEPARTED,
        [RESOLUTION_TURNED_18] = MESSAGE_EXPLAIN_END_TURNED_18,
        [RESOLUTION_AGED_OUT] = MESSAGE_EXPLAIN_END_AGED_OUT,
        [RESOLUTION_REGULAR_RECEPTION] = MESSAGE_EXPLAIN_END_REGULAR_RECEPTION,
        [RESOLUTION_MOVED] = MESSAGE_EXPLAIN_END_MOVED,
        [RESOLUTION_SCHOOL_STARTED] = MESSAGE_EXPLAIN_END_SCHOOL_STARTED,
        [RESOLUTION_SCHOOL_RESUMED] = MESSAGE_EXPLAIN_END_SCHOOL_RESUMED,
        [RESOLUTION_SETTLED] = MESSAGE_EXPLAIN_END_SETTLED,
    };
    const char *label = message_text(page->language, MESSAGE_EXPLAIN_ENDS);
    for (uint32_t i = 0; i < item->ending_count; i++, label = "") {
        const struct ending *ending = &item->endings[i];
        char day[DAY_WORDS_SIZE] = "", line[WORDS_SIZE];
        if (!day_is_absent(ending->on))
            day_words(page->language, ending->on, day);
        page_labelled(page, label, page_bullet(page),
                      message_format(line, sizeof(line), page->language, messages[ending->resolution], day));
    }
}

static void print_end(const struct page *page, const struct alert *alert)
{
    char day[DAY_WORDS_SIZE], line[WORDS_SIZE];
    if (alert->state == ALERT_RESOLVED)
        page_labelled(page, "", "",
                      message_format(line, sizeof(line), page->language, MESSAGE_EXPLAIN_ENDED,
                                     day_words(page->language, alert->resolved_on, day),
                                     term_text(page->language, resolution_names[alert->resolution])));
}

/* --- what was published ------------------------------------------------------------------------------------------- */

static void print_correction(const struct page *page, const struct explained *item)
{
    enum language language = page->language;
    char fact[WORDS_SIZE], line[2 * WORDS_SIZE];
    if (item->by == NULL)
        snprintf(line, sizeof(line), "%s", message_text(language, MESSAGE_EXPLAIN_WITHDRAWN_BY_NONE));
    else
        message_format(line, sizeof(line), language,
                       item->by->retracted ? MESSAGE_EXPLAIN_WITHDRAWN_BY_RETRACTED
                                           : MESSAGE_EXPLAIN_WITHDRAWN_BY_CORRECTED,
                       fact_words(language, item->by, fact));
    page_labelled(page, item->period == NULL ? message_text(language, MESSAGE_EXPLAIN_WHY) : "", "", line);
}

static void print_replacement(const struct page *page, const struct explanation *explanation,
                              const struct explained *item)
{
    char id[UUID_TEXT_SIZE], line[WORDS_SIZE];
    struct alert replacing = {.rule = item->alert.rule, .cause = item->published->replaced_by};
    if (uuid_is_nil(&replacing.cause))
        return;
    struct uuid replacement = alert_id(&replacing, explanation->child->child_id);
    uuid_format(&replacement, id);
    page_labelled(page, "", "", message_format(line, sizeof(line), page->language, MESSAGE_EXPLAIN_REPLACED_BY, id));
}

static void print_published(const struct page *page, const struct explanation *explanation,
                            const struct explained *item)
{
    enum language language = page->language;
    const bool is_withdrawn = item->published->state == ALERT_WITHDRAWN;
    const bool is_counted_again = is_withdrawn && item->standing == STANDING_COUNTING;
    char day[DAY_WORDS_SIZE], line[WORDS_SIZE];
    if (is_withdrawn)
        print_correction(page, item);
    page_labelled(page, "", "",
                  message_format(line, sizeof(line), language,
                                 is_counted_again ? MESSAGE_EXPLAIN_PUBLISHED_WITHDRAWN : MESSAGE_EXPLAIN_WITHDRAWN_WAS,
                                 term_text(language, level_names[item->published->level]),
                                 day_words(language, item->published->raised_on, day)));
    print_replacement(page, explanation, item);
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static void print_id(const struct page *page, const struct explanation *explanation, const struct explained *item)
{
    char id[UUID_TEXT_SIZE], revision[NUMBER_WORDS_SIZE], line[WORDS_SIZE];
    struct uuid uuid = alert_id(&item->alert, explanation->child->child_id);
    uuid_format(&uuid, id);
    message_format(line, sizeof(line), page->language,
                   item->revision == 0 ? MESSAGE_EXPLAIN_ID : MESSAGE_EXPLAIN_ID_REVISION, id,
                   number_words(page->language, item->revision, 0, revision));
    page_paragraph(page, 3, "", PAGE_FAINT, line);
}

void explained_print_closed(const struct page *page, const struct explanation *explanation,
                            const struct explained *item, int number)
{
    enum language language = page->language;
    const struct alert *alert = &item->alert;
    const struct uuid uuid = alert_id(alert, explanation->child->child_id);
    char mark[16], id[UUID_TEXT_SIZE], rule[WORDS_SIZE], days[WORDS_SIZE], line[3 * WORDS_SIZE];
    uuid_format(&uuid, id);
    snprintf(mark, sizeof(mark), "%d.", number);
    page_paragraph(page, 0, mark, PAGE_PLAIN,
                   message_format(line, sizeof(line), language, MESSAGE_EXPLAIN_CLOSED,
                                  rule_words(language, alert, rule), term_text(language, level_names[alert->level]),
                                  days_words(language, alert->raised_on, alert->resolved_on, days),
                                  term_text(language, resolution_names[alert->resolution]), id));
}

void explained_print(const struct page *page, const struct explanation *explanation, const struct explained *item,
                     int number)
{
    explained_print_heading(page, explanation, item, number, PAGE_BOLD);
    print_id(page, explanation, item);
    if (item->period == NULL) {
        print_published(page, explanation, item);
        return;
    }
    explained_print_why(page, explanation, item);
    print_end(page, &item->alert);
    if (item->standing == STANDING_COUNTING && item->published != NULL)
        print_published(page, explanation, item);
    explained_print_norm(page, explanation, item);
    explained_print_counted(page, explanation, item);
    print_reasons(page, explanation, item);
    print_endings(page, item);
}

void explained_print_heading(const struct page *page, const struct explanation *explanation,
                             const struct explained *item, int number, enum page_style style)
{
    char mark[16], rule[WORDS_SIZE], standing[WORDS_SIZE], line[2 * WORDS_SIZE + 4];
    snprintf(mark, sizeof(mark), "%d.", number);
    message_format(line, sizeof(line), page->language, MESSAGE_EXPLAIN_HEADING,
                   rule_words(page->language, &item->alert, rule),
                   standing_words(page->language, explanation, item, standing));
    page_paragraph(page, 0, mark, style, line);
}
