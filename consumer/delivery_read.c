/* The alerts topic as one subscriber has to see it: from where the core says, and no more than there is room for. */
#include <stdlib.h>

#include "consumer/delivery_internal.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"
#include "schemas/event.h"

#define COMPONENT DELIVERY_COMPONENT

/* --- what comes --------------------------------------------------------------------------------------------------- */

/* Of a forgotten alert: as its header says, by which its id is that of the record; or else when it was written. */
static int64_t forgotten_at_ms(const rd_kafka_message_t *message)
{
    rd_kafka_headers_t *headers;
    rd_kafka_timestamp_type_t type;
    const void *time;
    size_t length;
    int64_t at_ms = rd_kafka_message_timestamp(message, &type);
    if (rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR &&
        rd_kafka_header_get_last(headers, record_headers[RECORD_HEADER_TIME].name, &time, &length) ==
            RD_KAFKA_RESP_ERR_NO_ERROR)
        instant_parse(time, length, &at_ms);
    return at_ms < INSTANT_FIRST_MS || at_ms > INSTANT_LAST_MS ? 0 : at_ms;
}

static bool on_alert(void *context, const struct alert_record *alert)
{
    struct delivery_target *target = context;
    const struct topic_record *record = target->feed.record;
    const struct delivery_source source = {
        .partition = record->partition,
        .offset = record->offset,
        .alert_id = alert->alert_id,
        .is_asked_for = subscription_filter_takes(&target->filter, &alert->alert),
        .is_open = alert->alert.state == ALERT_OPEN,
        .lane = key_murmur2(alert->child_id),
        .revision = alert->alert.revision,
        .logged_at_ms = alert->logged_at_ms,
        .value = record->value,
        .length = record->length,
    };
    return delivery_take(target->delivery, &source, delivery_target_now_ms(target));
}

static void on_forgotten(void *context, const struct uuid *alert_id)
{
    struct delivery_target *target = context;
    const struct topic_record *record = target->feed.record;
    const struct delivery_source source = {
        .partition = record->partition,
        .offset = record->offset,
        .alert_id = *alert_id,
        .is_forgotten = true,
        .logged_at_ms = forgotten_at_ms(record->message),
    };
    if (!delivery_take(target->delivery, &source, delivery_target_now_ms(target)))
        target->exit_code = EXIT_OS;
}

/* A schema registry that does not answer keeps nobody from being told what waits. */
static void on_waiting(void *context)
{
    struct delivery_target *target = context;
    while (delivery_send_step(target))
        ;
}

/* --- where it is read --------------------------------------------------------------------------------------------- */

void delivery_read_seek(struct delivery_target *target)
{
    int64_t offset;
    for (int32_t i = 0; i < target->feed.topic.partition_count; i++) {
        if (!delivery_seek(target->delivery, i, &offset))
            continue;
        const rd_kafka_resp_err_t error = topic_reader_start_at(&target->feed.topic, i, offset);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
            log_error(COMPONENT, "reading can not go on from another place partition=%d: %s", i,
                      rd_kafka_err2str(error));
            target->exit_code = EXIT_FATAL;
        }
    }
}

/* Where there is no room nothing is taken from the client, which fetches some ahead and then waits, too. */
void delivery_read(struct delivery_target *target, int wait_ms)
{
    const struct alert_listener listener = {on_alert, on_forgotten, on_waiting, target};
    const int room = delivery_room(target->delivery);
    const int most = target->look_most < room ? target->look_most : room;
    if (most == 0) {
        target->exit_code = delivery_book_look(&target->book, wait_ms);
        return;
    }
    target->feed.topic.look_most = most;
    const int exit_code = alert_feed_look(&target->feed, wait_ms, &listener);
    if (target->exit_code == EXIT_OK)
        target->exit_code = exit_code;
    for (int32_t i = 0; i < target->feed.topic.partition_count && !*target->needs->is_stopped; i++)
        if (target->feed.topic.partitions[i].is_answered)
            delivery_reached(target->delivery, i, target->feed.topic.partitions[i].position);
    delivery_read_seek(target);
}

int64_t *delivery_read_ends(const struct delivery_target *target)
{
    int64_t *ends = malloc((size_t)target->feed.topic.partition_count * sizeof(ends[0]));
    for (int32_t i = 0; ends != NULL && i < target->feed.topic.partition_count; i++)
        ends[i] = target->feed.topic.partitions[i].end;
    return ends;
}

/* Nothing is read meanwhile: what was fetched is from before. */
int delivery_read_heed(struct delivery_target *target)
{
    const struct delivery_wish *wish = &target->book.wish;
    if (!delivery_is_wish_new(delivery_standing(target->delivery), wish))
        return EXIT_OK;
    for (int32_t i = 0; i < target->feed.topic.partition_count; i++)
        topic_reader_stop(&target->feed.topic, i);
    const int exit_code = alert_feed_ask_ends(&target->feed);
    if (exit_code == EXIT_OK && *target->needs->is_stopped)
        return EXIT_OK; /* they may not be known */
    int64_t *ends = exit_code == EXIT_OK ? delivery_read_ends(target) : NULL;
    if (ends == NULL)
        return exit_code == EXIT_OK ? EXIT_OS : exit_code;
    delivery_replay(target->delivery, wish, ends, delivery_target_now_ms(target));
    free(ends);
    delivery_read_seek(target);
    log_info(COMPONENT, "tells again, as was wished subscription=%s", target->subscription->name);
    return EXIT_OK;
}
