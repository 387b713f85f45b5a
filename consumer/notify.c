#include "consumer/notify.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include <librdkafka/rdkafka.h>

#include "consumer/crew.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"

#define COMPONENT "notify"

struct notify {
    struct notify_needs needs;
    atomic_bool is_stopped;
    struct notify_target targets[NOTIFY_TARGETS_MAX];
    size_t count;
};

struct notify *notify_new(const struct settings *settings)
{
    struct notify *notify = calloc(1, sizeof(*notify));
    if (notify != NULL)
        notify->needs = (struct notify_needs){.settings = settings, .is_stopped = &notify->is_stopped};
    return notify;
}

const struct notify_needs *notify_needs(const struct notify *notify)
{
    return &notify->needs;
}

bool notify_add(struct notify *notify, struct notify_target target)
{
    if (notify->count == NOTIFY_TARGETS_MAX) {
        log_error(COMPONENT, "there are more to tell than there is room for most=%d", NOTIFY_TARGETS_MAX);
        target.free(target.context);
        return false;
    }
    notify->targets[notify->count++] = target;
    return true;
}

size_t notify_target_count(const struct notify *notify)
{
    return notify->count;
}

void notify_free(struct notify *notify)
{
    if (notify == NULL)
        return;
    for (size_t i = 0; i < notify->count; i++)
        notify->targets[i].free(notify->targets[i].context);
    free(notify);
}

/* --- running ------------------------------------------------------------------------------------------------------ */

static int run_target(void *context)
{
    const struct notify_target *target = context;
    const int exit_code = target->run(target->context);
    if (exit_code != EXIT_OK)
        log_error(COMPONENT, "can not go on target=%s exit_code=%d", target->name, exit_code);
    return exit_code;
}

static void on_end(void *context)
{
    struct notify *notify = context;
    notify->is_stopped = true;
}

int notify_run(struct notify *notify)
{
    struct crew_member members[NOTIFY_TARGETS_MAX];
    struct crew crew = {.component = COMPONENT,
                        .members = members,
                        .count = notify->count,
                        .tell = on_end,
                        .context = notify,
                        .is_impatient = true};
    for (size_t i = 0; i < notify->count; i++)
        members[i] = (struct crew_member){.run = run_target, .context = &notify->targets[i]};
    signal(SIGPIPE, SIG_IGN); /* neither a connection that breaks nor a log that nobody reads is a reason to end */
    log_info(COMPONENT, "starting targets=%zu librdkafka=%s", notify->count, rd_kafka_version_str());
    const int exit_code = crew_run(&crew);
    log_info(COMPONENT, "ended exit_code=%d", exit_code);
    return exit_code;
}
