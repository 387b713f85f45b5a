/* From an assignment to a start: the changelog is read back, and what it says is compared with what the broker says.
 *
 * The order is what makes it right: first the group's committed offsets, stable ones; then the changelog's end as it
 * is, open transactions included; then reading committed records until that end is passed. So nothing that the offsets
 * cover is missed.
 */
#include "consumer/worker_internal.h"

#include <stdlib.h>
#include <string.h>

#include "consumer/crash_point.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"

#define COMPONENT "restore"
#define REQUEST_TIMEOUT_MS 10000
#define STABLE_PATIENCE_MS 1000 /* then whoever left a transaction open is fenced */
#define MESSAGES_A_LOOK 1000

struct reading { /* of the changelog */
    rd_kafka_queue_t *queue;
    rd_kafka_topic_t *topic;
    int64_t *position; /* by index into the worker's partitions: the next offset read */
    int64_t *end;
};

static bool cancelled(const struct worker *worker)
{
    return atomic_load(&worker->restore_cancelled);
}

static bool failed(const char *call, rd_kafka_resp_err_t error)
{
    log_warning(COMPONENT, "%s failed reason=\"%s\" broker_says=\"%s\"", call, rd_kafka_err2str(error),
                client_last_error());
    return false;
}

static int32_t index_of(const struct worker *worker, int32_t partition)
{
    int32_t i = 0;

    while (i < worker->partition_count && worker->partitions[i] != partition)
        i++;
    return i;
}

/* --- reading the changelog --- */

static void reading_close(struct worker *worker, struct reading *reading)
{
    for (int32_t i = 0; reading->topic != NULL && i < worker->partition_count; i++)
        rd_kafka_consume_stop(reading->topic, worker->partitions[i]);
    if (reading->topic != NULL)
        rd_kafka_topic_destroy(reading->topic);
    if (reading->queue != NULL)
        rd_kafka_queue_destroy(reading->queue);
    free(reading->position);
    free(reading->end);
    if (worker->changelog != NULL)
        rd_kafka_destroy(worker->changelog);
    worker->changelog = NULL;
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

static bool reading_open(struct worker *worker, struct reading *reading)
{
    size_t count = (size_t)worker->partition_count;

    worker->changelog = changelog_client(worker);
    reading->position = calloc(count, sizeof *reading->position);
    reading->end = calloc(count, sizeof *reading->end);
    if (worker->changelog == NULL || reading->position == NULL || reading->end == NULL)
        return false;
    reading->queue = rd_kafka_queue_new(worker->changelog);
    reading->topic = rd_kafka_topic_new(worker->changelog, worker->settings->topics[TOPIC_STATE], NULL);
    if (reading->topic == NULL)
        return failed("opening the state topic", rd_kafka_last_error());
    /* Asked for now, or else the client looks for the partitions' leaders a second later. */
    const struct rd_kafka_metadata *metadata;
    rd_kafka_resp_err_t error =
        rd_kafka_metadata(worker->changelog, 0, reading->topic, &metadata, REQUEST_TIMEOUT_MS);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return failed("looking up the state topic", error);
    rd_kafka_metadata_destroy(metadata);
    for (int32_t i = 0; i < worker->partition_count; i++)
        if (rd_kafka_consume_start_queue(reading->topic, worker->partitions[i], RD_KAFKA_OFFSET_BEGINNING,
                                         reading->queue) != 0)
            return failed("reading the state topic", rd_kafka_last_error());
    return true;
}

/* Ends as they are: any handle that reads committed records would be told the last stable offset. */
static bool ends_ask(struct worker *worker, struct reading *reading)
{
    for (int32_t i = 0; i < worker->partition_count; i++) {
        int64_t low;
        rd_kafka_resp_err_t error = rd_kafka_query_watermark_offsets(
            worker->ends, worker->settings->topics[TOPIC_STATE], worker->partitions[i], &low, &reading->end[i],
            REQUEST_TIMEOUT_MS);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
            return failed("asking for the end of the state topic", error);
    }
    return true;
}

static bool reading_is_done(const struct worker *worker, const struct reading *reading)
{
    for (int32_t i = 0; i < worker->partition_count; i++)
        if (reading->position[i] < reading->end[i])
            return false;
    return true;
}

static void on_state_message(struct worker *worker, struct reading *reading, const rd_kafka_message_t *message)
{
    int32_t index = index_of(worker, message->partition);

    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        reading->position[index] = message->offset;
    } else if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        log_warning(COMPONENT, "reading fails partition=%d reason=\"%s\"", message->partition,
                    rd_kafka_message_errstr(message));
    } else {
        struct text key = {message->key, (uint32_t)message->key_len};
        machine_restore(worker->machine, message->partition, key, message->payload, message->len);
        reading->position[index] = message->offset + 1;
    }
}

