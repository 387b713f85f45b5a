/* What the parts of the document share. */
#ifndef CONSUMER_ASYNCAPI_INTERNAL_H
#define CONSUMER_ASYNCAPI_INTERNAL_H

#include <jansson.h>

#include "consumer/asyncapi.h"
#include "consumer/topic_content.h"

#define ASYNCAPI_NAME_SIZE 320
#define ASYNCAPI_KAFKA_BINDINGS "0.5.0" /* the version of AsyncAPI's Kafka bindings that is written */

struct asyncapi {
    const struct settings *settings;
    bool failed; /* some value could not be made */
};

/* Puts VALUE, which is taken, under NAME; NULL for either fails the document. */
void asyncapi_put(struct asyncapi *asyncapi, json_t *object, const char *name, json_t *value);

/* {"$ref": "#/SECTION/NAME"} */
json_t *asyncapi_reference(const char *section, const char *name);

/* {"kafka": BINDING}, with its version. BINDING is taken. */
json_t *asyncapi_kafka_bindings(struct asyncapi *asyncapi, json_t *binding);

/* Puts the headers that CONTENT can have, if there are any, into its message. */
void asyncapi_put_headers(struct asyncapi *asyncapi, json_t *message, const struct topic_content *content);

/* The sections; what could not be made is NULL, or noted in ASYNCAPI. */
json_t *asyncapi_servers(struct asyncapi *asyncapi);
json_t *asyncapi_channels(struct asyncapi *asyncapi);
json_t *asyncapi_operations(struct asyncapi *asyncapi);
json_t *asyncapi_messages(struct asyncapi *asyncapi);

#endif
