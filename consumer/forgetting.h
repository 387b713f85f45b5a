/* The wish to forget a child: written to the three inputs, and seen to come true.
 *
 * A record without value under the child's id on any input is the wish (docs/operations.md). It is written to all
 * three, so that each of them tells it for as long as it keeps facts of the child, whatever else is lost or read again.
 */
#ifndef CONSUMER_FORGETTING_H
#define CONSUMER_FORGETTING_H

#include <stdbool.h>
#include <stdint.h>

#include "consumer/wish_record.h"
#include "rules/fact.h"

struct forgetting {
    const struct settings *settings;
    const char *component; /* in the log */
    struct text child_id;
    rd_kafka_t *kafka; /* writes; and is told ends of partitions as they are, uncommitted records included */
    int32_t partition_counts[TOPIC_COUNT];
    struct wish_record tombstones[STREAM_COUNT]; /* by input */
};

/* Reaches the broker and finds the topics: the inputs and, to SEE it come true, what the service writes. Nothing is
 * written yet. EXIT_OK; any other exit code is said. COMPONENT is a constant. */
int forgetting_open(struct forgetting *forgetting, const struct settings *settings, const char *component,
                    struct text child_id, bool see);
void forgetting_close(struct forgetting *forgetting); /* only after EXIT_OK */

/* Writes the wish, and waits until each input has it or refuses it. EXIT_OK: all have it; otherwise those that have not
 * are said, and to write it again does no harm. */
int forgetting_write(struct forgetting *forgetting);

/* What can be seen of a child's forgetting. */
struct forgetting_sight {
    bool is_ever_read;                 /* the service has read anything of the child's partition */
    int64_t next_offset[STREAM_COUNT]; /* then: which it reads next */
    bool is_read[STREAM_COUNT];        /* it has read the wish, and published what follows */
    bool is_forgotten;                 /* the child's state says so, or is gone */
    uint32_t facts;                    /* of the child that should be gone */
    uint32_t alerts, violations;       /* likewise, those seen so far */
    bool is_looked_through;            /* all of them are seen */
    bool was_known;                    /* anything of the child was seen, before it was forgotten or after */
};

/* Watches what the service writes until it has forgotten the child, at most TIMEOUT_MS. EXIT_OK: it has. EXIT_NOT_YET:
 * it has not, *SIGHT tells what is missing. Any other exit code is said. */
int forgetting_see(const struct forgetting *forgetting, int64_t timeout_ms, struct forgetting_sight *sight);

#endif
