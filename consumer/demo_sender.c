#include "consumer/demo_sender.h"

#include "consumer/log.h"

#define FLUSH_TIMEOUT_MS 10000
#define POLL_MS 10

bool demo_sender_open(struct event_sender *sender, const struct settings *settings)
{
    if (!event_sender_open(sender, settings, "demo"))
        return false;
    framings_single_object(&sender->framings);
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        sender->partition_counts[stream] = (int32_t)settings->topic_partitions;
    return true;
}

static bool are_delivered(const struct event_sender *sender)
{
    if (sender->undelivered > 0)
        log_error("demo", "events were not delivered: %s", rd_kafka_err2str(sender->first_error));
    return sender->undelivered == 0;
}

static bool send_one(struct event_sender *sender, const struct event *event)
{
    rd_kafka_resp_err_t error;
    while ((error = event_sender_offer(sender, event)) == RD_KAFKA_RESP_ERR__QUEUE_FULL)
        rd_kafka_poll(sender->kafka, POLL_MS);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        log_error("demo", "an event was refused: %s", rd_kafka_err2str(error));
    return error == RD_KAFKA_RESP_ERR_NO_ERROR;
}

bool demo_sender_send(struct event_sender *sender, const struct event *events, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!send_one(sender, &events[i]))
            return false;
    rd_kafka_poll(sender->kafka, 0);
    return are_delivered(sender);
}

bool demo_sender_flush(struct event_sender *sender)
{
    const rd_kafka_resp_err_t error = rd_kafka_flush(sender->kafka, FLUSH_TIMEOUT_MS);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        log_error("demo", "events are not delivered: %s", rd_kafka_err2str(error));
    return error == RD_KAFKA_RESP_ERR_NO_ERROR && are_delivered(sender);
}
