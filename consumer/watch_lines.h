/* `watch`: what a record of the alerts topic says, as a line on stdout. */
#ifndef CONSUMER_WATCH_LINES_H
#define CONSUMER_WATCH_LINES_H

#include <stdatomic.h>

#include <librdkafka/rdkafka.h>

#include "consumer/registry_inline.h"
#include "consumer/settings.h"

struct watch_lines {
    struct registry_inline registry;
    struct alert_reader *reader;
    bool as_json;
    const atomic_bool *is_interrupted;
    uint64_t unreadable; /* records so far */
};

/* IS_INTERRUPTED ends waiting for the schema registry; it must outlive LINES. */
void watch_lines_init(struct watch_lines *lines, bool as_json, const atomic_bool *is_interrupted);

/* False: memory is short. To be closed all the same, and may be closed without it. */
bool watch_lines_open(struct watch_lines *lines, const struct settings *settings);
void watch_lines_close(struct watch_lines *lines);

/* Shows MESSAGE, which is no error, once the registry has said by which schema it is to be read. One that can not be
 * read is counted, and named in the log. EXIT_OK; any other exit code is said. */
int watch_lines_show(struct watch_lines *lines, const rd_kafka_message_t *message);

#endif
