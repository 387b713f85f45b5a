/* Sets of topics, as bits, for the tables that say what holds of which. */
#ifndef CONSUMER_TOPIC_SET_H
#define CONSUMER_TOPIC_SET_H

#include "consumer/settings.h"

#define TOPIC_BIT(symbol) (1u << TOPIC_##symbol)

#define TOPIC_SET_INPUTS (TOPIC_BIT(PLACEMENTS) | TOPIC_BIT(MOVES) | TOPIC_BIT(ENROLLMENTS))
#define TOPIC_SET_PUBLISHED (TOPIC_BIT(ALERTS) | TOPIC_BIT(VIOLATIONS))
#define TOPIC_SET_ALL ((1u << TOPIC_COUNT) - 1)
#define TOPIC_SET_SERVICE (TOPIC_SET_ALL & ~TOPIC_BIT(DELIVERIES)) /* without that of notify */

static inline bool topic_set_has(unsigned topics, enum topic topic)
{
    return (topics >> topic & 1) != 0;
}

/* The first topic of TOPICS from TOPIC on; TOPIC_COUNT: none. */
static inline enum topic topic_set_next(unsigned topics, enum topic topic)
{
    while (topic < TOPIC_COUNT && !topic_set_has(topics, topic))
        topic++;
    return topic;
}

#endif
