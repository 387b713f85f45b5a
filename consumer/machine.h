/* The service as a stepped machine: what happens on a message, a day's change, a commit's outcome, a revoke or an
 * abort.
 *
 * It never calls Kafka or the event loop and knows no clock: the shell (worker.c) tells it what happened, asks for the
 * next transaction, runs it and tells how it ended. A test drives it with a simulated log and clock. One machine
 * belongs to one consumer-group member; its partitions share nothing.
 *
 * Life of a partition: added → its changelog is fed in → started (a verdict on what changelog and broker say) →
 * it reads its backlog, children being put off → live: children are judged as facts come and days pass → dropped.
 *
 * Life of a transaction: inputs gather → machine_begin computes everything it publishes, and replaces the children's
 * states, keeping the old ones → the shell produces, sends offsets, commits → machine_end keeps the new states or puts
 * the old ones back. While it is under way new inputs gather for the next.
 */
#ifndef CONSUMER_MACHINE_H
#define CONSUMER_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/child.h"
#include "schemas/event.h"
#include "schemas/state.h"

enum output { OUTPUT_ALERTS, OUTPUT_VIOLATIONS, OUTPUT_STATE, OUTPUT_DEAD_LETTERS, OUTPUT_COUNT };

#define OFFSET_NONE INT64_C(-1) /* the group has committed nothing */

struct machine_settings {
    const struct norms *norms;
    const struct calendar *calendar;
    int forget_retention_days;              /* rules.md 2: as long as the inputs' retention, at least 30 */
    int32_t partition_count;                /* of every input and of the state */
    const char *input_topics[STATE_INPUTS]; /* named in dead letters */
    uint32_t transaction_events_max;        /* inputs in one transaction */
    uint32_t transaction_judged_max; /* children a transaction judges because of the calendar or a backlog's end */
    size_t transaction_bytes_max;    /* of what gathers */
    int64_t gather_ms;               /* how long inputs may gather while more are coming */
    int64_t lag_bound;               /* messages behind the end from which a live partition reads a backlog again */
    bool dead_letter_payload;        /* the payload goes into dead letters */
    bool cloud_events;               /* alerts and violations get the headers of CloudEvents */
    bool accept_group_behind;        /* start where the group's offset is behind the changelog's, which is used */
    bool accept_other_group;         /* start where another group wrote the changelog, and this one has no offsets */
    bool accept_later_day;           /* start where the changelog was judged through a day far ahead of the clock */
    const char *group;               /* the transactional.ids begin with it and a hyphen; must outlive the machine */
    const char *cluster_id;          /* "" unknown; must outlive the machine */
    const struct framings *framings; /* of what is published; must outlive the machine */
};

struct machine;
struct machine *machine_new(const struct machine_settings *settings, struct event_reader *reader); /* NULL: no memory */
void machine_free(struct machine *machine);

/* --- time --------------------------------------------------------------------------------------------------------- */

/* The clock's day, any time it is looked at. A partition's today is the later of it and the day it was judged through.
 */
void machine_clock(struct machine *machine, struct day day);

/* --- partitions --------------------------------------------------------------------------------------------------- */

struct partition_offsets {           /* what the broker says, of each input */
    int64_t committed[STATE_INPUTS]; /* the group's, or OFFSET_NONE */
    int64_t begin[STATE_INPUTS];     /* the log's start */
    int64_t end[STATE_INPUTS];       /* the last stable offset: where its backlog ends */
};

/* A partition is assigned. False: no memory. */
bool machine_partition_add(struct machine *machine, int32_t partition);

/* One record of its changelog, in order; VALUE NULL is a tombstone. False: memory is short. A record of no format this
 * program reads is remembered, and machine_partition_start says so. */
bool machine_restore(struct machine *machine, int32_t partition, struct text key, const uint8_t *value, size_t length);

