/* `watch`: the alerts topic as it grows, one line a revision. */
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/command.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"
#include "consumer/watch_lines.h"

#define REQUEST_TIMEOUT_MS 10000
#define POLL_MS 200

/* A partition of the alerts topic. */
struct followed {
    int64_t start;
    int64_t end;  /* as it was at the start: the last stable offset, so that what is in flight comes later */
    bool is_read; /* to that end */
};

struct watcher {
    rd_kafka_t *kafka;
    rd_kafka_topic_t *topic;
    rd_kafka_queue_t *queue; /* of all partitions */
    struct followed *partitions;
    int32_t partition_count, partitions_started;
    int32_t unread; /* partitions not yet read to their end */
    struct watch_lines lines;
};

static_assert(ATOMIC_BOOL_LOCK_FREE == 2, "a handler of signals may set it");
static atomic_bool is_interrupted;

static void on_signal(int signal)
{
    (void)signal;
    is_interrupted = true;
}

/* Whatever the first Ctrl-C has to wait for: the second ends the process. */
static void catch_signals(void)
{
    const struct sigaction interrupt = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGTERM, &interrupt, NULL);
    signal(SIGPIPE, SIG_IGN); /* a reader that has seen enough ends us through stdout's error */
}

/* --- following --- */

/* What was published by OFFSET is read, whether it was shown or aborted. */
static void note_position(struct watcher *watcher, int32_t partition, int64_t next_offset)
{
    struct followed *followed = &watcher->partitions[partition];
    if (!followed->is_read && next_offset >= followed->end) {
        followed->is_read = true;
        watcher->unread--;
    }
}

static int take(struct watcher *watcher, const rd_kafka_message_t *message)
{
    int exit_code = EXIT_OK;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        note_position(watcher, message->partition, message->offset);
    } else if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        exit_code = client_reading_failed(message->err, rd_kafka_topic_name(watcher->topic),
                                          rd_kafka_message_errstr(message), "watch");
    } else {
        exit_code = watch_lines_show(&watcher->lines, message);
        note_position(watcher, message->partition, message->offset + 1);
    }
    return exit_code;
}

/* False: nobody takes what we write. */
static bool flush_lines(int *exit_code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    if (errno != EPIPE) {
        log_error("watch", "stdout can not be written: %s", strerror(errno));
        *exit_code = EXIT_IO;
    }
    return false;
}

/* Lines are written out whenever there is nothing more to take at once. */
static int follow(struct watcher *watcher, bool exit_at_end)
{
    int exit_code = EXIT_OK;
    while (exit_code == EXIT_OK && !is_interrupted && !(exit_at_end && watcher->unread == 0)) {
        rd_kafka_message_t *message = rd_kafka_consume_queue(watcher->queue, 0);
        if (message == NULL && !flush_lines(&exit_code))
            return exit_code;
        if (message == NULL)
            message = rd_kafka_consume_queue(watcher->queue, POLL_MS);
        if (message != NULL) {
            exit_code = take(watcher, message);
            rd_kafka_message_destroy(message);
        }
        rd_kafka_poll(watcher->kafka, 0);
    }
    flush_lines(&exit_code);
    return exit_code == EXIT_OK && watcher->lines.unreadable > 0 ? EXIT_DATA : exit_code;
}

/* --- starting --- */

/* Where reading begins is asked for now, and not left to the first fetch: what is published from here on is shown. */
static int ask_partition(struct watcher *watcher, const char *topic, int32_t partition, bool from_beginning)
{
    struct followed *followed = &watcher->partitions[partition];
    int64_t begin;
    const rd_kafka_resp_err_t error = client_watermarks(watcher->kafka, topic, partition, &begin, &followed->end,
                                                        REQUEST_TIMEOUT_MS, NULL);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
        log_error("watch", "the end of %s is not known partition=%d: %s", topic, partition, rd_kafka_err2str(error));
        return client_exit_code(error);
    }
    followed->start = from_beginning ? begin : followed->end;
    watcher->unread++;
    note_position(watcher, partition, followed->start);
    return EXIT_OK;
}

static int start_partition(struct watcher *watcher, int32_t partition)
{
    const struct followed *followed = &watcher->partitions[partition];
    if (rd_kafka_consume_start_queue(watcher->topic, partition, followed->start, watcher->queue) != 0)
        return client_exit_code(rd_kafka_last_error());
    watcher->partitions_started++;
    return EXIT_OK;
}

