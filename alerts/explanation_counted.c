/* The counting spelt out: from which day, until which, what was put off, and every school day or move. */
#include <string.h>

#include "alerts/explanation_account.h"
#include "alerts/explanation_alert.h"
#include "alerts/explanation_lists.h"
#include "alerts/explanation_words.h"
#include "alerts/norms_text.h"

struct counting {
    const struct page *page;
    const struct explanation *explanation;
    const struct explained *item;
    const char *label; /* of the next line */
};

static void tell(struct counting *counting, const char *sentence)
{
    page_labelled(counting->page, counting->label, "", sentence);
    counting->label = "";
}

static void tell_day(struct counting *counting, enum message message, struct day day, const char *more)
{
    char words[DAY_WORDS_SIZE], sentence[WORDS_SIZE];
    tell(counting, message_format(sentence, sizeof(sentence), counting->page->language, message,
                                  day_words(counting->page->language, day, words), more));
}

static const char *quantity(const struct counting *counting, int number, const char *unit,
                            char words[static QUANTITY_SIZE])
{
    return quantity_words(counting->page->language, number, unit, words);
}

/* --- a term ------------------------------------------------------------------------------------------------------- */

/* What became of a term that did not run out. */
static enum message kept_message(const struct counting *counting)
{
    const struct episode *episode = &counting->item->episode;
    if (episode->resolution == RESOLUTION_DEPARTED)
        return MESSAGE_EXPLAIN_DUE_LEFT;
    if (episode->resolution != RESOLUTION_TURNED_18)
        return MESSAGE_EXPLAIN_DUE_KEPT;
    return day_before(counting->explanation->yardstick.today, episode->end) ? MESSAGE_EXPLAIN_DUE_OF_AGE_AHEAD
                                                                            : MESSAGE_EXPLAIN_DUE_OF_AGE;
}

static void tell_due(struct counting *counting)
{
    const struct episode *episode = &counting->item->episode;
    struct day today = counting->explanation->yardstick.today, due_on = episode->due_on;
    char left[QUANTITY_SIZE];
    if (!day_before(episode->over_on, episode->end))
        tell_day(counting, kept_message(counting), due_on, "");
    else if (day_equal(today, due_on))
        tell(counting, message_text(counting->page->language, MESSAGE_EXPLAIN_DUE_TODAY));
    else if (day_before(today, due_on))
        tell_day(counting, MESSAGE_EXPLAIN_DUE, due_on, quantity(counting, due_on.number - today.number, "days", left));
    else
        tell_day(counting, MESSAGE_EXPLAIN_DUE_PASSED, due_on, "");
}

static void tell_put_off(struct counting *counting)
{
    enum language language = counting->page->language;
    const struct explained *item = counting->item;
    struct day over_on = item->episode.over_on, violation = item->episode.level_from[LEVEL_VIOLATION];
    char list[WORDS_SIZE], sentence[2 * WORDS_SIZE], over[DAY_WORDS_SIZE], until[DAY_WORDS_SIZE];
    holidays_words(language, &counting->explanation->holidays[item->holidays.first], item->holidays.count, list);
    bool is_ahead = day_before(counting->explanation->yardstick.today, over_on);
    enum message message = is_ahead ? MESSAGE_EXPLAIN_PUT_OFF_AHEAD : MESSAGE_EXPLAIN_PUT_OFF;
    if (!day_before(violation, item->episode.end))
        message = MESSAGE_EXPLAIN_PUT_OFF_NEVER;
    else
        day_words(language, violation, until);
    tell(counting, message_format(sentence, sizeof(sentence), language, message, day_words(language, over_on, over),
                                  list, until));
}

static void tell_over(struct counting *counting)
{
    enum language language = counting->page->language;
    const struct alert *alert = &counting->item->alert;
    struct day until = explained_counted_until(counting->explanation, counting->item);
    char sentence[WORDS_SIZE], from[DAY_WORDS_SIZE], last[DAY_WORDS_SIZE], over[QUANTITY_SIZE];
    day_words(language, alert->violation_on, from);
    quantity(counting, until.number - alert->violation_on.number, "days", over);
    if (alert->state == ALERT_OPEN)
        message_format(sentence, sizeof(sentence), language, MESSAGE_EXPLAIN_DAYS_OVER, from, over);
    else
        message_format(sentence, sizeof(sentence), language, MESSAGE_EXPLAIN_DAYS_OVER_THEN, from,
                       day_words(language, day_plus(until, -1), last), over);
    tell(counting, sentence);
}

