/* What is known of the ids that a schema registry gave its schemas: one table a process, shared by its threads, kept as
 * long as it runs. Readers ask it without waiting; somebody else asks the registry and tells the answers.
 *
 * A schema never changes, so an id that is known stays so. Whatever else a registry says may be otherwise in a moment,
 * and decides about events of children. So:
 *   - no answer (out of reach, refused access) is no answer: it is asked again, for as long as it takes;
 *   - a no ("there is none", "here is one nobody can use") counts when it was repeated for PATIENCE_MS, without a
 *     silence in between: a registry that starts again does not know all at once;
 *   - no room for a schema is no answer either: what is known is in use, and stays; its id is awaited;
 *   - a no that counts is an answer for those who asked before it was asked for, and one second longer, lest a flood of
 *     bad records become a flood of questions. Whoever comes later has the registry asked once more, since the id may
 *     have been given out by now; the next no counts at once.
 *
 * Time is an argument, so that a test is its own clock.
 */
#ifndef SCHEMAS_SCHEMA_IDS_H
#define SCHEMAS_SCHEMA_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schemas/registry.h"
#include "schemas/schema_tree.h"

#define SCHEMA_IDS_PATIENCE_MS 60000
#define SCHEMA_IDS_FORGOTTEN_MS 600000 /* what nobody has looked for so long may make room, unless it is known */
#define SCHEMA_IDS_MAX 10000           /* known, awaited and refused ones */

/* Bytes of the known schemas' texts together. What is kept is their trees, and the JSON that defaults are in: some 80
 * times as much where a text is made for it, so that all of it is less than 400 MiB; far less of ordinary schemas. */
#define SCHEMA_IDS_TEXT_MAX ((size_t)4 << 20)
#define SCHEMA_ID_WHY_SIZE 192
#define SCHEMA_IDS_NO_ROOM "the schemas that are kept leave no room for it; a restart makes room"

enum schema_id_standing { SCHEMA_ID_KNOWN, SCHEMA_ID_AWAITED, SCHEMA_ID_ABSENT, SCHEMA_ID_UNUSABLE };

struct schema_id_finding {
    enum schema_id_standing standing;
    const struct schema_tree *tree; /* KNOWN: never changes, lives as long as the table */
    char why[SCHEMA_ID_WHY_SIZE];   /* otherwise: what was said last, in ASCII; "": nothing yet */
};

struct schema_ids;
struct schema_ids *schema_ids_new(int64_t patience_ms); /* NULL: memory is short */
void schema_ids_free(struct schema_ids *ids);           /* may be NULL */

/* What is known of ID for a record that was first seen at SINCE_MS. An id that is not known is wanted from now on.
 * While the table is full another one is AWAITED too, and asked for when there is room. */
struct schema_id_finding schema_ids_find(struct schema_ids *ids, uint32_t id, int64_t since_ms, int64_t now_ms);

/* --- for the one who asks the registry --------------------------------------------------------------------------- */

/* ON_WANTED(CONTEXT) is called, on the thread that finds, when there is something new to be asked. Before threads. */
void schema_ids_on_wanted(struct schema_ids *ids, void (*on_wanted)(void *context), void *context);

/* The next id to be asked for now. False: none; *WAIT_MS is how long until there is one, -1 until one is wanted. Its
 * answer is to be told before the next is taken. */
bool schema_ids_next(struct schema_ids *ids, int64_t now_ms, uint32_t *id, int64_t *wait_ms);

/* What the registry said: TEXT of LENGTH, the schema, where it is REGISTRY_OK; else WHY. Neither is kept.
 * False: it is a schema that there is no room for, and stays awaited. */
bool schema_ids_answer(struct schema_ids *ids, uint32_t id, enum registry_answer answer, const char *text,
                       size_t length, const char *why, int64_t now_ms);

#endif
