/* The member of the consumer group: messages into the machine, and what a rebalance means. */
#include "consumer/worker_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/crash_point.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "schemas/traceparent.h"

#define COMPONENT "inputs"
#define MESSAGES_A_LOOK 2000
#define LOOKS_A_STEP 10

static void on_queue_filled(rd_kafka_t *kafka, void *opaque)
{
    struct worker *worker = opaque;

    (void)kafka;
    uv_async_send(&worker->wake);
}

/* --- partitions --- */

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

void worker_partitions_release(struct worker *worker)
{
    atomic_store(&worker->restore_cancelled, true);
    worker->releasing = true;
    job_thread_finish(&worker->jobs);
    worker->releasing = false;
    crash_point_pass(CRASH_IN_REVOKE);
    if (worker->phase == WORKER_RUNNING && !worker->renew_producers) /* else the last transaction's end is unknown */
        say_farewell(worker);
    worker_inputs_unassign(worker);
    group_forget(worker);
}

/* librdkafka ends the process where what it is still stopping is to be stopped again (an assertion, in every version so
 * far). Its main thread takes one request after the other: what was asked before is stopped when this one is answered.
 */
static void wait_for_stops(rd_kafka_t *consumer)
{
    rd_kafka_topic_partition_list_t *assigned = NULL;

    if (rd_kafka_assignment(consumer, &assigned) == RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_topic_partition_list_destroy(assigned);
}

rd_kafka_resp_err_t worker_assign(struct worker *worker, const rd_kafka_topic_partition_list_t *list)
{
    rd_kafka_resp_err_t error = rd_kafka_assign(worker->consumer, list);

    if (!worker->is_closing) /* then nothing is assigned after this, and who would answer may be gone */
        wait_for_stops(worker->consumer);
    return error;
}

void worker_inputs_unassign(struct worker *worker)
{
    worker_assign(worker, NULL);
    machine_partitions_drop(worker->machine);
    worker->partition_count = 0;
    if (worker->phase == WORKER_RUNNING || worker->phase == WORKER_RESTORING)
        worker->phase = WORKER_WAITING;
}

void worker_inputs_assign(struct worker *worker)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(worker->partition_count * STATE_INPUTS);

    for (int32_t i = 0; i < worker->partition_count; i++)
        for (int input = 0; input < STATE_INPUTS; input++)
            if (!worker->inputs[i * STATE_INPUTS + input].is_left_out)
                rd_kafka_topic_partition_list_add(list, worker->settings->topics[input], worker->partitions[i])
                    ->offset = machine_position(worker->machine, input, worker->partitions[i]);
    rd_kafka_resp_err_t error = worker_assign(worker, list);
    rd_kafka_topic_partition_list_destroy(list);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        log_error(COMPONENT, "assigning failed reason=%s", LOG_QUOTED(rd_kafka_err2str(error)));
        worker_fail(worker, EXIT_SOFTWARE);
    }
}

/* --- rebalance --- */

