/* Threads that work side by side until the process is to end: the service's workers, the targets of `notify`. SIGTERM
 * and SIGINT tell them to end, and so does one of them that can not go on. From then on the process has twenty seconds:
 * a client of a broker that is gone may wait for ever.
 */
#ifndef CONSUMER_CREW_H
#define CONSUMER_CREW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include <uv.h>

struct crew_member {
    /* Works until it is told to end, and returns within seconds then: an exit code, its reason in the log. One that
     * ends earlier has nothing more to do if that is EXIT_OK, and the others go on; any other code ends them, too. */
    int (*run)(void *context);
    void *context;
    struct crew *crew; /* what stands from here on is crew_run's */
    uv_thread_t thread;
    int exit_code;
    atomic_bool has_ended;
};

struct crew {
    const char *component; /* in the log */
    struct crew_member *members;
    size_t count;
    void (*tell)(void *context); /* tells all members to end; called once, on the thread that runs the crew */
    void *context;
    bool is_impatient; /* a second signal ends the process at once */
    uv_loop_t loop;    /* what stands from here on is crew_run's */
    uv_signal_t terminate, interrupt;
    uv_async_t changed;
    atomic_bool is_to_end;
    bool is_told;
};

/* Runs the members, each on a thread of its own, until all have ended. The code of the first that did not end with
 * EXIT_OK. */
int crew_run(struct crew *crew);

/* Lets all be told to end. From any member's thread, more than once; for who is to end itself, and may take long. */
void crew_end(struct crew *crew);

#endif
