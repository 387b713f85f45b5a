/* Sets of days as spans that are ascending and apart: what the figures are counted with. Sentences such as "of school
 * age, not enrolled, and not because of a move" become a few operations whose cost grows with the spans, not the days.
 */
#ifndef RULES_DAY_SET_H
#define RULES_DAY_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "day.h"
#include "history.h"

struct day_span {
    struct day from, until; /* [from, until), from before until; until may be DAY_NEVER */
};

/* No set made of a child's days has more: at most one span for each of its facts, or a cut at either end of one. */
#define DAY_SET_MAX (4 * CHILD_FACTS_MAX)

struct day_set {
    uint32_t count;
    struct day_span *spans; /* room for DAY_SET_MAX */
};

bool day_set_init(struct day_set *set); /* empty; false when memory is short */
void day_set_fini(struct day_set *set);

/* Adds [FROM, UNTIL), nothing where it is empty. FROM must not lie before that of a span added earlier; spans that
 * overlap or touch become one. */
void day_set_add(struct day_set *set, struct day from, struct day until);

/* RESULT, which must be neither A nor B, becomes the days of A that are also in B, or that are not. */
void day_set_intersect(struct day_set *result, const struct day_set *a, const struct day_set *b);
void day_set_subtract(struct day_set *result, const struct day_set *a, const struct day_set *b);

#endif
