/* Which id is to be asked for next, and what an answer means. */
#include <assert.h>
#include <stdio.h>

#include "schemas/ascii.h"
#include "schemas/schema_ids_internal.h"

#define BACK_OFF_FIRST_MS 100
#define BACK_OFF_MOST_MS 10000
#define QUIET_MOST_MS 1000 /* while nothing answers: so often is enough for all ids together */

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

bool schema_ids_next(struct schema_ids *ids, int64_t now_ms, uint32_t *id, int64_t *wait_ms)
{
    int64_t first_ms = SCHEMA_IDS_NOT_WANTED;
    uint32_t first = 0;
    pthread_mutex_lock(&ids->mutex);
    for (uint32_t i = 0; i < ids->count; i++)
        if (ids->ask_at_ms[i] < first_ms) {
            first_ms = ids->ask_at_ms[i];
            first = i;
        }
    *wait_ms = first_ms == SCHEMA_IDS_NOT_WANTED ? -1 : later(later(first_ms, ids->quiet_until_ms) - now_ms, 0);
    if (*wait_ms == 0) {
        *id = ids->entries[first]->id;
        ids->entries[first]->asked_ms = now_ms;
        ids->asked = ids->entries[first];
    }
    pthread_mutex_unlock(&ids->mutex);
    return *wait_ms == 0;
}

/* Doubles with each failure; from three quarters to five quarters of it, so that instances do not ask in step. */
static int64_t back_off_ms(struct schema_id_entry *entry)
{
    int64_t wait_ms = BACK_OFF_MOST_MS;
    if (entry->failures < 7)
        wait_ms = earlier(wait_ms, BACK_OFF_FIRST_MS << entry->failures);
    entry->failures++;
    return wait_ms * 3 / 4 +
           (int64_t)(schema_id_mixed(entry->id ^ (uint32_t)entry->asked_ms) % (uint32_t)(wait_ms / 2));
}

/* It answers again: whoever had no answer since it fell silent need not wait for his turn. One that had none while it
 * spoke to others fails by itself, and waits. */
static void registry_speaks(struct schema_ids *ids, int64_t now_ms)
{
    if (ids->silent_ms == SCHEMA_IDS_NEVER)
        return;
    for (uint32_t i = 0; i < ids->count; i++)
        if (ids->entries[i]->silent_ms >= ids->silent_ms) {
            ids->entries[i]->failures = 0;
            ids->ask_at_ms[i] = now_ms;
        }
    ids->silent_ms = SCHEMA_IDS_NEVER;
}

/* What a registry says goes into the log and into dead letters, which are text. */
static void why_keep(struct schema_id_entry *entry, const char *where, const char *why)
{
    snprintf(entry->why, sizeof entry->why, "%s%s%s", where, *where == '\0' ? "" : ": ", why);
    ascii_replace_others(entry->why);
}

/* What was no before a silence may be the no of a registry that has since begun anew: it is no part of what is
 * repeated. */
static void refusals_begin_anew(struct schema_id_entry *entry)
{
    if (entry->refused_ms == SCHEMA_IDS_NEVER)
        entry->first_refusal_ms = SCHEMA_IDS_NEVER;
}

static void take_silence(struct schema_ids *ids, struct schema_id_entry *entry, int64_t now_ms)
{
    int64_t wait_ms = back_off_ms(entry);
    refusals_begin_anew(entry);
    if (entry->silent_ms == SCHEMA_IDS_NEVER)
        entry->silent_ms = entry->asked_ms;
    if (ids->silent_ms == SCHEMA_IDS_NEVER)
        ids->silent_ms = entry->asked_ms;
    ids->ask_at_ms[entry->place] = now_ms + wait_ms;
    ids->quiet_until_ms = now_ms + earlier(wait_ms, QUIET_MOST_MS);
}

static void take_refusal(struct schema_ids *ids, struct schema_id_entry *entry, enum schema_id_standing refusal,
                         int64_t now_ms)
{
    entry->refusal = refusal;
    if (entry->first_refusal_ms == SCHEMA_IDS_NEVER)
        entry->first_refusal_ms = entry->asked_ms;
    if (entry->refused_ms != SCHEMA_IDS_NEVER || entry->asked_ms - entry->first_refusal_ms >= ids->patience_ms) {
        entry->refused_ms = entry->asked_ms;
        entry->failures = 0;
        ids->ask_at_ms[entry->place] = SCHEMA_IDS_NOT_WANTED;
    } else {
        int64_t patience_ends_ms = entry->first_refusal_ms + ids->patience_ms;
        ids->ask_at_ms[entry->place] = earlier(now_ms + back_off_ms(entry), later(now_ms, patience_ends_ms));
    }
}

static void take_schema(struct schema_ids *ids, struct schema_id_entry *entry, const struct schema_tree *tree,
                        size_t length)
{
    entry->tree = *tree;
    entry->is_known = true;
    ids->ask_at_ms[entry->place] = SCHEMA_IDS_NOT_WANTED;
    ids->known_count++;
    ids->text_bytes += length;
}

/* A schema that there is no room for is wanted as before. */
static void postpone(struct schema_ids *ids, struct schema_id_entry *entry, int64_t now_ms)
{
    refusals_begin_anew(entry);
    ids->ask_at_ms[entry->place] = now_ms + back_off_ms(entry);
}

/* An answer that TREE was read from, if it has a root. False: there is no room for it. */
static bool take_answer(struct schema_ids *ids, struct schema_id_entry *entry, enum registry_answer answer,
                        const struct schema_tree *tree, size_t length, int64_t now_ms)
{
    bool has_room = length <= SCHEMA_IDS_TEXT_MAX - ids->text_bytes;
    if (answer != REGISTRY_OK && answer != REGISTRY_ABSENT && answer != REGISTRY_UNUSABLE) {
        take_silence(ids, entry, now_ms);
        return true;
    }
    registry_speaks(ids, now_ms);
    entry->silent_ms = SCHEMA_IDS_NEVER;
    if (tree->root == NULL)
        take_refusal(ids, entry, answer == REGISTRY_ABSENT ? SCHEMA_ID_ABSENT : SCHEMA_ID_UNUSABLE, now_ms);
    else if (has_room)
        take_schema(ids, entry, tree, length);
    else
        postpone(ids, entry, now_ms);
    return has_room || tree->root == NULL;
}

/* A hostile text may take its time to be read: that is done before anybody has to wait for it. */
bool schema_ids_answer(struct schema_ids *ids, uint32_t id, enum registry_answer answer, const char *text,
                       size_t length, const char *why, int64_t now_ms)
{
    struct schema_tree tree = {0};
    struct schema_error error = {.why = why};
    if (answer == REGISTRY_OK)
        schema_tree_init(&tree, text, length, &error);
    pthread_mutex_lock(&ids->mutex);
    struct schema_id_entry *entry = schema_id_entry_find(ids, id);
    assert(entry != NULL && !entry->is_known && "what is being asked for stays in the table");
    ids->asked = NULL;
    why_keep(entry, error.where, error.why == NULL ? "" : error.why);
    bool has_room = take_answer(ids, entry, answer, &tree, length, now_ms);
    if (!has_room) {
        why_keep(entry, "", SCHEMA_IDS_NO_ROOM);
        schema_tree_fini(&tree);
    }
    pthread_mutex_unlock(&ids->mutex);
    return has_room;
}
