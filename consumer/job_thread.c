#include "consumer/job_thread.h"

#include <assert.h>

static void thread_main(void *argument)
{
    struct job_thread *jobs = argument;

    uv_mutex_lock(&jobs->mutex);
    while (!jobs->stopping) {
        if (!jobs->running || jobs->finished) {
            uv_cond_wait(&jobs->changed, &jobs->mutex);
            continue;
        }
        uv_mutex_unlock(&jobs->mutex);
        jobs->work(jobs->context);
        uv_mutex_lock(&jobs->mutex);
        jobs->finished = true;
        uv_cond_broadcast(&jobs->changed);
        uv_async_send(&jobs->done);
    }
    uv_mutex_unlock(&jobs->mutex);
}

/* Takes the end of the job, once. */
static bool take_finished(struct job_thread *jobs)
{
    uv_mutex_lock(&jobs->mutex);
    bool finished = jobs->running && jobs->finished;
    if (finished)
        jobs->running = jobs->finished = false;
    uv_mutex_unlock(&jobs->mutex);
    return finished;
}

static void on_done(uv_async_t *async)
{
    struct job_thread *jobs = async->data;

    if (take_finished(jobs))
        jobs->on_done(jobs->context);
}

bool job_thread_init(struct job_thread *jobs, uv_loop_t *loop)
{
    *jobs = (struct job_thread){.running = false};
    if (uv_mutex_init(&jobs->mutex) != 0)
        return false;
    if (uv_cond_init(&jobs->changed) != 0)
        goto no_condition;
    if (uv_async_init(loop, &jobs->done, on_done) != 0)
        goto no_async;
    jobs->done.data = jobs;
    if (uv_thread_create(&jobs->thread, thread_main, jobs) == 0)
        return true;
    uv_close((uv_handle_t *)&jobs->done, NULL);
no_async:
    uv_cond_destroy(&jobs->changed);
no_condition:
    uv_mutex_destroy(&jobs->mutex);
    return false;
}

void job_thread_run(struct job_thread *jobs, void (*work)(void *context), void (*on_done_callback)(void *context),
                    void *context)
{
    uv_mutex_lock(&jobs->mutex);
    assert(!jobs->running);
    jobs->work = work;
    jobs->on_done = on_done_callback;
    jobs->context = context;
    jobs->running = true;
    uv_cond_broadcast(&jobs->changed);
    uv_mutex_unlock(&jobs->mutex);
}

/* Only the loop's thread starts and takes jobs, so it may look without the lock. */
bool job_thread_is_busy(const struct job_thread *jobs)
{
    return jobs->running;
}

void job_thread_finish(struct job_thread *jobs)
{
    if (!jobs->running)
        return;
    uv_mutex_lock(&jobs->mutex);
    while (!jobs->finished)
        uv_cond_wait(&jobs->changed, &jobs->mutex);
    uv_mutex_unlock(&jobs->mutex);
    if (take_finished(jobs))
        jobs->on_done(jobs->context);
}

void job_thread_fini(struct job_thread *jobs)
{
    assert(!jobs->running);
    uv_mutex_lock(&jobs->mutex);
    jobs->stopping = true;
    uv_cond_broadcast(&jobs->changed);
    uv_mutex_unlock(&jobs->mutex);
    uv_thread_join(&jobs->thread);
    uv_close((uv_handle_t *)&jobs->done, NULL);
    uv_cond_destroy(&jobs->changed);
    uv_mutex_destroy(&jobs->mutex);
}
