#include "consumer/service.h"

#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "consumer/calendar_file.h"
#include "consumer/crash_point.h"
#include "consumer/crew.h"
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

struct service {
    struct worker_needs needs;
    struct framings framings;
    struct registry_thread *registry; /* NULL: there is no schema registry */
    struct crew crew;                 /* a worker is the context of each member */
};

/* --- the crew ----------------------------------------------------------------------------------------------------- */

static int member_run(void *context)
{
    return worker_run(context);
}

static void on_end(void *context)
{
    const struct service *service = context;

    for (size_t i = 0; i < service->crew.count; i++)
        worker_stop(service->crew.members[i].context);
}

/* On the worker's thread. It ends by our wish, or since it can not go on, and then the others must not go on without
 * it; what it closes now may take long, or not end. */
static void on_ending(void *context)
{
    struct service *service = context;

    crew_end(&service->crew);
}

static bool crew_hire(struct service *service)
{
    const size_t wanted = (size_t)service->needs.settings->workers;
    struct crew *crew = &service->crew;

    crew->members = calloc(wanted, sizeof *crew->members);
    while (crew->members != NULL && crew->count < wanted) {
        struct worker *worker = worker_new(&service->needs, (int)crew->count);
        if (worker == NULL)
            return false;
        crew->members[crew->count++] = (struct crew_member){.run = member_run, .context = worker};
    }
    return crew->members != NULL;
}

static void crew_dismiss(struct crew *crew)
{
    for (size_t i = 0; i < crew->count; i++)
        worker_free(crew->members[i].context);
    free(crew->members);
}

/* --- the schema registry ------------------------------------------------------------------------------------------ */

/* What the schema registry said may be what a worker waits for. */
static void on_registry_answered(void *context)
{
    struct service *service = context;

    for (size_t i = 0; i < service->crew.count; i++)
        worker_wake(service->crew.members[i].context);
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

/* --- from beginning to end ---------------------------------------------------------------------------------------- */

static int service_with_crew(struct service *service)
{
    int code = EXIT_OS;

    service->crew = (struct crew){.component = COMPONENT, .tell = on_end, .context = service};
    if (registry_open(service) && crew_hire(service))
        code = crew_run(&service->crew);
    registry_thread_stop(service->registry); /* it wakes workers */
    crew_dismiss(&service->crew);
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

/* Until there is a loop nothing was begun that would have to be ended in order, and what is waited for may hang. */
static void on_stop_before_start(int signal_number)
{
    static const char message[] = "stopped before the start\n";

    (void)signal_number;
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _exit(EXIT_OK);
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
