/* Events: the records of the three input topics, as Avro and as JSON lines.
 *
 * Whatever comes in passes the same checks here (rules.md 2, "Not a fact, but a dead letter"), so that behind this
 * header every event is a fact.
 */
#ifndef SCHEMAS_EVENT_H
#define SCHEMAS_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/fact.h"
#include "schemas/framing.h"
#include "schemas/problem.h"
#include "schemas/unknown_names.h"

#define EVENT_BYTES_MAX 65536 /* longer records are not events */

struct event {
    struct text child_id;
    struct fact fact;             /* normalized; sequence 0; first_recorded_at_ms = recorded_at_ms */
    struct text from_location_id; /* of a move; changes no alert */
    struct text reason;           /* of a move, its symbol; changes no alert */
};

extern const enum schema event_schemas[STREAM_COUNT]; /* what the events of a stream are written by */

/* Reads events of Avro bytes. Holds the programs for every known writer schema; one without ids of a registry never
 * changes, so it serves all threads. */
struct event_reader;
struct event_reader *event_reader_new(void); /* NULL: memory is short (the shipped schemas are known to be right) */
void event_reader_free(struct event_reader *reader);

/* As record_reader_use_ids. */
struct schema_ids;
void event_reader_use_ids(struct event_reader *reader, struct schema_ids *ids);

/* Reads one record of STREAM's topic: framing, body, checks. Texts of EVENT point into BYTES or constants. False:
 * FINDING says why, EVENT is undefined. Never allocates. */
bool event_read(const struct event_reader *reader, enum stream stream, const uint8_t *bytes, size_t length,
                struct event *event, struct finding *finding);

/* After SCHEMA_AWAITED: as record_reader_learn. */
bool event_reader_learn(struct event_reader *reader, enum stream stream, uint32_t id, int64_t since_ms, int64_t now_ms,
                        struct finding *finding);

/* Whether the registry has not yet said which schema ID is of, as of schema_ids_find: it is wanted from now on. READER
 * uses ids. */
bool event_reader_awaits(const struct event_reader *reader, uint32_t id, int64_t since_ms, int64_t now_ms);

/* Writes an event by the newest schema of its stream, behind the framing that FRAMINGS have for it; returns its length,
 * or 0 where SIZE is too small (1024 always suffices). */
size_t event_write(const struct event *event, const struct framings *framings, uint8_t *bytes, size_t size);

/* Reads an event of one JSON line in the form of tests/cases. Texts point into memory that *STORAGE owns until the next
 * call or event_storage_fini. */
struct event_storage {
    char *texts;                   /* those that were written with escapes; NULL until one was */
    struct unknown_names *unknown; /* where members are noted that no event has; or NULL. The caller's */
};
void event_storage_fini(struct event_storage *storage);
bool event_read_json(const char *line, size_t length, struct event_storage *storage, struct event *event,
                     struct finding *finding);

/* The names of all members: those within a place with it, "location.region". */
extern const char *const event_field_names[];
extern const size_t event_field_count;

/* Writes an event as one JSON line without newline; its length, or 0 where SIZE is too small (2048 always suffices). */
size_t event_write_json(const struct event *event, char *line, size_t size);

/* murmur2 as Java's producer computes it; the partition of a key is (murmur2 & 0x7fffffff) % partitions. */
uint32_t key_murmur2(struct text key);
int32_t key_partition(uint32_t murmur2, int32_t partition_count);

#endif
