/* The group's offsets, stable ones: those that nobody's open transaction may still change. */
#include "consumer/worker_internal.h"

#include <string.h>
#include <time.h>

#include "consumer/kafka_client.h"
#include "consumer/log.h"

#define COMPONENT "restore"
#define STABLE_PATIENCE_MS 1000 /* then whoever left a transaction open is fenced */
#define RANGE_PATIENCE_MS 5000
#define RANGE_PAUSE_MS 100

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

static bool watermarks_ask(struct worker *worker, rd_kafka_t *kafka, enum topic topic, int32_t partition,
                           int64_t *begin, int64_t *end)
{
    rd_kafka_resp_err_t error = client_watermarks(kafka, worker->settings->topics[topic], partition, begin, end,
                                                  worker->settings->start_timeout_ms, &worker->restore_cancelled);

    return error == RD_KAFKA_RESP_ERR_NO_ERROR ? true
                                               : restore_call_failed(worker, "asking for the range of a topic", error);
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

/* Whether the changelog goes on behind its last stable offset, to which it was read. */
static bool is_held_open(struct worker *worker, const struct topic_partition *partition)
{
    int64_t end;

    return watermarks_ask(worker, worker->ends, TOPIC_STATE, partition->number, NULL, &end) && end > partition->end;
}

/* Only where the changelog shows an open transaction: a broker that is merely slow to answer must not make healthy
 * instances end each other. */
static void writers_fence(struct worker *worker, const struct topic_reader *changelog)
{
    struct text fenced = {0};

    for (int32_t i = 0; i < worker->partition_count; i++) {
        struct text writer = machine_partition_writer(worker->machine, worker->partitions[i]);
        if (text_equal(writer, fenced) || !is_held_open(worker, &changelog->partitions[i]))
            continue;
        writer_fence(worker, writer);
        fenced = writer;
    }
}

/* Stable offsets. Where somebody's transaction keeps them unstable, the changelog is read as far as it goes to learn
 * whose, and that producer is fenced, which aborts it; failing that the broker ends it by its own time-out. */
bool offsets_committed_get(struct worker *worker, struct topic_reader *changelog)
{
    rd_kafka_resp_err_t error = committed_ask(worker, STABLE_PATIENCE_MS);

    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        return true;
    log_warning(COMPONENT, "the group's offsets are not to be had; is a transaction open on them? reason=%s",
                LOG_QUOTED(rd_kafka_err2str(error)));
    if (!changelog_ends_ask(worker, worker->changelog, changelog) || !changelog_read(worker, changelog))
        return false;
    writers_fence(worker, changelog);
    int64_t patience_until_ms = clock_monotonic_ms() + worker->settings->start_timeout_ms * 2;
    while (!restore_is_cancelled(worker) && clock_monotonic_ms() < patience_until_ms) {
        error = committed_ask(worker, STABLE_PATIENCE_MS);
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
            return true;
    }
    return restore_is_cancelled(worker) ? false : restore_call_failed(worker, "asking for the group's offsets", error);
}

/* What was read of an input is there: an end before that is said by a broker that stood still and believes for a moment
 * that it leads. It is asked again until then: the input may have been made anew. */
static bool range_ask(struct worker *worker, int32_t i, int input, int64_t patience_until_ms)
{
    const struct timespec pause = {.tv_nsec = RANGE_PAUSE_MS * 1000000};
    struct partition_offsets *offsets = &worker->broker_offsets[i];

    while (watermarks_ask(worker, worker->consumer, (enum topic)input, worker->partitions[i], &offsets->begin[input],
                          &offsets->end[input])) {
        if (offsets->end[input] >= offsets->committed[input] || clock_monotonic_ms() >= patience_until_ms)
            return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

bool offsets_ranges_ask(struct worker *worker)
{
    int64_t patience_until_ms = clock_monotonic_ms() + RANGE_PATIENCE_MS;

    for (int32_t i = 0; i < worker->partition_count; i++)
        for (int input = 0; input < STATE_INPUTS; input++)
            if (!range_ask(worker, i, input, patience_until_ms))
                return false;
    return true;
}
