/* An explanation for people: the child's days drawn, then in words (rules/explanation.h).
 */
#ifndef ALERTS_EXPLANATION_TEXT_H
#define ALERTS_EXPLANATION_TEXT_H

#include "alerts/explanation_page.h"
#include "rules/explanation.h"

struct explanation_question {
    bool from_files;          /* nothing of it was published */
    const struct uuid *asked; /* one alert; NULL: all of the child's */
};

void explanation_print(const struct page *page, const struct explanation *explanation,
                       const struct explanation_question *question);

/* The same for programs: one JSON object and a newline, as docs/explain.md has it. False: memory is short. */
bool explanation_print_json(FILE *out, const struct explanation *explanation,
                            const struct explanation_question *question);

#endif
