/* The Alertmanagers among those whom `notify` tells. */
#ifndef CONSUMER_NOTIFY_ALERTMANAGER_H
#define CONSUMER_NOTIFY_ALERTMANAGER_H

#include "consumer/notify.h"

/* Adds a target for each of alertmanager.urls; EXIT_OK, or another exit code, said in the log. */
int alertmanager_add_targets(struct notify *notify);

#endif
