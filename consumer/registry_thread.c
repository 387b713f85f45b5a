#include "consumer/registry_thread.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "consumer/clock.h"

#define STOPPING_AT_MOST_MS 1000

struct registry_thread {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool is_wanted; /* something new is */
    bool is_stopping, has_ended;
    struct registry *registry;
    struct schema_ids *ids;
    void (*on_answered)(void *context);
    void *context;
};

/* Until CHANGED is told, at most WAIT_MS; -1: however long that takes. */
static void wait_for_change(struct registry_thread *thread, int64_t wait_ms)
{
    struct timespec until;

    if (wait_ms < 0) {
        pthread_cond_wait(&thread->changed, &thread->mutex);
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &until);
    int64_t ns = until.tv_nsec + wait_ms * 1000000;
    until.tv_sec += (time_t)(ns / 1000000000);
    until.tv_nsec = (long)(ns % 1000000000);
    pthread_cond_timedwait(&thread->changed, &thread->mutex, &until);
}

static void on_wanted(void *context)
{
    struct registry_thread *thread = context;

    pthread_mutex_lock(&thread->mutex);
    thread->is_wanted = true;
    pthread_cond_broadcast(&thread->changed);
    pthread_mutex_unlock(&thread->mutex);
}

static void ask(struct registry_thread *thread, uint32_t id)
{
    char why[REGISTRY_WHY_SIZE];
    char *text;
    size_t length;
    enum registry_answer answer = registry_schema_get(thread->registry, id, &text, &length, why);

    schema_ids_answer(thread->ids, id, answer, text, length, why, clock_monotonic_ms());
    free(text);
}

static void *thread_main(void *argument)
{
    struct registry_thread *thread = argument;
    uint32_t id;
    int64_t wait_ms;

    pthread_mutex_lock(&thread->mutex);
    while (!thread->is_stopping) {
        thread->is_wanted = false;
        if (schema_ids_next(thread->ids, clock_monotonic_ms(), &id, &wait_ms)) {
            pthread_mutex_unlock(&thread->mutex);
            ask(thread, id);
            pthread_mutex_lock(&thread->mutex);
            if (!thread->is_stopping)
                thread->on_answered(thread->context);
        } else if (!thread->is_wanted) {
            wait_for_change(thread, wait_ms);
        }
    }
    thread->has_ended = true;
    pthread_cond_broadcast(&thread->changed);
    pthread_mutex_unlock(&thread->mutex);
    return NULL;
}

static void release(struct registry_thread *thread)
{
    schema_ids_free(thread->ids);
    registry_free(thread->registry);
    pthread_cond_destroy(&thread->changed);
    pthread_mutex_destroy(&thread->mutex);
    free(thread);
}

/* The tests can not wait for a minute: PLACEMENT_ALERTS_SCHEMA_PATIENCE_MS. */
static int64_t patience_ms(void)
{
    const char *text = getenv("PLACEMENT_ALERTS_SCHEMA_PATIENCE_MS");

    return text == NULL ? SCHEMA_IDS_PATIENCE_MS : strtoll(text, NULL, 10);
}

struct registry_thread *registry_thread_start(struct registry *registry, void (*on_answered)(void *context),
                                              void *context)
{
    struct registry_thread *thread = calloc(1, sizeof *thread);
    pthread_condattr_t monotonic;

    if (thread == NULL) {
        registry_free(registry);
        return NULL;
    }
    *thread = (struct registry_thread){
        .registry = registry, .ids = schema_ids_new(patience_ms()), .on_answered = on_answered, .context = context};
    pthread_mutex_init(&thread->mutex, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&thread->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (thread->ids != NULL)
        schema_ids_on_wanted(thread->ids, on_wanted, thread);
    if (thread->ids != NULL && pthread_create(&thread->thread, NULL, thread_main, thread) == 0)
        return thread;
    release(thread);
    return NULL;
}

struct schema_ids *registry_thread_ids(struct registry_thread *thread)
{
    return thread->ids;
}

void registry_thread_stop(struct registry_thread *thread)
{
    if (thread == NULL)
        return;
    int64_t until_ms = clock_monotonic_ms() + STOPPING_AT_MOST_MS;
    pthread_mutex_lock(&thread->mutex);
    thread->is_stopping = true;
    pthread_cond_broadcast(&thread->changed);
    for (int64_t now_ms = clock_monotonic_ms(); !thread->has_ended && now_ms < until_ms; now_ms = clock_monotonic_ms())
        wait_for_change(thread, until_ms - now_ms);
    bool has_ended = thread->has_ended;
    pthread_mutex_unlock(&thread->mutex);
    if (!has_ended) {
        pthread_detach(thread->thread);
        return;
    }
    pthread_join(thread->thread, NULL);
    release(thread);
}
