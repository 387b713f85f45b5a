/* A child's days drawn for a terminal: where it lived, when it went to school, vacations, and the levels that each
 * alert had; one row each, over an axis of months.
 */
#ifndef ALERTS_EXPLANATION_TIMELINE_H
#define ALERTS_EXPLANATION_TIMELINE_H

#include "alerts/explanation_text.h"
#include "rules/explanation.h"

/* Draws it with a key below, or nothing where there is no day to draw. Rows of alerts are of those asked for and bear
 * their numbers, from 1. */
void timeline_print(const struct page *page, const struct explanation *explanation,
                    const struct explanation_question *question);

#endif
