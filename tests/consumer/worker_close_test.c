/* Protects the end of a service. While it closes its consumer it asks librdkafka's main thread nothing after it has
 * given up its partitions: that thread ends when nothing is assigned any more, and whoever asks it just then waits for
 * ever. And whoever bounds the time of an end hears of it before anything is closed. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "consumer/calendar_file.h"
#include "consumer/demo_cluster.h"
#include "consumer/exit_code.h"
#include "consumer/worker.h"

#define DEADLINE_S 60 /* a worker that hangs, or never has a partition, fails */

static atomic_bool is_told_of_end, is_closing, is_told_in_time;
static atomic_int given_up, asked_afterwards; /* while it closes */

rd_kafka_resp_err_t __real_rd_kafka_consumer_close(rd_kafka_t *consumer);
rd_kafka_resp_err_t __wrap_rd_kafka_consumer_close(rd_kafka_t *consumer);
rd_kafka_resp_err_t __real_rd_kafka_assign(rd_kafka_t *consumer, const rd_kafka_topic_partition_list_t *list);
rd_kafka_resp_err_t __wrap_rd_kafka_assign(rd_kafka_t *consumer, const rd_kafka_topic_partition_list_t *list);
rd_kafka_resp_err_t __real_rd_kafka_assignment(rd_kafka_t *consumer, rd_kafka_topic_partition_list_t **list);
rd_kafka_resp_err_t __wrap_rd_kafka_assignment(rd_kafka_t *consumer, rd_kafka_topic_partition_list_t **list);

rd_kafka_resp_err_t __wrap_rd_kafka_consumer_close(rd_kafka_t *consumer)
{
    atomic_store(&is_told_in_time, atomic_load(&is_told_of_end));
    atomic_store(&is_closing, true);
    return __real_rd_kafka_consumer_close(consumer);
}

rd_kafka_resp_err_t __wrap_rd_kafka_assign(rd_kafka_t *consumer, const rd_kafka_topic_partition_list_t *list)
{
    if (atomic_load(&is_closing))
        atomic_fetch_add(&given_up, 1);
    return __real_rd_kafka_assign(consumer, list);
}

/* Not asked in earnest: then a worker that is at fault would hang now and then, and not fail. */
rd_kafka_resp_err_t __wrap_rd_kafka_assignment(rd_kafka_t *consumer, rd_kafka_topic_partition_list_t **list)
{
    if (atomic_load(&given_up) == 0)
        return __real_rd_kafka_assignment(consumer, list);
    atomic_fetch_add(&asked_afterwards, 1);
    return RD_KAFKA_RESP_ERR__DESTROY;
}

static void on_ending(void *context)
{
    (void)context;
    atomic_store(&is_told_of_end, true);
}

static void *run(void *context)
{
    return (void *)(intptr_t)worker_run(context);
}

/* The exit code. */
static int run_until_it_works(const struct worker_needs *needs)
{
    pthread_t thread;
    void *exit_code;
    struct worker *worker = worker_new(needs, 0);
    assert_non_null(worker);
    assert_int_equal(pthread_create(&thread, NULL, run, worker), 0);
    while (worker_look(worker).partition_count == 0)
        usleep(1000);
    worker_stop(worker);
    pthread_join(thread, &exit_code);
    worker_free(worker);
    return (int)(intptr_t)exit_code;
}

static void a_worker_ends_without_asking_what_nobody_may_answer(void **state)
{
    struct settings settings;
    struct demo_cluster cluster;
    struct framings framings;
    struct calendar *calendar = calendar_shipped(stderr);
    const struct worker_needs needs = {.settings = &settings,
                                       .calendar = calendar,
                                       .partition_count = 2,
                                       .cluster_id = "",
                                       .framings = &framings,
                                       .on_ending = on_ending};
    (void)state;
    alarm(DEADLINE_S);
    framings_single_object(&framings);
    assert_true(settings_init(&settings));
    assert_true(settings_set(&settings, "topics.partitions=2", stderr));
    assert_true(settings_set(&settings, "clock=2025-04-01", stderr));
    assert_true(demo_cluster_start(&cluster, &settings));
    assert_int_equal(run_until_it_works(&needs), EXIT_OK);
    assert_true(atomic_load(&is_told_in_time));
    assert_int_equal(atomic_load(&given_up), 1);
    assert_int_equal(atomic_load(&asked_afterwards), 0);
    demo_cluster_end(&cluster);
    calendar_free(calendar);
    settings_fini(&settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_worker_ends_without_asking_what_nobody_may_answer)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
