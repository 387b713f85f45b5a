/* The member of the consumer group: its client, and messages into the machine. */
#include "consumer/worker_internal.h"

#include <string.h>

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

static void on_rebalance(rd_kafka_t *consumer, rd_kafka_resp_err_t event, rd_kafka_topic_partition_list_t *list,
                         void *opaque)
{
    (void)consumer;
    worker_assignment_change(opaque, event == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS ? list : NULL);
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
    worker_assignment_settle(worker);
    rd_kafka_consumer_close(worker->consumer); /* calls on_rebalance for what is still assigned */
    rd_kafka_queue_cb_event_enable(worker->queue, NULL, NULL);
    rd_kafka_queue_destroy(worker->queue);
    rd_kafka_destroy(worker->consumer);
    worker->consumer = NULL;
}
