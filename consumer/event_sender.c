#include "consumer/event_sender.h"

#include <stdio.h>

#include "consumer/kafka_client.h"

#define EVENT_AVRO_BYTES_MAX 1024 /* event_write: always suffices */

/* Called for what could not be delivered alone. */
static void on_delivery(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque)
{
    (void)kafka;
    struct event_sender *sender = opaque;
    if (sender->undelivered++ > 0)
        return;
    sender->first_error = message->err;
    snprintf(sender->first_topic, sizeof(sender->first_topic), "%s", rd_kafka_topic_name(message->rkt));
}

bool event_sender_open(struct event_sender *sender, const struct settings *settings, const char *component)
{
    const struct client_property properties[] = {
        {"enable.idempotence", "true"},
        {"delivery.report.only.error", "true"},
        {"linger.ms", client_default(settings, "linger.ms", "10")},
        {"queue.buffering.max.messages", client_default(settings, "queue.buffering.max.messages", "500000")},
    };
    rd_kafka_conf_t *configuration = client_configuration(settings, properties,
                                                          sizeof(properties) / sizeof(properties[0]));
    *sender = (struct event_sender){.kafka = NULL};
    if (configuration == NULL)
        return false;
    rd_kafka_conf_set_dr_msg_cb(configuration, on_delivery);
    rd_kafka_conf_set_opaque(configuration, sender);
    sender->kafka = client_new(RD_KAFKA_PRODUCER, configuration, component);
    for (int stream = 0; sender->kafka != NULL && stream < STREAM_COUNT; stream++) /* inputs come first of the topics */
        sender->topics[stream] = rd_kafka_topic_new(sender->kafka, settings->topics[stream], NULL);
    return sender->kafka != NULL;
}

void event_sender_close(struct event_sender *sender)
{
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        rd_kafka_topic_destroy(sender->topics[stream]);
    rd_kafka_destroy(sender->kafka);
}

rd_kafka_resp_err_t event_sender_offer(struct event_sender *sender, const struct event *event)
{
    const enum stream stream = fact_stream(event->fact.kind);
    const struct text key = event->child_id;
    uint8_t bytes[EVENT_AVRO_BYTES_MAX];
    const size_t length = event_write(event, &sender->framings, bytes, sizeof(bytes));
    const int32_t partition = key_partition(key_murmur2(key), sender->partition_counts[stream]);
    if (rd_kafka_produce(sender->topics[stream], partition, RD_KAFKA_MSG_F_COPY, bytes, length, key.bytes, key.length,
                         NULL) != 0)
        return rd_kafka_last_error();
    sender->sent[stream]++;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}
