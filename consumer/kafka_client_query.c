#include "consumer/kafka_client_internal.h"

#include <time.h>

#include "consumer/clock.h"
#include "consumer/connection_fault.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"

#define BROKER_PATIENCE_MS 2000 /* then the leader may be another */
#define METADATA_SLICE_MS 1000  /* between them errors are heard, and a broker that comes up is seen */
#define PAUSE_MS 50

static bool is_cancelled(const atomic_bool *cancelled)
{
    return cancelled != NULL && atomic_load(cancelled);
}

/* What one request is given of the time up to DEADLINE. Never less than nothing, which librdkafka takes for ever. */
static int slice_ms(int64_t deadline, int most_ms)
{
    const int64_t left = deadline - clock_monotonic_ms();
    return left < 1 ? 1 : left < most_ms ? (int)left : most_ms;
}

int client_reach(rd_kafka_t *kafka, int64_t timeout_ms, const atomic_bool *cancelled)
{
    const int64_t deadline = clock_monotonic_ms() + timeout_ms;
    rd_kafka_resp_err_t error;
    do {
        const struct rd_kafka_metadata *metadata;
        error = rd_kafka_metadata(kafka, 0, NULL, &metadata, slice_ms(deadline, METADATA_SLICE_MS));
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
            rd_kafka_metadata_destroy(metadata);
            return EXIT_OK;
        }
        rd_kafka_poll(kafka, 0);
        if (is_cancelled(cancelled))
            return EXIT_OK;
    } while (clock_monotonic_ms() < deadline);
    const char *heard = client_last_error();
    log_error("kafka", "the broker could not be reached within %lld ms: %s; %s", (long long)timeout_ms,
              *heard == '\0' ? rd_kafka_err2str(error) : heard, connection_fault_of(heard)->advice);
    return client_unavailable_code();
}

/* Whether something that ended with ERROR is worth being asked again, after a pause. */
static bool is_asked_again(rd_kafka_resp_err_t error, int64_t deadline, const atomic_bool *cancelled)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000};
    if (client_exit_code(error) != EXIT_UNAVAILABLE || clock_monotonic_ms() >= deadline || is_cancelled(cancelled))
        return false;
    nanosleep(&pause, NULL);
    return true;
}

rd_kafka_resp_err_t client_leaders(rd_kafka_t *kafka, rd_kafka_topic_t *topic, int64_t timeout_ms,
                                   const atomic_bool *cancelled)
{
    const int64_t deadline = clock_monotonic_ms() + timeout_ms;
    const struct rd_kafka_metadata *metadata;
    rd_kafka_resp_err_t error;
    do
        error = rd_kafka_metadata(kafka, 0, topic, &metadata, slice_ms(deadline, BROKER_PATIENCE_MS));
    while (is_asked_again(error, deadline, cancelled));
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_metadata_destroy(metadata);
    return error;
}

/* A question to a leader that died is not sent on to the next one: librdkafka asks whom it knows, and learns of changes
 * only now and then. */
static void leaders_renew(rd_kafka_t *kafka, const char *name, const atomic_bool *cancelled)
{
    rd_kafka_topic_t *topic = rd_kafka_topic_new(kafka, name, NULL);
    if (topic == NULL)
        return;
    client_leaders(kafka, topic, BROKER_PATIENCE_MS, cancelled);
    rd_kafka_topic_destroy(topic);
}

/* An end of a partition: RD_KAFKA_OFFSET_BEGINNING or RD_KAFKA_OFFSET_END, which the protocol takes for times. Not
 * rd_kafka_query_watermark_offsets: before 2.12 it does not end while the leader it knows is away, whatever the
 * time-out. */
static rd_kafka_resp_err_t offset_ask(rd_kafka_t *kafka, const char *topic, int32_t partition, int64_t which,
                                      int timeout_ms, int64_t *offset)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_t *asked = rd_kafka_topic_partition_list_add(list, topic, partition);
    asked->offset = which;
    rd_kafka_resp_err_t error = rd_kafka_offsets_for_times(kafka, list, timeout_ms);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        error = asked->err;
    *offset = asked->offset;
    rd_kafka_topic_partition_list_destroy(list);
    return error;
}

rd_kafka_resp_err_t client_watermarks(rd_kafka_t *kafka, const char *topic, int32_t partition, int64_t *begin,
                                      int64_t *end, int64_t timeout_ms, const atomic_bool *cancelled)
{
    const int64_t deadline = clock_monotonic_ms() + timeout_ms;
    for (;;) {
        const int patience = slice_ms(deadline, BROKER_PATIENCE_MS);
        rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR_NO_ERROR;
        if (begin != NULL)
            error = offset_ask(kafka, topic, partition, RD_KAFKA_OFFSET_BEGINNING, patience, begin);
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
            error = offset_ask(kafka, topic, partition, RD_KAFKA_OFFSET_END, patience, end);
        if (!is_asked_again(error, deadline, cancelled))
            return error;
        leaders_renew(kafka, topic, cancelled);
    }
}
