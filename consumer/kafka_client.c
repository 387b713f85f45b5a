#include "consumer/kafka_client.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <time.h>

#include "consumer/clock.h"
#include "consumer/connection_fault.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"

#define ERROR_SIZE 512
#define REFUSAL_COUNTS_MS 30000 /* librdkafka tries again every ten seconds or so */
#define BROKER_PATIENCE_MS 2000 /* then the leader may be another */
#define PAUSE_MS 50
#define METADATA_SLICE_MS                                                                                              \
    1000 /* so that the error callback is served, and a broker that comes up is seen, in between */

/* What librdkafka says of brokers comes on its own threads as a log line, and to whoever polls as an error. Which of
 * the two names the reason depends on the failure, so the last of either is kept; but a refusal is not forgotten for
 * its echo, or for another broker that is only down. */
static struct {
    pthread_mutex_t lock;
    char text[ERROR_SIZE];
    int64_t refused_ms; /* when TEXT was heard, if it is a refusal; else 0 */
} last_error = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void remember_error(const char *text)
{
    const int64_t now_ms = clock_monotonic_ms();
    const bool is_refusal = connection_fault_of(text)->exit_code == EXIT_NO_PERMISSION;
    pthread_mutex_lock(&last_error.lock);
    if (is_refusal || last_error.refused_ms == 0 || now_ms - last_error.refused_ms > REFUSAL_COUNTS_MS) {
        snprintf(last_error.text, sizeof(last_error.text), "%s", text);
        last_error.refused_ms = is_refusal ? now_ms : 0;
    }
    pthread_mutex_unlock(&last_error.lock);
}

const char *client_last_error(void)
{
    static _Thread_local char copy[ERROR_SIZE];
    pthread_mutex_lock(&last_error.lock);
    memcpy(copy, last_error.text, sizeof(copy));
    pthread_mutex_unlock(&last_error.lock);
    return copy;
}

/* librdkafka begins its lines with the names of thread and broker, "[thrd:sasl_ssl://b:9092/bootstrap]: …". */
static const char *without_thread(const char *line)
{
    const char *end = strncmp(line, "[thrd:", 6) == 0 ? strstr(line, "]: ") : NULL;
    return end == NULL ? line : end + 3;
}

/* A broker that can not be reached is librdkafka's to try again, so its errors are warnings to us, and rate-limited as
 * those. A broker that has just started is not yet ready to give out producer ids, which is nothing to worry about at
 * all. */
static enum log_level our_level(int level, const char *facility)
{
    if (level <= LOG_WARNING)
        return strcmp(facility, "GETPID") == 0 ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING;
    return level <= LOG_INFO ? LOG_LEVEL_INFO : LOG_LEVEL_DEBUG;
}

/* What sums up a failed transaction, or happens to its other partitions for it, without naming the one it failed for.
 */
static bool is_echo(const char *facility, const char *line)
{
    return strcmp(facility, "TXNERR") == 0 || strstr(line, "Operation not attempted") != NULL;
}

static void on_log(const rd_kafka_t *kafka, int level, const char *facility, const char *line)
{
    if (strcmp(facility, "CONFWARN") == 0)
        return; /* a property of the other kind of client: the settings are for both */
    if (level <= LOG_ERR && !is_echo(facility, line))
        remember_error(without_thread(line));
    log_write(our_level(level, facility), "kafka", "%s: %s client=%s", facility, without_thread(line),
              rd_kafka_name(kafka));
}

static void on_error(rd_kafka_t *kafka, int error, const char *reason, void *opaque)
{
    (void)kafka;
    (void)opaque;
    if (error != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN ||
        *client_last_error() == '\0') /* it only says that there were others */
        remember_error(without_thread(reason));
}

static bool set_property(rd_kafka_conf_t *configuration, const char *name, const char *value)
{
    char why[ERROR_SIZE];
    if (rd_kafka_conf_set(configuration, name, value, why, sizeof(why)) == RD_KAFKA_CONF_OK)
        return true;
    log_error("kafka", "property refused: kafka.%s: %s", name, why);
    return false;
}

/* What every client of ours has: a small request is not held back for a larger one, and the broker sees who asks. When
 * all brokers are away, those known are kept: from 2.10 on librdkafka would drop them, and the sending of offsets then
 * waits for ever for the group's coordinator (librdkafka issue 5511). */
