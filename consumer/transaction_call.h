/* Calls of a transactional producer that wait for the broker, in pieces, so that whoever is told to end, or has waited
 * long enough, need not wait on. librdkafka takes up where it was when it is called again; what is left in the middle
 * goes with the producer. */
#ifndef CONSUMER_TRANSACTION_CALL_H
#define CONSUMER_TRANSACTION_CALL_H

#include <stdatomic.h>
#include <stdint.h>

#include <librdkafka/rdkafka.h>

/* CALL is rd_kafka_init_transactions, rd_kafka_commit_transaction or rd_kafka_abort_transaction. Its error, or NULL; a
 * time-out after TIMEOUT_MS, or within seconds when *IS_CANCELLED is set. */
rd_kafka_error_t *transaction_call(rd_kafka_error_t *(*call)(rd_kafka_t *kafka, int timeout_ms), rd_kafka_t *kafka,
                                   int64_t timeout_ms, const atomic_bool *is_cancelled);

#endif
