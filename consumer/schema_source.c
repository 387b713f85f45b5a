#include "consumer/schema_source.h"

#include <stdio.h>
#include <stdlib.h>

#include "consumer/clock.h"
#include "consumer/settings_registry.h"

#define A_NO_COUNTS_AT_ONCE 0

bool schema_source_open(struct schema_source *source, const struct settings *settings)
{
    const struct registry_settings registry_settings = settings_registry(settings);

    *source = (struct schema_source){.ids = NULL};
    if (!settings_have_registry(settings))
        return true;
    source->registry = registry_new(&registry_settings);
    source->ids = schema_ids_new(A_NO_COUNTS_AT_ONCE);
    return source->registry != NULL && source->ids != NULL;
}

void schema_source_close(struct schema_source *source)
{
    schema_ids_free(source->ids);
    registry_free(source->registry);
}

static void ask(struct schema_source *source, uint32_t id)
{
    char *text;
    size_t length;
    char why[REGISTRY_WHY_SIZE];
    enum registry_answer answer = registry_schema_get(source->registry, id, &text, &length, why);

    schema_ids_answer(source->ids, id, answer, text, length, why, clock_monotonic_ms());
    free(text);
    if (answer != REGISTRY_OK)
        snprintf(source->why, sizeof source->why, "%s", why);
}

bool schema_source_ask(struct schema_source *source)
{
    uint32_t id;
    int64_t wait_ms;

    while (schema_ids_next(source->ids, clock_monotonic_ms(), &id, &wait_ms))
        ask(source, id);
    return wait_ms < 0;
}
