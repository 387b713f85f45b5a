/* A child's days in lists: where it lived, when it was at school, and what is dated after the day. */
#ifndef ALERTS_EXPLANATION_DAYS_H
#define ALERTS_EXPLANATION_DAYS_H

#include "alerts/explanation_page.h"
#include "rules/explanation.h"

void explanation_print_days(const struct page *page, const struct explanation *explanation);

/* The heading of a part, a blank line above it. */
void explanation_print_heading(const struct page *page, enum message message);

#endif