/* Nothing is fetched until the state is restored: an empty list is assigned, then the partitions with their offsets. */
static void on_assigned(struct worker *worker, const rd_kafka_topic_partition_list_t *list)
{
    rd_kafka_topic_partition_list_t *nothing = rd_kafka_topic_partition_list_new(0);

    group_forget(worker); /* an assignment of nothing is not revoked */
    worker->group = rd_kafka_consumer_group_metadata(worker->consumer);
    worker_assign(worker, nothing);
    rd_kafka_topic_partition_list_destroy(nothing);
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

static void on_revoked(struct worker *worker)
{
    bool lost = rd_kafka_assignment_lost(worker->consumer);

    log_info(COMPONENT, "revoked partitions=%d lost=%s", worker->partition_count, lost ? "yes" : "no");
    if (lost)
        atomic_store(&worker->assignment_lost, true);
    worker_partitions_release(worker);
}

/* An assignment that comes while all is being closed is given back: no restore may begin on clients that are going. */
static void on_rebalance(rd_kafka_t *consumer, rd_kafka_resp_err_t event, rd_kafka_topic_partition_list_t *list,
                         void *opaque)
{
    struct worker *worker = opaque;

    (void)consumer;
    if (event == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS && worker->phase == WORKER_WAITING &&
        !atomic_load(&worker->stop_asked))
        on_assigned(worker, list);
    else
        on_revoked(worker);
}

/* --- messages --- */

static bool input_of(const struct worker *worker, const rd_kafka_message_t *message, int *input)
{
    const char *topic = rd_kafka_topic_name(message->rkt);

    for (*input = 0; *input < STATE_INPUTS; ++*input)
        if (strcmp(topic, worker->settings->topics[*input]) == 0)
            return true;
    return false;
}

/* The client parses headers only when they are asked for, so a record without any costs nothing. The last one counts,
 * as with OpenTelemetry's clients. */
static struct text traceparent_of(const rd_kafka_message_t *message)
{
    rd_kafka_headers_t *headers;
    const void *value;
    size_t length;

    if (rd_kafka_message_headers(message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR ||
        rd_kafka_header_get_last(headers, TRACEPARENT_HEADER, &value, &length) != RD_KAFKA_RESP_ERR_NO_ERROR ||
        length != TRACEPARENT_LENGTH)
        return (struct text){NULL, 0};
    return (struct text){value, TRACEPARENT_LENGTH};
}

static void on_input(struct worker *worker, const rd_kafka_message_t *message, int input, int64_t now_ms)
{
    struct input_message told = {
        .input = input,
        .partition = message->partition,
        .offset = message->offset,
        .timestamp_ms = rd_kafka_message_timestamp(message, NULL),
        .key = message->key,
        .key_length = message->key_len,
        .value = message->payload,
        .value_length = message->len,
        .traceparent = traceparent_of(message),
    };

    if (!machine_message(worker->machine, &told, now_ms)) {
        log_error(COMPONENT, "memory is short");
        worker_fail(worker, EXIT_OS);
    }
}

/* A broker that stood still believes for a moment that it leads what others have written since. So what it says is gone
 * is looked at anew, and a verdict says whether it is. */
static void on_input_error(struct worker *worker, const rd_kafka_message_t *message)
{
    if (message->err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET || message->err == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE) {
        log_warning(COMPONENT,
                    "the offset to read next is said to be gone; it is looked at anew partition=%d reason=%s",
                    message->partition, LOG_QUOTED(rd_kafka_message_errstr(message)));
        worker->is_doubted = true;
    } else {
        log_warning(COMPONENT, "reading fails partition=%d reason=%s", message->partition,
                    LOG_QUOTED(rd_kafka_message_errstr(message)));
    }
}

static void say_refused(const struct worker *worker, const rd_kafka_message_t *message)
{
    bool is_topic = message->rkt != NULL && message->err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED;

    log_error(COMPONENT, "the broker refuses access; this user needs Read on %s %s reason=%s",
              is_topic ? "topic" : "group", is_topic ? rd_kafka_topic_name(message->rkt) : worker->settings->group,
              LOG_QUOTED(rd_kafka_message_errstr(message)));
}

/* What concerns the membership, not a partition. */
static void on_client_error(struct worker *worker, const rd_kafka_message_t *message)
{
    int code = client_exit_code(message->err);

    if (code == EXIT_UNAVAILABLE) {
        log_warning(COMPONENT, "the client says reason=%s", LOG_QUOTED(rd_kafka_message_errstr(message)));
        return;
    }
    if (code == EXIT_NO_PERMISSION)
        say_refused(worker, message);
    else
        log_error(COMPONENT, "the group's member can not go on; start again reason=%s",
                  LOG_QUOTED(rd_kafka_message_errstr(message)));
    worker_fail(worker, code);
}

static void on_message(struct worker *worker, const rd_kafka_message_t *message, int64_t now_ms)
{
    int input;

    if (message->rkt == NULL || !input_of(worker, message, &input) ||
        client_exit_code(message->err) == EXIT_NO_PERMISSION)
        on_client_error(worker, message);
    else if (worker->phase != WORKER_RUNNING)
        return; /* of an assignment that is gone */
    else if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
        on_input(worker, message, input, now_ms);
    else if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
        machine_input_end(worker->machine, input, message->partition, message->offset);
    else
        on_input_error(worker, message);
}

/* A look at the queue also serves the rebalance callback, in whose course everything known may be dropped: the machine
 * then passes over what is left of this look. The look drains the queue as far as it may, since its wake-up comes only
 * when it was empty. */
void worker_inputs_poll(struct worker *worker)
{
    static _Thread_local rd_kafka_message_t *messages[MESSAGES_A_LOOK];
    int64_t now_ms = clock_monotonic_ms();

    worker->drained = false;
    for (int look = 0; look < LOOKS_A_STEP && !machine_is_full(worker->machine); look++) {
        ssize_t count = rd_kafka_consume_batch_queue(worker->queue, 0, messages, MESSAGES_A_LOOK);
        for (ssize_t i = 0; i < count; i++) {
            on_message(worker, messages[i], now_ms);
            rd_kafka_message_destroy(messages[i]);
        }
        worker->drained = count <= 0;
        if (worker->drained)
            return;
    }
}

void worker_inputs_lag(struct worker *worker)
{
    for (int32_t i = 0; i < worker->partition_count; i++)
        for (int input = 0; input < STATE_INPUTS; input++) {
            int64_t low, high;
            if (rd_kafka_get_watermark_offsets(worker->consumer, worker->settings->topics[input], worker->partitions[i],
                                               &low, &high) == RD_KAFKA_RESP_ERR_NO_ERROR)
                machine_input_lag(worker->machine, input, worker->partitions[i], high);
        }
}

/* --- opening and closing --- */

bool worker_inputs_open(struct worker *worker)
{
    const struct settings *settings = worker->settings;
    const struct client_property properties[] = {
        {"group.id", settings->group},
        {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"},
        {"auto.offset.reset", "error"},
        {"isolation.level", "read_committed"},
        {"partition.assignment.strategy", "range"},
        {"enable.partition.eof", "true"},
        {"session.timeout.ms", client_default(settings, "session.timeout.ms", "10000")},
        {"heartbeat.interval.ms", client_default(settings, "heartbeat.interval.ms", "1000")},
        {"socket.timeout.ms", client_default(settings, "socket.timeout.ms", CONSUMER_SOCKET_TIMEOUT_MS)},
        {"queued.min.messages", client_default(settings, "queued.min.messages", "1000000")},
        {"queued.max.messages.kbytes", client_default(settings, "queued.max.messages.kbytes", "131072")},
        {"fetch.message.max.bytes", client_default(settings, "fetch.message.max.bytes", "4194304")},
    };
    rd_kafka_conf_t *configuration = client_configuration(settings, properties,
                                                          sizeof properties / sizeof properties[0]);

    if (configuration == NULL)
        return false;
    rd_kafka_conf_set_rebalance_cb(configuration, on_rebalance);
    rd_kafka_conf_set_opaque(configuration, worker);
    worker->consumer = client_new(RD_KAFKA_CONSUMER, configuration, COMPONENT);
    if (worker->consumer == NULL)
        return false;
    rd_kafka_poll_set_consumer(worker->consumer);
    worker->queue = rd_kafka_queue_get_consumer(worker->consumer);
    rd_kafka_queue_cb_event_enable(worker->queue, on_queue_filled, worker);
    return true;
}

bool worker_inputs_subscribe(struct worker *worker)
{
    rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(STATE_INPUTS);

    for (int input = 0; input < STATE_INPUTS; input++)
        rd_kafka_topic_partition_list_add(topics, worker->settings->topics[input], RD_KAFKA_PARTITION_UA);
    rd_kafka_resp_err_t error = rd_kafka_subscribe(worker->consumer, topics);
    rd_kafka_topic_partition_list_destroy(topics);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        log_error(COMPONENT, "subscribing failed reason=%s", LOG_QUOTED(rd_kafka_err2str(error)));
    return error == RD_KAFKA_RESP_ERR_NO_ERROR;
}

void worker_inputs_close(struct worker *worker)
{
    if (worker->consumer == NULL)
        return;
    worker->is_closing = true;
    rd_kafka_consumer_close(worker->consumer); /* calls on_rebalance for what is still assigned */
    rd_kafka_queue_cb_event_enable(worker->queue, NULL, NULL);
    rd_kafka_queue_destroy(worker->queue);
    rd_kafka_destroy(worker->consumer);
    worker->consumer = NULL;
    worker->is_closing = false;
}
