/* What `notify` keeps of one subscription in the topic `deliveries`, all of it in one partition: read whole at the
 * start, written in transactions. The transactional id is of the subscription, so the process that was started last is
 * the only one that keeps anything: another is told so at its next note, and ends.
 */
#ifndef CONSUMER_DELIVERY_BOOK_H
#define CONSUMER_DELIVERY_BOOK_H

#include <stdatomic.h>

#include "alerts/delivery.h"
#include "consumer/topic_reader.h"
#include "consumer/transaction_error.h"

#define DELIVERY_COMPONENT "deliveries" /* in the log */

struct delivery_book {
    const struct settings *settings;
    const char *name; /* of the subscription */
    const atomic_bool *is_stopped;
    rd_kafka_t *producer;
    rd_kafka_topic_t *topic;
    int32_t partition;
    struct topic_reader reader;
    struct delivery *delivery;        /* while it is read, or written */
    struct delivery_wish wish;        /* the newest that was read; asked_at_ms 0: none */
    int exit_code;                    /* of reading */
    int64_t began_ms;                 /* the transaction, by the monotonic clock */
    bool is_committed;                /* the transaction that was ended last */
    bool is_lost;                     /* what is kept is not known any more: to be closed, and opened again */
    enum transaction_outcome outcome; /* of what failed last */
};

/* Ends what another process may be writing, and finds the partition; KAFKA is a consumer, and outlives it. An exit
 * code, its reason in the log; to be closed all the same. */
int delivery_book_open(struct delivery_book *book, const struct settings *settings, const char *name, rd_kafka_t *kafka,
                       const atomic_bool *is_stopped);
void delivery_book_close(struct delivery_book *book);

/* Lets DELIVERY recall all that was kept. EXIT_OK also where it is stopped. */
int delivery_book_read(struct delivery_book *book, struct delivery *delivery);

/* Keeps what DELIVERY has to note. EXIT_OK also where that was not possible now: it has to be tried again, or, where
 * the book is lost, read again by another DELIVERY. */
int delivery_book_note(struct delivery_book *book, struct delivery *delivery, int64_t now_ms);

/* Looks for a wish that has come since, WAIT_MS at most: the newest is in WISH. */
int delivery_book_look(struct delivery_book *book, int wait_ms);

/* The partition of COUNT in which all of the subscription NAME stands. */
int32_t delivery_book_partition(const char *name, int32_t count);

#endif
