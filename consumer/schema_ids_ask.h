/* A question to a schema registry, and its answer told to the table of ids: for a thread, and for commands. */
#ifndef CONSUMER_SCHEMA_IDS_ASK_H
#define CONSUMER_SCHEMA_IDS_ASK_H

#include "schemas/registry.h"
#include "schemas/schema_ids.h"

/* Asks REGISTRY for ID, which schema_ids_next gave, and tells IDS the answer. Blocks for as long as the registry's
 * settings allow. The answer and WHY are those of registry_schema_get. */
enum registry_answer schema_ids_ask(struct schema_ids *ids, struct registry *registry, uint32_t id,
                                    char why[static REGISTRY_WHY_SIZE]);

#endif
