/* The bare loop (bare_loop.h).
 *
 *     bare_loop --set=… [AMOUNT]…            reads all inputs, then writes what judging wrote, and ends
 *     bare_loop --live=1 --set=… [AMOUNT]…   reads from the end on, and commits as soon as the input is drained
 *
 * A live loop says "ready" when it is assigned, writes for each line on stdin what a midnight wrote, and ends when
 * stdin does. After judging or a midnight comes the line "midnight {…}", at the end {"transactions": …}.
 */
#include "bench/bare_loop.h"

#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define IDLE_MS 100

/* The amounts: what tally_outputs found the service to write. */
static double live = 0;
static double transaction_events = 100000; /* while it reads */
static double per_event[BARE_OUTPUTS];     /* records an event */
static double chunks = 0;                  /* transactions of judging, or of a midnight */
static double judged[BARE_OUTPUTS];        /* records in all of them */
static double value_size[BARE_OUTPUTS] = {250, 200, 200};
static double progress_size = 100;

/* --- transactions --- */

/* What the input has read is written: so many records of each kind for each event on the average. */
static void batch_write(struct bare_loop *loop)
{
    struct bare_batch gathered = loop->gathering;
    loop->gathering = loop->taken;
    loop->gathering.count = 0;
    memset(loop->gathering.touched, 0, sizeof loop->gathering.touched);
    loop->taken = gathered;
    bare_writer_begin(&loop->writer);
    for (uint32_t i = 0; i < gathered.count; i++)
        for (enum bare_output output = 0; output < BARE_OUTPUTS; output++)
            for (loop->owed[output] += per_event[output]; loop->owed[output] >= 1; loop->owed[output] -= 1)
                bare_writer_put(&loop->writer, output, gathered.inputs[i].partition, gathered.inputs[i].key,
                                gathered.inputs[i].key_length);
    bare_writer_finish(&loop->writer, gathered.touched, loop->partitions, loop->position);
}

/* Keys are made before anything is measured: they are what the rules would have computed. */
static void alert_keys_make(struct bare_loop *loop)
{
    size_t count = 1;
    for (enum bare_output output = 0; output < BARE_OUTPUTS && chunks > 0; output++)
        if (judged[output] / chunks + 2 > (double)count)
            count = (size_t)(judged[output] / chunks) + 2;
    loop->alert_keys = malloc(count * sizeof *loop->alert_keys);
    if (loop->alert_keys == NULL)
        probe_fail("starting", "memory is short");
    for (size_t i = 0; i < count; i++) {
        char text[BARE_ALERT_KEY_LENGTH + 1];
        snprintf(text, sizeof text, "%036zu", i);
        memcpy(loop->alert_keys[i], text, BARE_ALERT_KEY_LENGTH);
    }
}

/* One chunk of judging: of each output its share of records, all in the partitions that are its share, too. */
static void chunk_write(struct bare_loop *loop, int chunk)
{
    static const size_t key_lengths[BARE_OUTPUTS] = {13, BARE_ALERT_KEY_LENGTH, BARE_ALERT_KEY_LENGTH};
    bool touched[BARE_PARTITIONS_MAX] = {0};
    const double share = 1 / chunks;
    bare_writer_begin(&loop->writer);
    for (enum bare_output output = 0; output < BARE_OUTPUTS; output++) {
        const size_t from = (size_t)(judged[output] * chunk * share),
                     to = (size_t)(judged[output] * (chunk + 1) * share);
        for (size_t i = from; i < to; i++) {
            int32_t partition = (int32_t)((double)i / judged[output] * loop->partitions);
            touched[partition] = true;
            bare_writer_put(&loop->writer, output, partition, loop->alert_keys[i - from], key_lengths[output]);
        }
    }
    bare_writer_finish(&loop->writer, touched, loop->partitions, loop->position);
}

static void writer_wait(struct bare_loop *loop)
{
    struct pollfd woken = {loop->wake, POLLIN, 0};
    uint64_t count;
    while (bare_writer_is_busy(&loop->writer))
        if (poll(&woken, 1, IDLE_MS) > 0 && read(loop->wake, &count, sizeof count) < 0)
            break;
}

static void chunks_write(struct bare_loop *loop)
{
    const double began_s = probe_now_s();
    loop->writer.longest_s = 0;
    for (int chunk = 0; chunk < (int)chunks; chunk++) {
        chunk_write(loop, chunk);
        writer_wait(loop);
    }
    printf("midnight {\"began_s\": %.6f, \"seconds\": %.6f, \"longest_s\": %.6f}\n", began_s, probe_now_s() - began_s,
           loop->writer.longest_s);
    fflush(stdout);
}

