#include <time.h>

#include "consumer/clock.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/topic_property.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"
#include "consumer/topics_internal.h"

#define REASON_SIZE 256
#define SHOWN_POLL_MS 20

static rd_kafka_NewTopic_t *new_topic(const struct settings *settings, enum topic topic, int32_t partitions,
                                      FILE *errors)
{
    char text[REASON_SIZE];
    rd_kafka_NewTopic_t *wish = rd_kafka_NewTopic_new(settings->topics[topic], partitions,
                                                      (int)settings->topic_replication, text, sizeof(text));
    if (wish == NULL) {
        fprintf(errors, "topic %s can not be created: %s\n", settings->topics[topic], text);
        return NULL;
    }
    for (size_t i = 0; i < topic_property_count; i++) {
        const char *value = topic_property_value(&topic_properties[i], settings, text);
        if (topic_property_is_of(&topic_properties[i], topic) && value != NULL)
            rd_kafka_NewTopic_set_config(wish, topic_properties[i].name, value);
    }
    return wish;
}

static int tell_created(const rd_kafka_topic_result_t *result, FILE *out, FILE *errors)
{
    const rd_kafka_resp_err_t error = rd_kafka_topic_result_error(result);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
        fprintf(out, "created %s\n", rd_kafka_topic_result_name(result));
        return EXIT_OK;
    }
    if (error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
        return EXIT_OK; /* somebody else was faster; it is checked below */
    const char *reason = rd_kafka_topic_result_error_string(result);
    fprintf(errors, "topic %s could not be created: %s\n", rd_kafka_topic_result_name(result),
            reason == NULL ? rd_kafka_err2str(error) : reason);
    const int exit_code = client_exit_code(error);
    return exit_code == EXIT_NO_PERMISSION ? exit_code : EXIT_CONFIG;
}

static int tell_all_created(rd_kafka_event_t *event, FILE *out, FILE *errors)
{
    if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return topics_broker_failed(errors, "the wish to create topics", rd_kafka_event_error(event),
                                    rd_kafka_event_error_string(event));
    size_t count;
    const rd_kafka_topic_result_t **results = rd_kafka_CreateTopics_result_topics(
        rd_kafka_event_CreateTopics_result(event), &count);
    int exit_code = EXIT_OK;
    for (size_t i = 0; i < count; i++) {
        const int each = tell_created(results[i], out, errors);
        exit_code = each == EXIT_OK ? exit_code : each;
    }
    return exit_code;
}

static int create(rd_kafka_t *kafka, rd_kafka_NewTopic_t **wishes, size_t count, FILE *out, FILE *errors)
{
    rd_kafka_queue_t *queue = rd_kafka_queue_new(kafka);
    rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(kafka, RD_KAFKA_ADMIN_OP_CREATETOPICS);
    char why[REASON_SIZE];
    rd_kafka_AdminOptions_set_request_timeout(options, TOPICS_REQUEST_TIMEOUT_MS, why, sizeof(why));
    rd_kafka_AdminOptions_set_operation_timeout(options, TOPICS_REQUEST_TIMEOUT_MS, why,
                                                sizeof(why)); /* till brokers know them */
    rd_kafka_CreateTopics(kafka, wishes, count, options, queue);
    rd_kafka_AdminOptions_destroy(options);
    rd_kafka_event_t *event = rd_kafka_queue_poll(queue, -1);
    const int exit_code = tell_all_created(event, out, errors);
    rd_kafka_event_destroy(event);
    rd_kafka_queue_destroy(queue);
    return exit_code;
}

static bool all_exist(const int32_t partitions[static TOPIC_COUNT])
{
    for (int t = 0; t < TOPIC_COUNT; t++)
        if (partitions[t] == 0)
            return false;
    return true;
}

static int create_missing(rd_kafka_t *kafka, const struct settings *settings, const int32_t found[static TOPIC_COUNT],
                          FILE *out, FILE *errors)
{
    const int32_t existing = topics_partition_count(found);
    const int32_t partitions = existing > 0 ? existing : (int32_t)settings->topic_partitions;
    rd_kafka_NewTopic_t *wishes[TOPIC_COUNT];
    size_t count = 0;
    int exit_code = EXIT_OK;
    for (enum topic topic = 0; topic < TOPIC_COUNT; topic++) {
        if (found[topic] > 0)
            continue;
        rd_kafka_NewTopic_t *wish = new_topic(settings, topic, partitions, errors);
        if (wish == NULL)
            exit_code = EXIT_CONFIG;
        else
            wishes[count++] = wish;
    }
    if (exit_code == EXIT_OK)
        exit_code = create(kafka, wishes, count, out, errors);
    rd_kafka_NewTopic_destroy_array(wishes, count);
    return exit_code;
}

/* A broker answers that a topic is created before it shows it itself. */
static int wait_until_shown(rd_kafka_t *kafka, const struct settings *settings, int32_t partitions[static TOPIC_COUNT],
                            FILE *errors)
{
    const struct timespec pause = {.tv_nsec = SHOWN_POLL_MS * 1000000};
    const int64_t deadline_ms = clock_monotonic_ms() + TOPICS_REQUEST_TIMEOUT_MS;
    int exit_code;
    while ((exit_code = topics_find(kafka, settings, partitions, errors, NULL)) == EXIT_OK && !all_exist(partitions) &&
           clock_monotonic_ms() < deadline_ms)
        nanosleep(&pause, NULL);
    return exit_code; /* should any be missing still, the check says so */
}

/* And it shows partitions before it leads them. Who starts the service next is not to meet that. */
static void wait_until_led(rd_kafka_t *kafka, const struct settings *settings,
                           const int32_t partitions[static TOPIC_COUNT])
{
    int64_t begin, end;
    for (int t = 0; t < TOPIC_COUNT; t++)
        for (int32_t partition = 0; partition < partitions[t]; partition++)
            client_watermarks(kafka, settings->topics[t], partition, &begin, &end, TOPICS_REQUEST_TIMEOUT_MS, NULL);
}

int topics_create(rd_kafka_t *kafka, const struct settings *settings, FILE *out, FILE *errors)
{
    int32_t partitions[TOPIC_COUNT];
    int exit_code = topics_find(kafka, settings, partitions, errors, NULL);
    if (exit_code == EXIT_OK && all_exist(partitions))
        fprintf(out, "all %d topics exist already\n", TOPIC_COUNT);
    else if (exit_code == EXIT_OK) {
        exit_code = create_missing(kafka, settings, partitions, out, errors);
        if (exit_code == EXIT_OK)
            exit_code = wait_until_shown(kafka, settings, partitions, errors);
        if (exit_code == EXIT_OK)
            wait_until_led(kafka, settings, partitions);
    }
    int32_t partition_count;
    return exit_code == EXIT_OK ? topics_check(kafka, settings, TOPIC_SET_ALL, &partition_count, errors) : exit_code;
}
