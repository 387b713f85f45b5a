#include "consumer/registry_thread.h"

#include <stdlib.h>

#include <uv.h>

#include "consumer/clock.h"
#include "consumer/schema_ids_ask.h"

#define STOPPING_AT_MOST_MS 1000
#define NS_A_MS 1000000

struct registry_thread {
    uv_thread_t thread;
    uv_mutex_t mutex;
    uv_cond_t changed; /* something new is wanted, or one of the flags */
    bool is_stopping, has_ended;
    struct registry *registry;
    struct schema_ids *ids;
    void (*on_answered)(void *context);
    void *context;
};

/* Until CHANGED is told, at most WAIT_MS; -1: however long that takes. */
static void wait_for_change(struct registry_thread *thread, int64_t wait_ms)
{
    if (wait_ms < 0)
        uv_cond_wait(&thread->changed, &thread->mutex);
    else
        uv_cond_timedwait(&thread->changed, &thread->mutex, (uint64_t)wait_ms * NS_A_MS);
}

/* The mutex is the thread's from looking at the table until it waits: what is wanted after the look is told to a thread
 * that waits. */
static void on_wanted(void *context)
{
    struct registry_thread *thread = context;

    uv_mutex_lock(&thread->mutex);
    uv_cond_broadcast(&thread->changed);
    uv_mutex_unlock(&thread->mutex);
}

static void thread_main(void *argument)
{
    struct registry_thread *thread = argument;
    char why[REGISTRY_WHY_SIZE];
    uint32_t id;
    int64_t wait_ms;

    uv_mutex_lock(&thread->mutex);
    while (!thread->is_stopping) {
        if (!schema_ids_next(thread->ids, clock_monotonic_ms(), &id, &wait_ms)) {
            wait_for_change(thread, wait_ms);
            continue;
        }
        uv_mutex_unlock(&thread->mutex);
        schema_ids_ask(thread->ids, thread->registry, id, why);
        uv_mutex_lock(&thread->mutex);
        if (!thread->is_stopping)
            thread->on_answered(thread->context);
    }
    thread->has_ended = true;
    uv_cond_broadcast(&thread->changed);
    uv_mutex_unlock(&thread->mutex);
}

struct registry_thread *registry_thread_start(struct registry *registry, int64_t patience_ms,
                                              void (*on_answered)(void *context), void *context)
{
    struct registry_thread *thread = calloc(1, sizeof *thread);
    struct schema_ids *ids = schema_ids_new(patience_ms);

    if (thread == NULL || ids == NULL)
        goto no_memory;
    *thread = (struct registry_thread){
        .registry = registry, .ids = ids, .on_answered = on_answered, .context = context};
    if (uv_mutex_init(&thread->mutex) != 0)
        goto no_memory;
    if (uv_cond_init(&thread->changed) != 0)
        goto no_condition;
    schema_ids_on_wanted(ids, on_wanted, thread);
    if (uv_thread_create(&thread->thread, thread_main, thread) == 0)
        return thread;
    uv_cond_destroy(&thread->changed);
no_condition:
    uv_mutex_destroy(&thread->mutex);
no_memory:
    schema_ids_free(ids);
    registry_free(registry);
    free(thread);
    return NULL;
}

struct schema_ids *registry_thread_ids(struct registry_thread *thread)
{
    return thread->ids;
}

static void release(struct registry_thread *thread)
{
    schema_ids_free(thread->ids);
    registry_free(thread->registry);
    uv_cond_destroy(&thread->changed);
    uv_mutex_destroy(&thread->mutex);
    free(thread);
}

void registry_thread_stop(struct registry_thread *thread)
{
    if (thread == NULL)
        return;
    int64_t until_ms = clock_monotonic_ms() + STOPPING_AT_MOST_MS;
    uv_mutex_lock(&thread->mutex);
    thread->is_stopping = true;
    uv_cond_broadcast(&thread->changed);
    for (int64_t now_ms = clock_monotonic_ms(); !thread->has_ended && now_ms < until_ms; now_ms = clock_monotonic_ms())
        wait_for_change(thread, until_ms - now_ms);
    bool has_ended = thread->has_ended;
    uv_mutex_unlock(&thread->mutex);
    if (!has_ended)
        return;
    uv_thread_join(&thread->thread);
    release(thread);
}
