#include "consumer/demo_sender.h"

#include "consumer/kafka_client.h"
#include "consumer/log.h"

#define EVENT_AVRO_BYTES_MAX 1024 /* event_write: always suffices */
#define FLUSH_TIMEOUT_MS 10000

/* Called for what could not be delivered alone (delivery.report.only.error). */
static void on_delivery(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque)
{
    (void)kafka;
    struct demo_sender *sender = opaque;
    if (sender->failed++ == 0)
        log_error("demo", "events were not delivered: %s", rd_kafka_err2str(message->err));
}

bool demo_sender_open(struct demo_sender *sender, const struct settings *settings)
{
    static const struct client_property ours[] = {
        {"enable.idempotence", "true"},
        {"delivery.report.only.error", "true"},
        {"linger.ms", "5"},
        {"queue.buffering.max.messages", "1000000"},
    };
    *sender = (struct demo_sender){.partitions = (int32_t)settings->topic_partitions};
    framings_single_object(&sender->framings);
    rd_kafka_conf_t *configuration = client_configuration(settings, ours, sizeof ours / sizeof ours[0]);
    if (configuration == NULL)
        return false;
    rd_kafka_conf_set_dr_msg_cb(configuration, on_delivery);
    rd_kafka_conf_set_opaque(configuration, sender);
    sender->kafka = client_new(RD_KAFKA_PRODUCER, configuration, "demo");
    if (sender->kafka == NULL)
        return false;
    for (int stream = 0; stream < STREAM_COUNT; stream++) /* inputs come first among the topics, in the same order */
        sender->topics[stream] = rd_kafka_topic_new(sender->kafka, settings->topics[stream], NULL);
    return true;
}

void demo_sender_close(struct demo_sender *sender)
{
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        rd_kafka_topic_destroy(sender->topics[stream]);
    rd_kafka_destroy(sender->kafka);
}

static bool send_one(struct demo_sender *sender, const struct event *event)
{
    uint8_t bytes[EVENT_AVRO_BYTES_MAX];
    size_t length = event_write(event, &sender->framings, bytes, sizeof bytes);
    struct text key = event->child_id;
    int32_t partition = key_partition(key_murmur2(key), sender->partitions);
    rd_kafka_topic_t *topic = sender->topics[fact_stream(event->fact.kind)];
    while (rd_kafka_produce(topic, partition, RD_KAFKA_MSG_F_COPY, bytes, length, key.bytes, key.length, NULL) != 0) {
        if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
            log_error("demo", "an event was refused: %s", rd_kafka_err2str(rd_kafka_last_error()));
            return false;
        }
        rd_kafka_poll(sender->kafka, 10);
    }
    return true;
}

bool demo_sender_send(struct demo_sender *sender, const struct event *events, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!send_one(sender, &events[i]))
            return false;
    rd_kafka_poll(sender->kafka, 0);
    return sender->failed == 0;
}

bool demo_sender_flush(struct demo_sender *sender)
{
    rd_kafka_resp_err_t error = rd_kafka_flush(sender->kafka, FLUSH_TIMEOUT_MS);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        log_error("demo", "events are not delivered: %s", rd_kafka_err2str(error));
    return error == RD_KAFKA_RESP_ERR_NO_ERROR && sender->failed == 0;
}
