/* What the topics must be like (docs/operations.md): partitions equal, inputs never compacted, outputs compacted long enough. */
#ifndef CONSUMER_TOPICS_H
#define CONSUMER_TOPICS_H

#include <stdbool.h>
#include <stdio.h>

#include <librdkafka/rdkafka.h>

#include "consumer/settings.h"

/* Checks all topics on the broker; every fault is a line on ERRORS. *PARTITION_COUNT is that of the inputs. Returns EXIT_OK,
 * EXIT_CONFIG (something is wrong with them), EXIT_UNAVAILABLE or EXIT_NO_PERMISSION. KAFKA is any client handle. */
int topics_check(rd_kafka_t *kafka, const struct settings *settings, int32_t *partition_count, FILE *errors);

/* Creates those that are missing; says on OUT what it did. Exit codes as above. */
int topics_create(rd_kafka_t *kafka, const struct settings *settings, FILE *out, FILE *errors);

#endif
