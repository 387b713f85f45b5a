#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"
#include "consumer/topics_internal.h"

static rd_kafka_resp_err_t ask(rd_kafka_t *kafka, rd_kafka_topic_t *topic)
{
    const struct rd_kafka_metadata *metadata;
    rd_kafka_resp_err_t error = rd_kafka_metadata(kafka, 0, topic, &metadata, TOPICS_REQUEST_TIMEOUT_MS);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return error;
    error = metadata->topic_cnt == 1 ? metadata->topics[0].err : RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC;
    rd_kafka_metadata_destroy(metadata);
    return error;
}

/* A list of all topics leaves out those that the user has no right to. Asked for one by its name the broker tells; but
 * only a consumer may ask so, since a producer's question can create the topic. */
static bool is_hidden(const struct settings *settings, const char *name)
{
    static const struct client_property properties[] = {{"allow.auto.create.topics", "false"}};
    rd_kafka_conf_t *configuration = client_configuration(settings, properties, 1);
    rd_kafka_t *kafka = configuration == NULL ? NULL : client_new(RD_KAFKA_CONSUMER, configuration, "topics");
    if (kafka == NULL)
        return false;
    rd_kafka_topic_t *topic = rd_kafka_topic_new(kafka, name, NULL);
    const bool is_refused = topic != NULL && client_exit_code(ask(kafka, topic)) == EXIT_NO_PERMISSION;
    if (topic != NULL)
        rd_kafka_topic_destroy(topic);
    rd_kafka_destroy(kafka);
    return is_refused;
}

static int require(const struct settings *settings, const int32_t partitions[static TOPIC_COUNT], enum topic topic,
                   FILE *errors)
{
    const char *name = settings->topics[topic];
    if (partitions[topic] > 0)
        return EXIT_OK;
    if (is_hidden(settings, name)) {
        fprintf(errors,
                "topic %s: access refused; this user has no right to it; `placement-alerts topics acls` says what it "
                "needs\n",
                name);
        return EXIT_NO_PERMISSION;
    }
    fprintf(errors, "topic %s does not exist; `placement-alerts topics create` creates it\n", name);
    return EXIT_CONFIG;
}

int topics_reach(rd_kafka_t *kafka, const struct settings *settings, unsigned required,
                 int32_t partitions[static TOPIC_COUNT], FILE *errors, const atomic_bool *cancelled)
{
    int exit_code = client_reach(kafka, settings->start_timeout_ms, cancelled);
    if (exit_code == EXIT_OK)
        exit_code = topics_find(kafka, settings, partitions, errors, cancelled);
    if (cancelled != NULL && *cancelled)
        return exit_code;
    for (enum topic topic = 0; topic < TOPIC_COUNT && exit_code == EXIT_OK; topic++)
        if (topic_set_has(required, topic))
            exit_code = require(settings, partitions, topic, errors);
    return exit_code;
}
