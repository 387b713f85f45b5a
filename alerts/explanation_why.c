/* Why, and the norm: the sentences that each rule has of its own. */
#include "alerts/explanation_alert.h"
#include "alerts/explanation_words.h"
#include "alerts/norms_text.h"

/* What a sentence is made of. */
struct telling {
    const struct page *page;
    const struct explanation *explanation;
    const struct explained *item;
    char sentence[WORDS_SIZE], part[WORDS_SIZE], other[WORDS_SIZE];
    char day[DAY_WORDS_SIZE], other_day[DAY_WORDS_SIZE];
};

static void tell(struct telling *telling, const char *label)
{
    page_labelled(telling->page, label, "", telling->sentence);
}

static bool goes_on(const struct telling *telling)
{
    return day_before(telling->explanation->yardstick.today, telling->item->episode.end);
}

/* --- why ---------------------------------------------------------------------------------------------------------- */

static void why_stay(struct telling *telling)
{
    enum language language = telling->page->language;
    const struct explained *item = telling->item;
    bool is_open = goes_on(telling),
         by_location = telling->explanation->yardstick.norms->stay_scope == STAY_SCOPE_LOCATION;
    struct day from = item->episode.counted_from, until = explained_counted_until(telling->explanation, item);
    quantity_words(language, until.number - from.number, "days", telling->part);
    day_words(language, from, telling->day);
    day_words(language, day_plus(until, -1), telling->other_day);
    if (is_open)
        message_format(telling->sentence, WORDS_SIZE, language,
                       by_location ? MESSAGE_EXPLAIN_WHY_STAY_LOCATION : MESSAGE_EXPLAIN_WHY_STAY, telling->day,
                       telling->part);
    else
        message_format(telling->sentence, WORDS_SIZE, language,
                       by_location ? MESSAGE_EXPLAIN_WHY_STAY_LOCATION_OVER : MESSAGE_EXPLAIN_WHY_STAY_OVER,
                       telling->day, telling->other_day, telling->part);
}

static void why_no_school(struct telling *telling)
{
    enum language language = telling->page->language;
    day_words(language, telling->item->period->from, telling->day);
    const struct episode *episode = &telling->item->episode;
    const bool has_started = episode->resolution == RESOLUTION_SCHOOL_STARTED;
    if (goes_on(telling))
        message_format(telling->sentence, WORDS_SIZE, language, MESSAGE_EXPLAIN_WHY_NO_SCHOOL, telling->day);
    else
        message_format(telling->sentence, WORDS_SIZE, language,
                       has_started ? MESSAGE_EXPLAIN_WHY_SCHOOL_STARTED : MESSAGE_EXPLAIN_WHY_NO_SCHOOL_OVER,
                       telling->day,
                       day_words(language, day_plus(episode->end, has_started ? 0 : -1), telling->other_day));
}

static void add_sentence(struct telling *telling, enum message message)
{
    words_add(telling->sentence, " ", message_text(telling->page->language, message));
}

/* A move lies within its period: the stay before it is the one left behind. */
static void why_move(struct telling *telling)
{
    enum language language = telling->page->language;
    const struct episode *episode = &telling->item->episode;
    const struct stay *move = history_stay_on(&telling->explanation->judgement.history, episode->counted_from);
    message_format(telling->sentence, WORDS_SIZE, language,
                   episode->always_reported ? MESSAGE_EXPLAIN_WHY_MOVE_IN_TERM : MESSAGE_EXPLAIN_WHY_MOVE_IN_HOLIDAYS,
                   day_words(language, move->from, telling->day), id_words(move[-1].place.location_id, telling->part),
                   id_words(move->place.location_id, telling->other));
    if (goes_on(telling))
        add_sentence(telling, MESSAGE_EXPLAIN_WHY_NOT_BACK);
    else if (day_equal(episode->end, move->from) && episode->resolution == RESOLUTION_SCHOOL_RESUMED)
        add_sentence(telling, MESSAGE_EXPLAIN_WHY_MOVE_SEAMLESS);
}

static void why_gap(struct telling *telling)
{
    enum language language = telling->page->language;
    message_format(telling->sentence, WORDS_SIZE, language, MESSAGE_EXPLAIN_WHY_GAP,
                   day_words(language, telling->item->episode.cause->occurred_on, telling->day));
    if (goes_on(telling))
        add_sentence(telling, MESSAGE_EXPLAIN_WHY_NOT_BACK);
}

static void why_moves(struct telling *telling)
{
    enum language language = telling->page->language;
    const struct norms *norms = telling->explanation->yardstick.norms;
    message_format(telling->sentence, WORDS_SIZE, language, MESSAGE_EXPLAIN_WHY_MOVES,
                   quantity_words(language, norms->repeated_moves, "times", telling->part),
                   quantity_words(language, norms->repeated_moves_months, "months", telling->other));
}

/* --- the norm ----------------------------------------------------------------------------------------------------- */

#define NORM_LINES_MAX 2

