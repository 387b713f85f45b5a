#include "bench/probe.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "consumer/topics.h"

#define REQUEST_TIMEOUT_MS 10000
#define EXIT_CODE_USAGE 64

_Noreturn void probe_fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, why);
    exit(EXIT_FAILURE);
}

/* --- arguments --- */

static bool number_set(const struct probe_number *numbers, size_t count, const char *argument)
{
    const char *equals = strchr(argument, '=');
    for (size_t i = 0; equals != NULL && i < count; i++) {
        size_t length = strlen(numbers[i].name);
        char *end;
        if (length != (size_t)(equals - argument) || memcmp(numbers[i].name, argument, length) != 0)
            continue;
        *numbers[i].value = strtod(equals + 1, &end);
        return end > equals + 1 && *end == '\0';
    }
    return false;
}

void probe_arguments(int argc, char **argv, const struct probe_number *numbers, size_t count, struct settings *settings)
{
    bool right = settings_init(settings);
    for (int i = 1; i < argc && right; i++) {
        if (strncmp(argv[i], "--set=", 6) == 0)
            right = settings_set(settings, argv[i] + 6, stderr);
        else
            right = strncmp(argv[i], "--", 2) == 0 && number_set(numbers, count, argv[i] + 2);
        if (!right)
            fprintf(stderr, "%s: not understood: %s\n", program_invocation_short_name, argv[i]);
    }
    if (right)
        return;
    fprintf(stderr, "usage: %s [--set=PATH=VALUE]…", program_invocation_short_name);
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, " [--%s=NUMBER]", numbers[i].name);
    fputc('\n', stderr);
    exit(EXIT_CODE_USAGE);
}

double probe_now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* --- clients --- */

rd_kafka_t *probe_client(rd_kafka_type_t type, rd_kafka_conf_t *configuration)
{
    rd_kafka_t *kafka = configuration == NULL ? NULL : client_new(type, configuration, "bench");
    if (kafka == NULL)
        probe_fail("no client", "see above");
    return kafka;
}

rd_kafka_topic_partition_list_t *probe_partitions(rd_kafka_t *kafka, const struct settings *settings, enum topic first,
                                                  enum topic last)
{
    int32_t partitions[TOPIC_COUNT];
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(64);
    if (topics_find(kafka, settings, partitions, stderr, NULL) != 0)
        probe_fail("looking up topics", client_last_error());
    for (enum topic topic = first; topic <= last; topic++) {
        if (partitions[topic] == 0)
            probe_fail(settings->topics[topic], "no such topic");
        rd_kafka_topic_partition_list_add_range(list, settings->topics[topic], 0, partitions[topic] - 1);
    }
    return list;
}

void probe_ends(rd_kafka_t *kafka, rd_kafka_topic_partition_list_t *list)
{
    for (int i = 0; i < list->cnt; i++)
        list->elems[i].offset = RD_KAFKA_OFFSET_END;
    rd_kafka_resp_err_t error = rd_kafka_offsets_for_times(kafka, list, REQUEST_TIMEOUT_MS);
    for (int i = 0; i < list->cnt && error == RD_KAFKA_RESP_ERR_NO_ERROR; i++)
        error = list->elems[i].err;
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
        probe_fail("asking for ends", rd_kafka_err2str(error));
}

rd_kafka_t *probe_reader(const struct settings *settings, enum topic first, enum topic last, int64_t offset,
                         int32_t *partition_count)
{
    const struct client_property properties[] = {
        {"group.id", "bench-reads-alone"},     {"enable.auto.commit", "false"},
        {"isolation.level", "read_committed"}, {"enable.partition.eof", "true"},
        {"queued.min.messages", "1000000"},    {"queued.max.messages.kbytes", "131072"},
        {"fetch.message.max.bytes", "4194304"}};
    rd_kafka_t *reader = probe_client(
        RD_KAFKA_CONSUMER, client_configuration(settings, properties, sizeof properties / sizeof properties[0]));
    rd_kafka_topic_partition_list_t *list = probe_partitions(reader, settings, first, last);
    if (offset == RD_KAFKA_OFFSET_END)
        probe_ends(reader, list); /* as they are now, not when the first fetch comes by */
    else
        for (int i = 0; i < list->cnt; i++)
            list->elems[i].offset = offset;
    rd_kafka_poll_set_consumer(reader);
    if (rd_kafka_assign(reader, list) != RD_KAFKA_RESP_ERR_NO_ERROR)
        probe_fail("assigning", "refused");
    *partition_count = list->cnt;
    rd_kafka_topic_partition_list_destroy(list);
    return reader;
}

enum topic probe_topic_of(const struct settings *settings, const char *name)
{
    for (enum topic topic = 0; topic < TOPIC_COUNT; topic++)
        if (strcmp(name, settings->topics[topic]) == 0)
            return topic;
    probe_fail(name, "a topic nobody asked for");
}
