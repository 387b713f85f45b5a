/* `topics create` and `topics check`. */
#include <stdio.h>

#include "consumer/command.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"

static rd_kafka_t *make_client(const struct settings *settings)
{
    rd_kafka_conf_t *configuration = client_configuration(settings, NULL, 0);
    return configuration == NULL ? NULL : client_new(RD_KAFKA_PRODUCER, configuration, "topics");
}

static int check(rd_kafka_t *kafka, const struct settings *settings)
{
    int32_t partitions;
    const int exit_code = topics_check(kafka, settings, TOPIC_SET_ALL, &partitions, stderr);
    if (exit_code == EXIT_OK)
        printf("the topics, of %d partitions, are right\n", partitions);
    return exit_code;
}

static int create(rd_kafka_t *kafka, const struct settings *settings)
{
    return topics_create(kafka, settings, stdout, stderr);
}

static int run_with_client(const struct settings *settings, int (*run)(rd_kafka_t *, const struct settings *))
{
    rd_kafka_t *kafka = make_client(settings);
    if (kafka == NULL)
        return EXIT_CONFIG;
    int exit_code = client_reach(kafka, settings->start_timeout_ms, NULL);
    if (exit_code == EXIT_OK)
        exit_code = run(kafka, settings);
    rd_kafka_destroy(kafka);
    return exit_code;
}

static int run_create(const struct arguments *arguments)
{
    return run_with_client(arguments->settings, create);
}

static int run_check(const struct arguments *arguments)
{
    return run_with_client(arguments->settings, check);
}

const struct command command_topics_create = {
    .name = "topics create",
    .operands = "",
    .summary = "create the topics that are missing",
    .details =
        "Creates the three inputs, alerts, violations, state and dead letters with the partitions, compaction and "
        "retention that the service relies on, and the deliveries of notify. What exists is left as it is, and "
        "checked.",
    .has_settings = true,
    .run = run_create,
};

const struct command command_topics_check = {
    .name = "topics check",
    .operands = "",
    .summary = "say what is wrong with the topics on the broker",
    .details =
        "Each fault is one line that says what to do; the service refuses to start while there are any. Lines that "
        "begin with \"advice:\" it starts in spite of.",
    .has_settings = true,
    .run = run_check,
};
