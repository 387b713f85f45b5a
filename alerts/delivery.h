/* What one subscriber is to be told of the alerts topic, in which order, and when: a stepped core without I/O and
 * clock. Records of the topic, results of attempts and instants go in; which event to send next, when to look again and
 * what is to be kept in the topic `deliveries` come out.
 *
 * Each record that the subscription asks for is told. Where a later revision of an alert is not asked for any more,
 * that is told once ("left"); and whoever was told of an alert, ever, is told when it is forgotten. What was never
 * asked for is never told, not even that it is forgotten.
 *
 * Order: events of one child are told one after another, in the order of the topic. A revision does not take the place
 * of one that waits, however long: the receiver may count on what the topic says, and compaction does the same where
 * many are behind. A forgotten alert does: what waits of it is dropped, since nothing more may be told of that child.
 * An event that is not taken is tried again later; meanwhile the child's others wait, and nobody else's.
 *
 * A survey finds what the newest record of each alert is, up to an end that is fixed, before anything is told: at the
 * first start, when what is asked for has changed, and when a replay is wished for. Told is then the newest record
 * alone of each alert that is open and not held; that has not been told of yet; or that was logged since a given
 * instant. Older revisions are left out, so that nobody is set back to what was, or told of a child forgotten since.
 *
 * Nothing is lost when the process dies at any point: what was told is kept after it was told, so the same event, with
 * the same id, may come again. Before an alert is told of for the first time it is kept that this is so (OFFERED):
 * should the process die then, and the topic be compacted, it is still known that the subscriber may hold it.
 *
 * One process tells. Another may take its place while it stands still, and tell what is newer: so nothing is told by
 * one that has not noted anything for a second, since then it learns that.
 *
 * An event that is tried in vain for long is given up. Since when it is tried is kept, once: a process that is started
 * again each day gives up, too.
 *
 * An instance is one thread's. Instants are milliseconds since 1970 and must not go back; those that an earlier process
 * kept may be of a clock that was ahead.
 */
#ifndef ALERTS_DELIVERY_H
#define ALERTS_DELIVERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/uuid.h"
#include "schemas/delivery_record.h"
#include "schemas/instant.h"

#define DELIVERY_WAITING_MAX 1000       /* more are not read while so many wait */
#define DELIVERY_RETRY_FIRST_MS 5000    /* between two attempts, doubled each time … */
#define DELIVERY_RETRY_LAST_MS 28800000 /* … up to this: 8 hours */
#define DELIVERY_NO_SURVEY INSTANT_LAST_MS

struct delivery;

struct delivery_wishes {
    int32_t partitions; /* of the alerts topic */
    int64_t give_up_ms; /* after the first attempt, by whichever process that was made */
    uint64_t filter_hash;
    uint32_t (*random)(void *context); /* for jitter */
    void *random_context;
};

/* NULL: memory is short. */
struct delivery *delivery_new(const struct delivery_wishes *wishes);
void delivery_free(struct delivery *delivery);

/* --- starting: all that the topic `deliveries` has, then delivery_start ------------------------------------------- */

/* The newest record of a key, as it was kept by an earlier process. False: memory is short. */
bool delivery_recall(struct delivery *delivery, const struct delivery_record *record);

/* ENDS: by partition the end of the alerts topic, as it is now. True in *ANEW:
 * the topic is another than the one that was told of, whose offsets were greater; all is then told that it holds. */
void delivery_start(struct delivery *delivery, const int64_t *ends, int64_t now_ms, bool *anew);

/* --- reading the alerts topic ------------------------------------------------------------------------------------- */

/* One record. */
struct delivery_source {
    int32_t partition;
    int64_t offset;
    struct uuid alert_id;
    bool is_forgotten; /* a tombstone: of what follows only logged_at_ms is known */
    bool is_asked_for, is_open;
    uint32_t lane; /* a hash of the child */
    uint32_t revision;
    int64_t logged_at_ms;
    const uint8_t *value; /* copied */
    size_t length;
};

