#include "consumer/service.h"

#include <malloc.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include <uv.h>

#include "consumer/calendar_file.h"
#include "consumer/crash_point.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/own_schemas.h"
#include "consumer/registry_thread.h"
#include "consumer/schema_patience.h"
#include "consumer/settings_http.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"
#include "consumer/worker.h"
#include "schemas/event_versions.h"

#define COMPONENT "service"
#define CLUSTER_ID_TIMEOUT_MS 5000
#define HEAP_GROWS_BY_BYTES (16 << 20)
#define STOPPING_AT_MOST_S 20 /* a client of a broker that is gone may wait for ever */

struct crew_member {
    struct service *service;
    struct worker *worker;
    uv_thread_t thread;
    int exit_code;
};

struct service {
    struct worker_needs needs;
    struct framings framings;
    uv_loop_t loop;
    uv_signal_t terminate, interrupt;
    uv_async_t ended;
    struct registry_thread *registry; /* NULL: there is no schema registry */
    struct crew_member *crew;
    int crew_count;
    bool is_stopping;
    atomic_int running;
};

static void on_stopping_takes_too_long(int signal_number)
{
    static const char message[] = "stopping takes too long, ending at once\n";

    (void)signal_number;
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _exit(EXIT_UNAVAILABLE);
}

/* Until there is a loop nothing was begun that would have to be ended in order, and what is waited for may hang. */
static void on_stop_before_start(int signal_number)
{
    static const char message[] = "stopped before the start\n";

    (void)signal_number;
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _exit(EXIT_OK);
}

static void crew_stop(struct service *service)
{
    for (int i = 0; i < service->crew_count; i++)
        worker_stop(service->crew[i].worker);
    if (service->is_stopping)
        return; /* its time runs since then, however often it is told */
    service->is_stopping = true;
    signal(SIGALRM, on_stopping_takes_too_long);
    alarm(STOPPING_AT_MOST_S);
}

static void on_signal(uv_signal_t *handle, int signal_number)
{
    log_info(COMPONENT, "stopping signal=%d", signal_number);
    crew_stop(handle->data);
}

/* On the worker's thread. What it closes then may take long, or not end. */
static void on_ending(void *context)
{
    struct service *service = context;

    uv_async_send(&service->ended);
}

/* A worker ends, or has ended: by our wish, or since it can not go on, and then the others must not go on without it.
 */
static void on_ended(uv_async_t *async)
{
    struct service *service = async->data;

    crew_stop(service);
    if (atomic_load(&service->running) == 0)
        uv_stop(&service->loop);
}

static void crew_member_main(void *argument)
{
    struct crew_member *member = argument;

    member->exit_code = worker_run(member->worker);
    atomic_fetch_sub(&member->service->running, 1);
    uv_async_send(&member->service->ended);
}

static bool loop_open(struct service *service)
{
    if (uv_loop_init(&service->loop) != 0 || uv_async_init(&service->loop, &service->ended, on_ended) != 0)
        return false;
    uv_signal_init(&service->loop, &service->terminate);
    uv_signal_init(&service->loop, &service->interrupt);
    service->terminate.data = service->interrupt.data = service->ended.data = service;
    uv_signal_start(&service->terminate, on_signal, SIGTERM);
    uv_signal_start(&service->interrupt, on_signal, SIGINT);
    return true;
}

static void loop_close(struct service *service)
{
    uv_close((uv_handle_t *)&service->terminate, NULL);
    uv_close((uv_handle_t *)&service->interrupt, NULL);
    uv_close((uv_handle_t *)&service->ended, NULL);
    uv_run(&service->loop, UV_RUN_DEFAULT);
    uv_loop_close(&service->loop);
}

/* What the schema registry said may be what a worker waits for. */
static void on_registry_answered(void *context)
{
    struct service *service = context;

    for (int i = 0; i < service->crew_count; i++)
        worker_wake(service->crew[i].worker);
}

static bool registry_open(struct service *service)
{
    const struct http_settings http = settings_http_registry(service->needs.settings);
    const int64_t patience_ms = schema_patience_ms();

    if (!settings_have_registry(service->needs.settings))
        return true;
    if (patience_ms != SCHEMA_IDS_PATIENCE_MS)
        log_warning(COMPONENT, "%s: a no of the schema registry counts when it was repeated for ms=%lld",
                    SCHEMA_PATIENCE_VARIABLE, (long long)patience_ms);
    struct registry *registry = registry_new(service->needs.settings->registry_urls, &http);
    if (registry != NULL)
        service->registry = registry_thread_start(registry, patience_ms, on_registry_answered, service);
    if (service->registry == NULL) {
        log_error(COMPONENT, "memory is short");
        return false;
    }
    service->needs.ids = registry_thread_ids(service->registry);
    return true;
}

static bool crew_hire(struct service *service)
{
    int wanted = (int)service->needs.settings->workers;

    service->crew = calloc((size_t)wanted, sizeof *service->crew);
    for (int i = 0; service->crew != NULL && i < wanted; i++) {
        struct crew_member *member = &service->crew[i];
        *member = (struct crew_member){.service = service, .worker = worker_new(&service->needs, i)};
        if (member->worker == NULL)
            return false;
        service->crew_count++;
    }
    return service->crew != NULL;
}

