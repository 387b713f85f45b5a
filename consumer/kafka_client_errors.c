#include "consumer/kafka_client_internal.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>

#include "consumer/clock.h"
#include "consumer/connection_fault.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"

#define REFUSAL_COUNTS_MS 30000 /* librdkafka tries again every ten seconds or so */

/* --- what is heard ------------------------------------------------------------------------------------------------ */

/* What librdkafka says of brokers comes on its own threads as a log line, and to whoever polls as an error. Which of
 * the two names the reason depends on the failure, so the last of either is kept; but a refusal is not forgotten for
 * its echo, or for another broker that is only down. */
static struct {
    pthread_mutex_t lock;
    char text[CLIENT_ERROR_SIZE];
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
    static _Thread_local char copy[CLIENT_ERROR_SIZE];
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

void client_hear(rd_kafka_conf_t *configuration)
{
    rd_kafka_conf_set_log_cb(configuration, on_log);
    rd_kafka_conf_set_error_cb(configuration, on_error);
}

/* --- what it means ------------------------------------------------------------------------------------------------ */

/* Where an error is not among these, a broker may let it pass another time. */
static const struct {
    rd_kafka_resp_err_t error;
    int exit_code;
} exit_codes[] = {
    {RD_KAFKA_RESP_ERR_NO_ERROR, EXIT_OK},
    {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, EXIT_NO_PERMISSION},
    {RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, EXIT_NO_PERMISSION},
    {RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, EXIT_NO_PERMISSION},
    {RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, EXIT_NO_PERMISSION},
    {RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT, EXIT_CONFIG}, /* above the broker's transaction.max.timeout.ms */
    {RD_KAFKA_RESP_ERR__FATAL, EXIT_FATAL},
};

int client_exit_code(rd_kafka_resp_err_t error)
{
    for (size_t i = 0; i < sizeof(exit_codes) / sizeof(exit_codes[0]); i++)
        if (exit_codes[i].error == error)
            return exit_codes[i].exit_code;
    return EXIT_UNAVAILABLE;
}

int client_unavailable_code(void)
{
    return connection_fault_of(client_last_error())->exit_code;
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
