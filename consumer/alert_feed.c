#include "consumer/alert_feed.h"

#include <unistd.h>

#include "consumer/clock.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"

#define REQUEST_TIMEOUT_MS 10000
#define ASK_EVERY_MS 500
#define SAY_EVERY_MS 60000

/* --- opening ------------------------------------------------------------------------------------------------------ */

/* It follows for ever, with others beside it: so a fetch may wait for news, and little is fetched ahead, which is kept
 * for each partition as long as nobody takes it. */
static rd_kafka_t *make_client(const struct settings *settings, const char *component)
{
    const struct client_property properties[] = {
        {"isolation.level", "read_committed"},
        {"enable.partition.eof", "true"},
        {"auto.offset.reset", "earliest"},
        {"socket.timeout.ms", client_default(settings, "socket.timeout.ms", CONSUMER_SOCKET_TIMEOUT_MS)},
        {"queued.max.messages.kbytes", client_default(settings, "queued.max.messages.kbytes", "1024")},
    };
    rd_kafka_conf_t *configuration = client_configuration(settings, properties,
                                                          sizeof(properties) / sizeof(properties[0]));
    return configuration == NULL ? NULL : client_new(RD_KAFKA_CONSUMER, configuration, component);
}

/* Who is told to end does not wait for an answer, and needs none. */
static int complain(const struct alert_feed *feed, const char *what, rd_kafka_resp_err_t error)
{
    if (*feed->is_stopped)
        return EXIT_OK;
    log_error(feed->component, "%s of topic %s failed: %s", what, feed->settings->topics[TOPIC_ALERTS],
              rd_kafka_err2str(error));
    return client_exit_code(error);
}

/* COUNT 0: the program ends. */
static int find_topic(const struct alert_feed *feed, int32_t *count)
{
    int32_t partition_counts[TOPIC_COUNT] = {0};
    const int exit_code = topics_reach(feed->kafka, feed->settings, TOPIC_BIT(ALERTS), partition_counts, stderr,
                                       feed->is_stopped);
    *count = exit_code == EXIT_OK ? partition_counts[TOPIC_ALERTS] : 0;
    return exit_code;
}

static int open_topic(struct alert_feed *feed, int32_t count)
{
    if (count == 0)
        return EXIT_OK;
    const rd_kafka_resp_err_t error = topic_reader_open(&feed->topic, feed->kafka, feed->settings->topics[TOPIC_ALERTS],
                                                        NULL, count, REQUEST_TIMEOUT_MS, feed->is_stopped);
    return error == RD_KAFKA_RESP_ERR_NO_ERROR ? EXIT_OK : complain(feed, "looking up", error);
}

int alert_feed_ask_ends(struct alert_feed *feed)
{
    const rd_kafka_resp_err_t error = topic_reader_ask_ends(&feed->topic, feed->kafka, feed->settings->start_timeout_ms,
                                                            feed->is_stopped);
    return error == RD_KAFKA_RESP_ERR_NO_ERROR ? EXIT_OK : complain(feed, "asking for the end of a partition", error);
}

static int start_topic(struct alert_feed *feed)
{
    const rd_kafka_resp_err_t error = topic_reader_start_all(&feed->topic);
    return error == RD_KAFKA_RESP_ERR_NO_ERROR ? EXIT_OK : complain(feed, "beginning to read the partitions", error);
}

int alert_feed_find(struct alert_feed *feed, const struct settings *settings, const char *component,
                    const atomic_bool *is_stopped)
{
    int32_t count = 0;
    *feed = (struct alert_feed){.settings = settings, .component = component, .is_stopped = is_stopped};
    feed->reader = alert_reader_new();
    if (!registry_inline_open(&feed->registry, settings, is_stopped) || feed->reader == NULL) {
        log_error(component, "memory is short");
        return EXIT_OS;
    }
    alert_reader_use_ids(feed->reader, feed->registry.ids);
    feed->kafka = make_client(settings, component);
    int exit_code = feed->kafka == NULL ? EXIT_CONFIG : find_topic(feed, &count);
    if (exit_code == EXIT_OK)
        exit_code = open_topic(feed, count);
    return exit_code == EXIT_OK ? alert_feed_ask_ends(feed) : exit_code;
}