static bool reading_run(struct worker *worker, struct reading *reading)
{
    static _Thread_local rd_kafka_message_t *messages[MESSAGES_A_LOOK];

    while (!reading_is_done(worker, reading)) {
        if (cancelled(worker))
            return false;
        ssize_t count = rd_kafka_consume_batch_queue(reading->queue, 100, messages, MESSAGES_A_LOOK);
        for (ssize_t i = 0; i < count; i++) {
            on_state_message(worker, reading, messages[i]);
            rd_kafka_message_destroy(messages[i]);
        }
        crash_point_pass(CRASH_IN_RESTORE);
    }
    return true;
}

/* --- the group's offsets --- */

static rd_kafka_topic_partition_list_t *inputs_list(const struct worker *worker)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(worker->partition_count * STATE_INPUTS);

    for (int32_t i = 0; i < worker->partition_count; i++)
        for (int input = 0; input < STATE_INPUTS; input++)
            rd_kafka_topic_partition_list_add(list, worker->settings->topics[input], worker->partitions[i]);
    return list;
}

/* One attempt: the broker gives stable offsets only, and is asked again while a transaction is open on them. */
static rd_kafka_resp_err_t committed_ask(struct worker *worker, int timeout_ms)
{
    rd_kafka_topic_partition_list_t *list = inputs_list(worker);
    rd_kafka_resp_err_t error = rd_kafka_committed(worker->consumer, list, timeout_ms);

    for (int i = 0; i < list->cnt && error == RD_KAFKA_RESP_ERR_NO_ERROR; i++) {
        int64_t offset = list->elems[i].offset;
        error = list->elems[i].err;
        worker->broker_offsets[i / STATE_INPUTS].committed[i % STATE_INPUTS] = offset < 0 ? OFFSET_NONE : offset;
    }
    rd_kafka_topic_partition_list_destroy(list);
    return error;
}

static bool is_ours(const struct worker *worker, struct text id)
{
    for (int turn = 0; turn < PRODUCERS; turn++) {
        const char *ours = worker->producers[turn].transactional_id;
        if (text_equal(id, (struct text){ours, (uint32_t)strlen(ours)}))
            return true;
    }
    return false;
}

/* The last writer of a partition may have died with a transaction open, in either of its turns. */
static void writer_fence(struct worker *worker, struct text writer)
{
    char id[256];

    if (writer.length == 0 || writer.length >= sizeof id || is_ours(worker, writer))
        return;
    memcpy(id, writer.bytes, writer.length);
    for (int turn = 0; turn < PRODUCERS; turn++) {
        id[writer.length - 1] = (char)('0' + turn);
        worker_producer_fence(worker, (struct text){id, writer.length});
    }
}

static void writers_fence(struct worker *worker)
{
    for (int32_t i = 0; i < worker->partition_count; i++) {
        struct text writer = machine_partition_writer(worker->machine, worker->partitions[i]);
        bool seen = false;
        for (int32_t j = 0; j < i; j++)
            seen = seen || text_equal(writer, machine_partition_writer(worker->machine, worker->partitions[j]));
        if (!seen)
            writer_fence(worker, writer);
    }
}

/* Stable offsets. Where somebody's transaction keeps them unstable, the changelog is read as far as it goes to learn
 * whose, and that producer is fenced, which aborts it; failing that the broker ends it by its own time-out. */
static bool committed_get(struct worker *worker, struct reading *reading)
{
    rd_kafka_resp_err_t error = committed_ask(worker, STABLE_PATIENCE_MS);

    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        return true;
    log_warning(COMPONENT, "a transaction of another instance is open on our partitions reason=\"%s\"",
                rd_kafka_err2str(error));
    for (int32_t i = 0; i < worker->partition_count; i++) {
        int64_t low;
        rd_kafka_query_watermark_offsets(worker->changelog, worker->settings->topics[TOPIC_STATE],
                                         worker->partitions[i], &low, &reading->end[i], REQUEST_TIMEOUT_MS);
    }
    if (!reading_run(worker, reading))
        return false;
    writers_fence(worker);
    int64_t patience_until_ms = clock_monotonic_ms() + worker->settings->start_timeout_ms * 2;
    while (!cancelled(worker) && clock_monotonic_ms() < patience_until_ms) {
        error = committed_ask(worker, STABLE_PATIENCE_MS);
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
            return true;
    }
    return cancelled(worker) ? false : failed("asking for the group's offsets", error);
}

