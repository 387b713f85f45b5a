/* A schema registry for commands, which have nothing to do while it answers: ids of records are asked for as they come.
 */
#ifndef CONSUMER_SCHEMA_SOURCE_H
#define CONSUMER_SCHEMA_SOURCE_H

#include "consumer/settings.h"
#include "schemas/registry.h"
#include "schemas/schema_ids.h"

struct schema_source {
    struct schema_ids *ids; /* for readers; NULL: there is no registry */
    struct registry *registry;
    char why[REGISTRY_WHY_SIZE]; /* what the last question without an answer met */
};

/* False: memory is short. To be closed all the same, after its readers. */
bool schema_source_open(struct schema_source *source, const struct settings *settings);
void schema_source_close(struct schema_source *source);

/* Asks for every id that is wanted. False: some have no answer yet, WHY says the reason; to be tried again. */
bool schema_source_ask(struct schema_source *source);

#endif
