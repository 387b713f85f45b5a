/* What explanations are made of (explanation.h): each part is one file. */
#ifndef RULES_EXPLANATION_INTERNAL_H
#define RULES_EXPLANATION_INTERNAL_H

#include "explanation.h"

/* Makes room for one more of ITEMS, of SIZE bytes each, where COUNT fill ROOM; false when memory is short. */
bool explanation_grow(void **items, uint32_t count, uint32_t *room, size_t size);

/* Fills in what ITEM counts; false when memory is short. */
bool explanation_count(struct explanation *explanation, struct explained *item);

void explanation_find_endings(const struct explanation *explanation, struct explained *item);

/* Of all items that go on. */
void explanation_find_plans(struct explanation *explanation);

/* Of all alerts of today, once all items are there; false when memory is short. */
bool explanation_find_reasons(struct explanation *explanation);

/* NEXT is the next day on which anything can change; false when memory is short. */
bool explanation_foresee(struct explanation *explanation, struct day next);

#endif