/* --- the loop --- */

static bool all_is_read(const struct bare_loop *loop)
{
    for (int32_t partition = 0; partition < loop->partitions; partition++)
        for (int input = 0; input < INPUTS; input++)
            if (loop->position[partition][input] < loop->end[partition][input])
                return false;
    return loop->assigned;
}

static bool batch_is_due(struct bare_loop *loop)
{
    if (loop->gathering.count == 0 || bare_writer_is_busy(&loop->writer))
        return false;
    return loop->live ? loop->drained : loop->gathering.count >= loop->transaction_events || all_is_read(loop);
}

static bool all_is_written(struct bare_loop *loop)
{
    return !loop->live && all_is_read(loop) && loop->gathering.count == 0 && !bare_writer_is_busy(&loop->writer);
}

/* False when stdin ends, by which a live loop is told to. */
static bool wait_for_news(struct bare_loop *loop, bool *midnight)
{
    struct pollfd news[] = {{loop->wake, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    const bool full = loop->gathering.count >= loop->transaction_events;
    char line[64];
    uint64_t count;
    *midnight = false;
    if (poll(news, loop->live ? 2 : 1, loop->drained || full ? IDLE_MS : 0) <= 0)
        return true;
    if (news[0].revents != 0 && read(loop->wake, &count, sizeof count) < 0)
        probe_fail("waiting", "eventfd");
    if (!loop->live || news[1].revents == 0)
        return true;
    *midnight = read(STDIN_FILENO, line, sizeof line) > 0;
    return *midnight;
}

static void loop_run(struct bare_loop *loop)
{
    bool midnight = false;
    while (!all_is_written(loop)) {
        bare_inputs_poll(loop);
        if (batch_is_due(loop))
            batch_write(loop);
        if (!wait_for_news(loop, &midnight))
            break;
        if (midnight) {
            writer_wait(loop);
            chunks_write(loop);
        }
    }
    writer_wait(loop);
    if (!loop->live && chunks > 0)
        chunks_write(loop);
}

static void loop_close(struct bare_loop *loop)
{
    bare_writer_close(&loop->writer);
    rd_kafka_consumer_close(loop->consumer);
    rd_kafka_queue_io_event_enable(loop->queue, -1, NULL, 0);
    rd_kafka_queue_destroy(loop->queue);
    rd_kafka_consumer_group_metadata_destroy((rd_kafka_consumer_group_metadata_t *)(uintptr_t)loop->writer.group);
    rd_kafka_destroy(loop->consumer);
    free(loop->gathering.inputs);
    free(loop->taken.inputs);
    free(loop->alert_keys);
    close(loop->wake);
    settings_fini(&loop->settings);
}

int main(int argc, char **argv)
{
    static struct bare_loop loop;
    const struct probe_number numbers[] = {
        {"live", &live},
        {"transaction-events", &transaction_events},
        {"state-per-event", &per_event[BARE_STATE]},
        {"alerts-per-event", &per_event[BARE_ALERTS]},
        {"violations-per-event", &per_event[BARE_VIOLATIONS]},
        {"chunks", &chunks},
        {"judged-state", &judged[BARE_STATE]},
        {"judged-alerts", &judged[BARE_ALERTS]},
        {"judged-violations", &judged[BARE_VIOLATIONS]},
        {"state-bytes", &value_size[BARE_STATE]},
        {"alert-bytes", &value_size[BARE_ALERTS]},
        {"violation-bytes", &value_size[BARE_VIOLATIONS]},
        {"progress-bytes", &progress_size},
    };
    probe_arguments(argc, argv, numbers, sizeof numbers / sizeof numbers[0], &loop.settings);
    loop.wake = eventfd(0, EFD_CLOEXEC);
    loop.writer = (struct bare_writer){
        .settings = &loop.settings, .bytes = value_size, .progress_bytes = progress_size, .wake = loop.wake};
    alert_keys_make(&loop);
    loop.live = live != 0;
    loop.transaction_events = (uint32_t)transaction_events;
    bare_inputs_open(&loop);
    bare_writer_open(&loop.writer);
    bare_inputs_subscribe(&loop);
    loop_run(&loop);
    printf("{\"transactions\": %llu}\n", (unsigned long long)loop.writer.transactions);
    loop_close(&loop);
    return 0;
}
