#include "simulated_registry.h"

#include <string.h>

#include "schemas/schema.h"

#define NEVER INT64_MAX
#define A_NO_HOLDS_MS 1000 /* as schema_ids.h says */

static const enum schema stream_schemas[STREAM_COUNT] = {SCHEMA_PLACEMENT, SCHEMA_MOVE, SCHEMA_ENROLLMENT};

void simulated_registry_init(struct simulated_registry *registry, struct random_source *random)
{
    *registry = (struct simulated_registry){.ids = schema_ids_new(SIMULATED_PATIENCE_MS)};
    for (int stream = 0; stream < STREAM_COUNT; stream++) {
        int64_t *answers_from_ms = registry->answers_from_ms[stream], *given_out_ms = registry->given_out_ms[stream];
        answers_from_ms[ID_AFTER_SILENCE] = random_between(random, 0, 3000);
        answers_from_ms[ID_AFTER_ABSENCE] = random_between(random, 0, 3000);
        given_out_ms[ID_AFTER_ABSENCE] = answers_from_ms[ID_AFTER_ABSENCE] +
                                         random_between(random, 0, SIMULATED_PATIENCE_MS - 1);
        given_out_ms[ID_AFTER_POISON] = random_between(random, 0, 3000);
        given_out_ms[ID_OF_NOTHING] = NEVER;
    }
}

void simulated_registry_fini(struct simulated_registry *registry)
{
    schema_ids_free(registry->ids);
}

uint32_t simulated_id(enum stream stream, enum id_kind kind)
{
    return (uint32_t)stream * ID_KIND_COUNT + kind;
}

bool simulated_id_is_good(const struct simulated_registry *registry, enum stream stream, enum id_kind kind,
                          int64_t now_ms)
{
    if (kind == ID_AFTER_POISON)
        return now_ms > registry->given_out_ms[stream][kind] + A_NO_HOLDS_MS;
    return kind < ID_AFTER_POISON;
}

static enum registry_answer answer_of(const struct simulated_registry *registry, enum stream stream, enum id_kind kind,
                                      int64_t now_ms)
{
    if (now_ms < registry->silent_until_ms || now_ms < registry->answers_from_ms[stream][kind])
        return REGISTRY_UNAVAILABLE;
    return now_ms < registry->given_out_ms[stream][kind] ? REGISTRY_ABSENT : REGISTRY_OK;
}

void simulated_registry_answer(struct simulated_registry *registry, int64_t now_ms)
{
    uint32_t id;
    int64_t wait_ms;

    while (schema_ids_next(registry->ids, now_ms, &id, &wait_ms)) {
        enum stream stream = (enum stream)(id / ID_KIND_COUNT);
        enum id_kind kind = (enum id_kind)(id % ID_KIND_COUNT);
        const char *text = kind == ID_OF_NO_SCHEMA ? "{}" : newest_schemas[stream_schemas[stream]].text;
        schema_ids_answer(registry->ids, id, answer_of(registry, stream, kind, now_ms), text, strlen(text), "as told",
                          now_ms);
    }
}

void simulated_registry_act(struct simulated_registry *registry, struct random_source *random, int64_t now_ms)
{
    if (random_chance(random, 2))
        registry->silent_until_ms = now_ms + random_between(random, 0, 500);
    if (random_chance(random, 60))
        simulated_registry_answer(registry, now_ms);
}
