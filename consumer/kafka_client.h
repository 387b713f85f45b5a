/* Making clients of librdkafka: the settings' properties, our own needs on top, and its logs and errors into our log.
 */
#ifndef CONSUMER_KAFKA_CLIENT_H
#define CONSUMER_KAFKA_CLIENT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <librdkafka/rdkafka.h>

#include "consumer/settings.h"

struct client_property {
    const char *name, *value;
};

/* A configuration of the settings' kafka.* and then OURS (COUNT rows, which win; NULL value: skipped). A property that
 * librdkafka does not take is said in the log and NULL returned. Logs go to our log, without CONFWARN. */
rd_kafka_conf_t *client_configuration(const struct settings *settings, const struct client_property *ours,
                                      size_t count);

/* VALUE, unless the settings have a kafka.NAME: then NULL, which client_configuration skips. For what is better than
 * librdkafka's default and still the operator's to decide. */
const char *client_default(const struct settings *settings, const char *name, const char *value);

/* The socket.timeout.ms of a consumer that must not wait long. A broker that stands still keeps its connections, and
 * librdkafka asks first whom it has sent something last: only when this is over are others asked who leads now.
 * Producers have as much by transaction.timeout.ms. */
#define CONSUMER_SOCKET_TIMEOUT_MS "10000"

/* Makes the client; takes the configuration whatever happens. NULL: said in the log. COMPONENT names it in the log; a
 * constant. */
rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *configuration, const char *component);

/* Both for a producer that hears what became of its messages by ON_DELIVERY. */
rd_kafka_t *client_producer_new(const struct settings *settings, const struct client_property *ours, size_t count,
                                void (*on_delivery)(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque),
                                const char *component);

/* Waits until the broker answers a metadata request, at most TIMEOUT_MS; EXIT_OK, or client_unavailable_code: said in
 * the log with the reason heard last (refused login, unknown host…) and what to do about it. When *CANCELLED (NULL:
 * never) is set it returns EXIT_OK within a second or so, and nothing is known of the broker. */
int client_reach(rd_kafka_t *kafka, int64_t timeout_ms, const atomic_bool *cancelled);

/* The exit code for a broker that does not answer: EXIT_NO_PERMISSION where it was heard to refuse the login, or is not
 * trusted; else EXIT_UNAVAILABLE. librdkafka itself calls both a time-out. */
int client_unavailable_code(void);

/* Learns who leads the partitions of a topic. Asked again for up to TIMEOUT_MS, or until *CANCELLED (NULL: never): the
 * broker that is asked may be the one that is gone. */
rd_kafka_resp_err_t client_leaders(rd_kafka_t *kafka, rd_kafka_topic_t *topic, int64_t timeout_ms,
                                   const atomic_bool *cancelled);

/* The first offset of a partition (BEGIN NULL: is not asked for) and its end, as the isolation level of KAFKA has it
 * (read_committed: the last stable offset). While the broker is settling (a leader is elected, a coordinator moves)
 * librdkafka answers with that: it is asked again for up to TIMEOUT_MS, or until *CANCELLED (NULL: never). */
rd_kafka_resp_err_t client_watermarks(rd_kafka_t *kafka, const char *topic, int32_t partition, int64_t *begin,
                                      int64_t *end, int64_t timeout_ms, const atomic_bool *cancelled);

/* Reading TOPIC brought ERROR: EXIT_OK where librdkafka goes on by itself, as with a broker that is gone for a while;
 * else the exit code that ends it, said in the log under COMPONENT. */
int client_reading_failed(rd_kafka_resp_err_t error, const char *topic, const char *reason, const char *component);

/* The reason this program's clients heard last of a broker, or "". The calling thread's own until it asks again. */
const char *client_last_error(void);

/* The exit code that tells an operator most of an error: refused access, unreachable broker, or a fault of the program.
 */
int client_exit_code(rd_kafka_resp_err_t error);

#endif
