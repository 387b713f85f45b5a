/* The subscribers among those whom `notify` tells: for each a target that follows the alerts topic, decides what it is
 * to be told (alerts/delivery.h), sends that as webhooks, and keeps what was told in the topic `deliveries`. */
#ifndef CONSUMER_DELIVERY_TARGET_H
#define CONSUMER_DELIVERY_TARGET_H

#include "consumer/notify.h"

/* Adds a target for each of subscriptions.*; EXIT_OK, or another exit code, said in the log. */
int delivery_add_targets(struct notify *notify);

#endif
