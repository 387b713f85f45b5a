/* Removing what is kept of a subscription in the topic `deliveries`. */
#ifndef CONSUMER_DELIVERY_DROP_H
#define CONSUMER_DELIVERY_DROP_H

#include <stddef.h>
#include <stdint.h>

#include "consumer/settings.h"

/* Removes all that is kept of the subscription NAME; whoever still tells it is fenced, and ends. PARTITIONS: of the
 * alerts topic. *ALERTS: of how many alerts something was kept. An exit code, its reason in the log; where it is not
 * EXIT_OK the standing may still be kept, so that it is seen, and can be removed by another try. */
int delivery_drop(const struct settings *settings, const char *name, int32_t partitions, size_t *alerts);

#endif
