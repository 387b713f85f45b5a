/* Running the transactions the machine computes. Every one sends the positions of its inputs with the membership of the
 * assignment it was gathered under, so that the broker refuses a batch whose partitions have gone to another. */
#include "consumer/worker_internal.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/crash_point.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"

#define COMPONENT "transaction"
#define FOR_AS_LONG_AS_THE_TRANSACTION (-1)
#define RECORDS_A_PIECE 1000
#define TRANSACTION_TIMEOUT_MS "10000"

static const enum topic output_topics[OUTPUT_COUNT] = {
    [OUTPUT_ALERTS] = TOPIC_ALERTS,
    [OUTPUT_VIOLATIONS] = TOPIC_VIOLATIONS,
    [OUTPUT_STATE] = TOPIC_STATE,
    [OUTPUT_DEAD_LETTERS] = TOPIC_DEAD_LETTERS,
};

/* --- producers --- */

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
static bool producer_topics_open(struct producer *producer, const struct settings *settings)
{
    for (int i = 0; i < OUTPUT_COUNT; i++) {
        producer->topics[i] = rd_kafka_topic_new(producer->kafka, settings->topics[output_topics[i]], NULL);
        if (producer->topics[i] == NULL ||
            client_leaders(producer->kafka, producer->topics[i], settings->start_timeout_ms, NULL) !=
                RD_KAFKA_RESP_ERR_NO_ERROR)
            return false;
    }
    return true;
}

/* A login that the broker refuses is a time-out to this call. */
static bool producer_init(struct worker *worker, struct producer *producer)
{
    rd_kafka_error_t *error = rd_kafka_init_transactions(producer->kafka, (int)worker->settings->start_timeout_ms);

    if (error == NULL)
        return true;
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
    if (producer_topics_open(producer, settings))
        return true;
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
    bool fenced = error_is_none(rd_kafka_init_transactions(kafka, (int)worker->settings->start_timeout_ms),
                                "init_transactions", id);
    rd_kafka_destroy(kafka);
    return fenced;
}

/* --- a transaction --- */

static void crash_flushed(struct producer *producer, enum crash_point point)
{
    if (!crash_point_is_due(point))
        return;
    rd_kafka_flush(producer->kafka, 5000);
    crash_now();
}

static bool records_produce(struct worker *worker, struct producer *producer, const struct output_record *records,
                            size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct output_record *record = &records[i];
        bool is_state = record->output == OUTPUT_STATE, is_alert = record->output == OUTPUT_ALERTS;
        if (is_state || is_alert)
            crash_flushed(producer, is_state ? CRASH_BEFORE_STATE : CRASH_BEFORE_ALERTS);
        if (!worker_record_produce(worker, producer, record))
            return false;
        if (is_state || is_alert)
            crash_flushed(producer, is_state ? CRASH_AFTER_STATE : CRASH_AFTER_ALERTS);
    }
    return true;
}

/* Piece by piece: the broker works on one while the next is computed. The client refers to the machine's memory, which
 * stays until the transaction has ended. False: it must be aborted. */
static bool transaction_produce(struct worker *worker, struct producer *producer)
{
    const struct transaction *transaction = worker->transaction;
    bool produced = true;

    while (!transaction->is_complete) {
        size_t before = transaction->record_count;
        if (!machine_compute(worker->machine, RECORDS_A_PIECE)) {
            log_error(COMPONENT, "memory is short");
            worker_fail(worker, EXIT_OS);
            return false;
        }
        produced = produced &&
                   records_produce(worker, producer, transaction->records + before, transaction->record_count - before);
    }
    return produced;
}

/* A transaction that fails while the offsets are sent is called a wrong state; asked again, the client says why. */
static bool is_worth_repeating(const rd_kafka_error_t *error, int attempt)
{
    if (rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__STATE)
        return attempt == 1;
    return rd_kafka_error_is_retriable(error) && !rd_kafka_error_is_fatal(error) &&
           rd_kafka_error_code(error) != RD_KAFKA_RESP_ERR__TIMED_OUT;
}

