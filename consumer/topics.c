#include "consumer/topics.h"

#include <string.h>

#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/topic_property.h"
#include "consumer/topic_set.h"
#include "consumer/topics_internal.h"

#define REASON_SIZE 256

struct inspection {
    const struct settings *settings;
    FILE *errors;
    unsigned topics;
    int32_t partitions[TOPIC_COUNT];
    bool is_there[TOPIC_COUNT]; /* its properties were told */
    bool may_describe[TOPIC_COUNT];
    int exit_code;
};

static void inspection_fault(struct inspection *inspection, int exit_code)
{
    if (inspection->exit_code != EXIT_NO_PERMISSION) /* the cause of what else is wrong */
        inspection->exit_code = exit_code;
}

/* --- properties --- */

static const char *entry_value(const rd_kafka_ConfigEntry_t **entries, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(rd_kafka_ConfigEntry_name(entries[i]), name) == 0)
            return rd_kafka_ConfigEntry_value(entries[i]);
    return NULL;
}

static void check_property(struct inspection *inspection, enum topic topic, const struct topic_property *property,
                           const char *found)
{
    char text[TOPIC_PROPERTY_VALUE_SIZE];
    const char *wanted = topic_property_value(property, inspection->settings, text);
    if (found == NULL || wanted == NULL || topic_property_holds(property, wanted, found))
        return;
    const bool is_fault = property->demand == DEMAND_MUST_BE;
    fprintf(inspection->errors, "%stopic %s has %s=%s; set it to %s%s, because %s\n",
            is_fault ? "" : "advice: ", inspection->settings->topics[topic], property->name, found, wanted,
            property->demand == DEMAND_SHOULD_REACH ? " or more" : "", property->why);
    if (is_fault)
        inspection_fault(inspection, EXIT_CONFIG);
}

static void check_properties(struct inspection *inspection, enum topic topic, const rd_kafka_ConfigResource_t *resource)
{
    size_t entry_count;
    const rd_kafka_ConfigEntry_t **entries = rd_kafka_ConfigResource_configs(resource, &entry_count);
    for (size_t i = 0; i < topic_property_count; i++)
        if (topic_property_is_of(&topic_properties[i], topic))
            check_property(inspection, topic, &topic_properties[i],
                           entry_value(entries, entry_count, topic_properties[i].name));
}

static void check_resource(struct inspection *inspection, enum topic topic, const rd_kafka_ConfigResource_t *resource)
{
    const rd_kafka_resp_err_t error = rd_kafka_ConfigResource_error(resource);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
        inspection->is_there[topic] = true;
        check_properties(inspection, topic, resource);
    } else if (error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) {
        fprintf(inspection->errors, "topic %s: access refused; this user needs DescribeConfigs on it\n",
                inspection->settings->topics[topic]);
        inspection->may_describe[topic] = false;
        inspection_fault(inspection, EXIT_NO_PERMISSION);
    } else if (error != RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) { /* a missing one is told by its partitions */
        fprintf(inspection->errors, "topic %s: its properties can not be read: %s\n",
                inspection->settings->topics[topic], rd_kafka_ConfigResource_error_string(resource));
        inspection_fault(inspection, EXIT_UNAVAILABLE);
    }
}

/* Results come in no promised order. */
static void check_resources(struct inspection *inspection, const rd_kafka_event_t *event)
{
    size_t count;
    const rd_kafka_ConfigResource_t **resources = rd_kafka_DescribeConfigs_result_resources(
        rd_kafka_event_DescribeConfigs_result((rd_kafka_event_t *)event), &count);
    for (enum topic topic = topic_set_next(inspection->topics, 0); topic < TOPIC_COUNT;
         topic = topic_set_next(inspection->topics, topic + 1))
        for (size_t i = 0; i < count; i++)
            if (strcmp(rd_kafka_ConfigResource_name(resources[i]), inspection->settings->topics[topic]) == 0)
                check_resource(inspection, topic, resources[i]);
}

