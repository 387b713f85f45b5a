/* How subscriptions stand, looked up in the topic `deliveries`; nothing of it is changed. */
#ifndef CONSUMER_DELIVERY_LOOK_H
#define CONSUMER_DELIVERY_LOOK_H

#include "consumer/delivery_sights.h"

struct delivery_look {
    const struct settings *settings;
    struct delivery_sights sights;
    int exit_code;
};

/* An exit code, its reason on stderr or in the log; to be closed all the same. */
int delivery_look_open(struct delivery_look *look, const struct settings *settings, const char *component);
void delivery_look_close(struct delivery_look *look);

#endif
