/* From a producer's hand to a reader's eye: sends moves that raise an alert at once, at a steady rate, and reads what
 * is published on `alerts` (read committed) about them.
 *
 *     measure_latency --first=N --rate=200 --seconds=10 --set=…
 *         sending                       when the reader is at the end of the topic
 *         <sent, monotonic s> <ms>      for each move, in the order sent
 *
 * The moves are of the children latency-00000N and following, who must live at "left" and go to school. What comes back
 * names the child in its value if it is an alert, else in its key.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/probe.h"
#include "consumer/topics.h"
#include "schemas/alert_record.h"
#include "schemas/event.h"

#define EVENT_SIZE 1024
#define CHILD_SIZE 32
#define CHILD_FORMAT "latency-%06u"
#define PATIENCE_S 20
#define MOVED_ON 20346 /* 2025-09-15, a Monday in term everywhere */
#define DAY_MS INT64_C(86400000)

static double first = 0, rate = 200, seconds = 10;

struct run {
    struct settings settings;
    rd_kafka_t *producer, *reader;
    rd_kafka_topic_t *moves;
    int32_t partitions;
    struct alert_reader *alerts;
    struct framings framings;
    double *sent_s, *seen_s; /* by child */
    unsigned count, sent, seen;
};

static void producer_open(struct run *run)
{
    const struct client_property properties[] = {{"enable.idempotence", "true"}, {"linger.ms", "0"}};
    int32_t partitions[TOPIC_COUNT];
    run->producer = probe_client(RD_KAFKA_PRODUCER, client_configuration(&run->settings, properties, 2));
    if (topics_find(run->producer, &run->settings, partitions, stderr, NULL) != 0 || partitions[TOPIC_MOVES] == 0)
        probe_fail("looking up topics", client_last_error());
    run->partitions = partitions[TOPIC_MOVES];
    run->moves = rd_kafka_topic_new(run->producer, run->settings.topics[TOPIC_MOVES], NULL);
}

static struct event move_of(const char *child)
{
    struct event event = {
        .child_id = {child, (uint32_t)strlen(child)}, .from_location_id = {"left", 4}, .reason = {"OTHER", 5}};
    event.fact = (struct fact){.recorded_at_ms = MOVED_ON * DAY_MS,
                               .occurred_on = {MOVED_ON},
                               .birth_date = DAY_ABSENT,
                               .applied_on = DAY_ABSENT,
                               .place = {{"reached", 7}, LOCATION_CENTRE, REGION_MIDDLE},
                               .kind = FACT_MOVED};
    memcpy(event.fact.event_id.bytes, child + strlen(child) - 8, 8);
    event.fact.event_id.bytes[15] = 2; /* no other event of the child has it */
    return event;
}

static void send_next(struct run *run)
{
    char child[CHILD_SIZE];
    uint8_t bytes[EVENT_SIZE];
    snprintf(child, sizeof child, CHILD_FORMAT, (unsigned)first + run->sent);
    const struct event event = move_of(child);
    const size_t length = event_write(&event, &run->framings, bytes, sizeof bytes);
    const int32_t partition = key_partition(key_murmur2(event.child_id), run->partitions);
    run->sent_s[run->sent++] = probe_now_s();
    if (rd_kafka_produce(run->moves, partition, RD_KAFKA_MSG_F_COPY, bytes, length, child, strlen(child), NULL) != 0)
        probe_fail("sending", rd_kafka_err2str(rd_kafka_last_error()));
}

static bool child_of(struct run *run, const rd_kafka_message_t *message, unsigned *number)
{
    struct alert_record record;
    struct finding finding;
    char child[CHILD_SIZE];
    struct text name = {message->key, (uint32_t)message->key_len};
    if (message->payload != NULL && alert_record_read(run->alerts, message->payload, message->len, &record, &finding))
        name = record.child_id;
    snprintf(child, sizeof child, "%.*s", (int)name.length, name.bytes);
    return sscanf(child, CHILD_FORMAT, number) == 1 && *number >= (unsigned)first &&
           *number - (unsigned)first < run->sent;
}

static void on_published(struct run *run, const rd_kafka_message_t *message)
{
    unsigned number;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR || !child_of(run, message, &number))
        return;
    double *seen_s = &run->seen_s[number - (unsigned)first];
    run->seen += *seen_s == 0;
    *seen_s = *seen_s == 0 ? probe_now_s() : *seen_s;
}

/* Reads until the next move is due, at least once. */
static void read_until(struct run *run, double until_s)
{
    double left_s;
    do {
        left_s = until_s - probe_now_s();
        const int wait_ms = left_s <= 0 ? 0 : (int)ceil(left_s * 1e3);
        rd_kafka_message_t *message = rd_kafka_consumer_poll(run->reader, wait_ms);
        if (message == NULL)
            continue;
        on_published(run, message);
        rd_kafka_message_destroy(message);
    } while (left_s > 0 && run->seen < run->count);
}

/* The first fetch is on its way when every partition has told its end. */
static void reader_settle(struct run *run, int32_t partitions)
{
    for (int32_t ended = 0; ended < partitions;) {
        rd_kafka_message_t *message = rd_kafka_consumer_poll(run->reader, 1000);
        if (message == NULL)
            continue;
        ended += message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF;
        rd_kafka_message_destroy(message);
    }
    puts("sending");
    fflush(stdout);
}

static void measure(struct run *run)
{
    const double began_s = probe_now_s();
    while (run->sent < run->count) {
        send_next(run);
        read_until(run, began_s + run->sent / rate);
    }
    while (run->seen < run->count && probe_now_s() < began_s + seconds + PATIENCE_S)
        read_until(run, probe_now_s() + 0.01);
    if (run->seen < run->count)
        probe_fail("waited in vain", "not every move was answered by an alert");
    for (unsigned i = 0; i < run->count; i++)
        printf("%.6f %.3f\n", run->sent_s[i], (run->seen_s[i] - run->sent_s[i]) * 1e3);
}

int main(int argc, char **argv)
{
    const struct probe_number numbers[] = {{"first", &first}, {"rate", &rate}, {"seconds", &seconds}};
    struct run run = {.alerts = alert_reader_new()};
    int32_t partitions;
    probe_arguments(argc, argv, numbers, sizeof numbers / sizeof numbers[0], &run.settings);
    framings_single_object(&run.framings);
    run.count = (unsigned)(rate * seconds);
    run.sent_s = calloc(run.count, sizeof *run.sent_s);
    run.seen_s = calloc(run.count, sizeof *run.seen_s);
    if (run.alerts == NULL || run.sent_s == NULL || run.seen_s == NULL)
        probe_fail("starting", "memory is short");
    producer_open(&run);
    run.reader = probe_reader(&run.settings, TOPIC_ALERTS, TOPIC_ALERTS, RD_KAFKA_OFFSET_END, &partitions);
    reader_settle(&run, partitions);
    measure(&run);
    rd_kafka_topic_destroy(run.moves);
    rd_kafka_destroy(run.producer);
    rd_kafka_consumer_close(run.reader);
    rd_kafka_destroy(run.reader);
    alert_reader_free(run.alerts);
    free(run.sent_s);
    free(run.seen_s);
    settings_fini(&run.settings);
    return 0;
}
