/* The two producers of a worker: made before it joins the group, and made anew when nobody knows how a transaction
 * ended.
 */
#include "consumer/worker_internal.h"

#include <stdio.h>
#include <stdlib.h>

#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/transaction_call.h"

#define COMPONENT "transaction"
#define TRANSACTION_TIMEOUT_MS "10000"

static const enum topic output_topics[OUTPUT_COUNT] = {
    [OUTPUT_ALERTS] = TOPIC_ALERTS,
    [OUTPUT_VIOLATIONS] = TOPIC_VIOLATIONS,
    [OUTPUT_STATE] = TOPIC_STATE,
    [OUTPUT_DEAD_LETTERS] = TOPIC_DEAD_LETTERS,
};

/* A failed delivery makes the commit fail; having this callback at all keeps commit_transaction from sleeping in
 * slices. */
static void on_delivery(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque)
{
    (void)kafka;
    (void)opaque;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR && message->err != RD_KAFKA_RESP_ERR__PURGE_QUEUE &&
        message->err != RD_KAFKA_RESP_ERR__PURGE_INFLIGHT)
        log_warning(COMPONENT, "a record was not delivered topic=%s reason=%s", rd_kafka_topic_name(message->rkt),
                    LOG_QUOTED(rd_kafka_err2str(message->err)));
}

int64_t worker_transaction_timeout_ms(const struct worker *worker)
{
    const char *set = settings_kafka(worker->settings, "transaction.timeout.ms");

    return strtol(set == NULL ? TRANSACTION_TIMEOUT_MS : set, NULL, 10);
}

static rd_kafka_t *producer_client(const struct worker *worker, const char *transactional_id)
{
    const struct settings *settings = worker->settings;
    const struct client_property properties[] = {
        {"transactional.id", transactional_id},
        {"transaction.timeout.ms", client_default(settings, "transaction.timeout.ms", TRANSACTION_TIMEOUT_MS)},
        {"message.max.bytes", client_default(settings, "message.max.bytes", "4194304")}, /* as the state topic's */
        {"queue.buffering.max.messages", "10000000"},
        {"queue.buffering.max.kbytes", "2097151"},
        {"linger.ms", client_default(settings, "linger.ms", "5")},
        {"partitioner", "murmur2_random"},
    };

    return client_producer_new(settings, properties, sizeof properties / sizeof properties[0], on_delivery, COMPONENT);
}

static bool error_is_none(rd_kafka_error_t *error, const char *call, const char *transactional_id)
{
    if (error == NULL)
        return true;
    log_error(COMPONENT, "%s failed transactional_id=%s reason=%s broker_says=%s", call, transactional_id,
              LOG_QUOTED(rd_kafka_error_string(error)), LOG_QUOTED(client_last_error()));
    rd_kafka_error_destroy(error);
    return false;
}

/* The first record to a topic whose metadata is not known costs a second: it is asked for before. */
static bool producer_topics_open(struct worker *worker, struct producer *producer)
{
    const struct settings *settings = worker->settings;

    for (int i = 0; i < OUTPUT_COUNT; i++) {
        producer->topics[i] = rd_kafka_topic_new(producer->kafka, settings->topics[output_topics[i]], NULL);
        if (producer->topics[i] == NULL ||
            client_leaders(producer->kafka, producer->topics[i], settings->start_timeout_ms,
                           &worker->restore_cancelled) != RD_KAFKA_RESP_ERR_NO_ERROR)
            return false;
    }
    return true;
}

static rd_kafka_error_t *transactions_init(struct worker *worker, rd_kafka_t *kafka)
{
    return transaction_call(rd_kafka_init_transactions, kafka, worker->settings->start_timeout_ms,
                            &worker->restore_cancelled);
}

/* A login that the broker refuses is a time-out to this call. */
static bool producer_init(struct worker *worker, struct producer *producer)
{
    rd_kafka_error_t *error = transactions_init(worker, producer->kafka);

    if (error == NULL)
        return true;
    if (restore_is_cancelled(worker)) { /* it was given up for that */
        rd_kafka_error_destroy(error);
        return false;
    }
    const int code = client_exit_code(rd_kafka_error_code(error));
    worker->job_exit_code = code == EXIT_UNAVAILABLE ? client_unavailable_code() : code;
    if (rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
        log_error(COMPONENT,
                  "the broker refuses access; this user needs Write on transactional ids that begin with %s-",
                  worker->settings->group);
    return error_is_none(error, "init_transactions", producer->transactional_id);
}

static bool producer_open(struct worker *worker, int turn)
{
    struct producer *producer = &worker->producers[turn];
    const struct settings *settings = worker->settings;

    snprintf(producer->transactional_id, sizeof producer->transactional_id, "%s-%s-%d-%d", settings->group,
             settings->instance, worker->number, turn);
    producer->kafka = producer_client(worker, producer->transactional_id);
    worker->job_exit_code = EXIT_UNAVAILABLE;
    if (producer->kafka == NULL)
        return false;
    if (!producer_init(worker, producer))
        return false;
    if (producer_topics_open(worker, producer))
        return true;
    if (!restore_is_cancelled(worker))
        log_error(COMPONENT, "the output topics can not be looked up; `placement-alerts topics check` says more");
    return false;
}

bool worker_producers_open(struct worker *worker)
{
    for (int turn = 0; turn < PRODUCERS; turn++)
        if (!producer_open(worker, turn))
            return false;
    worker->turn = 0;
    return true;
}

void worker_producers_close(struct worker *worker)
{
    for (int turn = 0; turn < PRODUCERS; turn++) {
        struct producer *producer = &worker->producers[turn];
        for (int i = 0; i < OUTPUT_COUNT; i++)
            if (producer->topics[i] != NULL)
                rd_kafka_topic_destroy(producer->topics[i]);
        if (producer->kafka != NULL)
            rd_kafka_destroy(producer->kafka);
        *producer = (struct producer){0};
    }
}

bool worker_producer_fence(struct worker *worker, struct text transactional_id)
{
    char id[256];

    snprintf(id, sizeof id, "%.*s", (int)transactional_id.length, transactional_id.bytes);
    rd_kafka_t *kafka = producer_client(worker, id);
    if (kafka == NULL)
        return false;
    log_warning(COMPONENT, "aborting what another instance left open transactional_id=%s", id);
    bool fenced = error_is_none(transactions_init(worker, kafka), "init_transactions", id);
    rd_kafka_destroy(kafka);
    return fenced;
}
