#include "consumer/demo_service.h"

#include "consumer/log.h"

static void *run(void *context)
{
    struct demo_service *service = context;
    atomic_store(&service->exit_code, worker_run(service->worker));
    return NULL;
}

bool demo_service_start(struct demo_service *service, const struct settings *settings, const struct calendar *calendar)
{
    *service = (struct demo_service){.exit_code = -1};
    service->needs = (struct worker_needs){.settings = settings,
                                           .calendar = calendar,
                                           .partition_count = (int32_t)settings->topic_partitions,
                                           .cluster_id = "",
                                           .framings = &service->framings};
    framings_single_object(&service->framings);
    service->worker = worker_new(&service->needs, 0);
    if (service->worker != NULL && pthread_create(&service->thread, NULL, run, service) == 0)
        return true;
    log_error("demo", "the service can not be started");
    if (service->worker != NULL)
        worker_free(service->worker);
    return false;
}

void demo_service_end(struct demo_service *service)
{
    worker_stop(service->worker);
    pthread_join(service->thread, NULL);
    worker_free(service->worker);
}

bool demo_service_runs(struct demo_service *service, int *exit_code)
{
    int ended_with = atomic_load(&service->exit_code);
    if (ended_with >= 0)
        *exit_code = ended_with;
    return ended_with < 0;
}

bool demo_service_has_reached(struct demo_service *service, struct day day)
{
    struct worker_sight sight = worker_look(service->worker);
    return sight.partition_count == service->needs.partition_count && !day_before(sight.today, day);
}

bool demo_service_is_done(struct demo_service *service, struct day day, uint64_t count)
{
    struct worker_sight sight = worker_look(service->worker);
    return demo_service_has_reached(service, day) && sight.is_caught_up && sight.counts.events >= count;
}
