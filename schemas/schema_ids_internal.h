/* The inside of the table of ids: entries (schema_ids_table.c), what is found (schema_ids.c), asking and answers
 * (schema_ids_answer.c). All but what is public is called with the mutex held.
 */
#ifndef SCHEMAS_SCHEMA_IDS_INTERNAL_H
#define SCHEMAS_SCHEMA_IDS_INTERNAL_H

#include <pthread.h>

#include "schemas/schema_ids.h"

#define SCHEMA_IDS_BUCKETS 4096
#define SCHEMA_IDS_NEVER INT64_MIN
#define SCHEMA_IDS_NOT_WANTED INT64_MAX
#define SCHEMA_IDS_AHEAD_MS (INT64_MAX / 4) /* an id never asked for comes before all that were, however many fail */

struct schema_id_entry {
    struct schema_id_entry *next; /* in its bucket */
    uint32_t place;               /* among all entries */
    uint32_t id;
    bool is_known;
    struct schema_tree tree;
    int64_t found_ms;         /* when somebody looked for it last */
    int64_t asked_ms;         /* the last question */
    uint32_t failures;        /* questions since the last that decided anything */
    int64_t silent_ms;        /* it was not answered since then, or SCHEMA_IDS_NEVER */
    int64_t first_refusal_ms; /* when the first of the noes since a silence was asked for, or SCHEMA_IDS_NEVER */
    int64_t refused_ms;       /* when that was asked whose no counts, or SCHEMA_IDS_NEVER */
    enum schema_id_standing refusal;
    char why[SCHEMA_ID_WHY_SIZE];
};

struct schema_ids {
    pthread_mutex_t mutex;
    int64_t patience_ms;
    struct schema_id_entry *buckets[SCHEMA_IDS_BUCKETS]; /* by id */
    struct schema_id_entry *entries[SCHEMA_IDS_MAX];
    int64_t
        ask_at_ms[SCHEMA_IDS_MAX]; /* of each, or SCHEMA_IDS_NOT_WANTED; by themselves, since all are looked through */
    uint32_t count, known_count;
    const struct schema_id_entry *asked; /* the one that is asked for now, or NULL */
    size_t text_bytes;
    int64_t silent_ms; /* the registry answers nothing that was asked since then, or SCHEMA_IDS_NEVER */
    int64_t quiet_until_ms;
    void (*on_wanted)(void *context);
    void *context;
};

/* NULL: there is none. */
struct schema_id_entry *schema_id_entry_find(struct schema_ids *ids, uint32_t id);

/* One more, wanted from NOW_MS on before those asked for already. NULL: there is no room, or memory is short. */
struct schema_id_entry *schema_id_entry_add(struct schema_ids *ids, uint32_t id, int64_t now_ms);

void schema_id_entry_free(struct schema_id_entry *entry);

/* A number that looks like any. */
uint32_t schema_id_mixed(uint32_t number);

#endif
