#include "consumer/transaction_error.h"

#include <stddef.h>

const char *const transaction_outcome_names[TRANSACTION_OUTCOME_COUNT] = {
    [TRANSACTION_COMMITTED] = "committed",
    [TRANSACTION_ABORTED] = "aborted",
    [TRANSACTION_ASSIGNMENT_LOST] = "assignment-lost",
    [TRANSACTION_UNCERTAIN] = "uncertain",
    [TRANSACTION_REFUSED] = "refused",
    [TRANSACTION_FENCED] = "fenced",
    [TRANSACTION_FATAL] = "fatal",
};

/* Measured on Kafka 4.3 with librdkafka 2.0.2. Membership errors on the offsets are called abortable by the client, but
 * a batch of an assignment that is gone must not be tried again. */
static const struct {
    rd_kafka_resp_err_t code;
    enum transaction_outcome outcome;
} table[] = {
    {RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, TRANSACTION_ASSIGNMENT_LOST},
    {RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, TRANSACTION_ASSIGNMENT_LOST},
    {RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, TRANSACTION_ASSIGNMENT_LOST},
    {RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, TRANSACTION_ASSIGNMENT_LOST},
    {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, TRANSACTION_REFUSED},
    {RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, TRANSACTION_REFUSED},
    {RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, TRANSACTION_REFUSED},
    {RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, TRANSACTION_REFUSED},
    {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, TRANSACTION_REFUSED}, /* above the topic's max.message.bytes */
    {RD_KAFKA_RESP_ERR__FENCED, TRANSACTION_FENCED},
    {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, TRANSACTION_FENCED},
    {RD_KAFKA_RESP_ERR_PRODUCER_FENCED, TRANSACTION_FENCED},
    {RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, TRANSACTION_FATAL},
    {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING, TRANSACTION_UNCERTAIN},
    {RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID, TRANSACTION_UNCERTAIN},
    {RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, TRANSACTION_UNCERTAIN}, /* "sequence desynchronization" */
    {RD_KAFKA_RESP_ERR__INCONSISTENT, TRANSACTION_UNCERTAIN},                /* "rewound sequence" */
    {RD_KAFKA_RESP_ERR__TIMED_OUT, TRANSACTION_UNCERTAIN},
};

enum transaction_outcome transaction_error_outcome(rd_kafka_t *kafka, const rd_kafka_error_t *error)
{
    rd_kafka_resp_err_t code = rd_kafka_error_code(error);
    char reason[256];

    /* The error of a call after a fatal one is only an echo; the cause is kept by the client. */
    if (rd_kafka_error_is_fatal(error) && rd_kafka_fatal_error(kafka, reason, sizeof reason) != 0)
        code = rd_kafka_fatal_error(kafka, reason, sizeof reason);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].code == code)
            return table[i].outcome;
    if (rd_kafka_error_is_fatal(error))
        return TRANSACTION_FATAL;
    return rd_kafka_error_txn_requires_abort(error) ? TRANSACTION_ABORTED : TRANSACTION_UNCERTAIN;
}
