/* A log and a consumer group as the simulator needs them: input partitions with gaps in their offsets, outputs that a
 * commit appends to all at once or not at all, committed offsets, and a generation that refuses those who missed a
 * rebalance. */
#ifndef TESTS_MACHINE_SIMULATED_LOG_H
#define TESTS_MACHINE_SIMULATED_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "alerts/record_headers.h"
#include "consumer/machine.h"

#define SIMULATED_PARTITIONS 4

struct simulated_record {
    int64_t offset, timestamp_ms;
    size_t key_length, value_length;
    char *key;
    uint8_t *value;                /* NULL: a null value */
    struct record_headers headers; /* of an input only the trace */
};

struct simulated_topic { /* one partition of it */
    struct simulated_record *records;
    size_t count, capacity;
    int64_t end; /* the offset the next record gets */
};

struct simulated_log {
    struct simulated_topic inputs[STATE_INPUTS][SIMULATED_PARTITIONS];
    struct simulated_topic outputs[OUTPUT_COUNT][SIMULATED_PARTITIONS];
    int64_t committed[STATE_INPUTS][SIMULATED_PARTITIONS]; /* OFFSET_NONE */
    int generation;
};

void simulated_log_init(struct simulated_log *log);
void simulated_log_fini(struct simulated_log *log);

/* Appends a copy without headers; KEY NULL: none. */
void simulated_topic_append(struct simulated_topic *topic, const void *key, size_t key_length, const void *value,
                            size_t value_length, int64_t timestamp_ms);

/* Commits all of it if GENERATION is the group's; else nothing. */
bool simulated_log_commit(struct simulated_log *log, const struct transaction *transaction, int generation);

/* The newest record of each key, in the order of their offsets; what compaction may leave. The array is the caller's to
 * free, the records are not. */
struct simulated_record *simulated_topic_compacted(const struct simulated_topic *topic, size_t *count);

#endif
