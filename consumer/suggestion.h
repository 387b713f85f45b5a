/* The nearest right name for a misspelt one: of settings, options and commands. */
#ifndef CONSUMER_SUGGESTION_H
#define CONSUMER_SUGGESTION_H

#include <stddef.h>

#define SUGGESTION_NAME_MAX 96 /* longer names are neither understood nor suggested */
#define SUGGESTION_QUESTION_SIZE (SUGGESTION_NAME_MAX + 20)

struct suggestion {
    const char *wanted;                /* what was written; must outlive the suggestion */
    size_t distance;                   /* of the nearest so far */
    char nearest[SUGGESTION_NAME_MAX]; /* "": none is near enough to be meant */
};

void suggestion_init(struct suggestion *suggestion, const char *wanted);

/* A right name. Letters are compared without regard to case; of equally near names the first offered stays. */
void suggestion_offer(struct suggestion *suggestion, const char *name);

/* "; did you mean …?" to put behind what is wrong, in TEXT; "" where none is near enough. */
const char *suggestion_question(const struct suggestion *suggestion, char text[static SUGGESTION_QUESTION_SIZE]);

/* How many characters must be inserted, removed, replaced or swapped with their neighbour to make A of B; both shorter
 * than SUGGESTION_NAME_MAX. */
size_t suggestion_distance(const char *a, const char *b);

#endif
