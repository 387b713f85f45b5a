/* Reading partitions of a topic from their first record on, as far as one wants to go, and only what is committed: how
 * the service restores its state, how questions are answered from it, how it is seen that a child is forgotten.
 */
#ifndef CONSUMER_TOPIC_READER_H
#define CONSUMER_TOPIC_READER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <librdkafka/rdkafka.h>

#include "consumer/settings.h"
#include "rules/text.h"

struct topic_partition {
    int32_t number;
    int64_t position; /* the next offset to be read */
    int64_t end;      /* how far to read: topic_reader_ask_ends */
    bool is_started;
    bool is_answered; /* the broker let it be read: also of an empty partition it is to say so */
};

struct topic_reader {
    rd_kafka_topic_t *topic;
    rd_kafka_queue_t *queue; /* of all partitions that are started */
    struct topic_partition *partitions;
    int32_t partition_count;
    int look_most; /* records that one look hands on; for whoever reads to lessen */
};

struct topic_record {
    int32_t partition; /* its index among the partitions of the reader */
    int64_t offset;
    struct text key;
    const uint8_t *value; /* NULL: a tombstone */
    size_t length;
    const rd_kafka_message_t *message; /* it is of, for its headers and timestamp */
};

/* A client for readers: fast, and told where each partition ends. NULL: said in the log under COMPONENT. */
rd_kafka_t *topic_reader_client(const struct settings *settings, const char *component);

/* Looks up the topic NAME, of which COUNT partitions of these NUMBERS (NULL: 0, 1, …) are to be read, as client_leaders
 * does; KAFKA stays the caller's. RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE: memory is short. Whatever it returns,
 * topic_reader_close is to be called. */
rd_kafka_resp_err_t topic_reader_open(struct topic_reader *reader, rd_kafka_t *kafka, const char *name,
                                      const int32_t *numbers, int32_t count, int64_t timeout_ms,
                                      const atomic_bool *cancelled);
void topic_reader_close(struct topic_reader *reader);

/* Learns how far there is to read, of all partitions, as client_watermarks does. KAFKA may be another client than the
 * one that reads: what is an end is its isolation level's to say. Best asked before anything is started: a question
 * waits behind a fetch that waits for records. */
rd_kafka_resp_err_t topic_reader_ask_ends(struct topic_reader *reader, rd_kafka_t *kafka, int64_t timeout_ms,
                                          const atomic_bool *cancelled);

/* Partition number I of them is read from its beginning on: it is fetched from now on, and comes with
 * topic_reader_look; or nothing more of it comes. */
rd_kafka_resp_err_t topic_reader_start(struct topic_reader *reader, int32_t i);
rd_kafka_resp_err_t topic_reader_start_all(struct topic_reader *reader);
/* Likewise from OFFSET on, wherever it was read before. */
rd_kafka_resp_err_t topic_reader_start_at(struct topic_reader *reader, int32_t i, int64_t offset);
void topic_reader_stop(struct topic_reader *reader, int32_t i);

struct topic_listener {
    /* Told of each record, in the order of its partition. False: nothing more is to come. */
    bool (*on_record)(void *context, const struct topic_record *record);
    /* Reading the partition of that number fails for now; librdkafka tries again. False likewise. */
    bool (*on_error)(void *context, int32_t number, rd_kafka_resp_err_t error, const char *reason);
    void *context;
};

/* Hands on what has been fetched, waiting at most WAIT_MS for the first of it; partitions' positions follow, also over
 * what is not committed. False: the listener wants no more. */
bool topic_reader_look(struct topic_reader *reader, int wait_ms, const struct topic_listener *listener);

static inline bool topic_partition_is_read(const struct topic_partition *partition)
{
    return partition->is_answered && partition->position >= partition->end;
}

bool topic_reader_is_read(const struct topic_reader *reader); /* all of them */

#endif
