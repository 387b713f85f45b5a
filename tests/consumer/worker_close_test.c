/* Protects the end of a service: while it closes its consumer it asks librdkafka's main thread nothing after it has
 * given up its partitions. That thread ends when nothing is assigned any more, and whoever asks it just then waits for
 * ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "consumer/calendar_file.h"
#include "consumer/demo_cluster.h"
#include "consumer/demo_service.h"
#include "consumer/exit_code.h"

#define DEADLINE_S 60 /* a service that hangs, or never has a partition, fails */

static atomic_bool is_closing;
static atomic_int given_up, asked_afterwards; /* while it closes */

rd_kafka_resp_err_t __real_rd_kafka_consumer_close(rd_kafka_t *consumer);
rd_kafka_resp_err_t __wrap_rd_kafka_consumer_close(rd_kafka_t *consumer);
rd_kafka_resp_err_t __real_rd_kafka_assign(rd_kafka_t *consumer, const rd_kafka_topic_partition_list_t *list);
rd_kafka_resp_err_t __wrap_rd_kafka_assign(rd_kafka_t *consumer, const rd_kafka_topic_partition_list_t *list);
rd_kafka_resp_err_t __real_rd_kafka_assignment(rd_kafka_t *consumer, rd_kafka_topic_partition_list_t **list);
rd_kafka_resp_err_t __wrap_rd_kafka_assignment(rd_kafka_t *consumer, rd_kafka_topic_partition_list_t **list);

rd_kafka_resp_err_t __wrap_rd_kafka_consumer_close(rd_kafka_t *consumer)
{
    atomic_store(&is_closing, true);
    return __real_rd_kafka_consumer_close(consumer);
}

rd_kafka_resp_err_t __wrap_rd_kafka_assign(rd_kafka_t *consumer, const rd_kafka_topic_partition_list_t *list)
{
    if (atomic_load(&is_closing))
        atomic_fetch_add(&given_up, 1);
    return __real_rd_kafka_assign(consumer, list);
}

/* Not asked in earnest: then a service that is at fault would hang now and then, and not fail. */
rd_kafka_resp_err_t __wrap_rd_kafka_assignment(rd_kafka_t *consumer, rd_kafka_topic_partition_list_t **list)
{
    if (atomic_load(&given_up) == 0)
        return __real_rd_kafka_assignment(consumer, list);
    atomic_fetch_add(&asked_afterwards, 1);
    return RD_KAFKA_RESP_ERR__DESTROY;
}

static void wait_until_it_works(struct demo_service *service)
{
    int exit_code;
    while (!demo_service_has_reached(service, service->needs.settings->clock.start)) {
        assert_true(demo_service_runs(service, &exit_code));
        usleep(1000);
    }
}

static void nothing_is_asked_of_a_consumer_that_has_given_up_its_partitions(void **state)
{
    struct settings settings;
    struct demo_cluster cluster;
    struct demo_service service;
    struct calendar *calendar = calendar_shipped(stderr);
    (void)state;
    alarm(DEADLINE_S);
    assert_true(settings_init(&settings));
    assert_true(settings_set(&settings, "topics.partitions=2", stderr));
    assert_true(settings_set(&settings, "clock=2025-04-01", stderr));
    assert_true(demo_cluster_start(&cluster, &settings));
    assert_true(demo_service_start(&service, &settings, calendar));
    wait_until_it_works(&service);
    demo_service_end(&service);
    assert_int_equal(atomic_load(&service.exit_code), EXIT_OK);
    assert_int_equal(atomic_load(&given_up), 1);
    assert_int_equal(atomic_load(&asked_afterwards), 0);
    demo_cluster_end(&cluster);
    calendar_free(calendar);
    settings_fini(&settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_asked_of_a_consumer_that_has_given_up_its_partitions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
