/* What the service wrote, counted from its topics, so that the bare loop can write as much: how many transactions,
 * records and bytes while it read its backlog, and how many when it judged the children afterwards.
 *
 *     tally_outputs --set=…    one JSON object; bytes are means of values
 *
 * Transactions of the backlog are told by the progress record each writes in a partition; those that judged by the
 * instant that all their alerts have.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/probe.h"
#include "schemas/alert_record.h"
#include "schemas/state.h"

struct amount {
    uint64_t records, bytes;
};

struct phase {
    uint64_t transactions;
    struct amount state, alerts, violations;
};

struct tally {
    struct phase reading, judging;
    struct amount progress;
    struct amount *pending;         /* by partition: state records whose progress record is still to come */
    uint64_t *reading_transactions; /* by partition */
    int64_t *instants;              /* of alerts, each once */
    size_t instant_count, instant_capacity;
    struct alert_reader *reader;
};

static void add(struct amount *to, uint64_t records, uint64_t bytes)
{
    to->records += records;
    to->bytes += bytes;
}

static void instant_note(struct tally *tally, int64_t instant_ms)
{
    for (size_t i = tally->instant_count; i-- > 0;)
        if (tally->instants[i] == instant_ms)
            return;
    if (tally->instant_count == tally->instant_capacity) {
        tally->instant_capacity = tally->instant_capacity * 2 + 256;
        tally->instants = realloc(tally->instants, tally->instant_capacity * sizeof *tally->instants);
        if (tally->instants == NULL)
            probe_fail("counting", "memory is short");
    }
    tally->instants[tally->instant_count++] = instant_ms;
}

static void on_alert(struct tally *tally, const rd_kafka_message_t *message)
{
    struct alert_record record;
    struct finding finding;
    add(&tally->judging.alerts, 1, message->len);
    if (message->payload != NULL && alert_record_read(tally->reader, message->payload, message->len, &record, &finding))
        instant_note(tally, record.logged_at_ms);
}

/* A transaction's state records stand before its progress record. */
static void on_state(struct tally *tally, const rd_kafka_message_t *message)
{
    struct amount *pending = &tally->pending[message->partition];
    struct progress progress;
    if (message->key_len != strlen(PROGRESS_KEY) || memcmp(message->key, PROGRESS_KEY, message->key_len) != 0) {
        add(pending, 1, message->len);
        return;
    }
    if (!progress_read(message->payload, message->len, &progress))
        probe_fail("a progress record", "of no format known here");
    const bool reading = day_is_absent(progress.judged_through);
    uint64_t *transactions = &tally->reading_transactions[message->partition];
    add(&tally->progress, 1, message->len);
    add(reading ? &tally->reading.state : &tally->judging.state, pending->records, pending->bytes);
    *pending = (struct amount){0};
    *transactions += reading;
    if (*transactions > tally->reading.transactions)
        tally->reading.transactions = *transactions;
}

static void on_message(struct tally *tally, enum topic topic, const rd_kafka_message_t *message)
{
    if (topic == TOPIC_ALERTS)
        on_alert(tally, message);
    else if (topic == TOPIC_VIOLATIONS)
        add(&tally->judging.violations, 1, message->len);
    else
        on_state(tally, message);
}

static void amount_print(const char *name, const struct amount *amount)
{
    printf(", \"%s\": %llu, \"%s_bytes\": %.1f", name, (unsigned long long)amount->records, name,
           amount->records == 0 ? 0.0 : (double)amount->bytes / (double)amount->records);
}

static void tally_print(const struct tally *tally)
{
    printf("{\"reading_transactions\": %llu", (unsigned long long)tally->reading.transactions);
    amount_print("reading_state", &tally->reading.state);
    printf(", \"judging_transactions\": %zu", tally->instant_count);
    amount_print("judging_state", &tally->judging.state);
    amount_print("alerts", &tally->judging.alerts);
    amount_print("violations", &tally->judging.violations);
    amount_print("progress", &tally->progress);
    printf("}\n");
}

int main(int argc, char **argv)
{
    struct settings settings;
    struct tally tally = {.reader = alert_reader_new()};
    int32_t partitions;
    probe_arguments(argc, argv, NULL, 0, &settings);
    rd_kafka_t *reader = probe_reader(&settings, TOPIC_ALERTS, TOPIC_STATE, 0, &partitions);
    tally.pending = calloc((size_t)partitions, sizeof *tally.pending);
    tally.reading_transactions = calloc((size_t)partitions, sizeof *tally.reading_transactions);
    if (tally.reader == NULL || tally.pending == NULL || tally.reading_transactions == NULL)
        probe_fail("starting", "memory is short");
    for (int32_t ended = 0; ended < partitions;) {
        rd_kafka_message_t *message = rd_kafka_consumer_poll(reader, 100);
        if (message == NULL)
            continue;
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
            ended++;
        else if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
            on_message(&tally, probe_topic_of(&settings, rd_kafka_topic_name(message->rkt)), message);
        rd_kafka_message_destroy(message);
    }
    tally_print(&tally);
    rd_kafka_consumer_close(reader);
    rd_kafka_destroy(reader);
    alert_reader_free(tally.reader);
    free(tally.instants);
    free(tally.pending);
    free(tally.reading_transactions);
    settings_fini(&settings);
    return 0;
}
