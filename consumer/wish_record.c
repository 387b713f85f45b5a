#include "consumer/wish_record.h"

#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"

#define POLL_MS 100

static void on_delivery(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque)
{
    struct wish_record *record = message->_private;
    rd_kafka_timestamp_type_t type;
    (void)kafka;
    (void)opaque;
    record->is_reported = true;
    record->error = message->err;
    record->offset = message->offset;
    record->timestamp_ms = rd_kafka_message_timestamp(message, &type);
}

rd_kafka_t *wish_record_client(const struct settings *settings, const char *component)
{
    const struct client_property properties[] = {
        {"enable.idempotence", "true"},
        {"isolation.level", "read_uncommitted"}, /* for the ends that this handle is told */
        {"message.timeout.ms", client_default(settings, "message.timeout.ms", "30000")},
    };
    return client_producer_new(settings, properties, sizeof(properties) / sizeof(properties[0]), on_delivery,
                               component);
}

static void produce(rd_kafka_t *kafka, struct wish_record *record)
{
    rd_kafka_topic_t *topic = rd_kafka_topic_new(kafka, record->topic, NULL);
    if (topic == NULL ||
        rd_kafka_produce(topic, record->partition, RD_KAFKA_MSG_F_COPY, (void *)(uintptr_t)record->value,
                         record->length, record->key.bytes, record->key.length, record) != 0) {
        record->error = rd_kafka_last_error();
        record->is_reported = true;
    }
    if (topic != NULL)
        rd_kafka_topic_destroy(topic);
}

static bool are_all_reported(const struct wish_record *records, int count)
{
    bool all = true;
    for (int i = 0; i < count; i++)
        all &= records[i].is_reported;
    return all;
}

/* Each is reported in the end: message.timeout.ms sees to it. */
int wish_records_write(rd_kafka_t *kafka, struct wish_record *records, int count, const char *component)
{
    int exit_code = EXIT_OK;
    for (int i = 0; i < count; i++)
        produce(kafka, &records[i]);
    while (!are_all_reported(records, count))
        rd_kafka_poll(kafka, POLL_MS);
    for (int i = 0; i < count; i++) {
        if (records[i].error == RD_KAFKA_RESP_ERR_NO_ERROR)
            continue;
        exit_code = exit_code == EXIT_OK ? client_exit_code(records[i].error) : exit_code;
        log_error(component, "the wish is not written to topic=%s: %s; give the command again, repetition does no harm",
                  records[i].topic, rd_kafka_err2str(records[i].error));
    }
    return exit_code;
}
