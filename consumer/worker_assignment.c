/* What is assigned to the member of the consumer group: which partitions, whether they are fetched, and what a
 * rebalance means. */
#include "consumer/worker_internal.h"

#include <stdlib.h>
#include <string.h>

#include "consumer/crash_point.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"

#define COMPONENT "inputs"

/* --- which ones --- */

static int compare_numbers(const void *a, const void *b)
{
    int32_t first = *(const int32_t *)a, second = *(const int32_t *)b;
    return (first > second) - (first < second);
}

static int32_t numbers_of(const rd_kafka_topic_partition_list_t *list, const char *topic, int32_t *numbers)
{
    int32_t count = 0;

    for (int i = 0; i < list->cnt; i++)
        if (strcmp(list->elems[i].topic, topic) == 0)
            numbers[count++] = list->elems[i].partition;
    qsort(numbers, (size_t)count, sizeof *numbers, compare_numbers);
    return count;
}

/* Takes over the assignment's partition numbers; false where the three inputs do not have the same ones. */
static bool partitions_take(struct worker *worker, const rd_kafka_topic_partition_list_t *list)
{
    size_t size = ((size_t)list->cnt + 1) * sizeof(int32_t);
    int32_t *numbers = malloc(size), *others = malloc(size);
    struct worker_input *inputs = calloc((size_t)list->cnt + 1, sizeof *inputs);
    bool same = numbers != NULL && others != NULL && inputs != NULL;

    if (same) {
        int32_t count = numbers_of(list, worker->settings->topics[TOPIC_PLACEMENTS], numbers);
        for (int topic = TOPIC_MOVES; topic <= TOPIC_ENROLLMENTS; topic++)
            same = same && numbers_of(list, worker->settings->topics[topic], others) == count &&
                   memcmp(numbers, others, (size_t)count * sizeof *numbers) == 0;
        worker->partition_count = count;
    }
    free(others);
    free(worker->partitions);
    free(worker->inputs);
    worker->partitions = numbers;
    worker->inputs = inputs;
    return same;
}

/* --- whether they are fetched --- */

/* librdkafka ends the process where what it is still stopping is to be stopped again (an assertion, in every version so
 * far). Its main thread takes one request after the other: what was asked before is stopped when this one is answered.
 */
void worker_assignment_settle(struct worker *worker)
{
    rd_kafka_topic_partition_list_t *assigned = NULL;

    if (rd_kafka_assignment(worker->consumer, &assigned) == RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_topic_partition_list_destroy(assigned);
}

/* Waiting comes first: until it is told what is assigned now the client's main thread is there to answer, but
 * afterwards, when nothing is and the consumer is being closed, it may end without answering. */
static rd_kafka_resp_err_t assign(struct worker *worker, const rd_kafka_topic_partition_list_t *list)
{
    worker_assignment_settle(worker);
    return rd_kafka_assign(worker->consumer, list);
}

void worker_assignment_pause(struct worker *worker)
{
    rd_kafka_topic_partition_list_t *nothing = rd_kafka_topic_partition_list_new(0);

    assign(worker, nothing);
    rd_kafka_topic_partition_list_destroy(nothing);
}

void worker_assignment_fetch(struct worker *worker)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(worker->partition_count * STATE_INPUTS);

    for (int32_t i = 0; i < worker->partition_count; i++)
        for (int input = 0; input < STATE_INPUTS; input++)
            if (!worker->inputs[i * STATE_INPUTS + input].is_left_out)
                rd_kafka_topic_partition_list_add(list, worker->settings->topics[input], worker->partitions[i])
                    ->offset = machine_position(worker->machine, input, worker->partitions[i]);
    rd_kafka_resp_err_t error = assign(worker, list);
    rd_kafka_topic_partition_list_destroy(list);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        log_error(COMPONENT, "assigning failed reason=%s", LOG_QUOTED(rd_kafka_err2str(error)));
        worker_fail(worker, EXIT_SOFTWARE);
    }
}

void worker_assignment_drop(struct worker *worker)
{
    assign(worker, NULL);
    machine_partitions_drop(worker->machine);
    worker->partition_count = 0;
    if (worker->phase == WORKER_RUNNING || worker->phase == WORKER_RESTORING)
        worker->phase = WORKER_WAITING;
}

/* --- a rebalance --- */

/* What a replay of the changelog must give. */
static void say_farewell(struct worker *worker)
{
    uint64_t all_children = 0, state_hash = 0;

    for (int32_t i = 0; i < worker->partition_count; i++) {
        uint32_t children;
        uint64_t hash;
        machine_partition_summary(worker->machine, worker->partitions[i], &children, &hash);
        all_children += children;
        state_hash += hash;
    }
    log_info(COMPONENT, "released partitions=%d children=%llu state_hash=%016llx", worker->partition_count,
             (unsigned long long)all_children, (unsigned long long)state_hash);
}

static void group_forget(struct worker *worker)
{
    if (worker->group != NULL)
        rd_kafka_consumer_group_metadata_destroy(worker->group);
    worker->group = NULL;
}

/* Nothing is fetched until the state is restored: an empty list is assigned, then the partitions with their offsets. */
static void on_assigned(struct worker *worker, const rd_kafka_topic_partition_list_t *list)
{
    group_forget(worker); /* an assignment of nothing is not revoked */
    worker->group = rd_kafka_consumer_group_metadata(worker->consumer);
    worker_assignment_pause(worker);
    if (!partitions_take(worker, list)) {
        log_error(COMPONENT, "the inputs were assigned with different partition numbers; are they of the same count, "
                             "and all members of this version?");
        worker_fail(worker, EXIT_CONFIG);
        return;
    }
    log_info(COMPONENT, "assigned partitions=%d", worker->partition_count);
    if (worker->partition_count > 0 && worker->phase == WORKER_WAITING)
        worker_restore_begin(worker);
}

/* Whatever is under way is ended, then everything known is dropped. */
static void release(struct worker *worker)
{
    atomic_store(&worker->restore_cancelled, true);
    worker->releasing = true;
    job_thread_finish(&worker->jobs);
    worker->releasing = false;
    crash_point_pass(CRASH_IN_REVOKE);
    if (worker->phase == WORKER_RUNNING && !worker->renew_producers) /* else the last transaction's end is unknown */
        say_farewell(worker);
    worker_assignment_drop(worker);
    group_forget(worker);
}

static void on_revoked(struct worker *worker)
{
    bool lost = rd_kafka_assignment_lost(worker->consumer);

    log_info(COMPONENT, "revoked partitions=%d lost=%s", worker->partition_count, lost ? "yes" : "no");
    if (lost)
        atomic_store(&worker->assignment_lost, true);
    release(worker);
}

/* An assignment that comes while all is being closed is given back: no restore may begin on clients that are going. */
void worker_assignment_change(struct worker *worker, const rd_kafka_topic_partition_list_t *assigned)
{
    if (assigned != NULL && worker->phase == WORKER_WAITING && !atomic_load(&worker->stop_asked))
        on_assigned(worker, assigned);
    else
        on_revoked(worker);
}
