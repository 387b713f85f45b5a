#include "consumer/state_topic.h"

#include <assert.h>
#include <stdlib.h>

#include "consumer/kafka_client.h"

#define MESSAGES_A_LOOK 1000

rd_kafka_t *state_topic_client(const struct settings *settings, const char *component)
{
    const struct client_property properties[] = {
        {"isolation.level", "read_committed"},
        {"enable.partition.eof", "true"},
        {"auto.offset.reset", "earliest"},
        {"fetch.wait.max.ms", "10"}, /* the end is known only by a fetch that finds nothing */
        {"queued.min.messages", client_default(settings, "queued.min.messages", "1000000")},
        {"queued.max.messages.kbytes", client_default(settings, "queued.max.messages.kbytes", "131072")},
        {"fetch.message.max.bytes", client_default(settings, "fetch.message.max.bytes", "4194304")},
    };
    rd_kafka_conf_t *configuration = client_configuration(settings, properties,
                                                          sizeof(properties) / sizeof(properties[0]));
    return configuration == NULL ? NULL : client_new(RD_KAFKA_CONSUMER, configuration, component);
}

/* Asked for now, or else the client looks for the partitions' leaders a second later. */
static rd_kafka_resp_err_t look_up(struct state_topic *state, rd_kafka_t *kafka, int timeout_ms)
{
    const struct rd_kafka_metadata *metadata;
    const rd_kafka_resp_err_t error = rd_kafka_metadata(kafka, 0, state->topic, &metadata, timeout_ms);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_metadata_destroy(metadata);
    return error;
}

rd_kafka_resp_err_t state_topic_open(struct state_topic *state, rd_kafka_t *kafka, const char *name,
                                     const int32_t *numbers, int32_t count, int timeout_ms)
{
    *state = (struct state_topic){.partitions = calloc((size_t)count, sizeof(state->partitions[0])),
                                  .partition_count = count};
    if (state->partitions == NULL)
        return RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE;
    for (int32_t i = 0; i < count; i++)
        state->partitions[i].number = numbers[i];
    state->queue = rd_kafka_queue_new(kafka);
    state->topic = rd_kafka_topic_new(kafka, name, NULL);
    return state->topic == NULL ? rd_kafka_last_error() : look_up(state, kafka, timeout_ms);
}

void state_topic_close(struct state_topic *state)
{
    for (int32_t i = 0; state->partitions != NULL && i < state->partition_count; i++)
        state_topic_stop(state, i);
    if (state->topic != NULL)
        rd_kafka_topic_destroy(state->topic);
    if (state->queue != NULL)
        rd_kafka_queue_destroy(state->queue);
    free(state->partitions);
    *state = (struct state_topic){0};
}

rd_kafka_resp_err_t state_topic_start(struct state_topic *state, int32_t i)
{
    struct state_partition *partition = &state->partitions[i];
    if (rd_kafka_consume_start_queue(state->topic, partition->number, RD_KAFKA_OFFSET_BEGINNING, state->queue) != 0)
        return rd_kafka_last_error();
    partition->is_started = true;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

void state_topic_stop(struct state_topic *state, int32_t i)
{
    if (state->partitions[i].is_started)
        rd_kafka_consume_stop(state->topic, state->partitions[i].number);
    state->partitions[i].is_started = false;
}

static int32_t index_of(const struct state_topic *state, int32_t number)
{
    int32_t i = 0;
    while (state->partitions[i].number != number) {
        i++;
        assert(i < state->partition_count);
    }
    return i;
}

static bool hand_on(struct state_topic *state, const rd_kafka_message_t *message, const struct state_reader *reader)
{
    const int32_t i = index_of(state, message->partition);
    struct state_partition *partition = &state->partitions[i];
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        partition->position = message->offset;
        return true;
    }
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return reader->on_error(reader->context, i, message->err, rd_kafka_message_errstr(message));
    partition->position = message->offset + 1;
    const struct state_record record = {
        .partition = i,
        .offset = message->offset,
        .key = {message->key, (uint32_t)message->key_len},
        .value = message->payload,
        .length = message->len,
    };
    return reader->on_record(reader->context, &record);
}

/* Waits for one message only: a batch that is waited for comes when it is full, or the time is over. */
bool state_topic_look(struct state_topic *state, int wait_ms, const struct state_reader *reader)
{
    static _Thread_local rd_kafka_message_t *messages[MESSAGES_A_LOOK];
    bool goes_on = true;
    messages[0] = rd_kafka_consume_queue(state->queue, wait_ms);
    if (messages[0] == NULL)
        return true;
    const ssize_t more = rd_kafka_consume_batch_queue(state->queue, 0, messages + 1, MESSAGES_A_LOOK - 1);
    for (ssize_t i = 0; i < 1 + (more > 0 ? more : 0); i++) {
        goes_on = goes_on && hand_on(state, messages[i], reader);
        rd_kafka_message_destroy(messages[i]);
    }
    return goes_on;
}
