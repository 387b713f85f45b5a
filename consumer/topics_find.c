#include <string.h>

#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/topics.h"
#include "consumer/topics_internal.h"

#define CANCELLED_WITHIN_MS 1000

int topics_broker_failed(FILE *errors, const char *request, rd_kafka_resp_err_t error, const char *reason)
{
    fprintf(errors, "the broker did not answer %s: %s; check kafka.bootstrap.servers and the broker's log\n", request,
            reason != NULL && *reason != '\0' ? reason : rd_kafka_err2str(error));
    return client_exit_code(error);
}

static bool is_set(const atomic_bool *flag)
{
    return flag != NULL && *flag;
}

/* All topics are asked for: naming one could create it, where the broker is set to. */
static rd_kafka_resp_err_t ask(rd_kafka_t *kafka, const atomic_bool *cancelled,
                               const struct rd_kafka_metadata **metadata)
{
    const int slice_ms = cancelled == NULL ? TOPICS_REQUEST_TIMEOUT_MS : CANCELLED_WITHIN_MS;
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR__TIMED_OUT;
    for (int left_ms = TOPICS_REQUEST_TIMEOUT_MS;
         error == RD_KAFKA_RESP_ERR__TIMED_OUT && left_ms > 0 && !is_set(cancelled); left_ms -= slice_ms)
        error = rd_kafka_metadata(kafka, 1, NULL, metadata, slice_ms);
    return error;
}

int topics_find(rd_kafka_t *kafka, const struct settings *settings, int32_t partitions[static TOPIC_COUNT],
                FILE *errors, const atomic_bool *cancelled)
{
    const struct rd_kafka_metadata *metadata;
    memset(partitions, 0, TOPIC_COUNT * sizeof(partitions[0]));
    const rd_kafka_resp_err_t error = ask(kafka, cancelled, &metadata);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return is_set(cancelled) ? EXIT_OK
                                 : topics_broker_failed(errors, "which topics there are", error, client_last_error());
    for (int i = 0; i < metadata->topic_cnt; i++) {
        const struct rd_kafka_metadata_topic *topic = &metadata->topics[i];
        for (int t = 0; t < TOPIC_COUNT; t++)
            if (strcmp(topic->topic, settings->topics[t]) == 0)
                partitions[t] = topic->partition_cnt;
    }
    rd_kafka_metadata_destroy(metadata);
    return EXIT_OK;
}

int32_t topics_partition_count(const int32_t partitions[static TOPIC_COUNT])
{
    for (int t = 0; t < TOPIC_COUNT; t++)
        if (partitions[t] > 0)
            return partitions[t];
    return 0;
}
