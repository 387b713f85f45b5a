#include "consumer/registry_inline.h"

#include <stdio.h>
#include <string.h>

#include "consumer/clock.h"
#include "consumer/schema_ids_ask.h"
#include "consumer/settings_http.h"

#define A_NO_COUNTS_AT_ONCE 0

bool registry_inline_open(struct registry_inline *registry, const struct settings *settings,
                          const atomic_bool *is_cancelled)
{
    struct http_settings http = settings_http_registry(settings);

    http.is_cancelled = is_cancelled;
    *registry = (struct registry_inline){.ids = NULL};
    if (!settings_have_registry(settings))
        return true;
    registry->client = registry_new(settings->registry_urls, &http);
    registry->ids = schema_ids_new(A_NO_COUNTS_AT_ONCE);
    return registry->client != NULL && registry->ids != NULL;
}

void registry_inline_close(struct registry_inline *registry)
{
    schema_ids_free(registry->ids);
    registry_free(registry->client);
}

static void ask(struct registry_inline *registry, uint32_t id)
{
    char why[REGISTRY_WHY_SIZE];
    enum registry_answer answer = schema_ids_ask(registry->ids, registry->client, id, why);

    if (answer == REGISTRY_OK || answer == REGISTRY_ABSENT || answer == REGISTRY_UNUSABLE)
        return;
    registry->answer = answer;
    memcpy(registry->why, why, sizeof registry->why);
}

/* An id that is awaited is wanted, unless the table has no room for it. */
static void say_no_room(struct registry_inline *registry)
{
    registry->answer = REGISTRY_UNAVAILABLE;
    snprintf(registry->why, sizeof registry->why, "%s", SCHEMA_IDS_NO_ROOM);
}

bool registry_inline_ask(struct registry_inline *registry)
{
    uint32_t id;
    int64_t wait_ms;
    bool has_asked = false;

    for (; schema_ids_next(registry->ids, clock_monotonic_ms(), &id, &wait_ms); has_asked = true)
        ask(registry, id);
    if (!has_asked && wait_ms < 0)
        say_no_room(registry);
    return has_asked && wait_ms < 0;
}
