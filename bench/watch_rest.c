/* When did what is published come to rest? Asks for the last stable offsets of alerts, violations and state, all in one
 * request every few milliseconds, which costs the broker next to nothing; a reader of the records would cost the peers
 * of a comparison a good part of the machine.
 *
 *     watch_rest [--still-ms=1000] [--poll-ms=4] [--timeout-s=120] [--committed=1] [--alerts-only=1] --set=…
 *         watching                                     once it has a first look
 *         {"first_s": …, "last_s": …, "offsets": …}    the first and the last change seen, monotonic; what was added
 *
 * It ends when there was a change and then none for so long; with --committed, and the group has committed all inputs
 * to their end.
 */
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "bench/probe.h"

#define COMMITTED_TIMEOUT_MS 500

static double still_ms = 1000, poll_ms = 4, timeout_s = 120, want_committed = 0, alerts_only = 0;

struct watch {
    rd_kafka_t *kafka;
    rd_kafka_topic_partition_list_t *outputs, *inputs, *input_ends;
};

static int64_t sum_of_ends(struct watch *watch)
{
    int64_t sum = 0;
    probe_ends(watch->kafka, watch->outputs);
    for (int i = 0; i < watch->outputs->cnt; i++)
        sum += watch->outputs->elems[i].offset;
    return sum;
}

static void watch_open(struct watch *watch, const struct settings *settings)
{
    const struct client_property properties[] = {{"group.id", settings->group}, {"isolation.level", "read_committed"}};
    watch->kafka = probe_client(RD_KAFKA_CONSUMER, client_configuration(settings, properties, 2));
    watch->outputs = probe_partitions(watch->kafka, settings, TOPIC_ALERTS,
                                      alerts_only != 0 ? TOPIC_ALERTS : TOPIC_STATE);
    watch->inputs = probe_partitions(watch->kafka, settings, TOPIC_PLACEMENTS, TOPIC_ENROLLMENTS);
    watch->input_ends = rd_kafka_topic_partition_list_copy(watch->inputs);
    probe_ends(watch->kafka, watch->input_ends);
}

static bool inputs_are_committed(struct watch *watch)
{
    if (rd_kafka_committed(watch->kafka, watch->inputs, COMMITTED_TIMEOUT_MS) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return false;
    for (int i = 0; i < watch->inputs->cnt; i++)
        if (watch->inputs->elems[i].offset != watch->input_ends->elems[i].offset)
            return false;
    return true;
}

static void watch_close(struct watch *watch)
{
    rd_kafka_topic_partition_list_destroy(watch->outputs);
    rd_kafka_topic_partition_list_destroy(watch->inputs);
    rd_kafka_topic_partition_list_destroy(watch->input_ends);
    rd_kafka_destroy(watch->kafka);
}

int main(int argc, char **argv)
{
    const struct probe_number numbers[] = {{"still-ms", &still_ms},
                                           {"poll-ms", &poll_ms},
                                           {"timeout-s", &timeout_s},
                                           {"committed", &want_committed},
                                           {"alerts-only", &alerts_only}};
    struct settings settings;
    struct watch watch;
    probe_arguments(argc, argv, numbers, sizeof numbers / sizeof numbers[0], &settings);
    watch_open(&watch, &settings);

    const int64_t baseline = sum_of_ends(&watch);
    const struct timespec pause = {.tv_nsec = (long)(poll_ms * 1e6)};
    const double began_s = probe_now_s();
    double first_s = 0, last_s = began_s, now_s = began_s;
    int64_t sum = baseline;
    puts("watching");
    fflush(stdout);
    while (first_s == 0 || now_s - last_s < still_ms / 1e3 || (want_committed != 0 && !inputs_are_committed(&watch))) {
        nanosleep(&pause, NULL);
        const int64_t seen = sum_of_ends(&watch);
        now_s = probe_now_s();
        if (now_s - began_s > timeout_s)
            probe_fail("waited in vain", "what is published does not come to rest");
        if (seen == sum)
            continue;
        sum = seen;
        last_s = now_s;
        first_s = first_s == 0 ? now_s : first_s;
    }
    printf("{\"first_s\": %.6f, \"last_s\": %.6f, \"offsets\": %lld}\n", first_s, last_s, (long long)(sum - baseline));
    watch_close(&watch);
    settings_fini(&settings);
    return 0;
}
