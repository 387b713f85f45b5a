#include "alerts/explanation_text.h"

#include "alerts/explanation_alert.h"
#include "alerts/explanation_days.h"
#include "alerts/explanation_timeline.h"
#include "alerts/explanation_words.h"
#include "alerts/norms_text.h"

/* --- who ---------------------------------------------------------------------------------------------------------- */

static int years_between(struct day from, struct day until)
{
    struct civil_date born = day_to_civil(from), now = day_to_civil(until);
    bool had_birthday = now.month > born.month || (now.month == born.month && now.day >= born.day);
    return now.year - born.year - !had_birthday;
}

static void profile_add(const struct page *page, const struct history *history, char line[static WORDS_SIZE])
{
    enum language language = page->language;
    const bool is_born = !day_before(history->today, history->birth_date);
    char one[WORDS_SIZE], day[DAY_WORDS_SIZE], years[NUMBER_WORDS_SIZE];
    if (day_is_absent(history->birth_date))
        words_add(line, " ", message_text(language, MESSAGE_EXPLAIN_BORN_UNKNOWN));
    else
        words_add(line, " ",
                  message_format(one, sizeof(one), language,
                                 is_born ? MESSAGE_EXPLAIN_BORN : MESSAGE_EXPLAIN_BORN_LATER,
                                 day_words(language, history->birth_date, day),
                                 number_words(language, years_between(history->birth_date, history->today), 0, years)));
    if (!day_before(history->today, history->adult_from))
        words_add(line, " ",
                  message_format(one, sizeof(one), language, MESSAGE_EXPLAIN_ADULT,
                                 day_words(language, history->adult_from, day)));
    if (history->unaccompanied == ANSWER_YES)
        words_add(line, " ", message_text(language, MESSAGE_EXPLAIN_UNACCOMPANIED));
}

static void head_print(const struct page *page, const struct explanation *explanation,
                       const struct explanation_question *question)
{
    struct text id = explanation->child->child_id;
    char line[WORDS_SIZE] = "", title[WORDS_SIZE], name[ID_LENGTH_MAX + 1], day[DAY_WORDS_SIZE];
    page_paragraph(page, 0, "", PAGE_BOLD,
                   message_format(title, sizeof(title), page->language, MESSAGE_EXPLAIN_TITLE, id_words(id, name),
                                  day_words(page->language, explanation->yardstick.today, day)));
    profile_add(page, &explanation->judgement.history, line);
    if (question->from_files)
        words_add(line, " ", message_text(page->language, MESSAGE_EXPLAIN_FROM_FILES));
    page_paragraph(page, 0, "", PAGE_PLAIN, line);
    page_end_line(page);
}

/* --- its alerts --------------------------------------------------------------------------------------------------- */

bool explanation_asks(const struct explanation_question *question, const struct explanation *explanation,
                      const struct explained *item)
{
    struct uuid id = alert_id(&item->alert, explanation->child->child_id);
    return question->asked == NULL || uuid_equal(&id, question->asked);
}

/* What is over is told in short, unless it is asked for. */
static bool is_short(const struct explanation_question *question, const struct explained *item)
{
    return question->asked == NULL && !question->in_full && item->standing == STANDING_ALERT &&
           item->alert.state == ALERT_RESOLVED;
}

static void headings_print(const struct page *page, const struct explanation *explanation,
                           const struct explanation_question *question)
{
    char line[WORDS_SIZE], quantity[QUANTITY_SIZE];
    int number = 0, closed = 0;
    if (explanation->item_count == 0)
        page_paragraph(page, 0, "", PAGE_PLAIN, message_text(page->language, MESSAGE_EXPLAIN_NO_ALERTS));
    for (uint32_t i = 0; i < explanation->item_count; i++) {
        const struct explained *item = &explanation->items[i];
        if (!explanation_asks(question, explanation, item))
            continue;
        number++;
        if (is_short(question, item))
            closed++;
        else
            explained_print_heading(page, explanation, item, number, PAGE_PLAIN);
    }
    if (closed > 0)
        page_paragraph(page, 0, "", PAGE_PLAIN,
                       message_format(line, sizeof(line), page->language, MESSAGE_EXPLAIN_CLOSED_COUNT,
                                      quantity_words(page->language, closed, "alerts", quantity)));
    page_end_line(page);
}

