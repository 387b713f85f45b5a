#include "consumer/parallel.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>

struct share {
    void (*work)(void *context, int i);
    void *context;
    int i;
    pthread_t thread;
    bool has_thread;
};

int parallel_processors(void)
{
    cpu_set_t allowed;
    const int count = sched_getaffinity(0, sizeof(allowed), &allowed) == 0 ? CPU_COUNT(&allowed) : 1;
    return count < PARALLEL_MAX ? count : PARALLEL_MAX;
}

static void *run_share(void *argument)
{
    const struct share *share = argument;
    share->work(share->context, share->i);
    return NULL;
}

void parallel_run(int count, void (*work)(void *context, int i), void *context)
{
    struct share shares[PARALLEL_MAX];
    assert(count >= 1 && count <= PARALLEL_MAX);
    for (int i = 0; i < count; i++)
        shares[i] = (struct share){.work = work, .context = context, .i = i};
    for (int i = 1; i < count; i++)
        shares[i].has_thread = pthread_create(&shares[i].thread, NULL, run_share, &shares[i]) == 0;
    for (int i = 0; i < count; i++)
        if (!shares[i].has_thread)
            run_share(&shares[i]);
    for (int i = 1; i < count; i++)
        if (shares[i].has_thread)
            pthread_join(shares[i].thread, NULL);
}
