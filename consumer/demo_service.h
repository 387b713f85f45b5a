/* The real service on a thread of the demo, with a clock that the demo sets. */
#ifndef CONSUMER_DEMO_SERVICE_H
#define CONSUMER_DEMO_SERVICE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "consumer/settings.h"
#include "consumer/worker.h"
#include "schemas/event.h"

struct demo_service {
    struct worker_needs needs;
    struct framings framings;
    struct worker *worker;
    pthread_t thread;
    atomic_int exit_code; /* of worker_run; -1 while it runs */
};

/* Starts it; SETTINGS and CALENDAR must outlive it. SERVICE must not be moved. False: said in the log, and there is
 * nothing to end. */
bool demo_service_start(struct demo_service *service, const struct settings *settings, const struct calendar *calendar);

/* Stops it cleanly, waits for it, and frees it. */
void demo_service_end(struct demo_service *service);

/* Whether it goes on. Where not, *EXIT_CODE is its own. */
bool demo_service_runs(struct demo_service *service, int *exit_code);

/* Whether it has judged everybody through DAY. */
bool demo_service_has_reached(struct demo_service *service, struct day day);

/* Whether it has besides applied COUNT events, and published all there is to say. */
bool demo_service_is_done(struct demo_service *service, struct day day, uint64_t count);

#endif
