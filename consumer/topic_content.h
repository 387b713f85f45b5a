/* The table of what stands in the topics: which records, under which keys, and what one without a value says. */
#ifndef CONSUMER_TOPIC_CONTENT_H
#define CONSUMER_TOPIC_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "consumer/settings.h"
#include "schemas/schema.h"
#include "schemas/state.h"

/* X(SYMBOL, what the key is, a regular expression for it). */
#define TOPIC_KEYS(X)                                                                                                  \
    X(CHILD, "child_id", "^[A-Za-z0-9._:-]{1,64}$")                                                                    \
    X(ALERT, "alert_id", "^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")                      \
    X(PROGRESS, PROGRESS_KEY, "^" PROGRESS_KEY "$")                                                                    \
    X(PLACE, "topic/partition/offset", "^[A-Za-z0-9._-]+/[0-9]+/[0-9]+$")                                              \
    X(TOLD_ALERT, "subscription/alert_id", "^[a-z0-9-]{1,64}/[0-9a-f-]{36}$")                                          \
    X(TOLD_PARTITION, "subscription/partition", "^[a-z0-9-]{1,64}/[0-9]+$")                                            \
    X(SUBSCRIPTION, "subscription", "^[a-z0-9-]{1,64}$")                                                               \
    X(REPLAY, "subscription/replay", "^[a-z0-9-]{1,64}/replay$")

/* clang-format off */
enum topic_key {
#define X(symbol, name, pattern) TOPIC_KEY_##symbol,
    TOPIC_KEYS(X)
#undef X
    TOPIC_KEY_COUNT
};
/* clang-format on */

struct topic_key_row {
    const char *name, *pattern;
};
extern const struct topic_key_row topic_keys[TOPIC_KEY_COUNT];

/* One kind of record in some topics. */
struct topic_content {
    unsigned topics; /* topic_set.h */
    enum topic_key key;
    enum schema schema; /* of the value; SCHEMA_COUNT: a tombstone */
    const char *name;   /* the schema's own, without namespace; or the tombstone's */
    const char *says;   /* what a tombstone says; of a value the schema does */
};
extern const struct topic_content topic_contents[];
extern const size_t topic_content_count;

/* The next content of TOPIC from number *I on, *I is moved past it; NULL: no more. */
const struct topic_content *topic_content_next(enum topic topic, size_t *i);

static inline bool topic_content_has_value(const struct topic_content *content)
{
    return content->schema != SCHEMA_COUNT;
}

/* The .avsc of a value. NULL: memory is short. */
json_t *topic_content_schema(const struct topic_content *content);

/* By whom: READ and WRITTEN by the service, KEPT as its memory. */
enum topic_use { TOPIC_USE_READ, TOPIC_USE_WRITTEN, TOPIC_USE_KEPT };

/* By enum topic: what each is called by default, what its records are, a sentence on it, and how the service uses it.
 */
struct topic_row {
    const char *name, *content, *help;
    enum topic_use use;
};
extern const struct topic_row topic_rows[TOPIC_COUNT];

/* Whether the values of TOPIC have ids of a schema registry: where there is one, all but the service's memory, which
 * must not depend on it. */
bool topic_is_registered(const struct settings *settings, enum topic topic);

#endif
