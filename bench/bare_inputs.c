/* Reading: the member of the consumer group, set up as the service's. */
#include "bench/bare_loop.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGES_A_LOOK 2000

static void assign(struct bare_loop *loop, const rd_kafka_topic_partition_list_t *list)
{
    rd_kafka_topic_partition_list_t *from = rd_kafka_topic_partition_list_copy(list);
    loop->partitions = list->cnt / INPUTS;
    if (loop->partitions > BARE_PARTITIONS_MAX)
        probe_fail("assigned", "more partitions than it has room for");
    loop->writer.group = rd_kafka_consumer_group_metadata(loop->consumer);
    probe_ends(loop->consumer, from);
    for (int i = 0; i < from->cnt; i++) {
        rd_kafka_topic_partition_t *one = &from->elems[i];
        const enum topic input = probe_topic_of(&loop->settings, one->topic);
        loop->end[one->partition][input] = one->offset;
        if (!loop->live)
            one->offset = 0;
        loop->position[one->partition][input] = one->offset;
    }
    rd_kafka_assign(loop->consumer, from);
    rd_kafka_topic_partition_list_destroy(from);
    loop->assigned = true;
    if (loop->live)
        puts("ready");
    fflush(stdout);
}

static void on_rebalance(rd_kafka_t *consumer, rd_kafka_resp_err_t event, rd_kafka_topic_partition_list_t *list,
                         void *opaque)
{
    if (event == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS)
        assign(opaque, list);
    else
        rd_kafka_assign(consumer, NULL);
}

void bare_inputs_open(struct bare_loop *loop)
{
    const struct settings *settings = &loop->settings;
    const struct client_property properties[] = {
        {"group.id", settings->group},
        {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"},
        {"auto.offset.reset", "error"},
        {"isolation.level", "read_committed"},
        {"partition.assignment.strategy", "range"},
        {"enable.partition.eof", "true"},
        {"session.timeout.ms", client_default(settings, "session.timeout.ms", "10000")},
        {"heartbeat.interval.ms", client_default(settings, "heartbeat.interval.ms", "1000")},
        {"queued.min.messages", client_default(settings, "queued.min.messages", "1000000")},
        {"queued.max.messages.kbytes", client_default(settings, "queued.max.messages.kbytes", "131072")},
        {"fetch.message.max.bytes", client_default(settings, "fetch.message.max.bytes", "4194304")},
    };
    const uint64_t one = 1;
    rd_kafka_conf_t *configuration = client_configuration(settings, properties,
                                                          sizeof properties / sizeof properties[0]);
    if (configuration != NULL) {
        rd_kafka_conf_set_rebalance_cb(configuration, on_rebalance);
        rd_kafka_conf_set_opaque(configuration, loop);
    }
    loop->consumer = probe_client(RD_KAFKA_CONSUMER, configuration);
    rd_kafka_poll_set_consumer(loop->consumer);
    loop->queue = rd_kafka_queue_get_consumer(loop->consumer);
    rd_kafka_queue_io_event_enable(loop->queue, loop->wake, &one, sizeof one);
}

void bare_inputs_subscribe(struct bare_loop *loop)
{
    rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(INPUTS);
    for (int input = 0; input < INPUTS; input++)
        rd_kafka_topic_partition_list_add(topics, loop->settings.topics[input], RD_KAFKA_PARTITION_UA);
    if (rd_kafka_subscribe(loop->consumer, topics) != RD_KAFKA_RESP_ERR_NO_ERROR)
        probe_fail("subscribing", "refused");
    rd_kafka_topic_partition_list_destroy(topics);
}

static void gather(struct bare_batch *batch, const rd_kafka_message_t *message)
{
    if (batch->count == batch->capacity) {
        batch->capacity = batch->capacity == 0 ? 1024 : batch->capacity * 2;
        batch->inputs = realloc(batch->inputs, batch->capacity * sizeof *batch->inputs);
        if (batch->inputs == NULL)
            probe_fail("reading", "memory is short");
    }
    struct bare_input *input = &batch->inputs[batch->count++];
    input->partition = message->partition;
    input->key_length = message->key_len > BARE_KEY_SIZE ? BARE_KEY_SIZE : (uint32_t)message->key_len;
    memcpy(input->key, message->key, input->key_length);
    batch->touched[message->partition] = true;
}

static void on_message(struct bare_loop *loop, const rd_kafka_message_t *message)
{
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    loop->position[message->partition][probe_topic_of(&loop->settings, rd_kafka_topic_name(message->rkt))] =
        message->offset + 1;
    gather(&loop->gathering, message);
}

void bare_inputs_poll(struct bare_loop *loop)
{
    static rd_kafka_message_t *messages[MESSAGES_A_LOOK];
    loop->drained = false;
    while (loop->gathering.count < loop->transaction_events && !loop->drained) {
        ssize_t count = rd_kafka_consume_batch_queue(loop->queue, 0, messages, MESSAGES_A_LOOK);
        for (ssize_t i = 0; i < count; i++) {
            on_message(loop, messages[i]);
            rd_kafka_message_destroy(messages[i]);
        }
        loop->drained = count <= 0;
    }
}
