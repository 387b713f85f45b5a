/* `notify`: the frame of its targets. A target is somebody who is told, an Alertmanager or a subscriber. Each has a
 * thread of its own and a reader of the topics of its own, so that one which is slow or gone holds up no other; they
 * share nothing but the settings, the flag that ends them, and the log.
 */
#ifndef CONSUMER_NOTIFY_H
#define CONSUMER_NOTIFY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "consumer/settings.h"

#define NOTIFY_TARGETS_MAX 128

struct notify_target {
    const char *name; /* in the log: "alertmanager http://a:9093", "subscription school"; must outlive the target */
    /* Tells until the flag of notify_needs is set, and returns within seconds then; an exit code, its reason in the
     * log. One that ends earlier has nobody to tell any more if it ends with EXIT_OK, and the others go on; with any
     * other code it ends the program. */
    int (*run)(void *context);
    void (*free)(void *context); /* after RUN, or without it */
    void *context;
};

/* What every target is made with. It outlives them. */
struct notify_needs {
    const struct settings *settings;
    const atomic_bool *is_stopped; /* from the signal on that ends the program */
};

struct notify;

/* NULL: memory is short. */
struct notify *notify_new(const struct settings *settings);
const struct notify_needs *notify_needs(const struct notify *notify);

/* Takes the target's context, whatever happens. False: there is no room for more, said in the log. */
bool notify_add(struct notify *notify, struct notify_target target);
size_t notify_target_count(const struct notify *notify);

/* Runs the targets until SIGTERM or SIGINT, or until one can not go on; the exit code. A second signal ends the program
 * at once. */
int notify_run(struct notify *notify);

/* Frees the targets, too. */
void notify_free(struct notify *notify);

#endif
