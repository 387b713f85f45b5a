#include "consumer/topic_reader.h"

#include <assert.h>
#include <stdlib.h>

#include "consumer/kafka_client.h"

#define MESSAGES_A_LOOK 1000

rd_kafka_t *topic_reader_client(const struct settings *settings, const char *component)
{
    const struct client_property properties[] = {
        {"isolation.level", "read_committed"},
        {"enable.partition.eof", "true"},
        {"auto.offset.reset", "earliest"},
        {"fetch.wait.max.ms", "10"}, /* the end is known only by a fetch that finds nothing */
        {"socket.timeout.ms", client_default(settings, "socket.timeout.ms", CONSUMER_SOCKET_TIMEOUT_MS)},
        {"queued.min.messages", client_default(settings, "queued.min.messages", "1000000")},
        {"queued.max.messages.kbytes", client_default(settings, "queued.max.messages.kbytes", "131072")},
        {"fetch.message.max.bytes", client_default(settings, "fetch.message.max.bytes", "4194304")},
    };
    rd_kafka_conf_t *configuration = client_configuration(settings, properties,
                                                          sizeof(properties) / sizeof(properties[0]));
    return configuration == NULL ? NULL : client_new(RD_KAFKA_CONSUMER, configuration, component);
}

/* The leaders are asked for now, or else the client looks for them a second later. */
rd_kafka_resp_err_t topic_reader_open(struct topic_reader *reader, rd_kafka_t *kafka, const char *name,
                                      const int32_t *numbers, int32_t count, int64_t timeout_ms,
                                      const atomic_bool *cancelled)
{
    *reader = (struct topic_reader){.partitions = calloc((size_t)count, sizeof(reader->partitions[0])),
                                    .partition_count = count,
                                    .look_most = MESSAGES_A_LOOK};
    if (reader->partitions == NULL)
        return RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE;
    for (int32_t i = 0; i < count; i++)
        reader->partitions[i].number = numbers == NULL ? i : numbers[i];
    reader->queue = rd_kafka_queue_new(kafka);
    reader->topic = rd_kafka_topic_new(kafka, name, NULL);
    return reader->topic == NULL ? rd_kafka_last_error() : client_leaders(kafka, reader->topic, timeout_ms, cancelled);
}

void topic_reader_close(struct topic_reader *reader)
{
    for (int32_t i = 0; reader->partitions != NULL && i < reader->partition_count; i++)
        topic_reader_stop(reader, i);
    if (reader->topic != NULL)
        rd_kafka_topic_destroy(reader->topic);
    if (reader->queue != NULL)
        rd_kafka_queue_destroy(reader->queue);
    free(reader->partitions);
    *reader = (struct topic_reader){0};
}

rd_kafka_resp_err_t topic_reader_ask_ends(struct topic_reader *reader, rd_kafka_t *kafka, int64_t timeout_ms,
                                          const atomic_bool *cancelled)
{
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
    for (int32_t i = 0; i < reader->partition_count && error == RD_KAFKA_RESP_ERR_NO_ERROR; i++)
        error = client_watermarks(kafka, rd_kafka_topic_name(reader->topic), reader->partitions[i].number, NULL,
                                  &reader->partitions[i].end, timeout_ms, cancelled);
    return error;
}

static rd_kafka_resp_err_t start(struct topic_reader *reader, struct topic_partition *partition, int64_t offset)
{
    if (rd_kafka_consume_start_queue(reader->topic, partition->number, offset, reader->queue) != 0)
        return rd_kafka_last_error();
    partition->is_started = true;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

rd_kafka_resp_err_t topic_reader_start(struct topic_reader *reader, int32_t i)
{
    return start(reader, &reader->partitions[i], RD_KAFKA_OFFSET_BEGINNING);
}

rd_kafka_resp_err_t topic_reader_start_all(struct topic_reader *reader)
{
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
    for (int32_t i = 0; i < reader->partition_count && error == RD_KAFKA_RESP_ERR_NO_ERROR; i++)
        error = topic_reader_start(reader, i);
    return error;
}

rd_kafka_resp_err_t topic_reader_start_at(struct topic_reader *reader, int32_t i, int64_t offset)
{
    struct topic_partition *partition = &reader->partitions[i];
    topic_reader_stop(reader, i);
    partition->position = offset;
    partition->is_answered = false;
    return start(reader, partition, offset);
}

void topic_reader_stop(struct topic_reader *reader, int32_t i)
{
    if (reader->partitions[i].is_started)
        rd_kafka_consume_stop(reader->topic, reader->partitions[i].number);
    reader->partitions[i].is_started = false;
}

bool topic_reader_is_read(const struct topic_reader *reader)
{
    for (int32_t i = 0; i < reader->partition_count; i++)
        if (!topic_partition_is_read(&reader->partitions[i]))
            return false;
    return true;
}

static int32_t index_of(const struct topic_reader *reader, int32_t number)
{
    int32_t i = 0;
    while (reader->partitions[i].number != number) {
        i++;
        assert(i < reader->partition_count);
    }
    return i;
}

static bool hand_on(struct topic_reader *reader, const rd_kafka_message_t *message,
                    const struct topic_listener *listener)
{
    const bool is_end = message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR && !is_end)
        return listener->on_error(listener->context, message->partition, message->err,
                                  rd_kafka_message_errstr(message));
    const int32_t i = index_of(reader, message->partition);
    reader->partitions[i].position = message->offset + (is_end ? 0 : 1);
    reader->partitions[i].is_answered = true;
    if (is_end)
        return true;
    const struct topic_record record = {
        .partition = i,
        .offset = message->offset,
        .key = {message->key, (uint32_t)message->key_len},
        .value = message->payload,
        .length = message->len,
        .message = message,
    };
    return listener->on_record(listener->context, &record);
}

/* Waits for one message only: a batch that is waited for comes when it is full, or the time is over. */
bool topic_reader_look(struct topic_reader *reader, int wait_ms, const struct topic_listener *listener)
{
    static _Thread_local rd_kafka_message_t *messages[MESSAGES_A_LOOK];
    bool goes_on = true;
    messages[0] = rd_kafka_consume_queue(reader->queue, wait_ms);
    if (messages[0] == NULL)
        return true;
    const ssize_t more = rd_kafka_consume_batch_queue(reader->queue, 0, messages + 1, (size_t)reader->look_most - 1);
    for (ssize_t i = 0; i < 1 + (more > 0 ? more : 0); i++) {
        goes_on = goes_on && hand_on(reader, messages[i], listener);
        rd_kafka_message_destroy(messages[i]);
    }
    return goes_on;
}
