/* Reading the state topic: what the service restores its partitions from, and what questions are answered from. Only
 * what is committed, each partition from its first record on, as far as the reader wants to go.
 */
#ifndef CONSUMER_STATE_TOPIC_H
#define CONSUMER_STATE_TOPIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <librdkafka/rdkafka.h>

#include "consumer/settings.h"
#include "rules/text.h"

struct state_partition {
    int32_t number;
    int64_t position; /* the next offset to be read */
    int64_t end;      /* how far to read; the reader sets it */
    bool is_started;
};

struct state_topic {
    rd_kafka_topic_t *topic;
    rd_kafka_queue_t *queue; /* of all partitions that are started */
    struct state_partition *partitions;
    int32_t partition_count;
};

struct state_record {
    int32_t partition; /* its index among those of the state_topic */
    int64_t offset;
    struct text key;
    const uint8_t *value; /* NULL: a tombstone */
    size_t length;
};

/* A client that reads it: fast, and told where each partition ends. NULL: said in the log under COMPONENT. */
rd_kafka_t *state_topic_client(const struct settings *settings, const char *component);

/* Looks up the topic NAME, of which COUNT partitions of these NUMBERS are to be read; KAFKA stays the caller's.
 * RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE: memory is short. Whatever it returns, state_topic_close is to be called. */
rd_kafka_resp_err_t state_topic_open(struct state_topic *state, rd_kafka_t *kafka, const char *name,
                                     const int32_t *numbers, int32_t count, int timeout_ms);
void state_topic_close(struct state_topic *state);

/* Partition number I of them is read from its beginning on: it is fetched from now on, and comes with state_topic_look;
 * or nothing more of it comes. */
rd_kafka_resp_err_t state_topic_start(struct state_topic *state, int32_t i);
void state_topic_stop(struct state_topic *state, int32_t i);

struct state_reader {
    /* Told of each record, in the order of its partition. False: nothing more is to come. */
    bool (*on_record)(void *context, const struct state_record *record);
    /* Reading fails for now; librdkafka tries again. False likewise. */
    bool (*on_error)(void *context, int32_t partition, rd_kafka_resp_err_t error, const char *reason);
    void *context;
};

/* Hands on what has been fetched, waiting at most WAIT_MS for the first of it; partitions' positions follow, also over
 * what is not committed. False: the reader wants no more. */
bool state_topic_look(struct state_topic *state, int wait_ms, const struct state_reader *reader);

static inline bool state_partition_is_read(const struct state_partition *partition)
{
    return partition->position >= partition->end;
}

#endif
