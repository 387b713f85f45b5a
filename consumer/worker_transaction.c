/* Running the transactions the machine computes. Every one sends the positions of its inputs with the membership of the
 * assignment it was gathered under, so that the broker refuses a batch whose partitions have gone to another. */
#include "consumer/worker_internal.h"

#include <string.h>

#include "consumer/crash_point.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"

#define COMPONENT "transaction"
#define FOR_AS_LONG_AS_THE_TRANSACTION (-1)
#define RECORDS_A_PIECE 1000

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

/* --- what becomes of its end --- */

static void turn_pass(struct worker *worker)
{
    worker->turn = (worker->turn + 1) % PRODUCERS;
}

static void worker_restart(struct worker *worker)
{
    worker->renew_producers = true;
    if (!worker->releasing)
        worker_restore_again(worker);
}

static const struct {
    void (*go_on)(struct worker *worker); /* NULL: as if there had been no transaction */
    int exit_code;                        /* else the process ends with it */
    const char *said;
} outcomes[TRANSACTION_OUTCOME_COUNT] = {
    [TRANSACTION_COMMITTED] = {.go_on = turn_pass},
    [TRANSACTION_ABORTED] = {.said = "aborted, its inputs come again"},
    [TRANSACTION_ASSIGNMENT_LOST] = {.go_on = worker_assignment_drop, .said = "refused, the partitions are another's"},
    [TRANSACTION_UNCERTAIN] = {.go_on = worker_restart,
                               .said = "nobody knows how it ended; new producers, then the changelog is read again"},
    [TRANSACTION_FENCED] = {.exit_code = EXIT_FENCED,
                            .said = "fenced: another instance uses this transactional.id, or ended what this one had "
                                    "left open when it stood still; is service.instance unique?"},
    [TRANSACTION_REFUSED] = {.exit_code = EXIT_NO_PERMISSION,
                             .said = "the broker refuses what can not be done otherwise: this user needs Write on the "
                                     "topic named before, or Read where it is an input or the group; or the topic's "
                                     "max.message.bytes is too small"},
    [TRANSACTION_FATAL] = {.exit_code = EXIT_FATAL, .said = "the Kafka client can not go on after this; start again"},
};

static void outcome_handle(struct worker *worker, enum transaction_outcome outcome)
{
    if (outcomes[outcome].said != NULL)
        log_write(outcomes[outcome].exit_code == EXIT_OK ? LOG_LEVEL_WARNING : LOG_LEVEL_ERROR, COMPONENT,
                  "%s transactional_id=%s", outcomes[outcome].said, worker->producers[worker->turn].transactional_id);
    if (outcomes[outcome].exit_code != EXIT_OK)
        worker_fail(worker, outcomes[outcome].exit_code);
    else if (outcomes[outcome].go_on != NULL)
        outcomes[outcome].go_on(worker);
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
