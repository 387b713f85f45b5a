/* What explanations say of a rule in words of its own; one account a rule. All else they say goes by the rule's
 * options, ends and what it counts.
 */
#ifndef ALERTS_EXPLANATION_ACCOUNT_H
#define ALERTS_EXPLANATION_ACCOUNT_H

#include "alerts/explanation_words.h"

#define ACCOUNT_NORMS_MAX 2

struct account {
    enum message row;  /* its label in the drawing */
    enum message kind; /* the label of its norms: whether it is one */

    /* Why, in a sentence or two; returns WORDS. */
    const char *(*why)(enum language language, const struct explanation *explanation, const struct explained *item,
                       char words[static WORDS_SIZE]);

    /* From which of the child's days a term counts; NULL: there is nothing to say but the day. */
    enum message (*from)(const struct explained *item);

    struct account_norm {
        enum message message;
        const char *options[2]; /* whose values it names; the first one's source counts, NULL ends the norms */
        enum message (*remark)(const struct norms *norms); /* what is to be said of it; NULL: nothing */
    } norms[ACCOUNT_NORMS_MAX];
};

/* By number of the rule. */
extern const struct account *const accounts[RULE_COUNT];

#endif
