#include "consumer/forgetting.h"

#include <stdio.h>

#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"
#include "schemas/event.h"

#define WAIT_MS 100

static void on_delivery(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque)
{
    struct tombstone *tombstone = message->_private;
    rd_kafka_timestamp_type_t type;
    (void)kafka;
    (void)opaque;
    tombstone->is_reported = true;
    tombstone->error = message->err;
    tombstone->offset = message->offset;
    tombstone->timestamp_ms = rd_kafka_message_timestamp(message, &type);
}

static rd_kafka_t *make_client(const struct settings *settings, const char *component)
{
    const struct client_property properties[] = {
        {"enable.idempotence", "true"},
        {"isolation.level", "read_uncommitted"}, /* for the ends that this handle is told */
        {"message.timeout.ms", client_default(settings, "message.timeout.ms", "30000")},
    };
    return client_producer_new(settings, properties, sizeof(properties) / sizeof(properties[0]), on_delivery,
                               component);
}

static int find_topics(struct forgetting *forgetting, bool see)
{
    const unsigned seen = see ? TOPIC_SET_PUBLISHED | TOPIC_BIT(STATE) : 0;
    return topics_reach(forgetting->kafka, forgetting->settings, TOPIC_SET_INPUTS | seen, forgetting->partition_counts,
                        stderr, NULL);
}

int forgetting_open(struct forgetting *forgetting, const struct settings *settings, const char *component,
                    struct text child_id, bool see)
{
    *forgetting = (struct forgetting){.settings = settings, .component = component, .child_id = child_id};
    forgetting->kafka = make_client(settings, component);
    if (forgetting->kafka == NULL)
        return EXIT_CONFIG;
    const int exit_code = find_topics(forgetting, see);
    if (exit_code != EXIT_OK)
        forgetting_close(forgetting);
    return exit_code;
}

void forgetting_close(struct forgetting *forgetting)
{
    rd_kafka_destroy(forgetting->kafka);
}

static void send_tombstone(struct forgetting *forgetting, int stream)
{
    const struct text key = forgetting->child_id;
    struct tombstone *tombstone = &forgetting->tombstones[stream];
    rd_kafka_topic_t *topic = rd_kafka_topic_new(forgetting->kafka, forgetting->settings->topics[stream], NULL);
    tombstone->partition = key_partition(key_murmur2(key), forgetting->partition_counts[stream]);
    if (topic == NULL || rd_kafka_produce(topic, tombstone->partition, RD_KAFKA_MSG_F_COPY, NULL, 0, key.bytes,
                                          key.length, tombstone) != 0) {
        tombstone->error = rd_kafka_last_error();
        tombstone->is_reported = true;
    }
    if (topic != NULL)
        rd_kafka_topic_destroy(topic);
}

static bool are_all_reported(const struct forgetting *forgetting)
{
    bool all = true;
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        all &= forgetting->tombstones[stream].is_reported;
    return all;
}

/* Each is reported in the end: message.timeout.ms sees to it. */
int forgetting_write(struct forgetting *forgetting)
{
    int exit_code = EXIT_OK;
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        send_tombstone(forgetting, stream);
    while (!are_all_reported(forgetting))
        rd_kafka_poll(forgetting->kafka, WAIT_MS);
    for (int stream = 0; stream < STREAM_COUNT; stream++) {
        const rd_kafka_resp_err_t error = forgetting->tombstones[stream].error;
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
            continue;
        exit_code = exit_code == EXIT_OK ? client_exit_code(error) : exit_code;
        log_error(forgetting->component,
                  "the wish is not written to topic=%s: %s; give the command again, repetition "
                  "does no harm",
                  forgetting->settings->topics[stream], rd_kafka_err2str(error));
    }
    return exit_code;
}
