/* What the link to an Alertmanager is made of. */
#ifndef CONSUMER_ALERTMANAGER_LINK_INTERNAL_H
#define CONSUMER_ALERTMANAGER_LINK_INTERNAL_H

#include "alerts/quiet_hours.h"
#include "alerts/retry.h"
#include "consumer/alertmanager_client.h"
#include "consumer/alertmanager_link.h"
#include "consumer/clock.h"

#define COMPONENT "alertmanager"

struct alertmanager_link {
    const struct notify_needs *needs;
    const char *url;
    struct alertmanager_book *book;
    struct alertmanager_client *client;
    struct clock clock;
    struct quiet_hours quiet;
    int digest_at;    /* in minutes since midnight */
    int64_t ahead_ms; /* of its clock */
    bool has_met;
    bool is_short;        /* of memory */
    int64_t status_at_ms; /* by the monotonic clock */
    struct retry retry;
    enum alertmanager_answer failure; /* the last that was said */
};

struct alertmanager_moment link_moment(struct alertmanager_link *link);

/* Asks when it was started; and the first time, what it has (alertmanager_meet.c). */
enum alertmanager_answer link_ask_status(struct alertmanager_link *link, char why[static ALERTMANAGER_WHY_SIZE]);

/* Tells it what the book has to say now (alertmanager_tell.c). */
enum alertmanager_answer link_tell(struct alertmanager_link *link, char why[static ALERTMANAGER_WHY_SIZE]);

#endif