/* A command is never cut into lines: it is there to be copied. */
static void command_print(const struct page *page, enum message message, const char *command, const char *option)
{
    page_end_line(page);
    page_paragraph(page, 0, "", PAGE_PLAIN, message_text(page->language, message));
    fprintf(page->out, "%s%s\n", command, option);
}

static void items_print(const struct page *page, const struct explanation *explanation,
                        const struct explanation_question *question)
{
    bool all = true, any_short = false;
    int number = 0;
    for (uint32_t i = 0; i < explanation->item_count; i++) {
        const struct explained *item = &explanation->items[i];
        if (!explanation_asks(question, explanation, item)) {
            all = false;
            continue;
        }
        if (!any_short) /* what is short stands together */
            page_end_line(page);
        if (is_short(question, item))
            explained_print_closed(page, explanation, item, ++number);
        else
            explained_print(page, explanation, item, ++number);
        any_short = is_short(question, item);
    }
    if (question->command != NULL && any_short)
        command_print(page, MESSAGE_EXPLAIN_IN_FULL, question->command, " --all");
    if (question->command != NULL && !all)
        command_print(page, MESSAGE_EXPLAIN_OTHERS, question->command, "");
}

/* --- what comes next ---------------------------------------------------------------------------------------------- */

static const char *change_words(enum language language, const struct foreseen *foreseen, char words[static WORDS_SIZE])
{
    const struct alert *before = &foreseen->before, *after = &foreseen->after;
    char rule[WORDS_SIZE], difference[WORDS_SIZE];
    rule_words(language, foreseen->is ? after : before, rule);
    if (!foreseen->is)
        return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_NEXT_GONE, rule);
    if (after->state == ALERT_RESOLVED && (!foreseen->was || before->state == ALERT_OPEN))
        return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_NEXT_OVER, rule,
                              term_text(language, resolution_names[after->resolution]));
    if (!foreseen->was)
        return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_NEXT_NEW, rule,
                              term_text(language, level_names[after->level]));
    if (before->level != after->level)
        return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_NEXT_LEVEL, rule,
                              term_text(language, level_names[before->level]),
                              term_text(language, level_names[after->level]));
    return message_format(words, WORDS_SIZE, language, MESSAGE_EXPLAIN_NEXT_NEW, rule,
                          difference_words(language, before, after, difference));
}

static void next_print(const struct page *page, const struct explanation *explanation)
{
    char line[WORDS_SIZE], day[DAY_WORDS_SIZE];
    explanation_print_heading(page, MESSAGE_EXPLAIN_NEXT);
    if (explanation->foreseen_count == 0) {
        page_paragraph(page, 0, "", PAGE_PLAIN, message_text(page->language, MESSAGE_EXPLAIN_NEXT_NEVER));
        return;
    }
    page_paragraph(page, 0, "", PAGE_PLAIN,
                   message_format(line, sizeof(line), page->language, MESSAGE_EXPLAIN_NEXT_ON,
                                  day_words(page->language, explanation->next_change_on, day)));
    for (uint32_t i = 0; i < explanation->foreseen_count; i++)
        page_paragraph(page, 0, page_bullet(page), PAGE_PLAIN,
                       change_words(page->language, &explanation->foreseen[i], line));
}

void explanation_print(const struct page *page, const struct explanation *explanation,
                       const struct explanation_question *question)
{
    head_print(page, explanation, question);
    headings_print(page, explanation, question);
    timeline_print(page, explanation, question);
    explanation_print_days(page, explanation);
    items_print(page, explanation, question);
    next_print(page, explanation);
}
