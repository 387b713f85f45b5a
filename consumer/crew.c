#include "consumer/crew.h"

#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "consumer/exit_code.h"
#include "consumer/log.h"

#define ENDING_AT_MOST_S 20

/* --- ending ------------------------------------------------------------------------------------------------------- */

static void on_ending_takes_too_long(int signal_number)
{
    static const char message[] = "stopping takes too long, ending at once\n";
    (void)signal_number;
    const ssize_t ignored = write(STDERR_FILENO, message, sizeof(message) - 1);
    (void)ignored;
    _exit(EXIT_UNAVAILABLE);
}

/* Its time runs from the first reason on, however many follow. Without our handlers a signal ends the process. */
static void tell(struct crew *crew)
{
    if (crew->is_told)
        return;
    crew->is_told = true;
    crew->tell(crew->context);
    if (crew->is_impatient) {
        uv_signal_stop(&crew->terminate);
        uv_signal_stop(&crew->interrupt);
    }
    signal(SIGALRM, on_ending_takes_too_long);
    alarm(ENDING_AT_MOST_S);
}

void crew_end(struct crew *crew)
{
    atomic_store(&crew->is_to_end, true);
    uv_async_send(&crew->changed);
}

static void on_signal(uv_signal_t *handle, int signal_number)
{
    struct crew *crew = handle->data;
    log_info(crew->component, "stopping signal=%d", signal_number);
    tell(crew);
}

/* Some member has ended, or is to. */
static void on_changed(uv_async_t *async)
{
    struct crew *crew = async->data;
    bool has_failed = false;
    size_t running = 0;
    for (size_t i = 0; i < crew->count; i++) {
        const bool has_ended = atomic_load(&crew->members[i].has_ended);
        running += !has_ended;
        has_failed |= has_ended && crew->members[i].exit_code != EXIT_OK;
    }
    if (has_failed || atomic_load(&crew->is_to_end))
        tell(crew);
    if (running == 0)
        uv_stop(&crew->loop);
}

/* --- running ------------------------------------------------------------------------------------------------------ */

static void member_main(void *context)
{
    struct crew_member *member = context;
    member->exit_code = member->run(member->context);
    atomic_store(&member->has_ended, true);
    uv_async_send(&member->crew->changed);
}

static bool open_loop(struct crew *crew)
{
    if (uv_loop_init(&crew->loop) != 0 || uv_async_init(&crew->loop, &crew->changed, on_changed) != 0)
        return false;
    uv_signal_init(&crew->loop, &crew->terminate);
    uv_signal_init(&crew->loop, &crew->interrupt);
    crew->terminate.data = crew->interrupt.data = crew->changed.data = crew;
    uv_signal_start(&crew->terminate, on_signal, SIGTERM);
    uv_signal_start(&crew->interrupt, on_signal, SIGINT);
    return true;
}

static void close_loop(struct crew *crew)
{
    uv_close((uv_handle_t *)&crew->terminate, NULL);
    uv_close((uv_handle_t *)&crew->interrupt, NULL);
    uv_close((uv_handle_t *)&crew->changed, NULL);
    uv_run(&crew->loop, UV_RUN_DEFAULT);
    const int still_open = uv_loop_close(&crew->loop);
    assert(still_open == 0);
    (void)still_open;
}

static void start_members(struct crew *crew)
{
    for (size_t i = 0; i < crew->count; i++) {
        struct crew_member *member = &crew->members[i];
        member->crew = crew;
        if (uv_thread_create(&member->thread, member_main, member) != 0)
            abort(); /* without threads nothing can be ended in order either */
    }
}

static int join_members(struct crew *crew)
{
    int exit_code = EXIT_OK;
    for (size_t i = 0; i < crew->count; i++) {
        uv_thread_join(&crew->members[i].thread);
        if (exit_code == EXIT_OK)
            exit_code = crew->members[i].exit_code;
    }
    return exit_code;
}

int crew_run(struct crew *crew)
{
    if (!open_loop(crew)) {
        log_error(crew->component, "the event loop could not be made");
        return EXIT_OS;
    }
    start_members(crew);
    uv_run(&crew->loop, UV_RUN_DEFAULT);
    const int exit_code = join_members(crew);
    close_loop(crew);
    return exit_code;
}
