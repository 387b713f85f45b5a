#include "bench/bare_loop.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "schemas/state.h"

#define VALUE_BYTES_MAX 65536
#define START_TIMEOUT_MS 30000
#define FOR_AS_LONG_AS_THE_TRANSACTION (-1)

static const enum topic output_topics[BARE_OUTPUTS] = {
    [BARE_STATE] = TOPIC_STATE, [BARE_ALERTS] = TOPIC_ALERTS, [BARE_VIOLATIONS] = TOPIC_VIOLATIONS};

static char value_bytes[VALUE_BYTES_MAX]; /* of every record: nobody reads them */

static void must(rd_kafka_error_t *error, const char *call)
{
    if (error != NULL)
        probe_fail(call, rd_kafka_error_string(error));
}

/* That it is there keeps commit_transaction from sleeping in slices of 10 ms. */
static void on_delivery(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque)
{
    (void)kafka;
    (void)opaque;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        probe_fail("delivery", rd_kafka_err2str(message->err));
}

static rd_kafka_t *producer_new(const struct settings *settings, int turn)
{
    char id[256];
    const struct client_property properties[] = {
        {"transactional.id", id},
        {"transaction.timeout.ms", client_default(settings, "transaction.timeout.ms", "10000")},
        {"queue.buffering.max.messages", "10000000"},
        {"queue.buffering.max.kbytes", "2097151"},
        {"linger.ms", client_default(settings, "linger.ms", "5")},
        {"partitioner", "murmur2_random"},
    };
    snprintf(id, sizeof id, "%s-%s-0-%d", settings->group, settings->instance, turn);
    rd_kafka_conf_t *configuration = client_configuration(settings, properties,
                                                          sizeof properties / sizeof properties[0]);
    if (configuration != NULL)
        rd_kafka_conf_set_dr_msg_cb(configuration, on_delivery);
    return probe_client(RD_KAFKA_PRODUCER, configuration);
}

static void producer_open(struct bare_writer *writer, int turn)
{
    rd_kafka_t *kafka = writer->producers[turn].kafka = producer_new(writer->settings, turn);
    must(rd_kafka_init_transactions(kafka, START_TIMEOUT_MS), "init_transactions");
    for (enum bare_output output = 0; output < BARE_OUTPUTS; output++) {
        const struct rd_kafka_metadata *metadata;
        rd_kafka_topic_t *topic = rd_kafka_topic_new(kafka, writer->settings->topics[output_topics[output]], NULL);
        if (topic == NULL || rd_kafka_metadata(kafka, 0, topic, &metadata, START_TIMEOUT_MS) != 0)
            probe_fail("looking up a topic", "no metadata");
        rd_kafka_metadata_destroy(metadata);
        writer->producers[turn].topics[output] = topic;
    }
}

/* --- the job thread --- */

static void transaction_commit(struct bare_writer *writer)
{
    rd_kafka_t *kafka = writer->producers[writer->turn].kafka;
    must(rd_kafka_send_offsets_to_transaction(kafka, writer->offsets, writer->group, FOR_AS_LONG_AS_THE_TRANSACTION),
         "send_offsets_to_transaction");
    must(rd_kafka_commit_transaction(kafka, FOR_AS_LONG_AS_THE_TRANSACTION), "commit_transaction");
    rd_kafka_topic_partition_list_destroy(writer->offsets);
    const double seconds = probe_now_s() - writer->began_s;
    writer->longest_s = seconds > writer->longest_s ? seconds : writer->longest_s;
    writer->transactions++;
    writer->turn = (writer->turn + 1) % BARE_PRODUCERS;
}

static void *thread_main(void *argument)
{
    struct bare_writer *writer = argument;
    const uint64_t one = 1;
    pthread_mutex_lock(&writer->mutex);
    for (;;) {
        while (!writer->running && !writer->stopping)
            pthread_cond_wait(&writer->changed, &writer->mutex);
        if (!writer->running)
            break;
        pthread_mutex_unlock(&writer->mutex);
        transaction_commit(writer);
        pthread_mutex_lock(&writer->mutex);
        writer->running = false;
        if (write(writer->wake, &one, sizeof one) != sizeof one)
            probe_fail("waking the loop", "eventfd");
    }
    pthread_mutex_unlock(&writer->mutex);
    return NULL;
}

bool bare_writer_is_busy(struct bare_writer *writer)
{
    pthread_mutex_lock(&writer->mutex);
    const bool running = writer->running;
    pthread_mutex_unlock(&writer->mutex);
    return running;
}

/* --- a transaction --- */

void bare_writer_begin(struct bare_writer *writer)
{
    writer->began_s = probe_now_s();
    must(rd_kafka_begin_transaction(writer->producers[writer->turn].kafka), "begin_transaction");
}

static void produce(struct bare_writer *writer, enum bare_output output, int32_t partition, const char *key,
                    size_t key_length, double bytes)
{
    rd_kafka_t *kafka = writer->producers[writer->turn].kafka;
    rd_kafka_topic_t *topic = writer->producers[writer->turn].topics[output];
    while (rd_kafka_produce(topic, partition, 0, value_bytes, (size_t)bytes, key, key_length, NULL) != 0) {
        if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
            probe_fail("producing", rd_kafka_err2str(rd_kafka_last_error()));
        rd_kafka_poll(kafka, 10);
    }
}

void bare_writer_put(struct bare_writer *writer, enum bare_output output, int32_t partition, const char *key,
                     size_t key_length)
{
    produce(writer, output, partition, key, key_length, writer->bytes[output]);
}

void bare_writer_finish(struct bare_writer *writer, const bool *touched, int32_t partitions,
                        int64_t (*positions)[INPUTS])
{
    writer->offsets = rd_kafka_topic_partition_list_new(partitions * INPUTS);
    for (int32_t partition = 0; partition < partitions; partition++) {
        if (!touched[partition])
            continue;
        produce(writer, BARE_STATE, partition, PROGRESS_KEY, sizeof PROGRESS_KEY - 1, writer->progress_bytes);
        for (int input = 0; input < INPUTS; input++)
            rd_kafka_topic_partition_list_add(writer->offsets, writer->settings->topics[input], partition)->offset =
                positions[partition][input];
    }
    pthread_mutex_lock(&writer->mutex);
    writer->running = true;
    pthread_cond_signal(&writer->changed);
    pthread_mutex_unlock(&writer->mutex);
}

void bare_writer_open(struct bare_writer *writer)
{
    for (int turn = 0; turn < BARE_PRODUCERS; turn++)
        producer_open(writer, turn);
    pthread_mutex_init(&writer->mutex, NULL);
    pthread_cond_init(&writer->changed, NULL);
    if (pthread_create(&writer->thread, NULL, thread_main, writer) != 0)
        probe_fail("starting", "no thread");
}

void bare_writer_close(struct bare_writer *writer)
{
    pthread_mutex_lock(&writer->mutex);
    writer->stopping = true;
    pthread_cond_signal(&writer->changed);
    pthread_mutex_unlock(&writer->mutex);
    pthread_join(writer->thread, NULL);
    for (int turn = 0; turn < BARE_PRODUCERS; turn++) {
        for (enum bare_output output = 0; output < BARE_OUTPUTS; output++)
            rd_kafka_topic_destroy(writer->producers[turn].topics[output]);
        rd_kafka_destroy(writer->producers[turn].kafka);
    }
}