/* How many records may be taken in now; 0: none, until something was told. */
int delivery_room(const struct delivery *delivery);

/* Takes a record in, in the order of its partition; only if there is room. False: memory is short. */
bool delivery_take(struct delivery *delivery, const struct delivery_source *source, int64_t now_ms);

/* Everything before POSITION of the partition has been taken in. */
void delivery_reached(struct delivery *delivery, int32_t partition, int64_t position);

/* Whether the partition is to be read from *OFFSET on instead of where reading is; said once. To be asked after
 * delivery_start, delivery_replay and delivery_reached. */
bool delivery_seek(struct delivery *delivery, int32_t partition, int64_t *offset);

/* --- telling ------------------------------------------------------------------------------------------------------ */

enum delivery_type { DELIVERY_REVISED, DELIVERY_LEFT, DELIVERY_FORGOTTEN };

struct delivery_event {
    enum delivery_type type;
    struct uuid alert_id;
    uint32_t lane, revision;
    int64_t logged_at_ms;
    int32_t partition;
    int64_t offset;
    int64_t waits_since_ms;
    uint32_t attempts;
    int64_t next_attempt_ms;
    struct delivery_event *ahead; /* of the same lane: that one first */
    struct delivery_event *next;
    size_t length;
    uint8_t value[]; /* of the record; none of a forgotten alert */
};

enum delivery_step {
    DELIVERY_NOTE, /* write down what delivery_notes gives */
    DELIVERY_SEND, /* make an attempt with EVENT, then say what came of it: delivery_result */
    DELIVERY_WAIT  /* until UNTIL_MS, or until records come */
};

struct delivery_plan {
    enum delivery_step step;
    const struct delivery_event *event; /* until the next call that is not const */
    int64_t until_ms;
};

struct delivery_plan delivery_next(struct delivery *delivery, int64_t now_ms);

enum delivery_outcome {
    DELIVERY_TAKEN,
    DELIVERY_REFUSED,     /* this event: others may be taken */
    DELIVERY_UNAVAILABLE, /* the receiver: any would fare the same */
    DELIVERY_UNSUBSCRIBED /* it wants no more */
};

struct delivery_result {
    enum delivery_outcome outcome;
    int64_t retry_after_ms; /* it asked for that much patience; 0: it did not */
    const char *why;        /* in words; not of DELIVERY_TAKEN */
};

/* What came of the attempt with EVENT, which is that of the last plan. True: it was given up. */
bool delivery_result(struct delivery *delivery, const struct delivery_event *event,
                     const struct delivery_result *result, int64_t now_ms);

/* Whether a wish, the newest in the topic, was not heeded yet. ASKED_AT_MS names it; 0: there is none. */
bool delivery_is_wish_new(const struct delivery_standing *standing, const struct delivery_wish *wish);

/* A wish to be told again of what was logged from FROM_MS on; also ends that it is unsubscribed. ENDS as of
 * delivery_start. False: it is not new. */
bool delivery_replay(struct delivery *delivery, const struct delivery_wish *wish, const int64_t *ends, int64_t now_ms);

const struct delivery_standing *delivery_standing(const struct delivery *delivery);

/* --- keeping progress --------------------------------------------------------------------------------------------- */

/* Hands all that has changed to ON_NOTE, which returns whether it took it. True: all was taken; delivery_noted is to be
 * called when it is kept for good, and before anything else; without it all of it comes again. */
bool delivery_notes(struct delivery *delivery, int64_t now_ms,
                    bool (*on_note)(void *context, const struct delivery_record *note), void *context);
void delivery_noted(struct delivery *delivery);

/* Instead of all else, of what was recalled: hands a tombstone of each key that may be kept to ON_NOTE, as above. That
 * of the standing is the last: while it is kept others may be. Nothing but delivery_free is to follow. */
bool delivery_tombstones(struct delivery *delivery, bool (*on_note)(void *context, const struct delivery_record *note),
                         void *context);

#endif
