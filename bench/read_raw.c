/* Raw consumption: topics read committed, from their beginning to their end, nothing done with them. What no reader of
 * Kafka can beat here.
 *
 *     read_raw [--state=1] --set=…     {"records": …, "bytes": …, "seconds": …}    from the start of the program
 *
 * The three inputs, or the state.
 */
#include <stdio.h>

#include "bench/probe.h"

#define MESSAGES_A_LOOK 2000

struct reading {
    uint64_t records, bytes;
    double last_s;      /* when the last record came: that nothing follows is known later */
    int32_t partitions; /* not yet read to their end */
};

static void take(struct reading *reading, const rd_kafka_message_t *message)
{
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        reading->partitions--;
    } else if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        reading->records++;
        reading->bytes += message->len + message->key_len;
        reading->last_s = probe_now_s();
    }
}

int main(int argc, char **argv)
{
    static rd_kafka_message_t *messages[MESSAGES_A_LOOK];
    const double began_s = probe_now_s();
    double state = 0;
    const struct probe_number numbers[] = {{"state", &state}};
    struct settings settings;
    struct reading reading = {.last_s = began_s};

    probe_arguments(argc, argv, numbers, sizeof numbers / sizeof numbers[0], &settings);
    const enum topic first = state != 0 ? TOPIC_STATE : TOPIC_PLACEMENTS;
    const enum topic last = state != 0 ? TOPIC_STATE : TOPIC_ENROLLMENTS;
    rd_kafka_t *reader = probe_reader(&settings, first, last, 0, &reading.partitions);
    rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(reader);
    while (reading.partitions > 0) {
        ssize_t count = rd_kafka_consume_batch_queue(queue, 1, messages, MESSAGES_A_LOOK);
        for (ssize_t i = 0; i < count; i++) {
            take(&reading, messages[i]);
            rd_kafka_message_destroy(messages[i]);
        }
    }
    printf("{\"records\": %llu, \"bytes\": %llu, \"seconds\": %.6f}\n", (unsigned long long)reading.records,
           (unsigned long long)reading.bytes, reading.last_s - began_s);
    rd_kafka_queue_destroy(queue);
    rd_kafka_consumer_close(reader);
    rd_kafka_destroy(reader);
    settings_fini(&settings);
    return 0;
}
