/* An alert under two sets of norms: it appears, goes, moves (it exists under both, and says something else), or is the
 * same. As a line for people in their language, and as JSON.
 */
#ifndef ALERTS_ALERT_CHANGE_H
#define ALERTS_ALERT_CHANGE_H

#include <stddef.h>
#include <stdint.h>

#include "alerts/messages.h"
#include "schemas/alert_record.h"

enum alert_change_kind { ALERT_APPEARS, ALERT_GOES, ALERT_MOVES, ALERT_SAME, ALERT_CHANGE_KINDS };

struct alert_change {
    enum alert_change_kind kind;
    struct alert_record before; /* unless it appears */
    struct alert_record after;  /* unless it goes */
};

/* What becomes of an alert of CHILD_ID; BEFORE or AFTER may be NULL, else they are of one rule and cause. */
struct alert_change alert_change_of(const struct alert *before, const struct alert *after, struct text child_id);

/* The order in which alerts of a child are shown: as alert_compare, by what was before, or else by what is after. */
int alert_change_compare(const struct alert_change *a, const struct alert_change *b);

/* A sign (+ appears, - goes, ~ changes), the child, the rule and what the alert says; of one that changes, what
 * differs: "violation since 2025-09-03 -> 2025-08-03". The length, or 0 where SIZE is too small (ALERT_CHANGE_BYTES_MAX
 * always suffices). */
#define ALERT_CHANGE_BYTES_MAX 4352
size_t alert_change_row_write(const struct alert_change *change, enum language language, char *line, size_t size);

/* {"change":"APPEARS","before":null,"after":{…}}, likewise; the alerts as alert_record_write_json has them. */
size_t alert_change_write_json(const struct alert_change *change, char *line, size_t size);

#endif
