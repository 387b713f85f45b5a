/* How subscriptions stand, looked up in the topic `deliveries`; nothing of it is changed. */
#ifndef CONSUMER_DELIVERY_LOOK_H
#define CONSUMER_DELIVERY_LOOK_H

#include <stdbool.h>

#include "consumer/settings.h"
#include "schemas/delivery_record.h"

struct delivery_sight { /* of one subscription of the settings */
    const char *name;
    bool is_known; /* notify has ever followed for it */
    struct delivery_standing standing;
    struct delivery_wish wish; /* asked_at_ms 0: none */
    int64_t *next;             /* by partition of the alerts topic */
    int64_t behind;            /* records of the alerts topic that it was not told of, or need not be told of */
};

struct delivery_look {
    const struct settings *settings;
    struct delivery_sight *sights; /* as many as there are subscriptions, in their order */
    int32_t partition_count;       /* of the alerts topic */
    int exit_code;
};

/* An exit code, its reason on stderr or in the log; to be closed all the same. */
int delivery_look_open(struct delivery_look *look, const struct settings *settings, const char *component);
void delivery_look_close(struct delivery_look *look);

#endif
