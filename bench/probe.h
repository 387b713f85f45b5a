/* What the measuring programs share: their arguments, clients made like the service's own, and the clock they all read.
 *
 * Arguments are --NAME=NUMBER, by each program's table, and --set=PATH=VALUE as of the service, so that both peers of a
 * comparison get one and the same list. A mistake, like a broker that fails, ends the program: a figure measured half
 * is none.
 */
#ifndef BENCH_PROBE_H
#define BENCH_PROBE_H

#include <stddef.h>
#include <stdint.h>

#include "consumer/kafka_client.h"

struct probe_number {
    const char *name;
    double *value; /* holds the default */
};

/* Reads the arguments. */
void probe_arguments(int argc, char **argv, const struct probe_number *numbers, size_t count,
                     struct settings *settings);

/* Seconds of CLOCK_MONOTONIC: the same for all processes, and what Python's time.monotonic() says. */
double probe_now_s(void);

/* Says what can not go on, and ends the program. */
_Noreturn void probe_fail(const char *what, const char *why);

/* A client with the service's properties and OURS on top. */
rd_kafka_t *probe_client(rd_kafka_type_t type, rd_kafka_conf_t *configuration);

/* A reader of all partitions of topics FIRST…LAST, from OFFSET on, which says PARTITION_EOF; it has the properties of
 * the service's consumer. */
rd_kafka_t *probe_reader(const struct settings *settings, enum topic first, enum topic last, int64_t offset,
                         int32_t *partition_count);

/* All partitions of topics FIRST…LAST. */
rd_kafka_topic_partition_list_t *probe_partitions(rd_kafka_t *kafka, const struct settings *settings, enum topic first,
                                                  enum topic last);

/* Fills in the ends of LIST: last stable offsets, where KAFKA reads committed records. One request, however many. */
void probe_ends(rd_kafka_t *kafka, rd_kafka_topic_partition_list_t *list);

/* Which topic has that name. */
enum topic probe_topic_of(const struct settings *settings, const char *name);

#endif
