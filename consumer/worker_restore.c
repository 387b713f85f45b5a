/* From an assignment to a start: the changelog is read back, and what it says is compared with what the broker says.
 *
 * The order is what makes it right: first the group's committed offsets, stable ones; then the changelog's end as it
 * is, open transactions included; then reading committed records until that end is passed. So nothing that the offsets
 * cover is missed.
 */
#include "consumer/worker_internal.h"

#include <stdlib.h>
#include <string.h>

#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"

#define COMPONENT "restore"

bool restore_is_cancelled(const struct worker *worker)
{
    return atomic_load(&worker->restore_cancelled);
}

bool restore_call_failed(struct worker *worker, const char *call, rd_kafka_resp_err_t error)
{
    const int code = client_exit_code(error);

    worker->job_exit_code = code == EXIT_UNAVAILABLE ? client_unavailable_code() : code;
    log_warning(COMPONENT, "%s failed reason=%s broker_says=%s", call, LOG_QUOTED(rd_kafka_err2str(error)),
                LOG_QUOTED(client_last_error()));
    return false;
}

static bool machine_prepare(struct worker *worker)
{
    free(worker->broker_offsets);
    worker->broker_offsets = calloc((size_t)worker->partition_count, sizeof *worker->broker_offsets);
    if (worker->broker_offsets == NULL)
        return false;
    for (int32_t i = 0; i < worker->partition_count; i++)
        if (!machine_partition_add(worker->machine, worker->partitions[i]))
            return false;
    return true;
}

static bool producers_renew(struct worker *worker)
{
    if (!worker->renew_producers)
        return true;
    worker_producers_close(worker);
    worker->renew_producers = !worker_producers_open(worker);
    return !worker->renew_producers;
}

/* On the job thread; the machine is its own meanwhile. */
static void restore_work(void *context)
{
    struct worker *worker = context;
    struct topic_reader changelog = {0};

    worker->job_exit_code = EXIT_UNAVAILABLE;
    worker->job_succeeded = producers_renew(worker) && machine_prepare(worker) && changelog_open(worker, &changelog) &&
                            offsets_committed_get(worker, &changelog) && offsets_ranges_ask(worker) &&
                            changelog_ends_ask(worker, worker->ends, &changelog) && changelog_read(worker, &changelog);
    topic_reader_close(&changelog);
}

static void days_say(int32_t partition, const struct partition_start *start)
{
    char judged[DAY_TEXT_SIZE], clock[DAY_TEXT_SIZE];

    day_format(start->judged_through, judged);
    day_format(start->clock_day, clock);
    log_error(COMPONENT, "days differ partition=%d judged_through=%s clock=%s", partition, judged, clock);
}

static void groups_say(const struct worker *worker, int32_t partition, enum log_level level)
{
    struct text writer = machine_partition_writer(worker->machine, partition);

    log_write(level, COMPONENT, "groups differ partition=%d group=%s written_by=%.*s", partition,
              worker->settings->group, (int)writer.length, writer.bytes);
}

static void verdict_say(const struct worker *worker, int32_t partition, const struct partition_start *start)
{
    bool starts = verdict_starts[start->verdict];
    bool as_usual = start->verdict == VERDICT_CONTINUES || start->verdict == VERDICT_FIRST_START;

    log_write(!starts    ? LOG_LEVEL_ERROR
              : as_usual ? LOG_LEVEL_DEBUG
                         : LOG_LEVEL_WARNING,
              COMPONENT, "%s partition=%d verdict=%s children=%u reason=\"%s\"", starts ? "restored" : "can not start",
              partition, verdict_names[start->verdict], start->children, verdict_sentences[start->verdict]);
    if (start->input >= 0)
        log_write(starts ? LOG_LEVEL_WARNING : LOG_LEVEL_ERROR, COMPONENT,
                  "offsets differ topic=%s partition=%d group=%lld changelog=%lld",
                  worker->settings->topics[start->input], partition, (long long)start->group_offset,
                  (long long)start->changelog_offset);
    if (start->verdict == VERDICT_DAY_AHEAD)
        days_say(partition, start);
    if (start->verdict == VERDICT_GROUP_DIFFERS || start->verdict == VERDICT_GROUP_DIFFERS_ACCEPTED)
        groups_say(worker, partition, starts ? LOG_LEVEL_WARNING : LOG_LEVEL_ERROR);
}

static bool partitions_start(struct worker *worker, struct partition_start *starts)
{
    uint64_t children = 0, state_hash = 0;
    bool all = true;

    for (int32_t i = 0; i < worker->partition_count; i++) {
        starts[i] = machine_partition_start(worker->machine, worker->partitions[i], &worker->broker_offsets[i]);
        verdict_say(worker, worker->partitions[i], &starts[i]);
        all = all && verdict_starts[starts[i].verdict];
        children += starts[i].children;
        state_hash += starts[i].state_hash;
    }
    if (all)
        log_info(COMPONENT, "ready partitions=%d children=%llu state_hash=%016llx ms=%lld", worker->partition_count,
                 (unsigned long long)children, (unsigned long long)state_hash,
                 (long long)(clock_monotonic_ms() - worker->restore_began_ms));
    return all;
}

static void go_on(struct worker *worker)
{
    struct partition_start *starts = calloc((size_t)worker->partition_count, sizeof *starts);

    if (starts == NULL) {
        worker_fail(worker, EXIT_OS);
    } else if (!partitions_start(worker, starts)) {
        worker_fail(worker, EXIT_TORN);
    } else {
        worker->phase = WORKER_RUNNING;
        memset(worker->inputs, 0, (size_t)worker->partition_count * STATE_INPUTS * sizeof *worker->inputs);
        worker_assignment_fetch(worker);
    }
    free(starts);
}

static void on_restored(void *context)
{
    struct worker *worker = context;

    if (worker->phase != WORKER_RESTORING || restore_is_cancelled(worker))
        return; /* whoever cancelled it goes on */
    if (worker->job_succeeded) {
        go_on(worker);
    } else {
        log_error(COMPONENT, "the state could not be restored");
        worker_fail(worker, worker->job_exit_code);
    }
    uv_async_send(&worker->wake);
}

void worker_restore_begin(struct worker *worker)
{
    worker->phase = WORKER_RESTORING;
    worker->restore_began_ms = clock_monotonic_ms();
    worker->caught_up_said = worker->is_doubted = false;
    atomic_store(&worker->restore_cancelled, false);
    job_thread_run(&worker->jobs, restore_work, on_restored, worker);
}

void worker_restore_again(struct worker *worker)
{
    worker_assignment_pause(worker);
    machine_partitions_drop(worker->machine);
    worker_restore_begin(worker);
}