/* X(SYMBOL, may it start, sentence). */
#define VERDICTS(X)                                                                                                    \
    X(CONTINUES, true, "changelog and group agree")                                                                    \
    X(FIRST_START, true, "first start: no state, no offsets")                                                          \
    X(GROUP_EMPTY, true, "the group has no offsets (expired or deleted); the changelog's are used")                    \
    X(GROUP_BEHIND_ACCEPTED, true, "the group's offset is behind the changelog's, which is used as configured")        \
    X(GROUP_BEHIND, false,                                                                                             \
      "the group's offset is behind the changelog's; was it reset? state.accept_group_behind starts from the "         \
      "changelog")                                                                                                     \
    X(GROUP_DIFFERS_ACCEPTED, true,                                                                                    \
      "the group has no offsets, and another group wrote the changelog, which is used as configured")                  \
    X(GROUP_DIFFERS, false,                                                                                            \
      "the group has no offsets, and another group wrote the changelog: another service's needs its own topics "       \
      "(topics.*); for a renamed group state.accept_other_group starts from the changelog")                            \
    X(TORN, false, "the group's offset is ahead of the changelog's: state records are missing")                        \
    X(STATE_LOST, false, "the group has offsets, but the changelog is empty: the state topic was lost or made anew")   \
    X(INPUT_EXPIRED, false, "the offset to continue at is outside the input's range: input expired or made anew")      \
    X(CLUSTER_DIFFERS, false, "the changelog was written on another cluster")                                          \
    X(DAY_AHEAD, false,                                                                                                \
      "the changelog was judged through a day more than one day ahead of the clock; state.accept_later_day goes on "   \
      "from there")                                                                                                    \
    X(FORMAT_UNKNOWN, false, "the changelog has a record of a format this program does not read")
enum verdict {
#define X(symbol, starts, sentence) VERDICT_##symbol,
    VERDICTS(X)
#undef X
        VERDICT_COUNT
};
extern const char *const verdict_names[VERDICT_COUNT];
extern const char *const verdict_sentences[VERDICT_COUNT];
extern const bool verdict_starts[VERDICT_COUNT];

struct partition_start {
    enum verdict verdict;
    int input;                              /* the input the verdict is about, where it is about one; else -1 */
    int64_t group_offset, changelog_offset; /* of that input */
    int64_t next_offset[STATE_INPUTS];      /* where to read on, when it starts */
    struct day judged_through, clock_day;   /* the changelog's, DAY_ABSENT where it has none; and the clock's */
    uint32_t children;                      /* restored */
    uint64_t state_hash;                    /* of all children's keys and values; independent of their order */
};

/* The changelog was read to its end, and OFFSETS are what the broker says of the inputs: the partition starts, or the
 * verdict says why not (it is then still to be dropped). The committed offsets must be stable, and older than that end.
 */
struct partition_start machine_partition_start(struct machine *machine, int32_t partition,
                                               const struct partition_offsets *offsets);

/* The transactional.id of the last writer as the changelog has it; empty if none. Valid until the partition is dropped.
 */
struct text machine_partition_writer(const struct machine *machine, int32_t partition);

/* Number of children and hash of the state of a partition as committed, to be compared with a replay. No transaction
 * may be under way. */
void machine_partition_summary(const struct machine *machine, int32_t partition, uint32_t *children,
                               uint64_t *state_hash);

/* All partitions are gone: everything gathered and known is dropped. A transaction under way must have ended before. */
void machine_partitions_drop(struct machine *machine);

/* --- inputs ------------------------------------------------------------------------------------------------------- */

struct input_message {
    int input; /* enum stream */
    int32_t partition;
    int64_t offset;
    int64_t timestamp_ms;
    const char *key; /* NULL: none */
    size_t key_length;
    const uint8_t *value; /* NULL: forget the child */
    size_t value_length;
    struct text traceparent; /* its header, whatever it holds; absent: none */
};

/* A message is read; what is needed is copied. Ignored: of a partition that is not started, or below the offset
 * expected. A record whose schema a registry has not told yet lets its input of the partition wait: the position stays
 * before it, and what comes behind it is passed over, until it comes again and can be read. False: memory is short. */
