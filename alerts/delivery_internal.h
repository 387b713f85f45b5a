/* What the parts of delivery share. */
#ifndef ALERTS_DELIVERY_INTERNAL_H
#define ALERTS_DELIVERY_INTERNAL_H

#include "alerts/delivery.h"

/* What the subscriber knows of an alert. Kept for as long as the alert is not forgotten, over or not: whoever was told
 * must be told then, too. */
struct known {
    struct uuid alert_id; /* first: what the tree compares */
    struct delivery_alert told;
    enum told expected; /* once all that waits of it is told */
    int64_t due;        /* the record that the survey found is to be told; -1: none */
    bool is_changed;    /* and not noted yet */
    struct known *next_changed;
};

enum partition_phase {
    PARTITION_SURVEYED,  /* it is found out what is to be told */
    PARTITION_CAUGHT_UP, /* what was found is read again, to be told */
    PARTITION_FOLLOWED
};

struct followed_partition {
    enum partition_phase phase;
    struct delivery_position noted; /* as it was recalled, or noted last */
    int64_t position;               /* everything before it was taken in; of a survey, where it is to begin */
    int64_t survey_end, known;      /* schemas/delivery_record.h */
    bool seeks;
};

struct delivery {
    struct delivery_wishes wishes;
    struct delivery_standing standing;
    struct followed_partition *partitions;
    void *tree; /* of struct known, tsearch's */
    struct known *changed;
    struct delivery_event *first, **last; /* what waits, in the order in which it came */
    uint32_t failures;                    /* of the receiver, in a row */
    int64_t paused_until_ms;              /* since the receiver is down */
    bool is_recalled;                     /* it has been told before */
    bool is_urgent;                       /* something is to be noted before the next is told */
    bool is_stale;                        /* something is to be noted when there is time */
    int results;                          /* not noted yet … */
    int64_t results_since_ms;             /* … since then */
    int forgotten;                        /* alerts that stay known only until no older record of them can be read */
};

/* --- delivery_known.c --- */
struct known *delivery_known_find(const struct delivery *delivery, const struct uuid *alert_id);
struct known *delivery_known_make(struct delivery *delivery, const struct uuid *alert_id); /* NULL: memory is short */
void delivery_known_drop(struct delivery *delivery, struct known *known); /* it is not among the changed */
void delivery_known_changed(struct delivery *delivery, struct known *known);
void delivery_known_each(struct delivery *delivery, void (*visit)(struct delivery *delivery, struct known *known));
void delivery_known_free(struct delivery *delivery);

/* --- delivery_queue.c --- */
bool delivery_queue_add(struct delivery *delivery, const struct delivery_source *source, enum delivery_type type,
                        uint32_t lane, int64_t now_ms);
void delivery_queue_remove(struct delivery *delivery, const struct delivery_event *event);
void delivery_queue_drop_alert(struct delivery *delivery, const struct uuid *alert_id);
void delivery_queue_drop_all(struct delivery *delivery);
bool delivery_queue_has(const struct delivery *delivery, const struct uuid *alert_id);
int64_t delivery_queue_lowest(const struct delivery *delivery, int32_t partition, int64_t position);

/* --- delivery_take.c --- */
/* All before it is done. */
int64_t delivery_low(const struct delivery *delivery, int32_t partition);
void delivery_survey_begin(struct delivery *delivery, int32_t partition, int64_t known, int64_t end);

/* What waits of the alert is tried for the first time when it is tried next. */
static inline void delivery_known_untried(struct known *known)
{
    known->told.tried = -1;
    known->told.tried_since_ms = 0;
}

/* An event of that type leaves the subscriber with: */
static inline enum told delivery_told_by(enum delivery_type type)
{
    return type == DELIVERY_REVISED ? TOLD_HELD : type == DELIVERY_LEFT ? TOLD_LEFT : TOLD_FORGOTTEN;
}

#endif
