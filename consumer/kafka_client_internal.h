/* The inside of kafka_client: kafka_client.c makes clients, kafka_client_errors.c hears what they say and tells what an
 * error means, kafka_client_query.c asks brokers.
 */
#ifndef CONSUMER_KAFKA_CLIENT_INTERNAL_H
#define CONSUMER_KAFKA_CLIENT_INTERNAL_H

#include "consumer/kafka_client.h"

#define CLIENT_ERROR_SIZE 512

/* What a client of this CONFIGURATION says goes to our log, and its errors are what client_last_error gives. */
void client_hear(rd_kafka_conf_t *configuration);

#endif
