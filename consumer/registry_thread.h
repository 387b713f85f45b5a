/* The thread that asks the schema registry about ids that records have, and so the table of what is known of them: one
 * of both a process. The calls block, so no loop makes them; workers are woken when there is an answer.
 */
#ifndef CONSUMER_REGISTRY_THREAD_H
#define CONSUMER_REGISTRY_THREAD_H

#include "schemas/registry.h"
#include "schemas/schema_ids.h"

struct registry_thread;

/* Starts it; takes REGISTRY, whatever happens. PATIENCE_MS as of schema_ids_new. ON_ANSWERED(CONTEXT) is called on the
 * thread after each answer, must not wait for anything, nor ask the table. NULL: memory is short. */
struct registry_thread *registry_thread_start(struct registry *registry, int64_t patience_ms,
                                              void (*on_answered)(void *context), void *context);

/* The table; for all threads, until the thread is stopped. */
struct schema_ids *registry_thread_ids(struct registry_thread *thread);

/* Stops it; may be NULL. Nobody may use the table any more. A registry that does not answer is waited for a second:
 * then the thread, and all that is its own, is left to the end of the process. ON_ANSWERED is not called any more. */
void registry_thread_stop(struct registry_thread *thread);

#endif
