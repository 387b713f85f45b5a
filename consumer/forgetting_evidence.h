/* What the records of a child's partition say of its forgetting: its newest state, how far the service has read, and
 * the alerts and violations that name it. Knows no broker.
 */
#ifndef CONSUMER_FORGETTING_EVIDENCE_H
#define CONSUMER_FORGETTING_EVIDENCE_H

#include "consumer/forgetting.h"
#include "rules/child.h"
#include "schemas/record_reader.h"
#include "schemas/state.h"

enum published { PUBLISHED_ALERTS, PUBLISHED_VIOLATIONS, PUBLISHED_COUNT };

struct published_ids { /* of the child, without a tombstone */
    struct record_reader records;
    struct uuid *ids;
    size_t count, capacity;
};

struct forgetting_evidence {
    struct text child_id;
    int64_t wish_offset[STREAM_COUNT];
    int64_t wish_ms; /* the newest time of the wish: what was recorded by then is to be gone */
    struct published_ids published[PUBLISHED_COUNT];
    struct child child; /* its newest state; texts in it are gone */
    bool has_state;
    bool was_known;           /* a record with facts or an alert of it was seen */
    struct progress progress; /* texts in it are gone */
    bool has_progress;
};

/* What a record was good for. AWAITED: its schema is to be asked for, and then the record told again. */
enum evidence { EVIDENCE_TAKEN, EVIDENCE_UNREADABLE, EVIDENCE_AWAITED, EVIDENCE_NO_MEMORY };

/* False: memory is short. To be ended all the same. The child_id must outlive it. */
bool forgetting_evidence_init(struct forgetting_evidence *evidence, const struct forgetting *forgetting);
void forgetting_evidence_fini(struct forgetting_evidence *evidence);

/* As record_reader_use_ids. */
void forgetting_evidence_use_ids(struct forgetting_evidence *evidence, struct schema_ids *ids);

/* A committed record of the partition, in the order of its topic; VALUE NULL is a tombstone. UNREADABLE: the child's
 * state or the progress is of no format this program reads. A record of an alert that can not be read names nobody. */
enum evidence forgetting_evidence_state(struct forgetting_evidence *evidence, struct text key, const uint8_t *value,
                                        size_t length);
enum evidence forgetting_evidence_published(struct forgetting_evidence *evidence, enum published what, struct text key,
                                            const uint8_t *value, size_t length);

/* What can be seen so far; is_looked_through is left false. */
struct forgetting_sight forgetting_evidence_weigh(const struct forgetting_evidence *evidence);

#endif
