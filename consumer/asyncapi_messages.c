/* A message for each kind of record: its key, its schema, what stands before it. */
#include <inttypes.h>

#include "alerts/record_headers.h"
#include "consumer/asyncapi_internal.h"
#include "consumer/topic_set.h"

#define SCHEMA_FORMAT "application/vnd.apache.avro+json;version=1.9.0" /* the newest that AsyncAPI names */

/* --- framing ------------------------------------------------------------------------------------------------------ */

static bool is_registered(const struct asyncapi *asyncapi, const struct topic_content *content)
{
    return topic_content_has_value(content) &&
           topic_is_registered(asyncapi->settings, topic_set_next(content->topics, 0));
}

static json_t *framing_text(const struct asyncapi *asyncapi, const struct topic_content *content)
{
    return json_sprintf("%sAvro's single-object encoding: the bytes C3 01, the schema's fingerprint %016" PRIx64
                        " (eight bytes, least significant first), the record.",
                        is_registered(asyncapi, content)
                            ? "Confluent's framing: the byte 00, the schema's id in the registry (four bytes, most "
                              "significant first), the record. Where it was written without a registry: "
                            : "",
                        newest_schemas[content->schema].fingerprint);
}

static void put_registry(struct asyncapi *asyncapi, json_t *binding)
{
    asyncapi_put(asyncapi, binding, "schemaIdLocation", json_string("payload"));
    asyncapi_put(asyncapi, binding, "schemaIdPayloadEncoding", json_string("confluent"));
    asyncapi_put(asyncapi, binding, "schemaLookupStrategy", json_string("TopicNameStrategy"));
}

/* --- messages ----------------------------------------------------------------------------------------------------- */

static json_t *message_bindings(struct asyncapi *asyncapi, const struct topic_content *content)
{
    const struct topic_key_row *key = &topic_keys[content->key];
    json_t *binding = json_pack("{s{ss ss ss}}", "key", "type", "string", "description", key->name, "pattern",
                                key->pattern);
    if (is_registered(asyncapi, content))
        put_registry(asyncapi, binding);
    return asyncapi_kafka_bindings(asyncapi, binding);
}

static void put_value(struct asyncapi *asyncapi, json_t *message, const struct topic_content *content)
{
    json_t *schema = topic_content_schema(content);
    asyncapi_put(asyncapi, message, "summary", json_incref(json_object_get(schema, "doc")));
    asyncapi_put(asyncapi, message, "description", framing_text(asyncapi, content));
    asyncapi_put(asyncapi, message, "contentType", json_string(AVRO_CONTENT_TYPE));
    asyncapi_put(asyncapi, message, "payload", json_pack("{ss so}", "schemaFormat", SCHEMA_FORMAT, "schema", schema));
}

static void put_tombstone(struct asyncapi *asyncapi, json_t *message, const struct topic_content *content)
{
    asyncapi_put(asyncapi, message, "summary", json_string(content->says));
    asyncapi_put(asyncapi, message, "description", json_string("A record without a value: a tombstone."));
    asyncapi_put(asyncapi, message, "payload", json_pack("{ss}", "type", "null"));
}

static json_t *message(struct asyncapi *asyncapi, const struct topic_content *content)
{
    json_t *message = json_object();
    if (topic_content_has_value(content))
        put_value(asyncapi, message, content);
    else
        put_tombstone(asyncapi, message, content);
    asyncapi_put_headers(asyncapi, message, content);
    asyncapi_put(asyncapi, message, "bindings", message_bindings(asyncapi, content));
    return message;
}

json_t *asyncapi_messages(struct asyncapi *asyncapi)
{
    json_t *messages = json_object();
    for (size_t i = 0; i < topic_content_count; i++)
        asyncapi_put(asyncapi, messages, topic_contents[i].name, message(asyncapi, &topic_contents[i]));
    return messages;
}
