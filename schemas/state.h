/* The state of a child as a record of the changelog, which is also what is held in memory (state.avsc), and the record
 * of a partition's progress (progress.avsc). Written and read by hand-made code that the tests hold against the
 * schemas.
 *
 * The value of a child begins with the framing and next_change_on, so that a restore need not read the rest.
 */
#ifndef SCHEMAS_STATE_H
#define SCHEMAS_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/child.h"

#define STATE_INPUTS 3 /* placements, moves, enrollments */

/* Bytes that suffice for any write of CHILD. */
size_t state_size_bound(const struct child *child);

/* Writes the value (framing included); its length. SIZE >= state_size_bound. The same child gives the same bytes. The
 * child_id is the record's key and is not repeated in the value. */
size_t state_write(const struct child *child, uint8_t *bytes, size_t size);

/* Reads a value into CHILD, which was child_init'ed; texts point into BYTES, child_id becomes CHILD_ID. False: the
 * bytes are not a state of this format; CHILD is undefined. Reads within LENGTH only, whatever the bytes say. */
bool state_read(const uint8_t *bytes, size_t length, struct text child_id, struct child *child);

/* next_change_on of a value without reading the rest; false: not a state of this format. */
bool state_peek(const uint8_t *bytes, size_t length, struct day *next_change_on);

/* The record under the reserved key of each state partition; the truth about what has been applied
 * (docs/architecture.md). */
#define PROGRESS_KEY "#progress" /* no child id can be this */
#define PROGRESS_BYTES_MAX 1024

struct progress {
    int64_t next_offset[STATE_INPUTS]; /* of each input, the offset to read next */
    struct day judged_through;         /* today of the partition when it was written; DAY_ABSENT: never judged */
    uint64_t yardstick_hash;           /* of norms and calendar every child was judged with; 0: not yet */
    struct text transactional_id;      /* who wrote it */
    struct text cluster_id;            /* "" unknown */
};
size_t progress_write(const struct progress *progress, uint8_t *bytes, size_t size);
bool progress_read(const uint8_t *bytes, size_t length, struct progress *progress);

#endif
