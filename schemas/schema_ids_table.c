#include <stdlib.h>

#include "schemas/schema_ids_internal.h"

void schema_id_entry_free(struct schema_id_entry *entry)
{
    schema_tree_fini(&entry->tree);
    free(entry);
}

uint32_t schema_id_mixed(uint32_t number)
{
    number = (number ^ number >> 16) * 0x45d9f3bU;
    number = (number ^ number >> 16) * 0x45d9f3bU;
    return number ^ number >> 16;
}

static struct schema_id_entry **bucket_of(struct schema_ids *ids, uint32_t id)
{
    return &ids->buckets[schema_id_mixed(id) % SCHEMA_IDS_BUCKETS];
}

struct schema_id_entry *schema_id_entry_find(struct schema_ids *ids, uint32_t id)
{
    struct schema_id_entry *entry = *bucket_of(ids, id);
    while (entry != NULL && entry->id != id)
        entry = entry->next;
    return entry;
}

static void entry_drop(struct schema_ids *ids, struct schema_id_entry *entry)
{
    struct schema_id_entry **link = bucket_of(ids, entry->id);
    while (*link != entry)
        link = &(*link)->next;
    *link = entry->next;
    struct schema_id_entry *last = ids->entries[--ids->count];
    ids->entries[entry->place] = last;
    ids->ask_at_ms[entry->place] = ids->ask_at_ms[last->place];
    last->place = entry->place;
    schema_id_entry_free(entry);
}

static bool may_go(const struct schema_ids *ids, const struct schema_id_entry *entry, int64_t now_ms)
{
    if (entry->is_known || entry == ids->asked)
        return false;
    return ids->ask_at_ms[entry->place] == SCHEMA_IDS_NOT_WANTED || now_ms - entry->found_ms >= SCHEMA_IDS_FORGOTTEN_MS;
}

/* A no that nobody asks about any more makes room, and what nobody has looked for lately; that without a no first, then
 * the oldest one: what it costs is patience once more. */
static bool make_room(struct schema_ids *ids, int64_t now_ms)
{
    struct schema_id_entry *oldest = NULL;
    for (uint32_t i = 0; i < ids->count; i++) {
        struct schema_id_entry *entry = ids->entries[i];
        if (may_go(ids, entry, now_ms) && (oldest == NULL || entry->refused_ms < oldest->refused_ms))
            oldest = entry;
    }
    if (oldest != NULL)
        entry_drop(ids, oldest);
    return oldest != NULL;
}

struct schema_id_entry *schema_id_entry_add(struct schema_ids *ids, uint32_t id, int64_t now_ms)
{
    struct schema_id_entry *entry = ids->count < SCHEMA_IDS_MAX || make_room(ids, now_ms) ? calloc(1, sizeof *entry)
                                                                                          : NULL;
    if (entry == NULL)
        return NULL;
    *entry = (struct schema_id_entry){.next = *bucket_of(ids, id),
                                      .place = ids->count,
                                      .id = id,
                                      .found_ms = now_ms,
                                      .silent_ms = SCHEMA_IDS_NEVER,
                                      .first_refusal_ms = SCHEMA_IDS_NEVER,
                                      .refused_ms = SCHEMA_IDS_NEVER};
    *bucket_of(ids, id) = entry;
    ids->ask_at_ms[ids->count] = now_ms - SCHEMA_IDS_AHEAD_MS;
    ids->entries[ids->count++] = entry;
    return entry;
}
