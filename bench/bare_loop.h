/* The bare loop: what is left of the service when decoding, rules and state are taken out. The same clients, the same
 * threads, the same transactions with as many records of the same sizes; so it says what Kafka and librdkafka allow
 * here.
 *
 * bare_inputs.c reads, bare_loop.c decides, bare_transaction.c writes. It is written apart from the service on purpose:
 * what the service's own shell costs is to be seen, too.
 */
#ifndef BENCH_BARE_LOOP_H
#define BENCH_BARE_LOOP_H

#include <pthread.h>
#include <stdbool.h>

#include "bench/probe.h"
#include "rules/text.h"

#define INPUTS 3
#define BARE_KEY_SIZE ID_LENGTH_MAX
#define BARE_PARTITIONS_MAX 512
#define BARE_PRODUCERS 2

enum bare_output { BARE_STATE, BARE_ALERTS, BARE_VIOLATIONS, BARE_OUTPUTS };

struct bare_input {
    int32_t partition;
    uint32_t key_length;
    char key[BARE_KEY_SIZE];
};

struct bare_batch {
    struct bare_input *inputs;
    uint32_t count, capacity;
    bool touched[BARE_PARTITIONS_MAX];
};

struct bare_writer {
    const struct settings *settings;
    const rd_kafka_consumer_group_metadata_t *group;
    const double *bytes; /* of a value, by output */
    double progress_bytes;
    int wake; /* an eventfd, told when a transaction has ended */
    struct {
        rd_kafka_t *kafka;
        rd_kafka_topic_t *topics[BARE_OUTPUTS];
    } producers[BARE_PRODUCERS];
    int turn;

    /* the job thread */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool running, stopping;
    rd_kafka_topic_partition_list_t *offsets; /* of the transaction under way */

    double began_s, longest_s;
    uint64_t transactions;
};

void bare_writer_open(struct bare_writer *writer);
void bare_writer_close(struct bare_writer *writer);

/* Whether a transaction is under way. */
bool bare_writer_is_busy(struct bare_writer *writer);

/* A transaction: begun, then its records, then finished by the job thread with the positions of the partitions TOUCHED.
 * KEY must live until it has ended. */
void bare_writer_begin(struct bare_writer *writer);
void bare_writer_put(struct bare_writer *writer, enum bare_output output, int32_t partition, const char *key,
                     size_t key_length);
void bare_writer_finish(struct bare_writer *writer, const bool *touched, int32_t partitions,
                        int64_t (*positions)[INPUTS]);

/* --- all of it --- */

#define BARE_ALERT_KEY_LENGTH 36

struct bare_loop {
    struct settings settings;
    bool live;                   /* reads from the end on, and commits as soon as the input is drained */
    uint32_t transaction_events; /* a transaction's, while it reads a backlog */
    struct bare_writer writer;
    rd_kafka_t *consumer;
    rd_kafka_queue_t *queue;
    int wake; /* an eventfd: there is something to read, or a transaction has ended */
    int32_t partitions;
    bool assigned, drained;
    int64_t position[BARE_PARTITIONS_MAX][INPUTS];
    int64_t end[BARE_PARTITIONS_MAX][INPUTS]; /* when it began */
    struct bare_batch gathering, taken;
    double owed[BARE_OUTPUTS]; /* parts of records not written yet */
    char (*alert_keys)[BARE_ALERT_KEY_LENGTH];
};

void bare_inputs_open(struct bare_loop *loop);
void bare_inputs_subscribe(struct bare_loop *loop);

/* Reads until the queue is empty or a transaction is full. */
void bare_inputs_poll(struct bare_loop *loop);

#endif
