#include "consumer/demo_reader.h"

#include <stdlib.h>

#include "consumer/clock.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"

#define BATCH 1000
#define QUERY_TIMEOUT_MS 5000

static bool start_partitions(struct demo_reader *reader)
{
    for (int32_t partition = 0; partition < reader->partitions; partition++) {
        if (rd_kafka_consume_start_queue(reader->topic, partition, RD_KAFKA_OFFSET_BEGINNING, reader->queue) != 0) {
            log_error("demo", "the alerts can not be read: %s", rd_kafka_err2str(rd_kafka_last_error()));
            return false;
        }
    }
    return true;
}

bool demo_reader_open(struct demo_reader *reader, const struct settings *settings)
{
    static const struct client_property ours[] = {{"isolation.level", "read_committed"}, {"fetch.wait.max.ms", "20"}};
    *reader = (struct demo_reader){.partitions = (int32_t)settings->topic_partitions};
    rd_kafka_conf_t *configuration = client_configuration(settings, ours, sizeof ours / sizeof ours[0]);
    reader->decoder = alert_reader_new();
    reader->next_offsets = calloc((size_t)reader->partitions, sizeof *reader->next_offsets);
    if (configuration != NULL)
        reader->kafka = client_new(RD_KAFKA_CONSUMER, configuration, "demo");
    if (reader->kafka != NULL && reader->decoder != NULL && reader->next_offsets != NULL) {
        reader->topic = rd_kafka_topic_new(reader->kafka, settings->topics[TOPIC_ALERTS], NULL);
        reader->queue = rd_kafka_queue_new(reader->kafka);
        if (start_partitions(reader))
            return true;
    }
    demo_reader_close(reader);
    return false;
}

void demo_reader_close(struct demo_reader *reader)
{
    for (int32_t partition = 0; reader->topic != NULL && partition < reader->partitions; partition++)
        rd_kafka_consume_stop(reader->topic, partition);
    if (reader->queue != NULL)
        rd_kafka_queue_destroy(reader->queue);
    if (reader->topic != NULL)
        rd_kafka_topic_destroy(reader->topic);
    if (reader->kafka != NULL)
        rd_kafka_destroy(reader->kafka);
    alert_reader_free(reader->decoder);
    free(reader->next_offsets);
}

static bool take(struct demo_reader *reader, const rd_kafka_message_t *message,
                 bool (*on_revision)(void *context, const struct alert_record *revision), void *context)
{
    struct alert_record revision;
    struct finding finding;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        log_warning("demo", "reading alerts: %s", rd_kafka_message_errstr(message));
        return true; /* librdkafka goes on by itself */
    }
    reader->next_offsets[message->partition] = message->offset + 1;
    if (message->payload == NULL)
        return true; /* a child was forgotten; the demo's are not */
    if (!alert_record_read(reader->decoder, message->payload, message->len, &revision, &finding)) {
        log_error("demo", "an alert can not be read: %s field=%s", problem_sentences[finding.problem], finding.field);
        return false;
    }
    return on_revision(context, &revision);
}

bool demo_reader_poll(struct demo_reader *reader, int wait_ms,
                      bool (*on_revision)(void *context, const struct alert_record *revision), void *context)
{
    rd_kafka_message_t *messages[BATCH];
    int64_t until_ms = clock_monotonic_ms() + wait_ms;
    bool done = true;
    do {
        int64_t left_ms = until_ms - clock_monotonic_ms();
        ssize_t count = rd_kafka_consume_batch_queue(reader->queue, left_ms > 0 ? (int)left_ms : 0, messages, BATCH);
        for (ssize_t i = 0; i < count; i++) {
            done = done && take(reader, messages[i], on_revision, context);
            rd_kafka_message_destroy(messages[i]);
        }
        rd_kafka_poll(reader->kafka, 0);
    } while (done && clock_monotonic_ms() < until_ms);
    return done;
}

bool demo_reader_is_at_end(struct demo_reader *reader)
{
    const char *topic = rd_kafka_topic_name(reader->topic);
    for (int32_t partition = 0; partition < reader->partitions; partition++) {
        int64_t begin, end;
        if (rd_kafka_query_watermark_offsets(reader->kafka, topic, partition, &begin, &end, QUERY_TIMEOUT_MS) !=
            RD_KAFKA_RESP_ERR_NO_ERROR)
            return false;
        if (reader->next_offsets[partition] < end)
            return false;
    }
    return true;
}