static int start_partitions(struct watcher *watcher, const struct settings *settings, bool from_beginning)
{
    const char *topic = settings->topics[TOPIC_ALERTS];
    watcher->topic = rd_kafka_topic_new(watcher->kafka, topic, NULL);
    watcher->queue = rd_kafka_queue_new(watcher->kafka);
    watcher->partitions = calloc((size_t)watcher->partition_count, sizeof(watcher->partitions[0]));
    if (watcher->partitions == NULL || !watch_lines_open(&watcher->lines, settings))
        return EXIT_OS;
    int exit_code = EXIT_OK;
    for (int32_t partition = 0; partition < watcher->partition_count && exit_code == EXIT_OK; partition++)
        exit_code = ask_partition(watcher, topic, partition, from_beginning);
    /* All are asked before the first is read: a question would wait behind a fetch that waits for records. */
    for (int32_t partition = 0; partition < watcher->partition_count && exit_code == EXIT_OK; partition++)
        exit_code = start_partition(watcher, partition);
    return exit_code;
}

static int find_topic(struct watcher *watcher, const struct settings *settings)
{
    int32_t partition_counts[TOPIC_COUNT];
    const int exit_code = topics_reach(watcher->kafka, settings, TOPIC_BIT(ALERTS), partition_counts, stderr, NULL);
    if (exit_code == EXIT_OK)
        watcher->partition_count = partition_counts[TOPIC_ALERTS];
    return exit_code;
}

/* No group: who watches leaves no trace on the broker, and needs no rights but to read. */
static rd_kafka_t *make_client(const struct settings *settings)
{
    static const struct client_property properties[] = {
        {"isolation.level", "read_committed"}, {"enable.partition.eof", "true"},  {"enable.auto.commit", "false"},
        {"auto.commit.enable", "false"},       {"auto.offset.reset", "earliest"},
    };
    rd_kafka_conf_t *configuration = client_configuration(settings, properties,
                                                          sizeof(properties) / sizeof(properties[0]));
    return configuration == NULL ? NULL : client_new(RD_KAFKA_CONSUMER, configuration, "watch");
}

static void close_watcher(struct watcher *watcher)
{
    for (int32_t partition = 0; partition < watcher->partitions_started; partition++)
        rd_kafka_consume_stop(watcher->topic, partition);
    if (watcher->queue != NULL)
        rd_kafka_queue_destroy(watcher->queue);
    if (watcher->topic != NULL)
        rd_kafka_topic_destroy(watcher->topic);
    rd_kafka_destroy(watcher->kafka);
    watch_lines_close(&watcher->lines);
    free(watcher->partitions);
}

static int run(const struct arguments *arguments)
{
    const struct settings *settings = arguments->settings;
    struct watcher watcher = {.kafka = make_client(settings)};
    watch_lines_init(&watcher.lines, arguments_value(arguments, "json") != NULL, &is_interrupted);
    if (watcher.kafka == NULL)
        return EXIT_CONFIG;
    int exit_code = find_topic(&watcher, settings);
    if (exit_code == EXIT_OK)
        exit_code = start_partitions(&watcher, settings, arguments_value(arguments, "from-beginning") != NULL);
    if (exit_code == EXIT_OK) {
        catch_signals();
        log_info("watch", "following topic=%s partitions=%d", settings->topics[TOPIC_ALERTS], watcher.partition_count);
        exit_code = follow(&watcher, arguments_value(arguments, "exit-at-end") != NULL);
    }
    close_watcher(&watcher);
    return exit_code;
}

static const struct command_option options[] = {
    {.name = "json", .help = "Print one JSON object a line, with all fields of a revision."},
    {.name = "from-beginning", .help = "Show what the topic holds first, not only what comes."},
    {.name = "exit-at-end", .help = "End when everything published before the start has been shown."},
};

const struct command command_watch = {
    .name = "watch",
    .operands = "",
    .summary = "follow the alerts, one line a revision",
    .details =
        "Shows each revision that was committed, as it comes, until Ctrl-C. The topic is compacted: of an alert that "
        "changed long ago only the newest revision may be left. An alert of a child that was forgotten is shown as "
        "forgotten.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .has_settings = true,
    .run = run,
};
