/* Raw consumption: the three inputs, read committed, from their beginning to their end, nothing done with them. What no
 * reader of Kafka can beat here.
 *
 *     read_raw --set=…     {"records": …, "bytes": …, "seconds": …}    from the start of the program
 */
#include <stdio.h>

#include "bench/probe.h"

#define MESSAGES_A_LOOK 2000

int main(int argc, char **argv)
{
    static rd_kafka_message_t *messages[MESSAGES_A_LOOK];
    const double began_s = probe_now_s();
    struct settings settings;
    uint64_t records = 0, bytes = 0;
    int64_t left = 0;
    int32_t partitions;

    probe_arguments(argc, argv, NULL, 0, &settings);
    rd_kafka_t *reader = probe_reader(&settings, TOPIC_PLACEMENTS, TOPIC_ENROLLMENTS, 0, &partitions);
    rd_kafka_topic_partition_list_t *ends = probe_partitions(reader, &settings, TOPIC_PLACEMENTS, TOPIC_ENROLLMENTS);
    probe_ends(reader, ends);
    for (int i = 0; i < ends->cnt; i++)
        left += ends->elems[i].offset; /* the inputs are not transactional: each offset is a record */
    rd_kafka_topic_partition_list_destroy(ends);
    rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(reader);
    while ((int64_t)records < left) {
        ssize_t count = rd_kafka_consume_batch_queue(queue, 1, messages, MESSAGES_A_LOOK);
        for (ssize_t i = 0; i < count; i++) {
            records += messages[i]->err == RD_KAFKA_RESP_ERR_NO_ERROR;
            bytes += messages[i]->err == RD_KAFKA_RESP_ERR_NO_ERROR ? messages[i]->len + messages[i]->key_len : 0;
            rd_kafka_message_destroy(messages[i]);
        }
    }
    printf("{\"records\": %llu, \"bytes\": %llu, \"seconds\": %.6f}\n", (unsigned long long)records,
           (unsigned long long)bytes, probe_now_s() - began_s);
    rd_kafka_queue_destroy(queue);
    rd_kafka_consumer_close(reader);
    rd_kafka_destroy(reader);
    settings_fini(&settings);
    return 0;
}
