/* `produce`: events of JSON lines to the three input topics, keyed and placed by child. */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "consumer/clock.h"
#include "consumer/command.h"
#include "consumer/event_sender.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/own_schemas.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"
#include "consumer/unknown_field.h"
#include "schemas/byte_order_mark.h"
#include "schemas/event.h"

#define PROGRESS_EVENTS 4096 /* so many lines between two looks at the clock */
#define PROGRESS_MS 200
#define WAIT_MS 100

struct producing {
    struct event_sender sender;
    uint64_t bad_lines;
    struct unknown_names unknown; /* of all files */
    int64_t started_ms, shown_ms;
    bool has_terminal;
    bool is_refused; /* the client is past help */
};

static volatile sig_atomic_t is_interrupted;

static void on_signal(int signal)
{
    (void)signal;
    is_interrupted = 1;
}

/* The first Ctrl-C ends reading, and what was read is still delivered; the second ends everything. */
static void catch_signals(void)
{
    const struct sigaction once = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &once, NULL);
    sigaction(SIGTERM, &once, NULL);
}

/* --- progress --- */

static uint64_t sent_in_all(const struct event_sender *sender)
{
    return sender->sent[STREAM_PLACEMENT] + sender->sent[STREAM_MOVE] + sender->sent[STREAM_ENROLLMENT];
}

static void show_progress(struct producing *producing)
{
    const int64_t now_ms = clock_monotonic_ms();
    if (!producing->has_terminal || now_ms - producing->shown_ms < PROGRESS_MS)
        return;
    producing->shown_ms = now_ms;
    const uint64_t sent = sent_in_all(&producing->sender);
    const int64_t elapsed_ms = now_ms - producing->started_ms;
    fprintf(stderr, "\r%" PRIu64 " events, %" PRIu64 "/s, %d under way\033[K", sent,
            elapsed_ms > 0 ? sent * 1000 / (uint64_t)elapsed_ms : 0, rd_kafka_outq_len(producing->sender.kafka));
}

static void clear_progress(const struct producing *producing)
{
    if (producing->has_terminal)
        fputs("\r\033[K", stderr);
}

/* --- sending --- */

static bool goes_on(const struct producing *producing)
{
    return !is_interrupted && !producing->is_refused;
}

static void send_event(struct producing *producing, const struct event *event)
{
    rd_kafka_resp_err_t error;
    while ((error = event_sender_offer(&producing->sender, event)) == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
        if (is_interrupted)
            return;
        rd_kafka_poll(producing->sender.kafka, WAIT_MS);
        show_progress(producing);
    }
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    log_error("produce", "a record was refused: %s", rd_kafka_err2str(error));
    producing->sender.first_error = error;
    producing->is_refused = true;
}

static void name_bad_line(struct producing *producing, const char *file, uint64_t line, const struct finding *finding)
{
    clear_progress(producing);
    producing->bad_lines++;
    fprintf(stderr, "%s:%" PRIu64 ": %s%s%s, %s\n", file, line, problem_names[finding->problem],
            *finding->field == '\0' ? "" : " ", finding->field, problem_sentences[finding->problem]);
}

static bool is_blank(const char *line, size_t length)
{
    return strspn(line, " \t\r\n") == length;
}

/* Those that were not said before, of which there were ALREADY so many. */
static void name_unknown_fields(const struct producing *producing, const char *file, size_t already)
{
    const struct unknown_names *unknown = &producing->unknown;
    if (already < unknown->count)
        clear_progress(producing);
    for (; already < unknown->count; already++)
        unknown_field_say(stderr, file, unknown->items[already].line, unknown->items[already].name);
}

static void send_line(struct producing *producing, const char *file, const char *line, size_t length,
                      struct event_storage *storage)
{
    const size_t already = producing->unknown.count;
    struct event event;
    struct finding finding;
    if (event_read_json(line, length, storage, &event, &finding))
        send_event(producing, &event);
    else
        name_bad_line(producing, file, producing->unknown.line, &finding);
    name_unknown_fields(producing, file, already);
}

static void send_lines(struct producing *producing, FILE *lines, const char *file)
{
    struct event_storage storage = {.unknown = &producing->unknown};
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    for (uint64_t number = 1; goes_on(producing) && (length = getline(&line, &size, lines)) >= 0; number++) {
        const size_t mark = number == 1 ? byte_order_mark(line, (size_t)length) : 0;
        producing->unknown.line = number;
        if (!is_blank(line + mark, (size_t)length - mark))
            send_line(producing, file, line + mark, (size_t)length - mark, &storage);
        if (number % PROGRESS_EVENTS == 0) {
            rd_kafka_poll(producing->sender.kafka, 0);
            show_progress(producing);
        }
    }
    event_storage_fini(&storage);
    free(line);
}