static rd_kafka_error_t *offsets_send(struct worker *worker, struct producer *producer)
{
    const struct transaction *transaction = worker->transaction;
    rd_kafka_topic_partition_list_t *offsets = rd_kafka_topic_partition_list_new((int)transaction->offset_count);

    for (size_t i = 0; i < transaction->offset_count; i++) {
        const struct input_offset *offset = &transaction->offsets[i];
        rd_kafka_topic_partition_list_add(offsets, worker->settings->topics[offset->input], offset->partition)->offset =
            offset->offset;
    }
    rd_kafka_error_t *error = rd_kafka_send_offsets_to_transaction(producer->kafka, offsets, worker->group,
                                                                   FOR_AS_LONG_AS_THE_TRANSACTION);
    for (int attempt = 1; error != NULL && is_worth_repeating(error, attempt); attempt++) {
        rd_kafka_error_destroy(error);
        error = rd_kafka_send_offsets_to_transaction(producer->kafka, offsets, worker->group,
                                                     FOR_AS_LONG_AS_THE_TRANSACTION);
    }
    rd_kafka_topic_partition_list_destroy(offsets);
    return error;
}

static enum transaction_outcome outcome_of(struct producer *producer, rd_kafka_error_t *error, const char *call)
{
    if (error == NULL)
        return TRANSACTION_COMMITTED;
    enum transaction_outcome outcome = transaction_error_outcome(producer->kafka, error);
    if (outcome == TRANSACTION_REFUSED) /* which topic it is of may only be in what the client said before */
        log_error(COMPONENT, "%s was refused code=%s reason=%s broker_says=%s", call, rd_kafka_error_name(error),
                  LOG_QUOTED(rd_kafka_error_string(error)), LOG_QUOTED(client_last_error()));
    else
        log_warning(COMPONENT, "%s failed code=%s reason=%s", call, rd_kafka_error_name(error),
                    LOG_QUOTED(rd_kafka_error_string(error)));
    rd_kafka_error_destroy(error);
    return outcome;
}

static enum transaction_outcome finish(struct worker *worker, struct producer *producer)
{
    crash_flushed(producer, CRASH_BEFORE_OFFSETS);
    if (!worker->produced)
        return TRANSACTION_ABORTED;
    enum transaction_outcome outcome = outcome_of(producer, offsets_send(worker, producer), "sending offsets");
    if (outcome != TRANSACTION_COMMITTED)
        return outcome;
    crash_flushed(producer, CRASH_AFTER_OFFSETS);
    if (atomic_load(&worker->assignment_lost))
        return TRANSACTION_ASSIGNMENT_LOST;
    crash_flushed(producer, CRASH_BEFORE_COMMIT);
    outcome = outcome_of(producer, rd_kafka_commit_transaction(producer->kafka, FOR_AS_LONG_AS_THE_TRANSACTION),
                         "commit");
    crash_point_pass(CRASH_AFTER_COMMIT);
    return outcome;
}

/* A coordinator ends what is older than the transaction's time-out, as a new one finds it to be, and refuses it in the
 * words of a fencing. Where another instance is at work its new producers fence this one's, and a young transaction
 * tells. */
static bool is_outdated(const struct worker *worker, enum transaction_outcome outcome)
{
    return outcome == TRANSACTION_FENCED &&
           clock_monotonic_ms() - worker->began_ms >= worker_transaction_timeout_ms(worker);
}

/* On the job thread. */
static void transaction_work(void *context)
{
    struct worker *worker = context;
    struct producer *producer = &worker->producers[worker->turn];
    enum transaction_outcome outcome = finish(worker, producer);

    if (outcome == TRANSACTION_ABORTED || outcome == TRANSACTION_ASSIGNMENT_LOST || outcome == TRANSACTION_REFUSED) {
        enum transaction_outcome aborted = outcome_of(
            producer, rd_kafka_abort_transaction(producer->kafka, FOR_AS_LONG_AS_THE_TRANSACTION), "abort");
        /* What was refused ends the process whatever comes of the abort, which the broker may not know of. */
        if (aborted != TRANSACTION_COMMITTED && outcome != TRANSACTION_REFUSED)
            outcome = aborted == TRANSACTION_ABORTED ? TRANSACTION_UNCERTAIN : aborted;
    }
    worker->outcome = is_outdated(worker, outcome) ? TRANSACTION_UNCERTAIN : outcome;
}

