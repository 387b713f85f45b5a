/* Reading a partition's changelog back into the machine. */
#include "consumer/worker_internal.h"

#include <stdlib.h>

#include "consumer/crash_point.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"

#define COMPONENT "restore"
#define MESSAGES_A_LOOK 1000
#define LOOK_MS 100
#define SAY_WAITING_EVERY_MS 5000

static int32_t index_of(const struct worker *worker, int32_t partition)
{
    int32_t i = 0;

    while (i < worker->partition_count && worker->partitions[i] != partition)
        i++;
    return i;
}

void changelog_close(struct worker *worker, struct changelog_reading *reading)
{
    for (int32_t i = 0; reading->topic != NULL && i < worker->partition_count; i++)
        rd_kafka_consume_stop(reading->topic, worker->partitions[i]);
    if (reading->topic != NULL)
        rd_kafka_topic_destroy(reading->topic);
    if (reading->queue != NULL)
        rd_kafka_queue_destroy(reading->queue);
    free(reading->position);
    free(reading->end);
}

static rd_kafka_t *changelog_client(const struct worker *worker)
{
    const struct settings *settings = worker->settings;
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
                                                          sizeof properties / sizeof properties[0]);

    return configuration == NULL ? NULL : client_new(RD_KAFKA_CONSUMER, configuration, COMPONENT);
}

bool changelog_open(struct worker *worker, struct changelog_reading *reading)
{
    size_t count = (size_t)worker->partition_count;

    if (worker->changelog == NULL)
        worker->changelog = changelog_client(worker);
    reading->position = calloc(count, sizeof *reading->position);
    reading->end = calloc(count, sizeof *reading->end);
    if (worker->changelog == NULL || reading->position == NULL || reading->end == NULL)
        return false;
    reading->queue = rd_kafka_queue_new(worker->changelog);
    reading->topic = rd_kafka_topic_new(worker->changelog, worker->settings->topics[TOPIC_STATE], NULL);
    if (reading->topic == NULL)
        return restore_call_failed("opening the state topic", rd_kafka_last_error());
    /* Asked for now, or else the client looks for the partitions' leaders a second later. */
    const struct rd_kafka_metadata *metadata;
    rd_kafka_resp_err_t error = rd_kafka_metadata(worker->changelog, 0, reading->topic, &metadata,
                                                  RESTORE_REQUEST_TIMEOUT_MS);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return restore_call_failed("looking up the state topic", error);
    rd_kafka_metadata_destroy(metadata);
    for (int32_t i = 0; i < worker->partition_count; i++)
        if (rd_kafka_consume_start_queue(reading->topic, worker->partitions[i], RD_KAFKA_OFFSET_BEGINNING,
                                         reading->queue) != 0)
            return restore_call_failed("reading the state topic", rd_kafka_last_error());
    return true;
}

/* Ends as they are: any handle that reads committed records would be told the last stable offset. */
bool changelog_ends_ask(struct worker *worker, struct changelog_reading *reading)
{
    for (int32_t i = 0; i < worker->partition_count; i++) {
        int64_t begin;
        if (!restore_range_ask(worker, worker->ends, TOPIC_STATE, worker->partitions[i], &begin, &reading->end[i]))
            return false;
    }
    return true;
}

static bool reading_is_done(const struct worker *worker, const struct changelog_reading *reading)
{
    for (int32_t i = 0; i < worker->partition_count; i++)
        if (reading->position[i] < reading->end[i])
            return false;
    return true;
}

/* False: memory is short, and a child would be missing. */
static bool on_state_message(struct worker *worker, struct changelog_reading *reading,
                             const rd_kafka_message_t *message)
{
    int32_t index = index_of(worker, message->partition);

    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        reading->position[index] = message->offset;
    } else if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        log_warning(COMPONENT, "reading fails partition=%d reason=\"%s\"", message->partition,
                    rd_kafka_message_errstr(message));
    } else {
        struct text key = {message->key, (uint32_t)message->key_len};
        reading->position[index] = message->offset + 1;
        return machine_restore(worker->machine, message->partition, key, message->payload, message->len);
    }
    return true;
}

static bool look(struct worker *worker, struct changelog_reading *reading)
{
    static _Thread_local rd_kafka_message_t *messages[MESSAGES_A_LOOK];
    ssize_t count = rd_kafka_consume_batch_queue(reading->queue, LOOK_MS, messages, MESSAGES_A_LOOK);
    bool kept = true;

    for (ssize_t i = 0; i < count; i++) {
        kept = kept && on_state_message(worker, reading, messages[i]);
        rd_kafka_message_destroy(messages[i]);
    }
    if (!kept)
        log_error(COMPONENT, "memory is short");
    return kept;
}

/* A transaction that somebody left open holds back what comes after it. */
static void waiting_say(const struct worker *worker, const struct changelog_reading *reading, int64_t *said_ms)
{
    int64_t now_ms = clock_monotonic_ms();

    if (now_ms - *said_ms < SAY_WAITING_EVERY_MS)
        return;
    *said_ms = now_ms;
    for (int32_t i = 0; i < worker->partition_count; i++)
        if (reading->position[i] < reading->end[i])
            log_warning(COMPONENT,
                        "reading the state topic partition=%d position=%lld end=%lld; where it stands still, "
                        "a transaction is open on it",
                        worker->partitions[i], (long long)reading->position[i], (long long)reading->end[i]);
}

bool changelog_read(struct worker *worker, struct changelog_reading *reading)
{
    int64_t said_ms = clock_monotonic_ms();

    while (!reading_is_done(worker, reading)) {
        if (restore_is_cancelled(worker) || !look(worker, reading))
            return false;
        waiting_say(worker, reading, &said_ms);
        crash_point_pass(CRASH_IN_RESTORE);
    }
    return true;
}
