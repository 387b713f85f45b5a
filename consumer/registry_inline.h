/* A schema registry for commands, which have nothing to do while it answers: ids of records are asked for as they come,
 * and a no counts at once. */
#ifndef CONSUMER_REGISTRY_INLINE_H
#define CONSUMER_REGISTRY_INLINE_H

#include "consumer/settings.h"
#include "schemas/registry.h"
#include "schemas/schema_ids.h"

struct registry_inline {
    struct schema_ids *ids; /* for readers; NULL: there is no registry */
    struct registry *client;
    enum registry_answer answer; /* to the last question that left an id without an answer */
    char why[REGISTRY_WHY_SIZE]; /* what it met */
};

/* IS_CANCELLED as of http_settings, or NULL. False: memory is short. To be closed all the same, after its readers.
 */
bool registry_inline_open(struct registry_inline *registry, const struct settings *settings,
                          const atomic_bool *is_cancelled);
void registry_inline_close(struct registry_inline *registry);

/* Asks for every id that is wanted, while one is awaited. False: some have no answer yet, ANSWER and WHY say the
 * reason; to be tried again, if that is UNAVAILABLE. */
bool registry_inline_ask(struct registry_inline *registry);

#endif
