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

static void see(struct delivery_look *look, struct delivery_sight *sight, const struct delivery_record *record)
{
    if (record->is_tombstone)
        return;
    if (record->kind == DELIVERY_OF_PARTITION && record->partition < look->partition_count)
        sight->next[record->partition] = record->of.position.next;
    if (record->kind == DELIVERY_OF_WISH)
        sight->wish = record->of.wish;
    if (record->kind != DELIVERY_OF_SUBSCRIPTION)
        return;
    sight->is_known = true;
    sight->standing = record->of.standing;
}

static bool on_record(void *context, const struct topic_record *bytes)
{
    struct delivery_look *look = context;
    for (size_t i = 0; i < look->settings->subscription_count; i++) {
        struct delivery_record record;
        if (delivery_key_read(bytes->key, look->sights[i].name, &record) &&
            delivery_record_read(bytes->value, bytes->length, &record))
            see(look, &look->sights[i], &record);
    }
    return true;
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
    for (int32_t partition = 0; partition < look->partition_count; partition++) {
        int64_t begin, end;
        const rd_kafka_resp_err_t error = client_watermarks(kafka, look->settings->topics[TOPIC_ALERTS], partition,
                                                            &begin, &end, REQUEST_TIMEOUT_MS, NULL);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
            log_error("notify", "the end of topic %s is not known: %s", look->settings->topics[TOPIC_ALERTS],
                      rd_kafka_err2str(error));
            return client_exit_code(error);
        }
        for (size_t i = 0; i < look->settings->subscription_count; i++) {
            const int64_t next = look->sights[i].next[partition];
            look->sights[i].behind += end > next ? end - (next > begin ? next : begin) : 0;
        }
    }
    return EXIT_OK;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static bool make_sights(struct delivery_look *look)
{
    bool made = look->sights != NULL;
    for (size_t i = 0; made && i < look->settings->subscription_count; i++) {
        look->sights[i].name = look->settings->subscriptions[i].name;
        look->sights[i].next = calloc((size_t)look->partition_count, sizeof(look->sights[i].next[0]));
        made = look->sights[i].next != NULL;
    }
    return made;
}

static int look_up(struct delivery_look *look, rd_kafka_t *kafka)
{
    int32_t partition_counts[TOPIC_COUNT];
    int exit_code = topics_reach(kafka, look->settings, TOPIC_BIT(ALERTS) | TOPIC_BIT(DELIVERIES), partition_counts,
                                 stderr, NULL);
    if (exit_code != EXIT_OK)
        return exit_code;
    look->partition_count = partition_counts[TOPIC_ALERTS];
    if (!make_sights(look))
        return EXIT_OS;
    exit_code = read_deliveries(look, kafka, partition_counts[TOPIC_DELIVERIES]);
    return exit_code == EXIT_OK ? count_behind(look, kafka) : exit_code;
}

int delivery_look_open(struct delivery_look *look, const struct settings *settings, const char *component)
{
    *look = (struct delivery_look){.settings = settings,
                                   .sights = calloc(settings->subscription_count, sizeof(look->sights[0]))};
    rd_kafka_t *kafka = topic_reader_client(settings, component);
    if (kafka == NULL)
        return EXIT_CONFIG;
    const int exit_code = look_up(look, kafka);
    rd_kafka_destroy(kafka);
    return exit_code;
}

void delivery_look_close(struct delivery_look *look)
{
    for (size_t i = 0; look->sights != NULL && i < look->settings->subscription_count; i++)
        free(look->sights[i].next);
    free(look->sights);
}