static void describe_topics(rd_kafka_t *kafka, const struct inspection *inspection, rd_kafka_queue_t *queue)
{
    rd_kafka_ConfigResource_t *resources[TOPIC_COUNT];
    size_t count = 0;
    for (enum topic topic = 0; topic < TOPIC_COUNT; topic++)
        if (topic_set_has(inspection->topics, topic))
            resources[count++] = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC,
                                                             inspection->settings->topics[topic]);
    rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(kafka, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
    char why[REASON_SIZE];
    rd_kafka_AdminOptions_set_request_timeout(options, TOPICS_REQUEST_TIMEOUT_MS, why, sizeof(why));
    rd_kafka_DescribeConfigs(kafka, resources, count, options, queue);
    rd_kafka_AdminOptions_destroy(options);
    rd_kafka_ConfigResource_destroy_array(resources, count);
}

static int check_all_properties(rd_kafka_t *kafka, struct inspection *inspection)
{
    rd_kafka_queue_t *queue = rd_kafka_queue_new(kafka);
    describe_topics(kafka, inspection, queue);
    rd_kafka_event_t *event = rd_kafka_queue_poll(queue, -1);
    const rd_kafka_resp_err_t error = rd_kafka_event_error(event);
    int exit_code = EXIT_OK;
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        check_resources(inspection, event);
    else if (error == RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE)
        log_debug("topics", "this broker does not tell properties; only partitions are checked");
    else
        exit_code = topics_broker_failed(inspection->errors, "what the topics' properties are", error,
                                         rd_kafka_event_error_string(event));
    rd_kafka_event_destroy(event);
    rd_kafka_queue_destroy(queue);
    return exit_code;
}

/* --- partitions --- */

/* That of notify is not needed by anybody else, and may have been made by somebody else. */
static bool is_waived(const struct inspection *inspection, enum topic topic)
{
    const bool is_missing = inspection->partitions[topic] == 0 && !inspection->is_there[topic];
    if (topic != TOPIC_DELIVERIES || !inspection->may_describe[topic] ||
        (inspection->partitions[topic] == 0 && !is_missing))
        return false;
    if (is_missing)
        fprintf(
            inspection->errors,
            "advice: topic %s does not exist; `notify` with subscriptions needs it; `placement-alerts topics create` "
            "creates it\n",
            inspection->settings->topics[topic]);
    return true;
}

/* What is published of a child stands in the child's partition, so that all of the service must have the same number.
 */
static void check_partitions(struct inspection *inspection)
{
    const int32_t wanted = topics_partition_count(inspection->partitions);
    for (enum topic t = 0; t < TOPIC_COUNT; t++) {
        const int32_t partitions = inspection->partitions[t];
        const char *name = inspection->settings->topics[t];
        if (!topic_set_has(inspection->topics, t) || (partitions == wanted && wanted > 0) || is_waived(inspection, t))
            continue;
        if (partitions > 0)
            fprintf(inspection->errors,
                    "topic %s has %d partitions, another has %d; all need the same number: make one of them anew\n",
                    name, partitions, wanted);
        else if (inspection->is_there[t])
            fprintf(inspection->errors,
                    "topic %s: access refused; this user may not Describe it, which Read or Write "
                    "include; `placement-alerts topics acls` says what it needs\n",
                    name);
        else if (inspection->may_describe[t])
            fprintf(inspection->errors,
                    "topic %s does not exist; `placement-alerts topics create` creates what is missing\n", name);
        inspection_fault(inspection, partitions == 0 && inspection->is_there[t] ? EXIT_NO_PERMISSION : EXIT_CONFIG);
    }
}

int topics_check(rd_kafka_t *kafka, const struct settings *settings, unsigned topics, int32_t *partition_count,
                 FILE *errors)
{
    struct inspection inspection = {.settings = settings, .errors = errors, .topics = topics};
    for (int t = 0; t < TOPIC_COUNT; t++)
        inspection.may_describe[t] = true;
    int exit_code = topics_find(kafka, settings, inspection.partitions, errors, NULL);
    if (exit_code == EXIT_OK)
        exit_code = check_all_properties(kafka, &inspection);
    if (exit_code != EXIT_OK)
        return exit_code;
    check_partitions(&inspection);
    *partition_count = inspection.partitions[TOPIC_PLACEMENTS];
    return inspection.exit_code;
}
