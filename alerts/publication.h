/* What one change of an alert means for the topics: a revision on `alerts`, and on `violations` the record of an alert
 * that is in force or the tombstone of one that no longer is.
 */
#ifndef ALERTS_PUBLICATION_H
#define ALERTS_PUBLICATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/alert.h"
#include "schemas/alert_record.h"

struct publication {
    char key[UUID_TEXT_SIZE]; /* the alert_id, of both records */
    bool concerns_violations; /* a record goes to `violations` too */
    size_t alert_length;      /* 0: a tombstone */
    size_t violation_length;  /* 0: a tombstone */
    uint8_t alert[ALERT_RECORD_BYTES_MAX];
    uint8_t violation[ALERT_RECORD_BYTES_MAX];
};

/* A new revision of ALERT, framed by FRAMINGS, which before this one was in force or not. */
void publication_revise(struct publication *publication, const struct framings *framings, const struct alert *alert,
                        bool was_in_force, struct text child_id, int64_t logged_at_ms);

/* The child of the alert of that id is forgotten: tombstones on both topics. */
void publication_forget(struct publication *publication, const struct uuid *alert_id);

#endif
