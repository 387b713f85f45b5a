/* What the two rules about interrupted education, school-move and school-gap, have in common (rules.md 4). */
#ifndef RULES_INTERRUPTION_H
#define RULES_INTERRUPTION_H

#include "rule.h"

/* The schooling whose end by a WITHDRAWN the move that begins with STAY takes over: the child was taken out of school
 * for the move. NULL where there is none, or the child is an adult on that day. */
const struct schooling *interruption_taken_over(const struct history *history, const struct norms *norms,
                                                const struct calendar *calendar, const struct stay *move);

/* Ends the EPISODE, begun on DAY in STAY, as both rules do: out of reception, nineteen, or enrolled again. */
void interruption_end(struct episode *episode, const struct history *history, const struct stay *stay, struct day day);

#endif
