/* The headers of a message, from the table of those that are written (alerts/record_headers.h). */
#include "alerts/record_headers.h"
#include "consumer/asyncapi_internal.h"
#include "consumer/topic_set.h"

/* What the types of CloudEvents in the topic are about; CLOUD_EVENT_ABOUT_COUNT: it has none. */
static enum cloud_event_about events_about(const struct topic_content *content)
{
    if (topic_set_has(content->topics, TOPIC_ALERTS))
        return CLOUD_EVENT_ABOUT_ALERT;
    return topic_set_has(content->topics, TOPIC_VIOLATIONS) ? CLOUD_EVENT_ABOUT_VIOLATION : CLOUD_EVENT_ABOUT_COUNT;
}

static bool has_events(const struct topic_content *content)
{
    return events_about(content) != CLOUD_EVENT_ABOUT_COUNT;
}

static json_t *types(const struct topic_content *content)
{
    json_t *array = json_array();
    bool taken = array != NULL;
    for (enum cloud_event event = 0; event < CLOUD_EVENT_COUNT; event++)
        if (cloud_events[event].about == events_about(content) &&
            cloud_events[event].has_value == topic_content_has_value(content))
            taken &= json_array_append_new(array, json_string(cloud_events[event].type)) == 0;
    if (taken)
        return array;
    json_decref(array);
    return NULL;
}

/* The table speaks of what is written; of an event the header goes the other way. */
static const char *header_says(const struct topic_content *content, enum record_header header)
{
    return has_events(content) ? record_headers[header].says
                               : "passed on to what the record sets off (W3C Trace Context, version 00)";
}

/* What a header's text is like, beyond what the table says of it. */
static const struct {
    const char *keyword, *value;
} forms[RECORD_HEADER_COUNT] = {
    [RECORD_HEADER_SPECVERSION] = {"const", "1.0"},
    [RECORD_HEADER_TIME] = {"format", "date-time"},
    [RECORD_HEADER_CONTENT_TYPE] = {"const", AVRO_CONTENT_TYPE},
    [RECORD_HEADER_TRACEPARENT] = {"pattern", "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"},
};

static json_t *header_json(struct asyncapi *asyncapi, const struct topic_content *content, enum record_header header)
{
    json_t *schema = json_pack("{ss ss}", "type", "string", "description", header_says(content, header));
    if (forms[header].keyword != NULL)
        asyncapi_put(asyncapi, schema, forms[header].keyword, json_string(forms[header].value));
    if (header == RECORD_HEADER_SOURCE)
        asyncapi_put(asyncapi, schema, "enum", json_pack("[s]", asyncapi->settings->cloudevents_source));
    if (header == RECORD_HEADER_TYPE)
        asyncapi_put(asyncapi, schema, "enum", types(content));
    return schema;
}

/* Whether the record can have the header: of events only the trace is read, and without a source nothing else written.
 */
static bool has_header(const struct asyncapi *asyncapi, const struct topic_content *content, enum record_header header)
{
    const bool is_event = has_events(content) && *asyncapi->settings->cloudevents_source != '\0';
    const bool is_traced = has_events(content) || (content->topics & TOPIC_SET_INPUTS) != 0;
    return record_header_is_there(header, is_event, topic_content_has_value(content), is_traced);
}

void asyncapi_put_headers(struct asyncapi *asyncapi, json_t *message, const struct topic_content *content)
{
    json_t *properties = json_object(), *required = json_array();
    for (enum record_header header = 0; header < RECORD_HEADER_COUNT; header++) {
        if (!has_header(asyncapi, content, header))
            continue;
        asyncapi_put(asyncapi, properties, record_headers[header].name, header_json(asyncapi, content, header));
        if (record_headers[header].presence != RECORD_HEADER_WHERE_TRACED &&
            json_array_append_new(required, json_string(record_headers[header].name)) != 0)
            asyncapi->failed = true;
    }
    json_t *headers = json_pack("{ss so so}", "type", "object", "properties", properties, "required", required);
    if (json_object_size(properties) > 0)
        asyncapi_put(asyncapi, message, "headers", json_incref(headers));
    json_decref(headers);
}