bool machine_message(struct machine *machine, const struct input_message *message, int64_t now_ms);

/* The end of an input's partition is reached: the next offset read will be OFFSET. */
void machine_input_end(struct machine *machine, int input, int32_t partition, int64_t offset);

/* The next offset to be gathered of a partition that is started: where reading goes on. */
int64_t machine_position(const struct machine *machine, int input, int32_t partition);

enum wait_stage {
    WAIT_AWAITED,
    WAIT_ANSWERED,  /* it is to be read again, from its position on */
    WAIT_READ_AGAIN /* it will be, as machine_read_again was told */
};
struct input_wait { /* an input of a partition that waits for a schema */
    int input;
    int32_t partition;
    int64_t offset; /* of the record that waits */
    uint32_t schema_id;
    int64_t since_ms;
    enum wait_stage stage;
};
/* One after another; *PLACE begins at 0. False: there are no more. */
bool machine_wait_next(const struct machine *machine, uint32_t *place, int64_t now_ms, struct input_wait *wait);
void machine_read_again(struct machine *machine, int input, int32_t partition);
/* The input has waited for long: its partition's children are judged although the rest of its backlog is unread, unless
 * none of them ever was. Told again it changes nothing. */
void machine_wait_is_long(struct machine *machine, int input, int32_t partition);

/* The end of an input as last heard; a live partition too far behind it reads a backlog again. */
void machine_input_lag(struct machine *machine, int input, int32_t partition, int64_t end);

/* Enough has gathered: read no more until a transaction begins. */
bool machine_is_full(const struct machine *machine);

/* --- transactions ------------------------------------------------------------------------------------------------- */

struct record_headers;

struct output_record {
    enum output output;
    int32_t partition;
    uint32_t key_length, value_length;
    const char *key;
    const uint8_t *value;                 /* NULL: tombstone */
    const struct record_headers *headers; /* NULL: none */
};

struct input_offset {
    int input;
    int32_t partition;
    int64_t offset; /* to be read next */
};

/* What one transaction writes. All memory is the machine's and stays as it is until machine_end. */
struct transaction {
    const struct output_record *records;
    size_t record_count;
    const struct input_offset *offsets; /* of all three inputs of every partition touched; never empty */
    size_t offset_count;
    bool is_complete;        /* all of it is computed; offsets are there only then */
    uint32_t events, judged; /* for the log */
};

/* Whether a transaction should begin now. DRAINED: the last look at the inputs found nothing. False while one is under
 * way. */
bool machine_is_due(const struct machine *machine, bool drained, int64_t now_ms);

/* Nothing has gathered and nothing is under way. */
bool machine_is_idle(const struct machine *machine);

/* Begins the next transaction, to be written by TRANSACTIONAL_ID; LOGGED_AT_MS is the wall clock for the records, which
 * have an instant of their own in each transaction, and the same when they are computed again. NULL:
 * memory is short, and nothing has changed. Afterwards it is computed, and in the end machine_end must be called. */
const struct transaction *machine_begin(struct machine *machine, struct text transactional_id, int64_t logged_at_ms);

/* Computes the next piece, some RECORDS more, so that the broker can work on one piece while the next is computed. To
 * be called until the transaction is complete. False: memory is short; only machine_end is left to do. */
bool machine_compute(struct machine *machine, size_t records);

/* How it ended. Committed: the states are kept. Otherwise they are put back; the inputs are kept and come again with
 * the next machine_begin, unless the partitions are dropped before. */
void machine_end(struct machine *machine, bool committed);

/* Whether every partition is started, has read its backlog and judged every child due; whether, besides, nothing is
 * under way; and the earliest today among them. */
bool machine_backlog_is_read(const struct machine *machine);
bool machine_is_caught_up(const struct machine *machine);
struct day machine_today(const struct machine *machine);

struct machine_counts { /* since machine_new */
    uint64_t events, duplicates, forgotten_facts, forgets, dead_letters, judged, revisions, transactions, aborts;
};
struct machine_counts machine_counts(const struct machine *machine);

#endif
