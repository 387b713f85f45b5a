#include "consumer/delivery_look.h"

#include <stdlib.h>

#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/topic_reader.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"

#define REQUEST_TIMEOUT_MS 10000
#define READ_WAIT_MS 200

/* --- what is kept ------------------------------------------------------------------------------------------------- */

static bool on_record(void *context, const struct topic_record *bytes)
{
    struct delivery_look *look = context;
    const bool is_seen = delivery_sights_see(&look->sights, bytes->key, bytes->value, bytes->length);
    if (!is_seen)
        look->exit_code = EXIT_OS;
    return is_seen;
}

static bool on_error(void *context, int32_t number, rd_kafka_resp_err_t error, const char *reason)
{
    struct delivery_look *look = context;
    (void)number;
    look->exit_code = client_reading_failed(error, look->settings->topics[TOPIC_DELIVERIES], reason, "notify");
    return look->exit_code == EXIT_OK;
}

static int read_deliveries(struct delivery_look *look, rd_kafka_t *kafka, int32_t count)
{
    const struct topic_listener listener = {on_record, on_error, look};
    struct topic_reader reader = {0};
    rd_kafka_resp_err_t error = topic_reader_open(&reader, kafka, look->settings->topics[TOPIC_DELIVERIES], NULL, count,
                                                  REQUEST_TIMEOUT_MS, NULL);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        error = topic_reader_ask_ends(&reader, kafka, REQUEST_TIMEOUT_MS, NULL);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        error = topic_reader_start_all(&reader);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        log_error("notify", "topic %s can not be read: %s", look->settings->topics[TOPIC_DELIVERIES],
                  rd_kafka_err2str(error));
        look->exit_code = client_exit_code(error);
    }
    while (look->exit_code == EXIT_OK && !topic_reader_is_read(&reader))
        topic_reader_look(&reader, READ_WAIT_MS, &listener);
    topic_reader_close(&reader);
    return look->exit_code;
}

/* --- how far that is from the alerts ------------------------------------------------------------------------------ */

static int count_behind(struct delivery_look *look, rd_kafka_t *kafka)
{
    for (int32_t partition = 0; partition < look->sights.partition_count; partition++) {
        int64_t begin, end;
        const rd_kafka_resp_err_t error = client_watermarks(kafka, look->settings->topics[TOPIC_ALERTS], partition,
                                                            &begin, &end, REQUEST_TIMEOUT_MS, NULL);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
            log_error("notify", "the end of topic %s is not known: %s", look->settings->topics[TOPIC_ALERTS],
                      rd_kafka_err2str(error));
            return client_exit_code(error);
        }
        for (size_t i = 0; i < look->sights.count; i++) {
            const int64_t next = look->sights.of[i].next[partition];
            look->sights.of[i].behind += end > next ? end - (next > begin ? next : begin) : 0;
        }
    }
    return EXIT_OK;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static int look_up(struct delivery_look *look, rd_kafka_t *kafka)
{
    int32_t partition_counts[TOPIC_COUNT];
    int exit_code = topics_reach(kafka, look->settings, TOPIC_BIT(ALERTS) | TOPIC_BIT(DELIVERIES), partition_counts,
                                 stderr, NULL);
    if (exit_code != EXIT_OK)
        return exit_code;
    if (!delivery_sights_init(&look->sights, look->settings, partition_counts[TOPIC_ALERTS]))
        return EXIT_OS;
    exit_code = read_deliveries(look, kafka, partition_counts[TOPIC_DELIVERIES]);
    delivery_sights_end(&look->sights);
    return exit_code == EXIT_OK ? count_behind(look, kafka) : exit_code;
}

int delivery_look_open(struct delivery_look *look, const struct settings *settings, const char *component)
{
    *look = (struct delivery_look){.settings = settings};
    rd_kafka_t *kafka = topic_reader_client(settings, component);
    if (kafka == NULL)
        return EXIT_CONFIG;
    const int exit_code = look_up(look, kafka);
    rd_kafka_destroy(kafka);
    return exit_code;
}

void delivery_look_close(struct delivery_look *look)
{
    delivery_sights_fini(&look->sights);
}
