/* The table of rights: what each command needs of a broker with ACLs, and no more. `topics acls` prints it.
 *
 * Read and Write include Describe, so that it is named only where neither is needed. IdempotentWrite on the cluster is
 * not needed: since Kafka 2.8 who may Write to a topic may do so idempotently.
 */
#ifndef CONSUMER_ACL_TABLE_H
#define CONSUMER_ACL_TABLE_H

#include <stddef.h>

#include "consumer/settings.h"

/* X(SYMBOL, the command). */
#define ACL_USERS(X)                                                                                                   \
    X(RUN, "run")                                                                                                      \
    X(PRODUCE, "produce")                                                                                              \
    X(WATCH, "watch")                                                                                                  \
    X(REPORT, "report")                                                                                                \
    X(EVALUATE, "evaluate")                                                                                            \
    X(EXPLAIN, "explain")                                                                                              \
    X(FORGET, "forget")                                                                                                \
    X(NOTIFY, "notify")                                                                                                \
    X(TOPICS, "topics")

/* X(SYMBOL as Kafka's clients call it, as its command line does). */
#define ACL_OPERATIONS(X)                                                                                              \
    X(READ, "Read")                                                                                                    \
    X(WRITE, "Write")                                                                                                  \
    X(CREATE, "Create")                                                                                                \
    X(DESCRIBE, "Describe")                                                                                            \
    X(DESCRIBE_CONFIGS, "DescribeConfigs")

/* X(SYMBOL as Kafka's clients call it, option of its command line, how the name is meant). */
#define ACL_RESOURCES(X)                                                                                               \
    X(TOPIC, "topic", LITERAL)                                                                                         \
    X(GROUP, "group", LITERAL)                                                                                         \
    X(TRANSACTIONAL_ID, "transactional-id", PREFIXED)

/* clang-format off */
enum acl_user {
#define X(symbol, name) ACL_USER_##symbol,
    ACL_USERS(X)
#undef X
    ACL_USER_COUNT
};

enum acl_operation {
#define X(symbol, name) ACL_##symbol,
    ACL_OPERATIONS(X)
#undef X
    ACL_OPERATION_COUNT
};

enum acl_resource {
#define X(symbol, option, pattern) ACL_##symbol,
    ACL_RESOURCES(X)
#undef X
};
/* clang-format on */

struct acl_need {
    unsigned users; /* bits by enum acl_user */
    enum acl_resource resource;
    unsigned topics;     /* of ACL_TOPIC: topic_set.h */
    unsigned operations; /* bits by enum acl_operation */
    const char *why;
};

extern const struct acl_need acl_needs[];
extern const size_t acl_need_count;

#endif
