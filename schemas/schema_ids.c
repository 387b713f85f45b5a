#include <stdio.h>
#include <stdlib.h>

#include "schemas/schema_ids_internal.h"

#define REFUSAL_HOLDS_MS 1000

struct schema_ids *schema_ids_new(int64_t patience_ms)
{
    struct schema_ids *ids = calloc(1, sizeof *ids);
    if (ids == NULL || pthread_mutex_init(&ids->mutex, NULL) != 0) {
        free(ids);
        return NULL;
    }
    ids->patience_ms = patience_ms;
    ids->silent_ms = ids->quiet_until_ms = SCHEMA_IDS_NEVER;
    return ids;
}

void schema_ids_free(struct schema_ids *ids)
{
    if (ids == NULL)
        return;
    for (uint32_t i = 0; i < ids->count; i++)
        schema_id_entry_free(ids->entries[i]);
    pthread_mutex_destroy(&ids->mutex);
    free(ids);
}

void schema_ids_on_wanted(struct schema_ids *ids, void (*on_wanted)(void *context), void *context)
{
    ids->on_wanted = on_wanted;
    ids->context = context;
}

/* --- finding ----------------------------------------------------------------------------------------------------- */

static bool refusal_counts(const struct schema_id_entry *entry, int64_t since_ms, int64_t now_ms)
{
    return entry->refused_ms != SCHEMA_IDS_NEVER &&
           (entry->refused_ms >= since_ms || now_ms - entry->refused_ms < REFUSAL_HOLDS_MS);
}

static struct schema_id_finding look(struct schema_ids *ids, const struct schema_id_entry *entry, int64_t since_ms,
                                     int64_t now_ms, bool *wanted)
{
    struct schema_id_finding finding = {.standing = SCHEMA_ID_AWAITED};
    if (entry->is_known)
        return (struct schema_id_finding){.standing = SCHEMA_ID_KNOWN, .tree = &entry->tree};
    snprintf(finding.why, sizeof finding.why, "%s", entry->why);
    if (refusal_counts(entry, since_ms, now_ms)) {
        finding.standing = entry->refusal;
    } else if (ids->ask_at_ms[entry->place] == SCHEMA_IDS_NOT_WANTED) {
        ids->ask_at_ms[entry->place] = now_ms;
        *wanted = true;
    }
    return finding;
}

static struct schema_id_finding look_without_room(const struct schema_ids *ids)
{
    struct schema_id_finding finding = {.standing = SCHEMA_ID_AWAITED};
    snprintf(finding.why, sizeof finding.why, "more than %d ids are in use, which is all that are kept%s",
             SCHEMA_IDS_MAX, ids->known_count == SCHEMA_IDS_MAX ? "; a restart makes room" : "");
    return finding;
}

struct schema_id_finding schema_ids_find(struct schema_ids *ids, uint32_t id, int64_t since_ms, int64_t now_ms)
{
    pthread_mutex_lock(&ids->mutex);
    struct schema_id_entry *entry = schema_id_entry_find(ids, id);
    bool wanted = entry == NULL;
    if (entry == NULL)
        entry = schema_id_entry_add(ids, id, now_ms);
    if (entry != NULL)
        entry->found_ms = now_ms;
    struct schema_id_finding finding = entry == NULL ? look_without_room(ids)
                                                     : look(ids, entry, since_ms, now_ms, &wanted);
    pthread_mutex_unlock(&ids->mutex);
    if (wanted && entry != NULL && ids->on_wanted != NULL)
        ids->on_wanted(ids->context);
    return finding;
}
