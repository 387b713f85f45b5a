/* Why, and the norm, with what it comes to for the child. */
#include "alerts/explanation_account.h"
#include "alerts/explanation_alert.h"
#include "alerts/norms_text.h"

void explained_print_why(const struct page *page, const struct explanation *explanation, const struct explained *item)
{
    char words[WORDS_SIZE];
    page_labelled(page, message_text(page->language, MESSAGE_EXPLAIN_WHY), "",
                  accounts[item->alert.rule]->why(page->language, explanation, item, words));
}

/* --- the norm ----------------------------------------------------------------------------------------------------- */

static const struct dated_norms *dated_norms_of(const struct norms *norms, const struct norm_option *option)
{
    return (const void *)((const char *)norms + option->offset);
}

/* The value of an option in words; of a dated one its months alone. "" where there is none. */
static void value_words(enum language language, const struct norms *norms, const char *name,
                        char words[static NORM_WORDS_SIZE])
{
    const struct norm_option *option = name == NULL ? NULL : norm_option_find(name);
    words[0] = '\0';
    if (option != NULL && option->type == NORM_DATED)
        quantity_words(language, dated_norms_of(norms, option)->norms[0].months, option->unit, words);
    else if (option != NULL)
        norm_words(language, norms, option, words);
}

static void tell_norm(const struct page *page, const char *label, const struct account_norm *norm,
                      const struct norms *norms)
{
    enum language language = page->language;
    char first[NORM_WORDS_SIZE], second[NORM_WORDS_SIZE], words[WORDS_SIZE], sentence[2 * WORDS_SIZE];
    value_words(language, norms, norm->options[0], first);
    value_words(language, norms, norm->options[1], second);
    message_format(words, sizeof(words), language, norm->message, first, second);
    page_labelled(page, label, "",
                  message_format(sentence, sizeof(sentence), language, MESSAGE_EXPLAIN_WITH_SOURCE, words,
                                 norm_source_words(language, norm_option_find(norm->options[0]))));
}

/* A dated norm that was not yet in force when counting began. */
static void tell_since(const struct page *page, const struct explanation *explanation, const struct explained *item,
                       const struct norm_option *option)
{
    enum language language = page->language;
    const struct episode *episode = &item->episode;
    char day[DAY_WORDS_SIZE], quantity[QUANTITY_SIZE], sentence[WORDS_SIZE];
    if (option->type != NORM_DATED)
        return;
    const struct dated_norm *norm = dated_norm_on(dated_norms_of(explanation->yardstick.norms, option),
                                                  episode->over_on);
    if (!day_before(episode->counted_from, norm->from))
        return;
    page_labelled(page, "", "",
                  message_format(sentence, sizeof(sentence), language, MESSAGE_EXPLAIN_NORM_SINCE,
                                 day_words(language, norm->from, day),
                                 quantity_words(language, norm[-1].months, option->unit, quantity)));
}

static void tell_holidays(const struct page *page, const struct norms *norms, const struct norm_option *option)
{
    char sentence[WORDS_SIZE];
    if (option->type != NORM_DATED || !dated_norms_of(norms, option)->norms[0].defers_to_holidays)
        return;
    snprintf(sentence, sizeof(sentence), "%s.", message_text(page->language, MESSAGE_EXPLAIN_NORM_HOLIDAYS));
    page_labelled(page, "", "", sentence);
}

void explained_print_norm(const struct page *page, const struct explanation *explanation, const struct explained *item)
{
    const struct account *account = accounts[item->alert.rule];
    const char *label = message_text(page->language, account->kind);
    struct norms norms;
    explained_norms(explanation, item, &norms);
    for (int i = 0; i < ACCOUNT_NORMS_MAX && account->norms[i].options[0] != NULL; i++, label = "") {
        const struct account_norm *norm = &account->norms[i];
        tell_norm(page, label, norm, &norms);
        tell_since(page, explanation, item, norm_option_find(norm->options[0]));
        if (norm->remark != NULL)
            page_labelled(page, "", "", message_text(page->language, norm->remark(&norms)));
    }
    tell_holidays(page, &norms, norm_option_find(account->norms[0].options[0]));
}
