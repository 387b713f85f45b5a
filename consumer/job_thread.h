/* One thread beside the loop for calls of librdkafka that block: at most one job at a time, so that nothing runs beside
 * it unseen. The loop hears of its end by a callback on its own thread.
 */
#ifndef CONSUMER_JOB_THREAD_H
#define CONSUMER_JOB_THREAD_H

#include <stdbool.h>

#include <uv.h>

struct job_thread {
    uv_thread_t thread;
    uv_mutex_t mutex;
    uv_cond_t changed;
    uv_async_t done; /* on the loop */
    void (*work)(void *context);
    void (*on_done)(void *context);
    void *context;
    bool running, finished, stopping;
};

/* Starts the thread; callbacks come on LOOP. False: said in errno terms by libuv, nothing started. */
bool job_thread_init(struct job_thread *jobs, uv_loop_t *loop);

/* Runs WORK(CONTEXT) on the thread, then ON_DONE(CONTEXT) on the loop. None may be running. */
void job_thread_run(struct job_thread *jobs, void (*work)(void *context), void (*on_done)(void *context),
                    void *context);

bool job_thread_is_busy(const struct job_thread *jobs);

/* Waits for the job under way, if any, and calls its ON_DONE here and now. For the few places that can not return to
 * the loop first (a rebalance). */
void job_thread_finish(struct job_thread *jobs);

/* Ends the thread, which must be idle, and closes its handle on the loop (run the loop once more after it). */
void job_thread_fini(struct job_thread *jobs);

#endif
