/* How far the service had come that wrote a state topic, and so what a question to the topic can know: one that was
 * never written holds no children because nobody has read any events, which must not be taken for an answer.
 */
#ifndef CONSUMER_POPULATION_SERVICE_H
#define CONSUMER_POPULATION_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "consumer/command.h"
#include "rules/day.h"

struct population_service {
    int32_t partitions;     /* that were looked at */
    int32_t unwritten;      /* of them, those in which no service has noted anything */
    int32_t unjudged;       /* of the others, those whose events were not all read when it was */
    struct day judged_from; /* the earliest day that one of the rest was judged through; DAY_NEVER: there is none */
};

void population_service_init(struct population_service *service);

/* A partition was read: whether it IS_WRITTEN, and the day it was judged through, or DAY_ABSENT. */
void population_service_note(struct population_service *service, bool is_written, struct day judged_through);

/* Says on stderr, for COMMAND, what is missing on TODAY of the state topic of that name. EXIT_UNAVAILABLE: all of it;
 * else EXIT_OK. */
int population_service_say(const struct population_service *service, const struct command *command, const char *topic,
                           struct day today);

#endif
