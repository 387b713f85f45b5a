/* The transactions in which a book of deliveries is written, and what their errors mean. */
#ifndef CONSUMER_DELIVERY_TRANSACTION_H
#define CONSUMER_DELIVERY_TRANSACTION_H

#include "consumer/delivery_book.h"

/* Makes the producer, and fences any other of the subscription. An exit code, its reason in the log. */
int delivery_transaction_open(struct delivery_book *book);
void delivery_transaction_close(struct delivery_book *book);

/* A transaction: begin, put each record, end. False: it can only be ended. */
bool delivery_transaction_begin(struct delivery_book *book);
bool delivery_transaction_put(struct delivery_book *book, const char *key, size_t key_length, const uint8_t *value,
                              size_t length);

/* Commits it if IS_PUT, or aborts it. The book's is_committed says what came of it. EXIT_OK: it may be tried again,
 * unless is_lost. */
int delivery_transaction_end(struct delivery_book *book, bool is_put);

#endif