static int send_file(struct producing *producing, const char *file)
{
    const bool is_stdin = strcmp(file, "-") == 0;
    FILE *lines = is_stdin ? stdin : fopen(file, "r");
    if (lines == NULL) {
        fprintf(stderr, "%s: can not be opened: %s\n", file, strerror(errno));
        return EXIT_NO_INPUT;
    }
    int exit_code = EXIT_OK;
    send_lines(producing, lines, is_stdin ? "(stdin)" : file);
    if (goes_on(producing) && !feof(lines)) {
        fprintf(stderr, "%s: reading failed: %s\n", file, strerror(errno));
        exit_code = EXIT_IO;
    }
    if (!is_stdin)
        fclose(lines);
    return exit_code;
}

/* --- the command --- */

/* Waits until everything is delivered or given up (message.timeout.ms). */
static void flush(struct producing *producing)
{
    while (rd_kafka_flush(producing->sender.kafka, WAIT_MS) == RD_KAFKA_RESP_ERR__TIMED_OUT)
        show_progress(producing);
    clear_progress(producing);
}

static int conclude(const struct producing *producing, int exit_code)
{
    const struct event_sender *sender = &producing->sender;
    const uint64_t sent = sent_in_all(sender), delivered = sent - sender->undelivered;
    log_info("produce",
             "delivered events=%" PRIu64 " placements=%" PRIu64 " moves=%" PRIu64 " enrollments=%" PRIu64
             " bad_lines=%" PRIu64 " ms=%" PRId64,
             delivered, sender->sent[STREAM_PLACEMENT], sender->sent[STREAM_MOVE], sender->sent[STREAM_ENROLLMENT],
             producing->bad_lines, clock_monotonic_ms() - producing->started_ms);
    if (sender->undelivered > 0)
        log_error("produce",
                  "not delivered events=%" PRIu64 " topic=%s: %s; produce the same file again, repetition does no harm",
                  sender->undelivered, sender->first_topic, rd_kafka_err2str(sender->first_error));
    if (sender->first_error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return client_exit_code(sender->first_error);
    return exit_code == EXIT_OK && producing->bad_lines > 0 ? EXIT_DATA : exit_code;
}

static int send_files(struct producing *producing, const struct arguments *arguments)
{
    int exit_code = EXIT_OK;
    for (size_t i = 0; i < arguments->operand_count && goes_on(producing); i++) {
        const int each = send_file(producing, arguments->operands[i]);
        exit_code = each == EXIT_OK ? exit_code : each;
    }
    flush(producing);
    return conclude(producing, exit_code);
}

/* The number of partitions decides where a child's events go, so it is asked for and never guessed. */
static int find_topics(struct event_sender *sender, const struct settings *settings)
{
    int32_t partition_counts[TOPIC_COUNT];
    const int exit_code = topics_reach(sender->kafka, settings, TOPIC_SET_INPUTS, partition_counts, stderr, NULL);
    for (int stream = 0; exit_code == EXIT_OK && stream < STREAM_COUNT; stream++) /* inputs come first of the topics */
        sender->partition_counts[stream] = partition_counts[stream];
    return exit_code;
}

static int run(const struct arguments *arguments)
{
    const struct settings *settings = arguments->settings;
    struct producing producing = {.started_ms = clock_monotonic_ms(), .has_terminal = isatty(STDERR_FILENO) == 1};
    if (!event_sender_open(&producing.sender, settings, "produce"))
        return EXIT_CONFIG;
    int exit_code = find_topics(&producing.sender, settings);
    if (exit_code == EXIT_OK)
        exit_code = own_schemas_frame(settings, TOPIC_USE_READ, &producing.sender.framings);
    if (exit_code == EXIT_OK) {
        catch_signals();
        exit_code = send_files(&producing, arguments);
    }
    event_sender_close(&producing.sender);
    return exit_code;
}

const struct command command_produce = {
    .name = "produce",
    .operands = "FILE…",
    .summary = "send events to the input topics",
    .details =
        "Reads events as JSON lines (- is standard input) and sends each to the topic of its stream, with child_id as "
        "the "
        "key, in the partition that the service expects it in. Lines that are no events are named and passed over; the "
        "exit code is then 65. Sending a file again does no harm: an event counts once.",
    .operand_minimum = 1,
    .operand_maximum = SIZE_MAX,
    .has_settings = true,
    .run = run,
};
