#include "consumer/worker_internal.h"

#include <assert.h>
#include <stdlib.h>

#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "schemas/event_versions.h"

#define COMPONENT "worker"
#define FORGET_RETENTION_DAYS_LEAST 30

void worker_fail(struct worker *worker, int code)
{
    if (worker->exit_code == EXIT_OK)
        worker->exit_code = code;
    worker_stop(worker);
}

/* --- from any thread ---------------------------------------------------------------------------------------------- */

void worker_stop(struct worker *worker)
{
    atomic_store(&worker->stop_asked, true);
    uv_async_send(&worker->wake);
}

void worker_wake(struct worker *worker)
{
    uv_async_send(&worker->wake);
}

void worker_set_day(struct worker *worker, struct day day)
{
    atomic_store(&worker->day_set, day.number);
    uv_async_send(&worker->wake);
}

struct worker_sight worker_look(struct worker *worker)
{
    uv_mutex_lock(&worker->sight_mutex);
    struct worker_sight sight = worker->sight;
    uv_mutex_unlock(&worker->sight_mutex);
    return sight;
}

/* --- life --------------------------------------------------------------------------------------------------------- */

static struct machine_settings machine_settings_of(const struct worker_needs *needs)
{
    const struct settings *settings = needs->settings;
    int64_t retention_days = settings->input_retention_days;

    return (struct machine_settings){
        .norms = &settings->norms,
        .calendar = needs->calendar,
        .forget_retention_days = (int)(retention_days > FORGET_RETENTION_DAYS_LEAST ? retention_days
                                                                                    : FORGET_RETENTION_DAYS_LEAST),
        .partition_count = needs->partition_count,
        .input_topics = {settings->topics[TOPIC_PLACEMENTS], settings->topics[TOPIC_MOVES],
                         settings->topics[TOPIC_ENROLLMENTS]},
        .transaction_events_max = (uint32_t)settings->transaction_events_max,
        .transaction_judged_max = (uint32_t)settings->transaction_judged_max,
        .transaction_bytes_max = (size_t)256 << 20,
        .gather_ms = settings->gather_ms,
        .lag_bound = settings->lag_bound,
        .dead_letter_payload = settings->dead_letter_payload,
        .cloud_events = settings->cloudevents_source[0] != '\0',
        .accept_group_behind = settings->accept_group_behind,
        .accept_other_group = settings->accept_other_group,
        /* a simulated clock begins anew with each process; a partition goes on from the day it had */
        .accept_later_day = settings->accept_later_day || settings->clock.kind == CLOCK_SIMULATED,
        .group = settings->group,
        .cluster_id = needs->cluster_id,
        .framings = needs->framings,
    };
}

static bool ends_open(struct worker *worker)
{
    const struct client_property properties[] = {
        {"isolation.level", "read_uncommitted"},
        {"socket.timeout.ms", client_default(worker->settings, "socket.timeout.ms", CONSUMER_SOCKET_TIMEOUT_MS)},
    };
    rd_kafka_conf_t *configuration = client_configuration(worker->settings, properties,
                                                          sizeof properties / sizeof properties[0]);

    worker->ends = configuration == NULL ? NULL : client_new(RD_KAFKA_CONSUMER, configuration, COMPONENT);
    return worker->ends != NULL;
}

static void on_wake(uv_async_t *wake)
{
    worker_step(wake->data);
}

static bool loop_open(struct worker *worker)
{
    if (uv_loop_init(&worker->loop) != 0)
        return false;
    if (uv_async_init(&worker->loop, &worker->wake, on_wake) != 0)
        return false;
    uv_timer_init(&worker->loop, &worker->tick);
    worker->wake.data = worker->tick.data = worker;
    uv_mutex_init(&worker->sight_mutex);
    return job_thread_init(&worker->jobs, &worker->loop);
}

struct worker *worker_new(const struct worker_needs *needs, int number)
{
    struct worker *worker = calloc(1, sizeof *worker);
    struct machine_settings settings = machine_settings_of(needs);

    if (worker == NULL)
        return NULL;
    worker->needs = needs;
    worker->settings = needs->settings;
    worker->number = number;
    worker->sight.today = DAY_ABSENT;
    if (!loop_open(worker)) {
        log_error(COMPONENT, "the event loop could not be made");
        free(worker);
        return NULL;
    }
    worker->reader = needs->versions == NULL ? event_reader_new() : event_reader_new_of(needs->versions);
    if (worker->reader != NULL) {
        event_reader_use_ids(worker->reader, needs->ids);
        worker->machine = machine_new(&settings, worker->reader);
    }
    if (worker->machine == NULL) {
        log_error(COMPONENT, "memory is short");
        worker_free(worker);
        return NULL;
    }
    return worker;
}

void worker_free(struct worker *worker)
{
    job_thread_fini(&worker->jobs);
    uv_close((uv_handle_t *)&worker->wake, NULL);
    uv_close((uv_handle_t *)&worker->tick, NULL);
    uv_run(&worker->loop, UV_RUN_DEFAULT);
    int still_open = uv_loop_close(&worker->loop);
    assert(still_open == 0);
    (void)still_open;
    uv_mutex_destroy(&worker->sight_mutex);
    machine_free(worker->machine);
    event_reader_free(worker->reader);
    free(worker->partitions);
    free(worker->inputs);
    free(worker->broker_offsets);
    free(worker);
}

static void producers_work(void *context)
{
    struct worker *worker = context;

    worker->job_succeeded = worker_producers_open(worker);
}

static void on_producers_made(void *context)
{
    struct worker *worker = context;

    if (atomic_load(&worker->stop_asked))
        return; /* what was given up for that is no failure */
    if (!worker->job_succeeded) {
        worker_fail(worker, worker->job_exit_code);
    } else {
        worker->phase = WORKER_WAITING;
        log_info(COMPONENT, "producers ready, joining the group worker=%d", worker->number);
        if (!worker_inputs_subscribe(worker))
            worker_fail(worker, EXIT_SOFTWARE);
    }
    uv_async_send(&worker->wake);
}

/* Everything that was opened is closed in an order in which nothing is left waiting for another. */
static void close_all(struct worker *worker)
{
    atomic_store(&worker->restore_cancelled, true);
    worker->releasing = true;
    job_thread_finish(&worker->jobs);
    worker_inputs_close(worker);
    worker->phase = WORKER_STOPPING;
    worker_producers_close(worker);
    if (worker->changelog != NULL)
        rd_kafka_destroy(worker->changelog);
    if (worker->ends != NULL)
        rd_kafka_destroy(worker->ends);
    worker->changelog = worker->ends = NULL;
}

int worker_run(struct worker *worker)
{
    worker->phase = WORKER_STARTING;
    worker_steps_begin(worker);
    if (ends_open(worker) && worker_inputs_open(worker)) {
        job_thread_run(&worker->jobs, producers_work, on_producers_made, worker);
        uv_run(&worker->loop, UV_RUN_DEFAULT);
    } else {
        worker_fail(worker, EXIT_CONFIG);
    }
    if (worker->needs->on_ending != NULL)
        worker->needs->on_ending(worker->needs->context);
    close_all(worker);
    return worker->exit_code;
}
