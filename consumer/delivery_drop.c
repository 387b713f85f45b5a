#include "consumer/delivery_drop.h"

#include "consumer/delivery_book.h"
#include "consumer/delivery_transaction.h"
#include "consumer/exit_code.h"
#include "consumer/log.h"

#define COMPONENT DELIVERY_COMPONENT
#define TOMBSTONES_AT_ONCE 10000 /* in one transaction, which has to end in time */

struct dropping {
    struct delivery_book book;
    bool is_begun; /* a transaction, and not ended */
    size_t tombstones, alerts;
    int exit_code;
};

static bool begin(struct dropping *dropping)
{
    dropping->is_begun = true;
    return delivery_transaction_begin(&dropping->book);
}

static bool end(struct dropping *dropping, bool is_put)
{
    dropping->is_begun = false;
    dropping->exit_code = delivery_transaction_end(&dropping->book, is_put);
    return dropping->book.is_committed;
}

static bool on_tombstone(void *context, const struct delivery_record *tombstone)
{
    struct dropping *dropping = context;
    char key[DELIVERY_KEY_SIZE];
    const size_t length = delivery_key_write(tombstone, dropping->book.name, key);
    dropping->alerts += tombstone->kind == DELIVERY_OF_ALERT;
    if (++dropping->tombstones % TOMBSTONES_AT_ONCE == 0 && !(end(dropping, true) && begin(dropping)))
        return false;
    return delivery_transaction_put(&dropping->book, key, length, NULL, 0);
}

static int drop(struct dropping *dropping, struct delivery *delivery)
{
    const bool is_put = begin(dropping) && delivery_tombstones(delivery, on_tombstone, dropping);
    if (dropping->is_begun)
        end(dropping, is_put);
    if (dropping->exit_code != EXIT_OK || dropping->book.is_committed)
        return dropping->exit_code;
    log_error(COMPONENT, "not all is removed subscription=%s; give the command again", dropping->book.name);
    return EXIT_NOT_YET;
}

static int read_and_drop(struct dropping *dropping, int32_t partitions)
{
    const struct delivery_wishes wishes = {.partitions = partitions};
    struct delivery *delivery = delivery_new(&wishes);
    if (delivery == NULL) {
        log_error(COMPONENT, "memory is short");
        return EXIT_OS;
    }
    int exit_code = delivery_book_read(&dropping->book, delivery);
    if (exit_code == EXIT_OK)
        exit_code = drop(dropping, delivery);
    delivery_free(delivery);
    return exit_code;
}

int delivery_drop(const struct settings *settings, const char *name, int32_t partitions, size_t *alerts)
{
    static const atomic_bool is_stopped = false; /* a signal ends the command at once */
    struct dropping dropping = {0};
    rd_kafka_t *kafka = topic_reader_client(settings, COMPONENT);
    if (kafka == NULL)
        return EXIT_CONFIG;
    int exit_code = delivery_book_open(&dropping.book, settings, name, kafka, &is_stopped);
    if (exit_code == EXIT_OK)
        exit_code = read_and_drop(&dropping, partitions);
    delivery_book_close(&dropping.book);
    rd_kafka_destroy(kafka);
    *alerts = dropping.alerts;
    return exit_code;
}
