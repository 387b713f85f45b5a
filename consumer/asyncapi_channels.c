/* A channel for each topic, named as the topic is by default and with the address that the settings give it; and what
 * the program does with it. */
#include <stdlib.h>
#include <string.h>

#include "consumer/asyncapi_internal.h"
#include "consumer/topic_property.h"

/* --- channels ----------------------------------------------------------------------------------------------------- */

static json_t *channel_messages(struct asyncapi *asyncapi, enum topic topic)
{
    json_t *messages = json_object();
    const struct topic_content *content;
    for (size_t i = 0; (content = topic_content_next(topic, &i)) != NULL;)
        asyncapi_put(asyncapi, messages, content->name, asyncapi_reference("components/messages", content->name));
    return messages;
}

/* The bindings want a list of policies, and numbers as numbers. */
static json_t *property_json(const char *name, const char *value)
{
    char *rest;
    const long long number = strtoll(value, &rest, 10);
    if (strcmp(name, "cleanup.policy") == 0)
        return json_pack("[s]", value);
    return *rest == '\0' ? json_integer(number) : json_string(value);
}

static json_t *topic_configuration(struct asyncapi *asyncapi, enum topic topic)
{
    json_t *configuration = json_object();
    for (size_t i = 0; i < topic_property_count; i++) {
        char text[TOPIC_PROPERTY_VALUE_SIZE];
        const struct topic_property *property = &topic_properties[i];
        const char *value = topic_property_value(property, asyncapi->settings, text);
        if (topic_property_is_of(property, topic) && value != NULL)
            asyncapi_put(asyncapi, configuration, property->name, property_json(property->name, value));
    }
    return configuration;
}

static json_t *channel_binding(struct asyncapi *asyncapi, enum topic topic)
{
    const struct settings *settings = asyncapi->settings;
    json_t *binding = json_pack("{sI sI}", "partitions", (json_int_t)settings->topic_partitions, "replicas",
                                (json_int_t)settings->topic_replication);
    asyncapi_put(asyncapi, binding, "topicConfiguration", topic_configuration(asyncapi, topic));
    return asyncapi_kafka_bindings(asyncapi, binding);
}

static json_t *channel(struct asyncapi *asyncapi, enum topic topic)
{
    const struct topic_row *row = &topic_rows[topic];
    json_t *channel = json_pack("{ss ss}", "address", asyncapi->settings->topics[topic], "summary", row->help);
    if (row->use == TOPIC_USE_KEPT) {
        asyncapi_put(asyncapi, channel, "description",
                     json_string("Internal: not for others to write, and its records may change with any version."));
        asyncapi_put(asyncapi, channel, "tags", json_pack("[{ss}]", "name", "internal"));
    }
    asyncapi_put(asyncapi, channel, "messages", channel_messages(asyncapi, topic));
    asyncapi_put(asyncapi, channel, "bindings", channel_binding(asyncapi, topic));
    return channel;
}

json_t *asyncapi_channels(struct asyncapi *asyncapi)
{
    json_t *channels = json_object();
    for (enum topic topic = 0; topic < TOPIC_COUNT; topic++)
        asyncapi_put(asyncapi, channels, topic_rows[topic].name, channel(asyncapi, topic));
    return channels;
}

/* --- operations --------------------------------------------------------------------------------------------------- */

static void put_operation(struct asyncapi *asyncapi, json_t *operations, enum topic topic, const char *action)
{
    char name[ASYNCAPI_NAME_SIZE];
    json_t *operation = json_pack("{ss so}", "action", action, "channel",
                                  asyncapi_reference("channels", topic_rows[topic].name));
    if (topic_rows[topic].use == TOPIC_USE_READ) {
        json_t *binding = json_pack("{s{ss s[s]}}", "groupId", "type", "string", "enum", asyncapi->settings->group);
        asyncapi_put(asyncapi, operation, "bindings", asyncapi_kafka_bindings(asyncapi, binding));
    }
    snprintf(name, sizeof(name), "%s-%s", action, topic_rows[topic].name);
    asyncapi_put(asyncapi, operations, name, operation);
}

json_t *asyncapi_operations(struct asyncapi *asyncapi)
{
    json_t *operations = json_object();
    for (enum topic topic = 0; topic < TOPIC_COUNT; topic++) {
        if (topic_rows[topic].use != TOPIC_USE_WRITTEN)
            put_operation(asyncapi, operations, topic, "receive");
        if (topic_rows[topic].use != TOPIC_USE_READ)
            put_operation(asyncapi, operations, topic, "send");
    }
    return operations;
}
