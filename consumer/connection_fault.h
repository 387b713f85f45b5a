/* Why a broker does not let this program in, in words of an operator: one table of what librdkafka says of it
 * (connection_fault.c).
 */
#ifndef CONSUMER_CONNECTION_FAULT_H
#define CONSUMER_CONNECTION_FAULT_H

#include <librdkafka/rdkafka.h>

#define SCRAM_WORKS_SINCE 0x020601ff /* librdkafka 2.6.1, as rd_kafka_version() has it */
extern const char scram_advice[];    /* for earlier ones */

struct connection_fault {
    const char *sign;   /* a piece of what librdkafka says */
    int exit_code;      /* EXIT_NO_PERMISSION: login or certificate, which no new attempt makes better */
    const char *advice; /* what to look at */
    int before;         /* only with a librdkafka of an earlier version; 0: with any */
};

/* What the TEXT of the librdkafka that runs is about; never NULL. */
const struct connection_fault *connection_fault_of(const char *text);

/* Likewise as VERSION of librdkafka, in the form of rd_kafka_version(), says it: a pure function. */
const struct connection_fault *connection_fault_of_version(const char *text, int version);

/* Lets librdkafka say what is wrong with a broker's certificate. It is trusted no more and no less than without. */
void connection_fault_name_certificates(rd_kafka_conf_t *configuration);

#endif
