/* Making clients of librdkafka: the settings' properties, our own needs on top, and its logs and errors into our log. */
#ifndef CONSUMER_KAFKA_CLIENT_H
#define CONSUMER_KAFKA_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include <librdkafka/rdkafka.h>

#include "consumer/settings.h"

struct client_property {
    const char *name, *value;
};

/* A configuration of the settings' kafka.* and then OURS (COUNT rows, which win; NULL value: skipped). A property that librdkafka does
 * not take is said in the log and NULL returned. Logs go to our log, without CONFWARN. */
rd_kafka_conf_t *client_configuration(const struct settings *settings, const struct client_property *ours, size_t count);

/* Makes the client; takes the configuration whatever happens. NULL: said in the log. */
rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *configuration, const char *component);

/* Waits until the broker answers a metadata request, at most TIMEOUT_MS; false: said in the log with the reason the error callback
 * heard last (refused login, unknown host…). */
bool client_reach(rd_kafka_t *kafka, int64_t timeout_ms);

/* The reason the error callback of this program's clients heard last, or "". */
const char *client_last_error(void);

#endif
