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
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/own_schemas.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"
#include "consumer/unknown_field.h"
#include "schemas/byte_order_mark.h"
#include "schemas/event.h"

#define EVENT_AVRO_BYTES_MAX 1024 /* event_write: always suffices */
#define PROGRESS_EVENTS 4096      /* so many lines between two looks at the clock */
#define PROGRESS_MS 200
#define WAIT_MS 100

struct sender {
    rd_kafka_t *kafka;
    rd_kafka_topic_t *topics[STREAM_COUNT];
    int32_t partition_counts[STREAM_COUNT];
    struct framings framings;
    uint64_t sent[STREAM_COUNT];
    uint64_t bad_lines, undelivered;
    struct unknown_names unknown;    /* of all files */
    rd_kafka_resp_err_t first_error; /* of what was not delivered */
    char first_topic[256];           /* and of which topic */
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

/* Called for what could not be delivered alone (delivery.report.only.error). */
static void on_delivery(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque)
{
    (void)kafka;
    struct sender *sender = opaque;
    if (sender->undelivered++ > 0)
        return;
    sender->first_error = message->err;
    snprintf(sender->first_topic, sizeof(sender->first_topic), "%s", rd_kafka_topic_name(message->rkt));
}

/* --- progress --- */

static uint64_t sent_in_all(const struct sender *sender)
{
    return sender->sent[STREAM_PLACEMENT] + sender->sent[STREAM_MOVE] + sender->sent[STREAM_ENROLLMENT];
}

static void show_progress(struct sender *sender)
{
    const int64_t now_ms = clock_monotonic_ms();
    if (!sender->has_terminal || now_ms - sender->shown_ms < PROGRESS_MS)
        return;
    sender->shown_ms = now_ms;
    const uint64_t sent = sent_in_all(sender);
    const int64_t elapsed_ms = now_ms - sender->started_ms;
    fprintf(stderr, "\r%" PRIu64 " events, %" PRIu64 "/s, %d under way\033[K", sent,
            elapsed_ms > 0 ? sent * 1000 / (uint64_t)elapsed_ms : 0, rd_kafka_outq_len(sender->kafka));
}

static void clear_progress(const struct sender *sender)
{
    if (sender->has_terminal)
        fputs("\r\033[K", stderr);
}

/* --- sending --- */

static bool goes_on(const struct sender *sender)
{
    return !is_interrupted && !sender->is_refused;
}

static void send_record(struct sender *sender, enum stream stream, struct text key, uint8_t *value, size_t length)
{
    const int32_t partition = key_partition(key_murmur2(key), sender->partition_counts[stream]);
    while (!is_interrupted) {
        if (rd_kafka_produce(sender->topics[stream], partition, RD_KAFKA_MSG_F_COPY, value, length, key.bytes,
                             key.length, NULL) == 0) {
            sender->sent[stream]++;
            return;
        }
        if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
            log_error("produce", "a record was refused: %s", rd_kafka_err2str(rd_kafka_last_error()));
            sender->first_error = rd_kafka_last_error();
            sender->is_refused = true;
            return;
        }
        rd_kafka_poll(sender->kafka, WAIT_MS);
        show_progress(sender);
    }
}

static void name_bad_line(struct sender *sender, const char *file, uint64_t line, const struct finding *finding)
{
    clear_progress(sender);
    sender->bad_lines++;
    fprintf(stderr, "%s:%" PRIu64 ": %s%s%s, %s\n", file, line, problem_names[finding->problem],
            *finding->field == '\0' ? "" : " ", finding->field, problem_sentences[finding->problem]);
}

static bool is_blank(const char *line, size_t length)
{
    return strspn(line, " \t\r\n") == length;
}

/* Those that were not said before, of which there were ALREADY so many. */
static void name_unknown_fields(const struct sender *sender, const char *file, size_t already)
{
    const struct unknown_names *unknown = &sender->unknown;
    if (already < unknown->count)
        clear_progress(sender);
    for (; already < unknown->count; already++)
        unknown_field_say(stderr, file, unknown->items[already].line, unknown->items[already].name);
}

static void send_line(struct sender *sender, const char *file, const char *line, size_t length,
                      struct event_storage *storage)
{
    const size_t already = sender->unknown.count;
    uint8_t bytes[EVENT_AVRO_BYTES_MAX];
    struct event event;
    struct finding finding;
    if (event_read_json(line, length, storage, &event, &finding))
        send_record(sender, fact_stream(event.fact.kind), event.child_id, bytes,
                    event_write(&event, &sender->framings, bytes, sizeof(bytes)));
    else
        name_bad_line(sender, file, sender->unknown.line, &finding);
    name_unknown_fields(sender, file, already);
}

static void send_lines(struct sender *sender, FILE *lines, const char *file)
{
    struct event_storage storage = {.unknown = &sender->unknown};
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    for (uint64_t number = 1; goes_on(sender) && (length = getline(&line, &size, lines)) >= 0; number++) {
        const size_t mark = number == 1 ? byte_order_mark(line, (size_t)length) : 0;
        sender->unknown.line = number;
        if (!is_blank(line + mark, (size_t)length - mark))
            send_line(sender, file, line + mark, (size_t)length - mark, &storage);
        if (number % PROGRESS_EVENTS == 0) {
            rd_kafka_poll(sender->kafka, 0);
            show_progress(sender);
        }
    }
    event_storage_fini(&storage);
    free(line);
}

