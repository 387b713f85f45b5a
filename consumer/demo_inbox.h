/* What came to those who are told: the lines of the demo's inbox (etc/demo/inbox.py), read as they come. */
#ifndef CONSUMER_DEMO_INBOX_H
#define CONSUMER_DEMO_INBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INBOX_SUBJECT_SIZE 200

struct demo_inbox {
    uint16_t smtp_port, webhook_port; /* 0 until it has said them */
    uint64_t mails;
    char subject[INBOX_SUBJECT_SIZE]; /* of the newest, without line breaks; "" before the first */
    uint64_t events, refused;         /* of the webhook: signed rightly, and not */
    uint64_t in_force;                /* alerts that are open by the webhook's events */
    char line[1024];                  /* as far as it was read */
    size_t line_length;
};

/* Takes what was read from the inbox. False: it is not what an inbox says. */
bool demo_inbox_take(struct demo_inbox *inbox, const char *bytes, size_t length);

#endif
