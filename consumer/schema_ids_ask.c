#include "consumer/schema_ids_ask.h"

#include <stdio.h>
#include <stdlib.h>

#include "consumer/clock.h"

enum registry_answer schema_ids_ask(struct schema_ids *ids, struct registry *registry, uint32_t id,
                                    char why[static REGISTRY_WHY_SIZE])
{
    char *text;
    size_t length;
    enum registry_answer answer = registry_schema_get(registry, id, &text, &length, why);

    if (!schema_ids_answer(ids, id, answer, text, length, why, clock_monotonic_ms())) {
        answer = REGISTRY_UNAVAILABLE;
        snprintf(why, REGISTRY_WHY_SIZE, "%s", SCHEMA_IDS_NO_ROOM);
    }
    free(text);
    return answer;
}
