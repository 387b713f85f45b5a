/* A Kafka inside the process: librdkafka's mock cluster, with the topics that the service needs.
 *
 * It keeps 5 MB or 100,000 batches of a partition, shows aborted messages and loses a transaction's offsets: enough to
 * show the service at work, not to restart it.
 */
#ifndef CONSUMER_DEMO_CLUSTER_H
#define CONSUMER_DEMO_CLUSTER_H

#include <stdbool.h>

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include "consumer/settings.h"

struct demo_cluster {
    rd_kafka_t *carrier; /* the client in whose process and threads it lives */
    rd_kafka_mock_cluster_t *mock;
};

/* Starts it and makes the topics of SETTINGS; SETTINGS then lead to it. False: said in the log, and there is nothing to
 * end. */
bool demo_cluster_start(struct demo_cluster *cluster, struct settings *settings);
void demo_cluster_end(struct demo_cluster *cluster);

/* host:port, as long as it runs. */
const char *demo_cluster_address(const struct demo_cluster *cluster);

#endif
