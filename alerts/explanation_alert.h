/* One alert in words: why, the norm, what was counted, which facts made it, what would end it. */
#ifndef ALERTS_EXPLANATION_ALERT_H
#define ALERTS_EXPLANATION_ALERT_H

#include "alerts/explanation_page.h"
#include "rules/explanation.h"

/* Its line: what it is and how it stands. */
void explained_print_heading(const struct page *page, const struct explanation *explanation,
                             const struct explained *item, int number, enum page_style style);

/* NUMBER is that of the timeline's row. */
void explained_print(const struct page *page, const struct explanation *explanation, const struct explained *item,
                     int number);

/* One that is over, in one paragraph. */
void explained_print_closed(const struct page *page, const struct explanation *explanation,
                            const struct explained *item, int number);

/* The sentences that depend on the rule. */
void explained_print_why(const struct page *page, const struct explanation *explanation, const struct explained *item);
void explained_print_norm(const struct page *page, const struct explanation *explanation, const struct explained *item);
void explained_print_counted(const struct page *page, const struct explanation *explanation,
                             const struct explained *item);

#endif
