/* The alerts topic as it is and grows, for who keeps up with it: read from its beginning on, without a group, and only
 * what is committed; of records that a schema registry must be asked for, when it has answered.
 */
#ifndef CONSUMER_ALERT_FEED_H
#define CONSUMER_ALERT_FEED_H

#include <stdatomic.h>

#include "consumer/registry_inline.h"
#include "consumer/topic_reader.h"
#include "schemas/alert_record.h"

struct alert_feed {
    const struct settings *settings;
    const char *component; /* in the log */
    const atomic_bool *is_stopped;
    rd_kafka_t *kafka;
    struct topic_reader topic;
    struct registry_inline registry;
    struct alert_reader *reader;
    const struct alert_listener *listener; /* while it is looked */
    const struct topic_record *record;     /* likewise: what is handed on, as it stands in the topic */
    bool is_read;
    int exit_code;
};

struct alert_listener {
    /* False: memory is short. Texts of RECORD are gone afterwards. */
    bool (*on_alert)(void *context, const struct alert_record *record);
    void (*on_forgotten)(void *context, const struct uuid *alert_id);
    /* The next record waits for the schema registry; called every so often. */
    void (*on_waiting)(void *context);
    void *context;
};

/* Asks the broker where each partition ends, and begins to read. An exit code, its reason in the log; to be closed all
 * the same. COMPONENT and IS_STOPPED, which ends all waiting, must outlive it: then EXIT_OK, and nothing is known. */
int alert_feed_open(struct alert_feed *feed, const struct settings *settings, const char *component,
                    const atomic_bool *is_stopped);
/* Likewise, but begins to read nothing: that is left to whoever knows where. */
int alert_feed_find(struct alert_feed *feed, const struct settings *settings, const char *component,
                    const atomic_bool *is_stopped);

/* Asks once more where each partition ends; likewise. */
int alert_feed_ask_ends(struct alert_feed *feed);
void alert_feed_close(struct alert_feed *feed);

/* Hands on what has been fetched, waiting at most WAIT_MS for the first of it. What can not be read is named in the log
 * and passed over. EXIT_OK; any other exit code is said. */
int alert_feed_look(struct alert_feed *feed, int wait_ms, const struct alert_listener *listener);

/* Whether all was handed on that was there when it was opened. */
bool alert_feed_is_read(struct alert_feed *feed);

#endif
