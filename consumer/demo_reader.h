/* Reads the alerts topic from its first record on, as anybody could who knows the schemas. */
#ifndef CONSUMER_DEMO_READER_H
#define CONSUMER_DEMO_READER_H

#include <stdbool.h>
#include <stdint.h>

#include <librdkafka/rdkafka.h>

#include "consumer/settings.h"
#include "schemas/alert_record.h"

struct demo_reader {
    rd_kafka_t *kafka;
    rd_kafka_topic_t *topic;
    rd_kafka_queue_t *queue; /* of all partitions */
    struct alert_reader *decoder;
    int32_t partitions;
    int64_t *next_offsets; /* by partition: to be read next */
};

/* False: said in the log, and there is nothing to close. */
bool demo_reader_open(struct demo_reader *reader, const struct settings *settings);
void demo_reader_close(struct demo_reader *reader);

/* Hands the revisions that are there to ON_REVISION, waiting for the first at most WAIT_MS and reading on for no
 * longer. Their texts live during the call. False: something could not be read, said in the log; or ON_REVISION said
 * false. */
bool demo_reader_poll(struct demo_reader *reader, int wait_ms,
                      bool (*on_revision)(void *context, const struct alert_record *revision), void *context);

/* Whether everything that is in the topic by now has been read. */
bool demo_reader_is_at_end(struct demo_reader *reader);

#endif
