/* What is published: alerts, violations, dead letters; as Avro records and, for people and tools, as JSON. Fields have
 * the names of rules.md 5.
 */
#ifndef SCHEMAS_ALERT_RECORD_H
#define SCHEMAS_ALERT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/alert.h"
#include "schemas/framing.h"
#include "schemas/problem.h"

#define ALERT_RECORD_BYTES_MAX 1024
#define ALERT_JSON_BYTES_MAX 2048

/* One revision of one alert as it is published. */
struct alert_record {
    struct text child_id;
    struct uuid alert_id;
    struct uuid replaced_by; /* the id of the alert, not its cause; nil */
    struct alert alert;      /* alert.withdrawn_by is used, alert.replaced_by is not */
    int64_t logged_at_ms;    /* when this revision was made */
};

/* RECORD of ALERT: computes both ids. */
struct alert_record alert_record_of(const struct alert *alert, struct text child_id, int64_t logged_at_ms);

/* Write, each behind the framing that FRAMINGS have for it; the length, or 0 where SIZE is too small
 * (ALERT_RECORD_BYTES_MAX always suffices). */
size_t alert_record_write(const struct alert_record *record, const struct framings *framings, uint8_t *bytes,
                          size_t size);
size_t violation_record_write(const struct alert_record *record, const struct framings *framings, uint8_t *bytes,
                              size_t size);

/* Reads a record of the alerts topic, of any known writer schema; texts point into BYTES. alert.cause and ids are
 * filled. */
struct alert_reader;
struct alert_reader *alert_reader_new(void);
void alert_reader_free(struct alert_reader *reader);
/* As record_reader_use_ids. */
struct schema_ids;
void alert_reader_use_ids(struct alert_reader *reader, struct schema_ids *ids);
bool alert_record_read(const struct alert_reader *reader, const uint8_t *bytes, size_t length,
                       struct alert_record *record, struct finding *finding);
/* After SCHEMA_AWAITED: as record_reader_learn. */
bool alert_reader_learn(struct alert_reader *reader, uint32_t id, int64_t since_ms, int64_t now_ms,
                        struct finding *finding);

/* One JSON object without newline: exactly the fields of rules.md 5; with PUBLISHED also revision, withdrawn_by,
 * replaced_by and logged_at. The length, or 0 where SIZE is too small (ALERT_JSON_BYTES_MAX always suffices). */
size_t alert_record_write_json(const struct alert_record *record, bool published, char *line, size_t size);

/* What could not be read, from where, and why. */
struct dead_letter {
    struct text topic;
    int32_t partition;
    int64_t offset;
    int64_t timestamp_ms;
    struct finding finding;
    bool has_schema_id;
    uint64_t schema_id; /* the fingerprint of the single-object framing, where there was one */
    bool has_registry_id;
    uint32_t registry_id;   /* of Confluent's framing, where there was one */
    const uint8_t *payload; /* NULL unless configured */
    size_t payload_length;
};
/* Needs at most 1024 + payload_length. */
size_t dead_letter_write(const struct dead_letter *letter, const struct framings *framings, uint8_t *bytes,
                         size_t size);

#endif
