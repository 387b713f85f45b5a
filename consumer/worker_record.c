/* Handing the records of a transaction to the Kafka client, with their headers. */
#include "consumer/worker_internal.h"

#include <string.h>

#include "alerts/record_headers.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"

#define COMPONENT "transaction"

static rd_kafka_headers_t *headers_new(const struct worker *worker, const struct record_headers *headers)
{
    const char *values[RECORD_HEADER_COUNT];
    rd_kafka_headers_t *list = rd_kafka_headers_new(RECORD_HEADER_COUNT);

    record_headers_values(headers, worker->settings->cloudevents_source, values);
    for (int i = 0; i < RECORD_HEADER_COUNT; i++)
        if (values[i] != NULL)
            rd_kafka_header_add(list, record_headers[i].name, -1, values[i], (ssize_t)strlen(values[i]));
    return list;
}

/* The headers are the client's once it has taken the record. */
static rd_kafka_resp_err_t offer_with_headers(const struct producer *producer, const struct output_record *record,
                                              rd_kafka_headers_t *headers)
{
    const rd_kafka_vu_t parts[] = {
        {.vtype = RD_KAFKA_VTYPE_RKT, .u.rkt = producer->topics[record->output]},
        {.vtype = RD_KAFKA_VTYPE_PARTITION, .u.i32 = record->partition},
        {.vtype = RD_KAFKA_VTYPE_MSGFLAGS, .u.i = 0},
        {.vtype = RD_KAFKA_VTYPE_KEY, .u.mem = {(void *)(uintptr_t)record->key, record->key_length}},
        {.vtype = RD_KAFKA_VTYPE_VALUE, .u.mem = {(void *)(uintptr_t)record->value, record->value_length}},
        {.vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = headers},
    };
    rd_kafka_error_t *error = rd_kafka_produceva(producer->kafka, parts, sizeof parts / sizeof parts[0]);
    rd_kafka_resp_err_t code = error == NULL ? RD_KAFKA_RESP_ERR_NO_ERROR : rd_kafka_error_code(error);

    rd_kafka_error_destroy(error);
    return code;
}

static rd_kafka_resp_err_t offer(const struct producer *producer, const struct output_record *record,
                                 rd_kafka_headers_t *headers)
{
    if (headers != NULL)
        return offer_with_headers(producer, record, headers);
    int failed = rd_kafka_produce(producer->topics[record->output], record->partition, 0,
                                  (void *)(uintptr_t)record->value, record->value_length, record->key,
                                  record->key_length, NULL);
    return failed == 0 ? RD_KAFKA_RESP_ERR_NO_ERROR : rd_kafka_last_error();
}

static void refusal_say(struct worker *worker, const struct producer *producer, const struct output_record *record,
                        rd_kafka_resp_err_t error)
{
    log_warning(COMPONENT, "a record was not taken topic=%s bytes=%u reason=%s",
                rd_kafka_topic_name(producer->topics[record->output]), record->value_length,
                LOG_QUOTED(rd_kafka_err2str(error)));
    if (error != RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE)
        return;
    log_error(COMPONENT, "it will never be; raise kafka.message.max.bytes, and max.message.bytes of the topic");
    worker_fail(worker, EXIT_CONFIG);
}

bool worker_record_produce(struct worker *worker, const struct producer *producer, const struct output_record *record)
{
    rd_kafka_headers_t *headers = record->headers == NULL ? NULL : headers_new(worker, record->headers);
    rd_kafka_resp_err_t error;

    while ((error = offer(producer, record, headers)) == RD_KAFKA_RESP_ERR__QUEUE_FULL)
        rd_kafka_poll(producer->kafka, 10);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        return true;
    if (headers != NULL)
        rd_kafka_headers_destroy(headers);
    refusal_say(worker, producer, record, error);
    return false;
}