static void worker_restart(struct worker *worker)
{
    worker->renew_producers = true;
    if (!worker->releasing)
        worker_restore_again(worker);
}

static void outcome_handle(struct worker *worker, enum transaction_outcome outcome)
{
    switch (outcome) {
    case TRANSACTION_COMMITTED:
        worker->turn = (worker->turn + 1) % PRODUCERS;
        break;
    case TRANSACTION_ABORTED:
        log_warning(COMPONENT, "aborted, its inputs come again");
        break;
    case TRANSACTION_ASSIGNMENT_LOST:
        log_warning(COMPONENT, "refused, the partitions are another's");
        worker_assignment_drop(worker);
        break;
    case TRANSACTION_UNCERTAIN:
        log_warning(COMPONENT, "nobody knows how it ended; new producers, then the changelog is read again");
        worker_restart(worker);
        break;
    case TRANSACTION_FENCED:
        log_error(
            COMPONENT,
            "fenced: another instance uses transactional_id=%s, or ended what this one had left open when it stood "
            "still; is service.instance unique?",
            worker->producers[worker->turn].transactional_id);
        worker_fail(worker, EXIT_FENCED);
        break;
    case TRANSACTION_REFUSED:
        log_error(
            COMPONENT,
            "the broker refuses what can not be done otherwise: this user needs Write on the topic named before, or "
            "Read where it is an input or the group; or the topic's max.message.bytes is too small");
        worker_fail(worker, EXIT_NO_PERMISSION);
        break;
    case TRANSACTION_FATAL:
        log_error(COMPONENT, "the Kafka client can not go on after this; start again");
        worker_fail(worker, EXIT_FATAL);
        break;
    case TRANSACTION_OUTCOME_COUNT:
        assert(false && "an outcome");
    }
}

static void transaction_log(const struct worker *worker)
{
    const struct transaction *transaction = worker->transaction;
    int64_t now_ms = clock_monotonic_ms();

    log_debug(COMPONENT, "ended outcome=%s events=%u judged=%u records=%zu produce_ms=%lld commit_ms=%lld",
              transaction_outcome_names[worker->outcome], transaction->events, transaction->judged,
              transaction->record_count, (long long)(worker->produced_ms - worker->began_ms),
              (long long)(now_ms - worker->produced_ms));
}

static void on_transaction_done(void *context)
{
    struct worker *worker = context;

    transaction_log(worker);
    worker->transaction = NULL;
    /* What the client still holds refers to the machine's memory, which machine_end gives back. */
    if (worker->outcome != TRANSACTION_COMMITTED)
        rd_kafka_purge(worker->producers[worker->turn].kafka, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    machine_end(worker->machine, worker->outcome == TRANSACTION_COMMITTED);
    outcome_handle(worker, worker->outcome);
    uv_async_send(&worker->wake);
}

void worker_transaction_begin(struct worker *worker)
{
    struct producer *producer = &worker->producers[worker->turn];
    struct text id = {producer->transactional_id, (uint32_t)strlen(producer->transactional_id)};

    worker->began_ms = clock_monotonic_ms();
    worker->transaction = machine_begin(worker->machine, id, clock_wall_ms());
    if (worker->transaction == NULL) {
        log_error(COMPONENT, "memory is short");
        worker_fail(worker, EXIT_OS);
        return;
    }
    crash_point_pass(CRASH_BEFORE_BEGIN);
    enum transaction_outcome begun = outcome_of(producer, rd_kafka_begin_transaction(producer->kafka), "begin");
    crash_point_pass(CRASH_AFTER_BEGIN);
    if (begun != TRANSACTION_COMMITTED) {
        worker->transaction = NULL;
        machine_end(worker->machine, false);
        outcome_handle(worker, begun == TRANSACTION_ABORTED ? TRANSACTION_UNCERTAIN : begun);
        return;
    }
    atomic_store(&worker->assignment_lost, false);
    worker->produced = transaction_produce(worker, producer);
    worker->produced_ms = clock_monotonic_ms();
    job_thread_run(&worker->jobs, transaction_work, on_transaction_done, worker);
}
