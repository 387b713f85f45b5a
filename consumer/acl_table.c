#include "consumer/acl_table.h"

#include "consumer/topic_set.h"

#define FOR(symbol) (1u << ACL_USER_##symbol)
#define MAY(symbol) (1u << ACL_##symbol)

const struct acl_need acl_needs[] = {
    {FOR(RUN), ACL_TOPIC, TOPIC_SET_INPUTS, MAY(READ), "events are read, and how far is committed"},
    {FOR(RUN), ACL_TOPIC, TOPIC_SET_PUBLISHED | TOPIC_BIT(DEAD_LETTERS), MAY(WRITE),
     "alerts, violations and dead letters are published"},
    {FOR(RUN), ACL_TOPIC, TOPIC_BIT(STATE), MAY(READ) | MAY(WRITE),
     "the service's memory is written, and read back at the start"},
    {FOR(RUN), ACL_TOPIC, TOPIC_SET_SERVICE, MAY(DESCRIBE_CONFIGS), "the topics are checked at the start"},
    {FOR(RUN), ACL_GROUP, 0, MAY(READ), "instances share the partitions and commit offsets"},
    {FOR(RUN), ACL_TRANSACTIONAL_ID, 0, MAY(WRITE), "alerts, state and offsets are one transaction"},
    {FOR(PRODUCE), ACL_TOPIC, TOPIC_SET_INPUTS, MAY(WRITE), "events are written"},
    {FOR(WATCH), ACL_TOPIC, TOPIC_BIT(ALERTS), MAY(READ), "alerts are read, without a group"},
    {FOR(REPORT) | FOR(EVALUATE) | FOR(EXPLAIN), ACL_TOPIC, TOPIC_BIT(STATE), MAY(READ),
     "the service's memory is read, without a group; files of events need no rights"},
    {FOR(FORGET), ACL_TOPIC, TOPIC_SET_INPUTS, MAY(WRITE), "the wish is written to each input"},
    {FOR(FORGET), ACL_TOPIC, TOPIC_SET_PUBLISHED | TOPIC_BIT(STATE), MAY(READ),
     "only with --wait: that the child is gone is looked for"},
    {FOR(NOTIFY), ACL_TOPIC, TOPIC_BIT(ALERTS), MAY(READ), "alerts are read, without a group"},
    {FOR(NOTIFY), ACL_TOPIC, TOPIC_BIT(DELIVERIES), MAY(READ) | MAY(WRITE),
     "only with subscriptions: what they were told is written, and read back at the start"},
    {FOR(NOTIFY), ACL_TRANSACTIONAL_ID, 0, MAY(WRITE), "only with subscriptions: one process at a time tells them"},
    {FOR(TOPICS), ACL_TOPIC, TOPIC_SET_ALL, MAY(DESCRIBE) | MAY(DESCRIBE_CONFIGS), "the topics are checked"},
    {FOR(TOPICS), ACL_TOPIC, TOPIC_SET_ALL, MAY(CREATE), "only to create: those that are missing are made"},
};
const size_t acl_need_count = sizeof(acl_needs) / sizeof(acl_needs[0]);