static const struct client_property own_properties[] = {
    {"socket.nagle.disable", "true"},
    {"client.id", "placement-alerts"},
    {"metadata.recovery.strategy", "none"},
};

/* Earlier versions lack some of these. */
static bool is_known(const rd_kafka_conf_t *configuration, const char *name)
{
    size_t size;
    return rd_kafka_conf_get(configuration, name, NULL, &size) == RD_KAFKA_CONF_OK;
}

rd_kafka_conf_t *client_configuration(const struct settings *settings, const struct client_property *ours, size_t count)
{
    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    bool taken = true;
    for (size_t i = 0; i < sizeof(own_properties) / sizeof(own_properties[0]); i++)
        if (is_known(configuration, own_properties[i].name))
            taken &= set_property(configuration, own_properties[i].name, own_properties[i].value);
    for (size_t i = 0; i < settings->kafka_count; i++)
        taken &= set_property(configuration, settings->kafka[i].name, settings->kafka[i].value.text);
    for (size_t i = 0; i < count; i++)
        if (ours[i].value != NULL)
            taken &= set_property(configuration, ours[i].name, ours[i].value);
    rd_kafka_conf_set_log_cb(configuration, on_log);
    rd_kafka_conf_set_error_cb(configuration, on_error);
    connection_fault_name_certificates(configuration);
    if (taken)
        return configuration;
    rd_kafka_conf_destroy(configuration);
    return NULL;
}

const char *client_default(const struct settings *settings, const char *name, const char *value)
{
    return settings_kafka(settings, name) == NULL ? value : NULL;
}

/* Without an address a client would wait for brokers that nobody named. */
static bool has_brokers(const rd_kafka_conf_t *configuration)
{
    char brokers[ERROR_SIZE];
    size_t size = sizeof(brokers);
    return rd_kafka_conf_get(configuration, "bootstrap.servers", brokers, &size) == RD_KAFKA_CONF_OK && size > 1;
}

rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *configuration, const char *component)
{
    if (!has_brokers(configuration)) {
        log_error(component, "kafka.bootstrap.servers is not set: name the broker with -c FILE or --set "
                             "kafka.bootstrap.servers=HOST:PORT");
        rd_kafka_conf_destroy(configuration);
        return NULL;
    }
    char why[ERROR_SIZE];
    rd_kafka_t *kafka = rd_kafka_new(type, configuration, why, sizeof(why));
    if (kafka == NULL) {
        log_error(component, "the Kafka client could not be made: %s", why);
        rd_kafka_conf_destroy(configuration);
    }
    return kafka;
}

rd_kafka_t *client_producer_new(const struct settings *settings, const struct client_property *ours, size_t count,
                                void (*on_delivery)(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque),
                                const char *component)
{
    rd_kafka_conf_t *configuration = client_configuration(settings, ours, count);
    if (configuration == NULL)
        return NULL;
    rd_kafka_conf_set_dr_msg_cb(configuration, on_delivery);
    return client_new(RD_KAFKA_PRODUCER, configuration, component);
}

int client_reach(rd_kafka_t *kafka, int64_t timeout_ms)
{
    return client_reach_or_end(kafka, timeout_ms, NULL);
}

int client_reach_or_end(rd_kafka_t *kafka, int64_t timeout_ms, const atomic_bool *is_cancelled)
{
    const int64_t deadline = clock_monotonic_ms() + timeout_ms;
    rd_kafka_resp_err_t error;
    do {
        const int64_t left = deadline - clock_monotonic_ms();
        const struct rd_kafka_metadata *metadata;
        error = rd_kafka_metadata(kafka, 0, NULL, &metadata,
                                  (int)(left < METADATA_SLICE_MS ? left : METADATA_SLICE_MS));
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
            rd_kafka_metadata_destroy(metadata);
            return EXIT_OK;
        }
        rd_kafka_poll(kafka, 0);
        if (is_cancelled != NULL && *is_cancelled)
            return EXIT_OK;
    } while (clock_monotonic_ms() < deadline);
    const char *heard = client_last_error();
    log_error("kafka", "the broker could not be reached within %lld ms: %s; %s", (long long)timeout_ms,
              *heard == '\0' ? rd_kafka_err2str(error) : heard, connection_fault_of(heard)->advice);
    return client_unavailable_code();
}

int client_unavailable_code(void)
{
    return connection_fault_of(client_last_error())->exit_code;
}

