/* The service: as many workers as configured, each on its own thread, until a signal or the first that can not go on.
 */
#ifndef CONSUMER_SERVICE_H
#define CONSUMER_SERVICE_H

#include "consumer/settings.h"

/* Checks the broker and the topics, runs the workers until SIGTERM or SIGINT; an exit code, its reason in the log. */
int service_run(const struct settings *settings);

#endif
