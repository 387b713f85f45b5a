/* What the topics must be like (docs/operations.md): partitions equal, inputs never compacted, outputs compacted long
 * enough. */
#ifndef CONSUMER_TOPICS_H
#define CONSUMER_TOPICS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include <librdkafka/rdkafka.h>

#include "consumer/settings.h"

/* The partitions of each topic, 0 where it does not exist or may not be described; an exit code, the reason on ERRORS.
 * When *CANCELLED (NULL: never) is set it returns EXIT_OK within a second or so, and each has 0. */
int topics_find(rd_kafka_t *kafka, const struct settings *settings, int32_t partitions[static TOPIC_COUNT],
                FILE *errors, const atomic_bool *cancelled);

/* Waits for the broker (client_reach), then finds the topics, of which all in REQUIRED (topic_set.h) must be there:
 * EXIT_CONFIG where one does not exist, EXIT_NO_PERMISSION where the broker does not tell this user, said on ERRORS.
 * CANCELLED likewise. */
int topics_reach(rd_kafka_t *kafka, const struct settings *settings, unsigned required,
                 int32_t partitions[static TOPIC_COUNT], FILE *errors, const atomic_bool *cancelled);

/* Checks TOPICS (topic_set.h) on the broker. On ERRORS come faults, which make the service refuse to start, one a line;
 * and lines that begin with "advice:", which do not. *PARTITION_COUNT is that of the inputs. Returns EXIT_OK,
 * EXIT_CONFIG (there are faults), EXIT_UNAVAILABLE or EXIT_NO_PERMISSION. KAFKA is any client handle. A broker that can
 * not tell a topic's properties (librdkafka's mock) is asked for the partitions alone. */
int topics_check(rd_kafka_t *kafka, const struct settings *settings, unsigned topics, int32_t *partition_count,
                 FILE *errors);

/* Creates those that are missing, with as many partitions as those that exist have, or else as configured; says on OUT
 * what it did; then checks all. Exit codes as above. */
int topics_create(rd_kafka_t *kafka, const struct settings *settings, FILE *out, FILE *errors);

#endif