static bool ranges_ask(struct worker *worker)
{
    for (int32_t i = 0; i < worker->partition_count; i++)
        for (int input = 0; input < STATE_INPUTS; input++) {
            rd_kafka_resp_err_t error = rd_kafka_query_watermark_offsets(
                worker->consumer, worker->settings->topics[input], worker->partitions[i],
                &worker->broker_offsets[i].begin[input], &worker->broker_offsets[i].end[input], REQUEST_TIMEOUT_MS);
            if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
                return failed("asking for the range of an input", error);
        }
    return true;
}

/* --- the job --- */

static bool machine_prepare(struct worker *worker)
{
    free(worker->broker_offsets);
    worker->broker_offsets = calloc((size_t)worker->partition_count, sizeof *worker->broker_offsets);
    if (worker->broker_offsets == NULL)
        return false;
    for (int32_t i = 0; i < worker->partition_count; i++)
        if (!machine_partition_add(worker->machine, worker->partitions[i]))
            return false;
    return true;
}

static bool producers_renew(struct worker *worker)
{
    if (!worker->renew_producers)
        return true;
    worker_producers_close(worker);
    worker->renew_producers = !worker_producers_open(worker);
    return !worker->renew_producers;
}

/* On the job thread; the machine is its own meanwhile. */
static void restore_work(void *context)
{
    struct worker *worker = context;
    struct reading reading = {0};

    worker->job_succeeded = producers_renew(worker) && machine_prepare(worker) && reading_open(worker, &reading) &&
                            committed_get(worker, &reading) && ranges_ask(worker) && ends_ask(worker, &reading) &&
                            reading_run(worker, &reading);
    reading_close(worker, &reading);
}

static void verdict_say(const struct worker *worker, int32_t partition, const struct partition_start *start)
{
    bool starts = verdict_starts[start->verdict];
    bool as_usual = start->verdict == VERDICT_CONTINUES || start->verdict == VERDICT_FIRST_START;

    log_write(!starts ? LOG_LEVEL_ERROR : as_usual ? LOG_LEVEL_DEBUG : LOG_LEVEL_WARNING, COMPONENT,
              "%s partition=%d verdict=%s children=%u reason=\"%s\"", starts ? "restored" : "can not start", partition,
              verdict_names[start->verdict], start->children, verdict_sentences[start->verdict]);
    if (start->input >= 0)
        log_write(starts ? LOG_LEVEL_WARNING : LOG_LEVEL_ERROR, COMPONENT,
                  "offsets differ topic=%s partition=%d group=%lld changelog=%lld",
                  worker->settings->topics[start->input], partition, (long long)start->group_offset,
                  (long long)start->changelog_offset);
}

static bool partitions_start(struct worker *worker, struct partition_start *starts)
{
    uint64_t children = 0, state_hash = 0;
    bool all = true;

    for (int32_t i = 0; i < worker->partition_count; i++) {
        starts[i] = machine_partition_start(worker->machine, worker->partitions[i], &worker->broker_offsets[i]);
        verdict_say(worker, worker->partitions[i], &starts[i]);
        all = all && verdict_starts[starts[i].verdict];
        children += starts[i].children;
        state_hash += starts[i].state_hash;
    }
    if (all)
        log_info(COMPONENT, "ready partitions=%d children=%llu state_hash=%016llx ms=%lld", worker->partition_count,
                 (unsigned long long)children, (unsigned long long)state_hash,
                 (long long)(clock_monotonic_ms() - worker->restore_began_ms));
    return all;
}

static void go_on(struct worker *worker)
{
    struct partition_start *starts = calloc((size_t)worker->partition_count, sizeof *starts);

    if (starts == NULL) {
        worker_fail(worker, EXIT_OS);
    } else if (!partitions_start(worker, starts)) {
        worker_fail(worker, EXIT_TORN);
    } else {
        worker->phase = WORKER_RUNNING;
        worker_inputs_assign(worker, starts);
    }
    free(starts);
}

static void on_restored(void *context)
{
    struct worker *worker = context;

    if (worker->phase != WORKER_RESTORING || cancelled(worker))
        return; /* whoever cancelled it goes on */
    if (worker->job_succeeded) {
        go_on(worker);
    } else {
        log_error(COMPONENT, "the state could not be restored");
        worker_fail(worker, EXIT_UNAVAILABLE);
    }
    uv_async_send(&worker->wake);
}

void worker_restore_begin(struct worker *worker)
{
    worker->phase = WORKER_RESTORING;
    worker->restore_began_ms = clock_monotonic_ms();
    atomic_store(&worker->restore_cancelled, false);
    job_thread_run(&worker->jobs, restore_work, on_restored, worker);
}
