/* A schema registry as the simulator needs it: ids of each stream's newest schema that it knows at once, tells only
 * after a silence, gives out late, or never. */
#ifndef TESTS_MACHINE_SIMULATED_REGISTRY_H
#define TESTS_MACHINE_SIMULATED_REGISTRY_H

#include "../oracle/random_source.h"
#include "rules/fact.h"
#include "schemas/schema_ids.h"

#define SIMULATED_PATIENCE_MS 400

enum id_kind {
    ID_AT_ONCE,
    ID_AFTER_SILENCE, /* nobody answers about it for a while */
    ID_AFTER_ABSENCE, /* given out before patience ends */
    ID_AFTER_POISON,  /* given out at some time; before, somebody sends records with it that are no events */
    ID_OF_NOTHING,    /* never given out */
    ID_OF_NO_SCHEMA,
    ID_KIND_COUNT
};

struct simulated_registry {
    struct schema_ids *ids; /* shared by all instances, as by the workers of a process */
    int64_t answers_from_ms[STREAM_COUNT][ID_KIND_COUNT], given_out_ms[STREAM_COUNT][ID_KIND_COUNT];
    int64_t silent_until_ms; /* about all ids */
};

void simulated_registry_init(struct simulated_registry *registry, struct random_source *random);
void simulated_registry_fini(struct simulated_registry *registry);

uint32_t simulated_id(enum stream stream, enum id_kind kind);

/* Whether an event written with that id now is to be read, whatever was sent with it before. */
bool simulated_id_is_good(const struct simulated_registry *registry, enum stream stream, enum id_kind kind,
                          int64_t now_ms);

/* Answers what is wanted; or falls silent for a while. */
void simulated_registry_act(struct simulated_registry *registry, struct random_source *random, int64_t now_ms);
void simulated_registry_answer(struct simulated_registry *registry, int64_t now_ms);

#endif