static int send_file(struct sender *sender, const char *file)
{
    const bool is_stdin = strcmp(file, "-") == 0;
    FILE *lines = is_stdin ? stdin : fopen(file, "r");
    if (lines == NULL) {
        fprintf(stderr, "%s: can not be opened: %s\n", file, strerror(errno));
        return EXIT_NO_INPUT;
    }
    int exit_code = EXIT_OK;
    send_lines(sender, lines, is_stdin ? "(stdin)" : file);
    if (goes_on(sender) && !feof(lines)) {
        fprintf(stderr, "%s: reading failed: %s\n", file, strerror(errno));
        exit_code = EXIT_IO;
    }
    if (!is_stdin)
        fclose(lines);
    return exit_code;
}

/* --- the command --- */

/* Waits until everything is delivered or given up (message.timeout.ms). */
static void flush(struct sender *sender)
{
    while (rd_kafka_flush(sender->kafka, WAIT_MS) == RD_KAFKA_RESP_ERR__TIMED_OUT)
        show_progress(sender);
    clear_progress(sender);
}

static int conclude(const struct sender *sender, int exit_code)
{
    const uint64_t sent = sent_in_all(sender), delivered = sent - sender->undelivered;
    log_info("produce",
             "delivered events=%" PRIu64 " placements=%" PRIu64 " moves=%" PRIu64 " enrollments=%" PRIu64
             " bad_lines=%" PRIu64 " ms=%" PRId64,
             delivered, sender->sent[STREAM_PLACEMENT], sender->sent[STREAM_MOVE], sender->sent[STREAM_ENROLLMENT],
             sender->bad_lines, clock_monotonic_ms() - sender->started_ms);
    if (sender->undelivered > 0)
        log_error("produce",
                  "not delivered events=%" PRIu64 " topic=%s: %s; produce the same file again, repetition does no harm",
                  sender->undelivered, sender->first_topic, rd_kafka_err2str(sender->first_error));
    if (sender->first_error != RD_KAFKA_RESP_ERR_NO_ERROR)
        return client_exit_code(sender->first_error);
    return exit_code == EXIT_OK && sender->bad_lines > 0 ? EXIT_DATA : exit_code;
}

static int send_files(struct sender *sender, const struct arguments *arguments)
{
    int exit_code = EXIT_OK;
    for (size_t i = 0; i < arguments->operand_count && goes_on(sender); i++) {
        const int each = send_file(sender, arguments->operands[i]);
        exit_code = each == EXIT_OK ? exit_code : each;
    }
    flush(sender);
    return conclude(sender, exit_code);
}

static void close_sender(struct sender *sender)
{
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        if (sender->topics[stream] != NULL)
            rd_kafka_topic_destroy(sender->topics[stream]);
    rd_kafka_destroy(sender->kafka);
}

/* The number of partitions decides where a child's events go, so it is asked for and never guessed. */
static int open_topics(struct sender *sender, const struct settings *settings)
{
    int32_t partition_counts[TOPIC_COUNT];
    const int exit_code = topics_reach(sender->kafka, settings, TOPIC_SET_INPUTS, partition_counts, stderr, NULL);
    if (exit_code != EXIT_OK)
        return exit_code;
    for (int stream = 0; stream < STREAM_COUNT; stream++) { /* inputs come first among the topics, in the same order */
        sender->partition_counts[stream] = partition_counts[stream];
        sender->topics[stream] = rd_kafka_topic_new(sender->kafka, settings->topics[stream], NULL);
    }
    return EXIT_OK;
}

static int open_sender(struct sender *sender, const struct settings *settings)
{
    const struct client_property properties[] = {
        {"enable.idempotence", "true"},
        {"delivery.report.only.error", "true"},
        {"linger.ms", client_default(settings, "linger.ms", "10")},
        {"queue.buffering.max.messages", client_default(settings, "queue.buffering.max.messages", "500000")},
    };
    rd_kafka_conf_t *configuration = client_configuration(settings, properties,
                                                          sizeof(properties) / sizeof(properties[0]));
    if (configuration == NULL)
        return EXIT_CONFIG;
    rd_kafka_conf_set_dr_msg_cb(configuration, on_delivery);
    rd_kafka_conf_set_opaque(configuration, sender);
    sender->kafka = client_new(RD_KAFKA_PRODUCER, configuration, "produce");
    if (sender->kafka == NULL)
        return EXIT_CONFIG;
    int exit_code = open_topics(sender, settings);
    if (exit_code == EXIT_OK)
        exit_code = own_schemas_frame(settings, TOPIC_USE_READ, &sender->framings);
    if (exit_code != EXIT_OK)
        close_sender(sender);
    return exit_code;
}

static int run(const struct arguments *arguments)
{
    struct sender sender = {.started_ms = clock_monotonic_ms(), .has_terminal = isatty(STDERR_FILENO) == 1};
    int exit_code = open_sender(&sender, arguments->settings);
    if (exit_code != EXIT_OK)
        return exit_code;
    catch_signals();
    exit_code = send_files(&sender, arguments);
    close_sender(&sender);
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
