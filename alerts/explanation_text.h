/* An explanation for people: the child's days drawn, then in words (rules/explanation.h).
 */
#ifndef ALERTS_EXPLANATION_TEXT_H
#define ALERTS_EXPLANATION_TEXT_H

#include "alerts/explanation_page.h"
#include "rules/explanation.h"

struct explanation_question {
    bool from_files;          /* nothing of it was published */
    const struct uuid *asked; /* one alert; NULL: all of the child's */
    bool in_full;             /* what is over, too; else that has one paragraph */
    const char *command;      /* of the shell, that asks about the child; more options may follow. NULL: not told */
};

/* Whether ITEM is asked for. */
bool explanation_asks(const struct explanation_question *question, const struct explanation *explanation,
                      const struct explained *item);

void explanation_print(const struct page *page, const struct explanation *explanation,
                       const struct explanation_question *question);

/* The same for programs: one JSON object and a newline, as docs/explain.md has it. False: memory is short. */
bool explanation_print_json(FILE *out, const struct explanation *explanation,
                            const struct explanation_question *question);

#endif
