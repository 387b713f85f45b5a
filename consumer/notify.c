#include "consumer/notify.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include <librdkafka/rdkafka.h>
#include <uv.h>

#include "consumer/exit_code.h"
#include "consumer/log.h"

#define COMPONENT "notify"
#define STOPPING_AT_MOST_S 20 /* a client of a broker that is gone may wait for ever */

struct told {
    struct notify *notify;
    struct notify_target target;
    uv_thread_t thread;
    int exit_code;
    atomic_bool has_ended;
};

struct notify {
    struct notify_needs needs;
    atomic_bool is_stopped;
    uv_loop_t loop;
    uv_signal_t terminate, interrupt;
    uv_async_t ended;
    struct told told[NOTIFY_TARGETS_MAX];
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
    struct told *told = &notify->told[notify->count++];
    told->notify = notify;
    told->target = target;
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
        notify->told[i].target.free(notify->told[i].target.context);
    free(notify);
}

/* --- stopping ----------------------------------------------------------------------------------------------------- */

static void on_stopping_takes_too_long(int signal_number)
{
    static const char message[] = "stopping takes too long, ending at once\n";
    (void)signal_number;
    const ssize_t ignored = write(STDERR_FILENO, message, sizeof(message) - 1);
    (void)ignored;
    _exit(EXIT_UNAVAILABLE);
}

/* Without our handlers the next signal ends the process. */
static void stop(struct notify *notify)
{
    if (notify->is_stopped)
        return;
    notify->is_stopped = true;
    uv_signal_stop(&notify->terminate);
    uv_signal_stop(&notify->interrupt);
    signal(SIGALRM, on_stopping_takes_too_long);
    alarm(STOPPING_AT_MOST_S);
}

static void on_signal(uv_signal_t *handle, int signal_number)
{
    log_info(COMPONENT, "stopping signal=%d", signal_number);
    stop(handle->data);
}

/* A target has ended: by our wish; since there is nobody to tell any more; or since it can not go on. */
static void on_ended(uv_async_t *async)
{
    struct notify *notify = async->data;
    size_t running = 0;
    for (size_t i = 0; i < notify->count; i++) {
        if (!atomic_load(&notify->told[i].has_ended))
            running++;
        else if (notify->told[i].exit_code != EXIT_OK)
            stop(notify);
    }
    if (running == 0)
        uv_stop(&notify->loop);
}

/* --- running ------------------------------------------------------------------------------------------------------ */

static void target_main(void *context)
{
    struct told *told = context;
    told->exit_code = told->target.run(told->target.context);
    if (told->exit_code != EXIT_OK)
        log_error(COMPONENT, "can not go on target=%s exit_code=%d", told->target.name, told->exit_code);
    atomic_store(&told->has_ended, true);
    uv_async_send(&told->notify->ended);
}

static bool open_loop(struct notify *notify)
{
    if (uv_loop_init(&notify->loop) != 0 || uv_async_init(&notify->loop, &notify->ended, on_ended) != 0)
        return false;
    uv_signal_init(&notify->loop, &notify->terminate);
    uv_signal_init(&notify->loop, &notify->interrupt);
    notify->terminate.data = notify->interrupt.data = notify->ended.data = notify;
    uv_signal_start(&notify->terminate, on_signal, SIGTERM);
    uv_signal_start(&notify->interrupt, on_signal, SIGINT);
    signal(SIGPIPE, SIG_IGN); /* neither a connection that breaks nor a log that nobody reads is a reason to end */
    return true;
}

static void close_loop(struct notify *notify)
{
    uv_close((uv_handle_t *)&notify->terminate, NULL);
    uv_close((uv_handle_t *)&notify->interrupt, NULL);
    uv_close((uv_handle_t *)&notify->ended, NULL);
    uv_run(&notify->loop, UV_RUN_DEFAULT);
    uv_loop_close(&notify->loop);
}

static void start_targets(struct notify *notify)
{
    for (size_t i = 0; i < notify->count; i++)
        if (uv_thread_create(&notify->told[i].thread, target_main, &notify->told[i]) != 0)
            abort(); /* without threads nothing can be stopped in order either */
}

static int join_targets(struct notify *notify)
{
    int exit_code = EXIT_OK;
    for (size_t i = 0; i < notify->count; i++) {
        uv_thread_join(&notify->told[i].thread);
        if (exit_code == EXIT_OK)
            exit_code = notify->told[i].exit_code;
    }
    return exit_code;
}

int notify_run(struct notify *notify)
{
    if (!open_loop(notify)) {
        log_error(COMPONENT, "the event loop could not be made");
        return EXIT_OS;
    }
    log_info(COMPONENT, "starting targets=%zu librdkafka=%s", notify->count, rd_kafka_version_str());
    start_targets(notify);
    uv_run(&notify->loop, UV_RUN_DEFAULT);
    const int exit_code = join_targets(notify);
    close_loop(notify);
    log_info(COMPONENT, "ended exit_code=%d", exit_code);
    return exit_code;
}
