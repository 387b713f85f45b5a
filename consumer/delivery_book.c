#include "consumer/delivery_book.h"

#include <stdio.h>
#include <string.h>

#include "consumer/clock.h"
#include "consumer/crash_point.h"
#include "consumer/delivery_transaction.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/log.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"
#include "schemas/event.h"

#define COMPONENT DELIVERY_COMPONENT
#define REQUEST_TIMEOUT_MS 10000
#define READ_WAIT_MS 100
#define WAITING_TOLD_AFTER_MS 30000 /* Kafka's own patience is 20 s */
#define WAITING_TOLD_EVERY_MS 60000

int32_t delivery_book_partition(const char *name, int32_t count)
{
    return key_partition(key_murmur2((struct text){name, (uint32_t)strlen(name)}), count);
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static int find_topic(struct delivery_book *book, rd_kafka_t *kafka)
{
    int32_t partition_counts[TOPIC_COUNT];
    const int exit_code = topics_reach(kafka, book->settings, TOPIC_BIT(DELIVERIES), partition_counts, stderr,
                                       book->is_stopped);
    if (exit_code == EXIT_OK && !*book->is_stopped)
        book->partition = delivery_book_partition(book->name, partition_counts[TOPIC_DELIVERIES]);
    return exit_code;
}

static int complain(const struct delivery_book *book, const char *what, rd_kafka_resp_err_t error)
{
    if (*book->is_stopped)
        return EXIT_OK;
    log_error(COMPONENT, "%s topic %s failed subscription=%s: %s", what, book->settings->topics[TOPIC_DELIVERIES],
              book->name, rd_kafka_err2str(error));
    return client_exit_code(error);
}

static int open_reader(struct delivery_book *book, rd_kafka_t *kafka)
{
    rd_kafka_resp_err_t error = topic_reader_open(&book->reader, kafka, book->settings->topics[TOPIC_DELIVERIES],
                                                  &book->partition, 1, REQUEST_TIMEOUT_MS, book->is_stopped);
    /* By the producer, which sees beyond what others are writing: what this subscription committed may stand there. */
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        error = topic_reader_ask_ends(&book->reader, book->producer, book->settings->start_timeout_ms,
                                      book->is_stopped);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
        error = topic_reader_start(&book->reader, 0);
    return error == RD_KAFKA_RESP_ERR_NO_ERROR ? EXIT_OK : complain(book, "beginning to read", error);
}

int delivery_book_open(struct delivery_book *book, const struct settings *settings, const char *name, rd_kafka_t *kafka,
                       const atomic_bool *is_stopped)
{
    *book = (struct delivery_book){.settings = settings, .name = name, .is_stopped = is_stopped};
    int exit_code = find_topic(book, kafka);
    if (exit_code == EXIT_OK && !*book->is_stopped)
        exit_code = delivery_transaction_open(book);
    return exit_code == EXIT_OK && !*book->is_stopped ? open_reader(book, kafka) : exit_code;
}

void delivery_book_close(struct delivery_book *book)
{
    topic_reader_close(&book->reader);
    delivery_transaction_close(book);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static bool recall(struct delivery_book *book, const struct delivery_record *record)
{
    if (record->kind == DELIVERY_OF_WISH)
        book->wish = record->is_tombstone ? (struct delivery_wish){0} : record->of.wish;
    return record->kind == DELIVERY_OF_WISH || book->delivery == NULL || delivery_recall(book->delivery, record);
}

/* Others of the same partition are passed over. What is not understood was written by a later version. */
static bool on_record(void *context, const struct topic_record *bytes)
{
    struct delivery_book *book = context;
    struct delivery_record record;
    if (!delivery_key_read(bytes->key, book->name, &record))
        return true;
    if (!delivery_record_read(bytes->value, bytes->length, &record)) {
        log_error(COMPONENT,
                  "a record is not of this version subscription=%s partition=%d offset=%lld; run the one that "
                  "wrote it",
                  book->name, book->partition, (long long)bytes->offset);
        book->exit_code = EXIT_CONFIG;
    } else if (!recall(book, &record)) {
        log_error(COMPONENT, "memory is short");
        book->exit_code = EXIT_OS;
    }
    return book->exit_code == EXIT_OK;
}

static bool on_error(void *context, int32_t number, rd_kafka_resp_err_t error, const char *reason)
{
    struct delivery_book *book = context;
    (void)number;
    book->exit_code = client_reading_failed(error, book->settings->topics[TOPIC_DELIVERIES], reason, COMPONENT);
    return book->exit_code == EXIT_OK;
}

int delivery_book_look(struct delivery_book *book, int wait_ms)
{
    const struct topic_listener listener = {on_record, on_error, book};
    topic_reader_look(&book->reader, wait_ms, &listener);
    rd_kafka_poll(book->producer, 0);
    return book->exit_code;
}

/* Records behind a transaction that is open are not shown. Kafka ends one whose process died after its time-out; one
 * that it lost sight of, when it was killed itself, is for a person to end. */
static void say_waiting(const struct delivery_book *book, int64_t since_ms, int64_t *said_ms)
{
    const int64_t now_ms = clock_monotonic_ms();
    if (now_ms - since_ms < WAITING_TOLD_AFTER_MS || now_ms - *said_ms < WAITING_TOLD_EVERY_MS)
        return;
    *said_ms = now_ms;
    log_warning(
        COMPONENT,
        "waits for the end of a transaction that is left open topic=%s partition=%d subscription=%s; if it goes "
        "on: Kafka's kafka-transactions.sh find-hanging, and abort",
        book->settings->topics[TOPIC_DELIVERIES], book->partition, book->name);
}

/* From then on nothing but wishes is news: all else was written by this process. */
int delivery_book_read(struct delivery_book *book, struct delivery *delivery)
{
    const int64_t since_ms = clock_monotonic_ms();
    int64_t said_ms = since_ms - WAITING_TOLD_EVERY_MS;
    int exit_code = EXIT_OK;
    book->delivery = delivery;
    while (exit_code == EXIT_OK && !*book->is_stopped && !topic_partition_is_read(&book->reader.partitions[0])) {
        exit_code = delivery_book_look(book, READ_WAIT_MS);
        say_waiting(book, since_ms, &said_ms);
    }
    book->delivery = NULL;
    return exit_code;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static bool on_note(void *context, const struct delivery_record *note)
{
    struct delivery_book *book = context;
    char key[DELIVERY_KEY_SIZE];
    uint8_t value[DELIVERY_BYTES_MAX];
    const size_t key_length = delivery_key_write(note, book->name, key);
    const size_t length = note->is_tombstone ? 0 : delivery_record_write(note, value);
    return delivery_transaction_put(book, key, key_length, note->is_tombstone ? NULL : value, length);
}

int delivery_book_note(struct delivery_book *book, struct delivery *delivery, int64_t now_ms)
{
    if (!delivery_transaction_begin(book))
        return delivery_transaction_end(book, false);
    const bool is_put = delivery_notes(delivery, now_ms, on_note, book);
    crash_point_pass(CRASH_BEFORE_COMMIT);
    const int exit_code = delivery_transaction_end(book, is_put);
    crash_point_pass(CRASH_AFTER_COMMIT);
    if (book->is_committed)
        delivery_noted(delivery);
    return exit_code;
}
