/* Sends the demo's events to the input topics, as the registers would. */
#ifndef CONSUMER_DEMO_SENDER_H
#define CONSUMER_DEMO_SENDER_H

#include <stddef.h>

#include "consumer/event_sender.h"

/* False: said in the log, and there is nothing to close. To be closed by event_sender_close. */
bool demo_sender_open(struct event_sender *sender, const struct settings *settings);

/* Sends COUNT events; returns without waiting for their delivery. False: said in the log. */
bool demo_sender_send(struct event_sender *sender, const struct event *events, size_t count);

/* Waits until everything sent is delivered. False: something was not; said in the log. */
bool demo_sender_flush(struct event_sender *sender);

#endif
