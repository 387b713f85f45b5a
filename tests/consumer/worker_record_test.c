/* Protects the memory of a service whose records are refused by its Kafka client: headers are the client's once it has
 * taken a record, and ours to destroy where it has not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alerts/record_headers.h"
#include "consumer/exit_code.h"
#include "consumer/worker_internal.h"

#define MESSAGE_BYTES_MAX "1000" /* the least that librdkafka lets be set */

static int headers_destroyed; /* by us */

void __real_rd_kafka_headers_destroy(rd_kafka_headers_t *headers);
void __wrap_rd_kafka_headers_destroy(rd_kafka_headers_t *headers);

void __wrap_rd_kafka_headers_destroy(rd_kafka_headers_t *headers)
{
    headers_destroyed++;
    __real_rd_kafka_headers_destroy(headers);
}

/* A client without brokers: it takes what it may, and keeps it. */
static struct producer producer_new(void)
{
    char why[512];
    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    assert_int_equal(rd_kafka_conf_set(configuration, "message.max.bytes", MESSAGE_BYTES_MAX, why, sizeof why) |
                         rd_kafka_conf_set(configuration, "log_level", "0", why, sizeof why),
                     RD_KAFKA_CONF_OK);
    struct producer producer = {.kafka = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, why, sizeof why)};
    assert_non_null(producer.kafka);
    producer.topics[OUTPUT_ALERTS] = rd_kafka_topic_new(producer.kafka, "alerts", NULL);
    assert_non_null(producer.topics[OUTPUT_ALERTS]);
    return producer;
}

static void producer_free(struct producer *producer)
{
    rd_kafka_purge(producer->kafka, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_topic_destroy(producer->topics[OUTPUT_ALERTS]);
    rd_kafka_destroy(producer->kafka);
}

static const struct {
    uint32_t value_length;
    bool has_headers;
    int destroyed; /* by us */
    int exit_code;
} rows[] = {
    {10, false, 0, EXIT_OK},
    {10, true, 0, EXIT_OK},
    {2000, false, 0, EXIT_CONFIG},
    {2000, true, 1, EXIT_CONFIG},
};

static void headers_are_destroyed_where_the_client_has_not_taken_the_record(void **state)
{
    static const uint8_t value[2000];
    struct settings settings;
    struct record_headers headers;
    struct producer producer = producer_new();
    (void)state;
    assert_true(settings_init(&settings));
    record_headers_init(&headers);
    record_headers_trace(&headers, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct worker worker = {.settings = &settings};
        assert_int_equal(uv_loop_init(&worker.loop), 0);
        assert_int_equal(uv_async_init(&worker.loop, &worker.wake, NULL), 0);
        const struct output_record record = {.output = OUTPUT_ALERTS,
                                             .key = "k",
                                             .key_length = 1,
                                             .value = value,
                                             .value_length = rows[i].value_length,
                                             .headers = rows[i].has_headers ? &headers : NULL};
        headers_destroyed = 0;
        assert_int_equal(worker_record_produce(&worker, &producer, &record), rows[i].exit_code == EXIT_OK);
        assert_int_equal(headers_destroyed, rows[i].destroyed);
        assert_int_equal(worker.exit_code, rows[i].exit_code);
        uv_close((uv_handle_t *)&worker.wake, NULL);
        uv_run(&worker.loop, UV_RUN_DEFAULT);
        assert_int_equal(uv_loop_close(&worker.loop), 0);
    }
    settings_fini(&settings);
    producer_free(&producer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_destroyed_where_the_client_has_not_taken_the_record)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
