/* Reading a partition's changelog back into the machine. */
#include "consumer/worker_internal.h"

#include "consumer/crash_point.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"

#define COMPONENT "restore"
#define LOOK_MS 100
#define SAY_WAITING_EVERY_MS 5000

bool changelog_open(struct worker *worker, struct topic_reader *changelog)
{
    if (worker->changelog == NULL)
        worker->changelog = topic_reader_client(worker->settings, COMPONENT);
    if (worker->changelog == NULL)
        return false;
    rd_kafka_resp_err_t error = topic_reader_open(changelog, worker->changelog, worker->settings->topics[TOPIC_STATE],
                                                  worker->partitions, worker->partition_count,
                                                  worker->settings->start_timeout_ms, &worker->restore_cancelled);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return restore_call_failed(worker, "looking up the state topic", error);
    error = topic_reader_start_all(changelog);
    return error == RD_KAFKA_RESP_ERR_NO_ERROR ? true : restore_call_failed(worker, "reading the state topic", error);
}

/* Ends as KAFKA sees them: as they are, or, for a handle that reads committed records, the last stable offsets. */
bool changelog_ends_ask(struct worker *worker, rd_kafka_t *kafka, struct topic_reader *changelog)
{
    rd_kafka_resp_err_t error = topic_reader_ask_ends(changelog, kafka, worker->settings->start_timeout_ms,
                                                      &worker->restore_cancelled);

    return error == RD_KAFKA_RESP_ERR_NO_ERROR
               ? true
               : restore_call_failed(worker, "asking for the ends of the state topic", error);
}

/* Memory that is short ends it: a child would be missing. */
static bool on_record(void *context, const struct topic_record *record)
{
    struct worker *worker = context;

    if (machine_restore(worker->machine, worker->partitions[record->partition], record->key, record->value,
                        record->length))
        return true;
    log_error(COMPONENT, "memory is short");
    return false;
}

static bool on_error(void *context, int32_t number, rd_kafka_resp_err_t error, const char *reason)
{
    struct worker *worker = context;

    if (client_exit_code(error) == EXIT_NO_PERMISSION) {
        worker->job_exit_code = client_reading_failed(error, worker->settings->topics[TOPIC_STATE], reason, COMPONENT);
        return false;
    }
    log_warning(COMPONENT, "reading fails partition=%d reason=%s", number, LOG_QUOTED(reason));
    return true;
}

/* A transaction that somebody left open holds back what comes after it. */
static void waiting_say(const struct topic_reader *changelog, int64_t *said_ms)
{
    int64_t now_ms = clock_monotonic_ms();

    if (now_ms - *said_ms < SAY_WAITING_EVERY_MS)
        return;
    *said_ms = now_ms;
    for (int32_t i = 0; i < changelog->partition_count; i++) {
        const struct topic_partition *partition = &changelog->partitions[i];
        if (!topic_partition_is_read(partition))
            log_warning(COMPONENT,
                        "reading the state topic partition=%d position=%lld end=%lld; where it stands still, "
                        "a transaction is open on it",
                        partition->number, (long long)partition->position, (long long)partition->end);
    }
}

bool changelog_read(struct worker *worker, struct topic_reader *changelog)
{
    const struct topic_listener listener = {on_record, on_error, worker};
    int64_t said_ms = clock_monotonic_ms();

    while (!topic_reader_is_read(changelog)) {
        if (restore_is_cancelled(worker) || !topic_reader_look(changelog, LOOK_MS, &listener))
            return false;
        waiting_say(changelog, &said_ms);
        crash_point_pass(CRASH_IN_RESTORE);
    }
    return true;
}