static void tell_term(struct counting *counting)
{
    const struct explained *item = counting->item;
    const struct account *account = accounts[item->alert.rule];
    tell_day(counting, account->from == NULL ? MESSAGE_EXPLAIN_COUNTED_FROM : account->from(item),
             item->episode.counted_from, "");
    tell_due(counting);
    if (item->holidays.count > 0)
        tell_put_off(counting);
    if (item->standing == STANDING_ALERT && !day_is_absent(item->alert.violation_on))
        tell_over(counting);
}

/* --- school days and moves ---------------------------------------------------------------------------------------- */

static void tell_school_days(struct counting *counting)
{
    enum language language = counting->page->language;
    const struct part *part = &counting->item->school_days;
    bool is_term = !day_is_absent(counting->item->episode.over_on);
    char list[WORDS_SIZE], sentence[2 * WORDS_SIZE], count[QUANTITY_SIZE];
    if (day_before(counting->explanation->yardstick.today, counting->item->episode.counted_from))
        return;
    if (part->count == 0) {
        tell(counting, message_text(language, MESSAGE_EXPLAIN_MISSED_NONE));
        return;
    }
    school_days_words(language, &counting->explanation->school_days[part->first], part->count, list);
    tell(counting, message_format(sentence, sizeof(sentence), language,
                                  is_term ? MESSAGE_EXPLAIN_MISSED_TOTAL : MESSAGE_EXPLAIN_MISSED,
                                  quantity(counting, (int)part->count, "school days", count), list));
}

static void tell_moves(struct counting *counting)
{
    enum language language = counting->page->language;
    const struct part *part = &counting->item->moves;
    char list[WORDS_SIZE], sentence[2 * WORDS_SIZE];
    moves_words(language, &counting->explanation->moves[part->first], part->count, list);
    tell(counting, message_format(sentence, sizeof(sentence), language, MESSAGE_EXPLAIN_MOVES_ARE, list));
}

/* --- levels ------------------------------------------------------------------------------------------------------- */

/* A level that lasts for no day is passed over for the next one. */
static bool is_passed_over(const struct episode *episode, int level)
{
    return level + 1 < LEVEL_COUNT && day_equal(episode->level_from[level], episode->level_from[level + 1]);
}

static void tell_levels(struct counting *counting)
{
    enum language language = counting->page->language;
    const struct episode *episode = &counting->item->episode;
    struct day today = counting->explanation->yardstick.today;
    for (int level = 0; level < LEVEL_COUNT; level++) {
        struct day from = episode->level_from[level];
        bool is_ahead = day_before(today, from) && day_before(from, episode->end);
        bool is_severe_now = level == LEVEL_SEVERE && !day_before(today, from) && day_before(from, episode->end);
        char name[WORDS_SIZE], ahead[WORDS_SIZE], day[DAY_WORDS_SIZE], sentence[2 * WORDS_SIZE];
        if (is_passed_over(episode, level) || (!is_ahead && !is_severe_now))
            continue;
        snprintf(name, sizeof(name), "%s", term_text(language, level_names[level]));
        words_capitalised(name);
        if (is_ahead)
            message_format(sentence, sizeof(sentence), language, MESSAGE_EXPLAIN_BECOMES, name,
                           ahead_words(language, counting->item, (enum level)level, ahead));
        else
            message_format(sentence, sizeof(sentence), language, MESSAGE_EXPLAIN_BECAME, name,
                           day_words(language, from, day));
        tell(counting, sentence);
    }
}

void explained_print_counted(const struct page *page, const struct explanation *explanation,
                             const struct explained *item)
{
    struct counting counting = {page, explanation, item, message_text(page->language, MESSAGE_EXPLAIN_COUNTED)};
    enum counted counted = rules[item->alert.rule]->counted;
    if (!day_is_absent(item->episode.over_on))
        tell_term(&counting);
    if (counted == COUNTED_SCHOOL_DAYS)
        tell_school_days(&counting);
    if (counted == COUNTED_MOVES)
        tell_moves(&counting);
    tell_levels(&counting);
}
