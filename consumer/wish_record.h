/* Records by which a command asks the service, or notify, for something: that a child be forgotten, that a subscriber
 * be told again. Each is written where its reader looks for it, and it is heard whether it is there.
 */
#ifndef CONSUMER_WISH_RECORD_H
#define CONSUMER_WISH_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <librdkafka/rdkafka.h>

#include "consumer/settings.h"
#include "rules/text.h"

struct wish_record {
    const char *topic;
    int32_t partition;
    struct text key;
    const uint8_t *value; /* NULL: a tombstone */
    size_t length;
    /* What came of it: */
    bool is_reported;
    rd_kafka_resp_err_t error; /* none: it is written, at … */
    int64_t offset;
    int64_t timestamp_ms; /* the broker's, where the topic is as it should be */
};

/* A client to write them with, which is told ends of partitions as they are, uncommitted records included. NULL: said
 * in the log under COMPONENT, a constant. */
rd_kafka_t *wish_record_client(const struct settings *settings, const char *component);

/* Writes COUNT records, and waits until each is there or is refused. EXIT_OK: all are there; otherwise those that are
 * not are said in the log under COMPONENT, and to write all again does no harm. */
int wish_records_write(rd_kafka_t *kafka, struct wish_record *records, int count, const char *component);

#endif
