/* What checking and creating topics share. */
#ifndef CONSUMER_TOPICS_INTERNAL_H
#define CONSUMER_TOPICS_INTERNAL_H

#include <stdint.h>
#include <stdio.h>

#include <librdkafka/rdkafka.h>

#include "consumer/topics.h"

#define TOPICS_REQUEST_TIMEOUT_MS 10000

/* The partitions of the first that exists; 0: none does. */
int32_t topics_partition_count(const int32_t partitions[static TOPIC_COUNT]);

/* Says that REQUEST was not answered; the exit code for it. */
int topics_broker_failed(FILE *errors, const char *request, rd_kafka_resp_err_t error, const char *reason);

#endif