static int crew_work(struct service *service)
{
    int code = EXIT_OK;

    atomic_store(&service->running, service->crew_count);
    for (int i = 0; i < service->crew_count; i++)
        if (uv_thread_create(&service->crew[i].thread, crew_member_main, &service->crew[i]) != 0)
            abort(); /* without threads nothing can be stopped in order either */
    uv_run(&service->loop, UV_RUN_DEFAULT);
    for (int i = 0; i < service->crew_count; i++) {
        uv_thread_join(&service->crew[i].thread);
        if (code == EXIT_OK)
            code = service->crew[i].exit_code;
    }
    return code;
}

static int service_with_crew(struct service *service)
{
    int code = EXIT_OS;

    if (!loop_open(service)) {
        log_error(COMPONENT, "the event loop could not be made");
        return code;
    }
    if (registry_open(service) && crew_hire(service))
        code = crew_work(service);
    registry_thread_stop(service->registry); /* it wakes workers */
    for (int i = 0; i < service->crew_count; i++)
        worker_free(service->crew[i].worker);
    free(service->crew);
    loop_close(service);
    return code;
}

/* What the broker must tell before anything is begun: that it is there, that the topics are right, which cluster it is.
 */
static int broker_look(const struct settings *settings, int32_t *partition_count, char **cluster_id)
{
    rd_kafka_conf_t *configuration = client_configuration(settings, NULL, 0);
    rd_kafka_t *kafka = configuration == NULL ? NULL : client_new(RD_KAFKA_PRODUCER, configuration, COMPONENT);
    int code = EXIT_CONFIG;

    if (kafka == NULL)
        return code;
    code = client_reach(kafka, settings->start_timeout_ms, NULL);
    if (code == EXIT_OK)
        code = topics_check(kafka, settings, TOPIC_SET_SERVICE, partition_count, stderr);
    if (code == EXIT_OK)
        *cluster_id = rd_kafka_clusterid(kafka, CLUSTER_ID_TIMEOUT_MS);
    rd_kafka_destroy(kafka);
    return code;
}

static int service_on_broker(const struct settings *settings, const struct calendar *calendar,
                             const struct event_versions *versions)
{
    struct service service = {0};
    char *cluster_id = NULL;
    int32_t partition_count = 0;
    int code = broker_look(settings, &partition_count, &cluster_id);

    if (code == EXIT_OK)
        code = own_schemas_frame(settings, TOPIC_USE_WRITTEN, &service.framings);
    if (code == EXIT_OK) {
        service.needs = (struct worker_needs){.settings = settings,
                                              .calendar = calendar,
                                              .versions = versions,
                                              .partition_count = partition_count,
                                              .cluster_id = cluster_id == NULL ? "" : cluster_id,
                                              .framings = &service.framings,
                                              .on_ending = on_ending,
                                              .context = &service};
        log_info(COMPONENT, "starting group=%s instance=%s workers=%d partitions=%d librdkafka=%s", settings->group,
                 settings->instance, (int)settings->workers, partition_count, rd_kafka_version_str());
        code = service_with_crew(&service);
        log_info(COMPONENT, "ended exit_code=%d", code);
    }
    free(cluster_id);
    return code;
}

/* States come and go by the hundred thousand: heaps of a thread's own would grow a page at a time and never shrink
 * (measured: 100 MB more for 330,000 children, with nothing gained). */
static void heap_prepare(const struct settings *settings)
{
    mallopt(M_ARENA_MAX, (int)settings->workers);
    mallopt(M_TOP_PAD, HEAP_GROWS_BY_BYTES);
}

/* What can be wrong without a broker is said before one is asked. */
static int service_with_calendar(const struct settings *settings, const struct calendar *calendar)
{
    char advice[CALENDAR_COVER_SIZE];
    struct event_versions versions;
    int code = EXIT_CONFIG;

    if (calendar_cover_ends_soon(calendar, clock_setting_today(&settings->clock), advice))
        log_warning(COMPONENT, "%s", advice);
    if (settings_event_versions(settings, &versions, stderr)) {
        if (settings->schemas_folder[0] != '\0')
            log_info(COMPONENT, "reads further schemas folder=%s count=%zu", settings->schemas_folder,
                     versions.count - earlier_schema_count);
        code = service_on_broker(settings, calendar, &versions);
    }
    event_versions_fini(&versions);
    return code;
}

int service_run(const struct settings *settings)
{
    heap_prepare(settings);
    signal(SIGTERM, on_stop_before_start);
    signal(SIGINT, on_stop_before_start);
    signal(SIGPIPE, SIG_IGN); /* a log that nobody reads any more is no reason to end */
    if (!crash_points_init()) {
        log_error(COMPONENT, "PLACEMENT_ALERTS_CRASH_AT names no crash point");
        return EXIT_USAGE;
    }
    if (schema_patience_ms() < 0) {
        log_error(COMPONENT, "%s is no number of milliseconds from 1 to %d", SCHEMA_PATIENCE_VARIABLE,
                  SCHEMA_PATIENCE_MS_MAX);
        return EXIT_USAGE;
    }
    struct calendar *calendar = settings_calendar(settings, stderr);
    if (calendar == NULL)
        return EXIT_CONFIG;
    int code = service_with_calendar(settings, calendar);
    calendar_free(calendar);
    return code;
}