int alert_feed_open(struct alert_feed *feed, const struct settings *settings, const char *component,
                    const atomic_bool *is_stopped)
{
    const int exit_code = alert_feed_find(feed, settings, component, is_stopped);
    return exit_code == EXIT_OK ? start_topic(feed) : exit_code;
}

void alert_feed_close(struct alert_feed *feed)
{
    topic_reader_close(&feed->topic);
    if (feed->kafka != NULL)
        rd_kafka_destroy(feed->kafka);
    alert_reader_free(feed->reader);
    registry_inline_close(&feed->registry);
}

bool alert_feed_is_read(struct alert_feed *feed)
{
    feed->is_read = feed->is_read || topic_reader_is_read(&feed->topic);
    return feed->is_read;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

/* Until the registry has answered, or the program ends. */
static void ask_for_schema(struct alert_feed *feed)
{
    int64_t said_ms = 0;
    while (!*feed->is_stopped && !registry_inline_ask(&feed->registry) && !*feed->is_stopped) {
        if (said_ms == 0 || clock_monotonic_ms() - said_ms >= SAY_EVERY_MS) {
            said_ms = clock_monotonic_ms();
            log_warning(feed->component, "waits for the schema registry, which %s: %s",
                        registry_answer_sentences[feed->registry.answer], feed->registry.why);
        }
        feed->listener->on_waiting(feed->listener->context);
        usleep(ASK_EVERY_MS * 1000);
    }
}

/* False: FINDING says why; SCHEMA_AWAITED: the program ends. */
static bool read_alert(struct alert_feed *feed, const struct topic_record *bytes, struct alert_record *record,
                       struct finding *finding)
{
    const int64_t since_ms = clock_monotonic_ms();
    while (!alert_record_read(feed->reader, bytes->value, bytes->length, record, finding)) {
        if (finding->problem != PROBLEM_SCHEMA_AWAITED || *feed->is_stopped)
            return false;
        if (alert_reader_learn(feed->reader, finding->schema_id, since_ms, clock_monotonic_ms(), finding))
            continue;
        if (finding->problem != PROBLEM_SCHEMA_AWAITED)
            return false;
        ask_for_schema(feed);
    }
    return true;
}

static void pass_over(const struct alert_feed *feed, const struct topic_record *bytes, const char *reason)
{
    log_warning(feed->component, "unreadable record: %s topic=%s partition=%d offset=%lld", reason,
                feed->settings->topics[TOPIC_ALERTS], feed->topic.partitions[bytes->partition].number,
                (long long)bytes->offset);
}

static bool hand_on(struct alert_feed *feed, const struct topic_record *bytes)
{
    const struct alert_listener *listener = feed->listener;
    struct alert_record record;
    struct finding finding;
    struct uuid alert_id;
    if (!uuid_parse(bytes->key.bytes, bytes->key.length, &alert_id))
        pass_over(feed, bytes, "its key is no alert_id");
    else if (bytes->value == NULL)
        listener->on_forgotten(listener->context, &alert_id);
    else if (read_alert(feed, bytes, &record, &finding))
        return listener->on_alert(listener->context, &record);
    else if (finding.problem != PROBLEM_SCHEMA_AWAITED)
        pass_over(feed, bytes, problem_sentences[finding.problem]);
    return true;
}

static bool on_record(void *context, const struct topic_record *bytes)
{
    struct alert_feed *feed = context;
    feed->record = bytes;
    if (*feed->is_stopped)
        return false;
    if (hand_on(feed, bytes))
        return true;
    log_error(feed->component, "memory is short");
    feed->exit_code = EXIT_OS;
    return false;
}

static bool on_error(void *context, int32_t number, rd_kafka_resp_err_t error, const char *reason)
{
    struct alert_feed *feed = context;
    (void)number;
    feed->exit_code = client_reading_failed(error, feed->settings->topics[TOPIC_ALERTS], reason, feed->component);
    return feed->exit_code == EXIT_OK;
}

int alert_feed_look(struct alert_feed *feed, int wait_ms, const struct alert_listener *listener)
{
    const struct topic_listener topic_listener = {on_record, on_error, feed};
    feed->listener = listener;
    topic_reader_look(&feed->topic, wait_ms, &topic_listener);
    rd_kafka_poll(feed->kafka, 0);
    return feed->exit_code;
}
