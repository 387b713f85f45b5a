/* Sends events to the input topics, keyed and placed by child. */
#ifndef CONSUMER_EVENT_SENDER_H
#define CONSUMER_EVENT_SENDER_H

#include <stdbool.h>
#include <stdint.h>

#include <librdkafka/rdkafka.h>

#include "consumer/settings.h"
#include "schemas/event.h"

struct event_sender {
    rd_kafka_t *kafka;
    rd_kafka_topic_t *topics[STREAM_COUNT];
    int32_t partition_counts[STREAM_COUNT]; /* decide where a child's events go: the caller's to set … */
    struct framings framings;               /* … and so is how they are written, before the first is offered */
    uint64_t sent[STREAM_COUNT];
    uint64_t undelivered;            /* of these, so far */
    rd_kafka_resp_err_t first_error; /* why the first of them was not delivered … */
    char first_topic[256];           /* … and to which topic */
};

/* False: said in the log under COMPONENT, and there is nothing to close. */
bool event_sender_open(struct event_sender *sender, const struct settings *settings, const char *component);
void event_sender_close(struct event_sender *sender);

/* Hands EVENT to the client, which delivers it later, or does not. RD_KAFKA_RESP_ERR__QUEUE_FULL: to be offered again
 * after a while of rd_kafka_poll. Any other error: it is refused, and so will be others. */
rd_kafka_resp_err_t event_sender_offer(struct event_sender *sender, const struct event *event);

#endif
