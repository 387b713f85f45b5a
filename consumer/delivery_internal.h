/* The parts of a target that is a subscriber: what it reads, and what it sends. */
#ifndef CONSUMER_DELIVERY_INTERNAL_H
#define CONSUMER_DELIVERY_INTERNAL_H

#include "alerts/subscription_filter.h"
#include "consumer/alert_feed.h"
#include "consumer/delivery_book.h"
#include "consumer/notify.h"
#include "consumer/webhook_send.h"

#define DELIVERY_TARGET_NAME_SIZE 96

struct delivery_target {
    const struct notify_needs *needs;
    const struct subscription *subscription;
    char name[DELIVERY_TARGET_NAME_SIZE]; /* in the log */
    struct alert_feed feed;
    struct delivery_book book;
    struct delivery *delivery;
    struct webhook *webhook;
    struct subscription_filter filter;
    bool is_opened, has_filter, is_following, has_followed; /* the last: once, at least */
    int look_most;
    int64_t started_wall_ms, started_monotonic_ms; /* the wall clock may be set; what is waited for must not notice */
    bool is_failing;                               /* said in the log */
    struct webhook_event event;
    int exit_code; /* that of the target, from the first thing on that it can not go on from */
};

int64_t delivery_target_now_ms(const struct delivery_target *target);

/* --- delivery_read.c --- */
/* Takes in what has come, waiting WAIT_MS at most. */
void delivery_read(struct delivery_target *target, int wait_ms);

/* Reads on from where the core says. */
void delivery_read_seek(struct delivery_target *target);

/* Where each partition ended when that was asked last; to be freed. NULL: memory is short. */
int64_t *delivery_read_ends(const struct delivery_target *target);

/* Takes up the newest wish to be told again, unless it was. */
int delivery_read_heed(struct delivery_target *target);

/* --- delivery_send.c --- */
/* One step of what the core wants. False: it waits. */
bool delivery_send_step(struct delivery_target *target);

/* How long it does, MOST_MS at most. */
int delivery_send_wait_ms(struct delivery_target *target, int most_ms);

#endif
