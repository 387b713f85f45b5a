/* Sends the demo's events to the input topics, as the registers would: keyed and placed by child. */
#ifndef CONSUMER_DEMO_SENDER_H
#define CONSUMER_DEMO_SENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <librdkafka/rdkafka.h>

#include "consumer/settings.h"
#include "schemas/event.h"

struct demo_sender {
    rd_kafka_t *kafka;
    rd_kafka_topic_t *topics[STREAM_COUNT];
    struct framings framings;
    int32_t partitions;
    uint64_t failed;
};

/* False: said in the log, and there is nothing to close. */
bool demo_sender_open(struct demo_sender *sender, const struct settings *settings);
void demo_sender_close(struct demo_sender *sender);

/* Sends COUNT events; returns without waiting for their delivery. False: said in the log. */
bool demo_sender_send(struct demo_sender *sender, const struct event *events, size_t count);

/* Waits until everything sent is delivered. False: something was not; said in the log. */
bool demo_sender_flush(struct demo_sender *sender);

#endif
