/* What an error of a transactional call means for the service: one table (transaction_error.c). */
#ifndef CONSUMER_TRANSACTION_ERROR_H
#define CONSUMER_TRANSACTION_ERROR_H

#include <librdkafka/rdkafka.h>

enum transaction_outcome {
    TRANSACTION_COMMITTED,
    TRANSACTION_ABORTED,         /* for certain: the same inputs may come again */
    TRANSACTION_ASSIGNMENT_LOST, /* the partitions are another's: abort, drop, wait for the next assignment */
    TRANSACTION_UNCERTAIN,       /* nobody knows how it ended: new producers, then read the changelog again */
    TRANSACTION_REFUSED,         /* abort; it would be refused again: the process ends */
    TRANSACTION_FENCED,          /* another producer took the transactional.id: the process ends */
    TRANSACTION_FATAL,           /* the client can not go on: the process ends */
    TRANSACTION_OUTCOME_COUNT
};
extern const char *const transaction_outcome_names[TRANSACTION_OUTCOME_COUNT]; /* "committed", for the log */

/* ERROR is of KAFKA; it stays the caller's. The calls that can be repeated have been repeated before. */
enum transaction_outcome transaction_error_outcome(rd_kafka_t *kafka, const rd_kafka_error_t *error);

#endif
