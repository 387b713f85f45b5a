/* The bare loop: what is left of the service when decoding, rules and state are taken out. The same clients, the same
 * threads, the same transactions with as many records of the same sizes; so it says what Kafka and librdkafka allow
 * here.
 *
 * bare_loop.c reads and decides, bare_transaction.c writes. It is written apart from the service on purpose: what the
 * service's own shell costs is to be seen, too.
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

#endif
