#include "consumer/delivery_transaction.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "consumer/clock.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/transaction_call.h"
#include "consumer/transaction_error.h"

#define COMPONENT DELIVERY_COMPONENT
#define TRANSACTIONAL_ID_SIZE 256
#define PAUSE_MS 500
#define ROOM_WAIT_MS 100
#define TRANSACTION_TIMEOUT_MS "10000"
#define TRANSACTION_TIMEOUTS_AT_MOST 4 /* then the client hangs, whatever the broker does */

static void name_producer(const struct delivery_book *book, char id[static TRANSACTIONAL_ID_SIZE])
{
    snprintf(id, TRANSACTIONAL_ID_SIZE, "%s-notify-%s", book->settings->group, book->name);
}

/* --- the producer ------------------------------------------------------------------------------------------------- */

/* Without one commit_transaction sleeps in slices. A record that fails makes the commit fail. */
static void on_delivery(rd_kafka_t *kafka, const rd_kafka_message_t *message, void *opaque)
{
    (void)kafka;
    (void)message;
    (void)opaque;
}

static rd_kafka_t *make_producer(const struct settings *settings, const char *id)
{
    const struct client_property properties[] = {
        {"transactional.id", id},
        {"transaction.timeout.ms", client_default(settings, "transaction.timeout.ms", TRANSACTION_TIMEOUT_MS)},
        {"isolation.level", "read_uncommitted"}, /* for the ends that this handle is told */
        {"linger.ms", client_default(settings, "linger.ms", "5")},
    };
    return client_producer_new(settings, properties, sizeof(properties) / sizeof(properties[0]), on_delivery,
                               COMPONENT);
}

static int init(struct delivery_book *book, const char *id)
{
    rd_kafka_error_t *error = transaction_call(rd_kafka_init_transactions, book->producer,
                                               book->settings->start_timeout_ms, book->is_stopped);
    if (error == NULL)
        return EXIT_OK;
    const rd_kafka_resp_err_t code = rd_kafka_error_code(error);
    if (*book->is_stopped) {
        rd_kafka_error_destroy(error);
        return EXIT_OK;
    }
    log_error(COMPONENT, "init_transactions failed transactional_id=%s reason=%s broker_says=%s%s", id,
              LOG_QUOTED(rd_kafka_error_string(error)), LOG_QUOTED(client_last_error()),
              code == RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED
                  ? "; this user needs Write on it: `placement-alerts topics acls --for notify`"
                  : "");
    rd_kafka_error_destroy(error);
    return client_exit_code(code) == EXIT_UNAVAILABLE ? client_unavailable_code() : client_exit_code(code);
}

int delivery_transaction_open(struct delivery_book *book)
{
    char id[TRANSACTIONAL_ID_SIZE];
    name_producer(book, id);
    book->producer = make_producer(book->settings, id);
    if (book->producer == NULL)
        return EXIT_CONFIG;
    book->topic = rd_kafka_topic_new(book->producer, book->settings->topics[TOPIC_DELIVERIES], NULL);
    return book->topic == NULL ? EXIT_OS : init(book, id);
}

void delivery_transaction_close(struct delivery_book *book)
{
    if (book->topic != NULL)
        rd_kafka_topic_destroy(book->topic);
    if (book->producer != NULL)
        rd_kafka_destroy(book->producer);
    book->topic = NULL;
    book->producer = NULL;
}

/* --- a transaction ------------------------------------------------------------------------------------------------ */

static bool keep_outcome(struct delivery_book *book, rd_kafka_error_t *error, const char *call)
{
    if (error == NULL)
        return true;
    book->outcome = transaction_error_outcome(book->producer, error);
    log_warning(COMPONENT, "%s failed subscription=%s code=%s reason=%s", call, book->name, rd_kafka_error_name(error),
                LOG_QUOTED(rd_kafka_error_string(error)));
    rd_kafka_error_destroy(error);
    return false;
}