/* What one broker is given of the time up to DEADLINE. */
static int patience_ms(int64_t deadline)
{
    const int64_t left = deadline - clock_monotonic_ms();
    return left < 1 ? 1 : left < BROKER_PATIENCE_MS ? (int)left : BROKER_PATIENCE_MS;
}

/* Whether something that ended with ERROR is worth being asked again, after a pause. */
static bool is_asked_again(rd_kafka_resp_err_t error, int64_t deadline, const atomic_bool *cancelled)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000};
    if (client_exit_code(error) != EXIT_UNAVAILABLE || clock_monotonic_ms() >= deadline ||
        (cancelled != NULL && atomic_load(cancelled)))
        return false;
    nanosleep(&pause, NULL);
    return true;
}

rd_kafka_resp_err_t client_leaders(rd_kafka_t *kafka, rd_kafka_topic_t *topic, int64_t timeout_ms,
                                   const atomic_bool *cancelled)
{
    const int64_t deadline = clock_monotonic_ms() + timeout_ms;
    const struct rd_kafka_metadata *metadata;
    rd_kafka_resp_err_t error;
    do
        error = rd_kafka_metadata(kafka, 0, topic, &metadata, patience_ms(deadline));
    while (is_asked_again(error, deadline, cancelled));
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        rd_kafka_metadata_destroy(metadata);
    return error;
}

/* A question to a leader that died is not sent on to the next one: librdkafka asks whom it knows, and learns of changes
 * only now and then. */
static void leaders_renew(rd_kafka_t *kafka, const char *name, const atomic_bool *cancelled)
{
    rd_kafka_topic_t *topic = rd_kafka_topic_new(kafka, name, NULL);
    if (topic == NULL)
        return;
    client_leaders(kafka, topic, BROKER_PATIENCE_MS, cancelled);
    rd_kafka_topic_destroy(topic);
}

/* An end of a partition: RD_KAFKA_OFFSET_BEGINNING or RD_KAFKA_OFFSET_END, which the protocol takes for times. Not
 * rd_kafka_query_watermark_offsets: before 2.12 it does not end while the leader it knows is away, whatever the
 * time-out. */
static rd_kafka_resp_err_t offset_ask(rd_kafka_t *kafka, const char *topic, int32_t partition, int64_t which,
                                      int timeout_ms, int64_t *offset)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_t *asked = rd_kafka_topic_partition_list_add(list, topic, partition);
    asked->offset = which;
    rd_kafka_resp_err_t error = rd_kafka_offsets_for_times(kafka, list, timeout_ms);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        error = asked->err;
    *offset = asked->offset;
    rd_kafka_topic_partition_list_destroy(list);
    return error;
}

rd_kafka_resp_err_t client_watermarks(rd_kafka_t *kafka, const char *topic, int32_t partition, int64_t *begin,
                                      int64_t *end, int64_t timeout_ms, const atomic_bool *cancelled)
{
    const int64_t deadline = clock_monotonic_ms() + timeout_ms;
    for (;;) {
        const int patience = patience_ms(deadline);
        rd_kafka_resp_err_t error = offset_ask(kafka, topic, partition, RD_KAFKA_OFFSET_BEGINNING, patience, begin);
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
            error = offset_ask(kafka, topic, partition, RD_KAFKA_OFFSET_END, patience, end);
        if (!is_asked_again(error, deadline, cancelled))
            return error;
        leaders_renew(kafka, topic, cancelled);
    }
}

int client_reading_failed(rd_kafka_resp_err_t error, const char *topic, const char *reason, const char *component)
{
    const int exit_code = client_exit_code(error);
    const bool is_lost = error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART ||
                         error == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION || error == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC;
    if (!is_lost && exit_code != EXIT_NO_PERMISSION)
        return EXIT_OK;
    log_error(component, "topic %s can not be read%s: %s", topic,
              is_lost ? " any more" : "; this user needs Read on it", reason);
    return is_lost ? EXIT_CONFIG : exit_code;
}

int client_exit_code(rd_kafka_resp_err_t error)
{
    switch (error) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
        return EXIT_OK;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
        return EXIT_NO_PERMISSION;
    case RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT: /* above the broker's transaction.max.timeout.ms */
        return EXIT_CONFIG;
    case RD_KAFKA_RESP_ERR__FATAL:
        return EXIT_FATAL;
    default:
        return EXIT_UNAVAILABLE;
    }
}
