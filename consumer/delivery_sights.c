#include "consumer/delivery_sights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct delivery_sight *find(const struct delivery_sights *sights, struct text name)
{
    for (size_t i = 0; i < sights->count; i++)
        if (text_equal((struct text){sights->of[i].name, (uint32_t)strlen(sights->of[i].name)}, name))
            return &sights->of[i];
    return NULL;
}

static struct delivery_sight *add(struct delivery_sights *sights, struct text name, bool is_in_settings)
{
    struct delivery_sight *larger = realloc(sights->of, (sights->count + 1) * sizeof(*larger));
    if (larger == NULL)
        return NULL;
    sights->of = larger;
    struct delivery_sight *sight = &larger[sights->count];
    *sight = (struct delivery_sight){.is_in_settings = is_in_settings,
                                     .next = calloc((size_t)sights->partition_count, sizeof(sight->next[0]))};
    if (sight->next == NULL)
        return NULL;
    snprintf(sight->name, sizeof(sight->name), "%.*s", (int)name.length, name.bytes);
    sights->count++;
    return sight;
}

bool delivery_sights_init(struct delivery_sights *sights, const struct settings *settings, int32_t partition_count)
{
    bool added = true;
    *sights = (struct delivery_sights){.partition_count = partition_count};
    for (size_t i = 0; added && i < settings->subscription_count; i++) {
        const char *name = settings->subscriptions[i].name;
        added = add(sights, (struct text){name, (uint32_t)strlen(name)}, true) != NULL;
    }
    return added;
}

void delivery_sights_fini(struct delivery_sights *sights)
{
    for (size_t i = 0; i < sights->count; i++)
        free(sights->of[i].next);
    free(sights->of);
}

static void see(const struct delivery_sights *sights, struct delivery_sight *sight,
                const struct delivery_record *record)
{
    const bool is_left = !record->is_tombstone;
    if (record->kind == DELIVERY_OF_PARTITION && record->partition < sights->partition_count)
        sight->next[record->partition] = is_left ? record->of.position.next : 0;
    if (record->kind == DELIVERY_OF_WISH)
        sight->wish = is_left ? record->of.wish : (struct delivery_wish){0};
    if (record->kind != DELIVERY_OF_SUBSCRIPTION)
        return;
    sight->is_known = is_left;
    sight->standing = is_left ? record->of.standing : (struct delivery_standing){0};
}

bool delivery_sights_see(struct delivery_sights *sights, struct text key, const uint8_t *value, size_t length)
{
    struct delivery_record record;
    const struct text name = delivery_key_name(key);
    if (!subscription_is_name(name.bytes, name.length))
        return true; /* nobody of ours wrote that */
    struct delivery_sight *sight = find(sights, name);
    if (sight == NULL)
        sight = add(sights, name, false);
    if (sight != NULL && delivery_key_read(key, sight->name, &record) && delivery_record_read(value, length, &record))
        see(sights, sight, &record);
    return sight != NULL;
}

void delivery_sights_end(struct delivery_sights *sights)
{
    size_t left = 0;
    for (size_t i = 0; i < sights->count; i++) {
        const struct delivery_sight *sight = &sights->of[i];
        if (sight->is_in_settings || sight->is_known || sight->wish.asked_at_ms != 0)
            sights->of[left++] = *sight;
        else
            free(sight->next);
    }
    sights->count = left;
}