bool delivery_transaction_begin(struct delivery_book *book)
{
    book->is_committed = false;
    book->outcome = TRANSACTION_ABORTED;
    book->began_ms = clock_monotonic_ms();
    return keep_outcome(book, rd_kafka_begin_transaction(book->producer), "begin");
}

static int64_t timeout_ms(const struct delivery_book *book)
{
    const char *set = settings_kafka(book->settings, "transaction.timeout.ms");
    return strtol(set == NULL ? TRANSACTION_TIMEOUT_MS : set, NULL, 10);
}

/* A coordinator ends what is older than the transaction's time-out, and refuses it in the words of a fencing, though
 * nobody may have taken over. */
static bool is_outdated(const struct delivery_book *book)
{
    return clock_monotonic_ms() - book->began_ms >= timeout_ms(book);
}

/* Of very many the client takes as many as it has room for, and the next when some are written. */
bool delivery_transaction_put(struct delivery_book *book, const char *key, size_t key_length, const uint8_t *value,
                              size_t length)
{
    int produced;
    while ((produced = rd_kafka_produce(book->topic, book->partition, RD_KAFKA_MSG_F_COPY, (void *)value, length, key,
                                        key_length, NULL)) != 0 &&
           rd_kafka_last_error() == RD_KAFKA_RESP_ERR__QUEUE_FULL && !is_outdated(book))
        rd_kafka_poll(book->producer, ROOM_WAIT_MS);
    if (produced == 0)
        return true;
    log_warning(COMPONENT, "a note is not taken subscription=%s: %s", book->name,
                rd_kafka_err2str(rd_kafka_last_error()));
    return false;
}

/* By CALL, which librdkafka by itself lets wait for a broker that is away without end. */
static bool finish(struct delivery_book *book, rd_kafka_error_t *(*call)(rd_kafka_t *kafka, int timeout_ms),
                   const char *name)
{
    const int64_t most_ms = TRANSACTION_TIMEOUTS_AT_MOST * timeout_ms(book);
    return keep_outcome(book, transaction_call(call, book->producer, most_ms, book->is_stopped), name);
}

static void rest(const struct delivery_book *book)
{
    if (!*book->is_stopped)
        usleep(PAUSE_MS * 1000);
}

/* Nobody knows how the transaction ended, nor whether another process has told and kept more meanwhile. */
static int begin_anew(struct delivery_book *book)
{
    book->is_lost = true;
    rest(book);
    return EXIT_OK;
}

static int go_on(struct delivery_book *book)
{
    switch (book->outcome) {
    case TRANSACTION_ABORTED:
    case TRANSACTION_ASSIGNMENT_LOST:
        if (finish(book, rd_kafka_abort_transaction, "abort")) {
            rest(book);
            return EXIT_OK;
        }
        return book->outcome == TRANSACTION_FENCED ? go_on(book) : begin_anew(book);
    case TRANSACTION_FENCED:
        if (is_outdated(book))
            return begin_anew(book);
        log_error(COMPONENT, "fenced: another notify tells subscription=%s; one is enough", book->name);
        return EXIT_FENCED;
    case TRANSACTION_REFUSED:
        log_error(COMPONENT,
                  "the broker refuses what is to be kept: this user needs Write on topic %s; `placement-alerts "
                  "topics acls --for notify` says what it needs",
                  book->settings->topics[TOPIC_DELIVERIES]);
        return EXIT_NO_PERMISSION;
    case TRANSACTION_FATAL:
        log_error(COMPONENT, "the Kafka client can not go on after this; start again");
        return EXIT_FATAL;
    default:
        return begin_anew(book);
    }
}

int delivery_transaction_end(struct delivery_book *book, bool is_put)
{
    book->is_committed = is_put && finish(book, rd_kafka_commit_transaction, "commit");
    return book->is_committed ? EXIT_OK : go_on(book);
}