/* What a rule says: why, and norms with the options whose values they name; the first one's source counts. */
static const struct account {
    const struct rule *rule;
    void (*why)(struct telling *telling);
    struct {
        enum message message;
        const char *options[2];
    } norms[NORM_LINES_MAX];
    int norm_count;
} accounts[RULE_COUNT] = {
    {&rule_emergency_stay,
     why_stay,
     {{MESSAGE_EXPLAIN_NORM_STAY, {"stay_months"}}, {MESSAGE_EXPLAIN_NORM_SEVERE, {"stay_severe_months"}}},
     2},
    {&rule_no_school,
     why_no_school,
     {{MESSAGE_EXPLAIN_NORM_NO_SCHOOL, {"school_months"}}, {MESSAGE_EXPLAIN_NORM_SEVERE, {"school_severe_months"}}},
     2},
    {&rule_school_move,
     why_move,
     {{MESSAGE_EXPLAIN_NORM_MOVE, {"move_ends_enrollment"}}, {MESSAGE_EXPLAIN_NORM_SEVERE, {"severe_school_days"}}},
     2},
    {&rule_school_gap,
     why_gap,
     {{MESSAGE_EXPLAIN_NORM_GAP, {"gap_grace_school_days"}}, {MESSAGE_EXPLAIN_NORM_SEVERE, {"severe_school_days"}}},
     2},
    {&rule_repeated_moves, why_moves, {{MESSAGE_EXPLAIN_NORM_MOVES, {"repeated_moves", "repeated_moves_months"}}}, 1},
};

static const struct account *account_of(const struct explained *item)
{
    const struct account *account = accounts;
    while (account->rule != rules[item->alert.rule])
        account++;
    return account;
}

void explained_print_why(const struct page *page, const struct explanation *explanation, const struct explained *item)
{
    struct telling telling = {.page = page, .explanation = explanation, .item = item};
    account_of(item)->why(&telling);
    tell(&telling, message_text(page->language, MESSAGE_EXPLAIN_WHY));
}

/* The value of an option in words; of a dated one its months alone. "" where there is none. */
static void value_words(enum language language, const struct norms *norms, const char *name,
                        char words[static NORM_WORDS_SIZE])
{
    const struct norm_option *option = name == NULL ? NULL : norm_option_find(name);
    const struct dated_norms *dated = option == NULL ? NULL : (const void *)((const char *)norms + option->offset);
    words[0] = '\0';
    if (option != NULL && option->type == NORM_DATED)
        quantity_words(language, dated->norms[0].months, option->unit, words);
    else if (option != NULL)
        norm_words(language, norms, option, words);
}

static void tell_norm(struct telling *telling, const char *label, enum message message, const struct norms *norms,
                      const char *const options[2])
{
    enum language language = telling->page->language;
    char first[NORM_WORDS_SIZE], second[NORM_WORDS_SIZE];
    value_words(language, norms, options[0], first);
    value_words(language, norms, options[1], second);
    message_format(telling->part, WORDS_SIZE, language, message, first, second);
    message_format(telling->sentence, WORDS_SIZE, language, MESSAGE_EXPLAIN_WITH_SOURCE, telling->part,
                   norm_source_words(language, norm_option_find(options[0])));
    tell(telling, label);
}

/* A dated norm that was not yet in force when counting began. */
static void tell_since(struct telling *telling, const char *name)
{
    enum language language = telling->page->language;
    const struct norm_option *option = norm_option_find(name);
    const char *norms = (const char *)telling->explanation->yardstick.norms;
    const struct dated_norms *dated = (const void *)(norms + option->offset);
    const struct episode *episode = &telling->item->episode;
    if (option->type != NORM_DATED)
        return;
    const struct dated_norm *norm = dated_norm_on(dated, episode->over_on);
    if (!day_before(episode->counted_from, norm->from))
        return;
    message_format(telling->sentence, WORDS_SIZE, language, MESSAGE_EXPLAIN_NORM_SINCE,
                   day_words(language, norm->from, telling->day),
                   quantity_words(language, norm[-1].months, option->unit, telling->part));
    tell(telling, "");
}

/* The norm's sources differ about what it is counted over. */
static void tell_scope(struct telling *telling)
{
    const bool by_location = telling->explanation->yardstick.norms->stay_scope == STAY_SCOPE_LOCATION;
    snprintf(telling->sentence, WORDS_SIZE, "%s",
             message_text(telling->page->language,
                          by_location ? MESSAGE_EXPLAIN_NORM_SCOPE_EACH : MESSAGE_EXPLAIN_NORM_SCOPE_ALL));
    tell(telling, "");
}

void explained_print_norm(const struct page *page, const struct explanation *explanation, const struct explained *item)
{
    struct telling telling = {.page = page, .explanation = explanation, .item = item};
    const struct account *account = account_of(item);
    const bool is_signal = account->rule == &rule_repeated_moves; /* nobody set it as a norm */
    const char *label = message_text(page->language, is_signal ? MESSAGE_EXPLAIN_SIGNAL : MESSAGE_EXPLAIN_NORM);
    struct norms norms;
    explained_norms(explanation, item, &norms);
    for (int i = 0; i < account->norm_count; i++, label = "") {
        tell_norm(&telling, label, account->norms[i].message, &norms, account->norms[i].options);
        tell_since(&telling, account->norms[i].options[0]);
        if (i == 0 && account->rule == &rule_emergency_stay)
            tell_scope(&telling);
    }
    if (account->rule == &rule_no_school && norms.school_months.norms[0].defers_to_holidays) {
        snprintf(telling.sentence, WORDS_SIZE, "%s.", message_text(page->language, MESSAGE_EXPLAIN_NORM_HOLIDAYS));
        tell(&telling, "");
    }
}
