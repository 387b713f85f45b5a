/* Inside of a population; for population*.c. */
#ifndef CONSUMER_POPULATION_INTERNAL_H
#define CONSUMER_POPULATION_INTERNAL_H

#include "consumer/population.h"

/* population_topic.c: as population_visit, from the state topic; answer->today is the clock's day, or as_of. */
int population_visit_topic(const struct population_question *question, struct population_answer *answer);

/* Says that memory is short; EXIT_OS. */
int population_short_of_memory(const struct population_question *question);

#endif
