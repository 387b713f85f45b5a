/* One partition of the service: its children, how far its inputs were read, and how far its days were judged. */
#ifndef CONSUMER_PARTITION_H
#define CONSUMER_PARTITION_H

#include "consumer/children.h"
#include "consumer/machine.h"

struct sweep { /* a walk over all children that judges those due; also how norms that changed reach everybody */
    uint32_t next_slot;
    bool done;
};

struct schema_wait { /* an input that waits for what a registry says of its next record's schema */
    bool is_on;
    bool is_long;       /* so long that the others' backlog does not wait for its */
    bool is_read_again; /* the shell was told the answer, and reads from the position on */
    int64_t offset;     /* of the record that waits */
    uint32_t id;        /* of its schema */
    int64_t since_ms;
    /* Records before SEEN_TO were seen by SEEN_MS: an answer to a question since is one for all of them, so that a
     * thousand ids that nobody knows are waited for together. Stays when the wait is over. */
    int64_t seen_to, seen_ms;
};

struct partition {
    int32_t number;
    struct children children;
    struct partition_offsets broker; /* as told when it started */

    /* of the changelog's newest progress record */
    bool has_progress, format_unknown;
    struct progress progress; /* its texts point into the two below */
    char writer[256], cluster[256];

    bool started;
    int64_t position[STATE_INPUTS]; /* next offset to gather */
    struct schema_wait waits[STATE_INPUTS];
    int64_t taken[STATE_INPUTS]; /* of the transaction computed last */
    int64_t backlog_end[STATE_INPUTS];
    bool read[STATE_INPUTS]; /* its backlog is gathered */
    bool live;               /* all three were, but for those that wait for long: children are judged */

    struct day today;               /* never goes back */
    struct day judged_through;      /* what the progress record says while it is not live */
    uint64_t yardstick_hash;        /* what all its children were judged with */
    uint64_t yardstick_hash_before; /* the transaction computed last */
    struct sweep sweep;

    bool touched;        /* its progress must be written */
    bool in_transaction; /* it is part of the transaction computed last */
};

void partition_init(struct partition *partition, int32_t number);
void partition_fini(struct partition *partition);

/* As machine_restore and machine_partition_start. */
bool partition_restore(struct partition *partition, struct text key, const uint8_t *value, size_t length);
struct partition_start partition_start(struct partition *partition, const struct machine_settings *settings,
                                       uint64_t yardstick_hash, struct day clock_day);

/* The verdict alone: what changelog and broker say of each other (a pure function of PARTITION). */
struct partition_start partition_verdict(const struct partition *partition, const struct machine_settings *settings,
                                         struct day clock_day);

/* The clock's day: today moves forward, and a new day has everybody looked at. */
void partition_clock(struct partition *partition, struct day clock_day);

/* Inputs gathered up to below OFFSET, which is where the next will be; the end of a backlog may be reached. Not while
 * the input waits. */
void partition_gathered(struct partition *partition, int input, int64_t offset);

/* The record at OFFSET, which was just seen, waits for the schema ID, and so does all behind it. */
void partition_wait(struct partition *partition, int input, int64_t offset, uint32_t id, int64_t now_ms);

/* The record at OFFSET is seen; since when it is known to be there. */
int64_t partition_see(struct partition *partition, int input, int64_t offset, int64_t now_ms);

/* A lag: if it is above the bound and nobody is put off, the children wait until END is gathered. An input that waits
 * for a schema is not behind: its partition's children are still judged. */
void partition_lag(struct partition *partition, int input, int64_t end, int64_t bound);

/* Whether its backlog is gathered. What is behind a wait that is long does not count, until it is over; but it does
 * where nobody was ever judged: a first start would publish what years of events, in one input unread, make of
 * everybody, and could not tell which alerts of a state that was lost are to be forgotten. */
bool partition_is_read(const struct partition *partition);

/* Goes live when all its backlog is gathered. */
void partition_advance(struct partition *partition);

/* Whether children are still to be looked at. */
bool partition_has_due(const struct partition *partition);

/* What its progress record says now. */
struct progress partition_progress(const struct partition *partition, struct text transactional_id,
                                   const char *cluster_id);

#endif
