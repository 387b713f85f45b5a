#include "consumer/topic_content.h"

#include "consumer/topic_set.h"

const struct topic_key_row topic_keys[TOPIC_KEY_COUNT] = {
#define X(symbol, name, pattern) {name, pattern},
    TOPIC_KEYS(X)
#undef X
};

const struct topic_row topic_rows[TOPIC_COUNT] = {
#define X(symbol, setting, name, content, use) {name, content, TOPIC_HELP(content, use), TOPIC_USE_##use},
    TOPICS(X)
#undef X
};

#define VALUE(topic, key, schema, name)                                                                                \
    {                                                                                                                  \
        TOPIC_BIT(topic), TOPIC_KEY_##key, SCHEMA_##schema, name, NULL                                                 \
    }
#define TOMBSTONE(topics, key, name, says)                                                                             \
    {                                                                                                                  \
        topics, TOPIC_KEY_##key, SCHEMA_COUNT, name, says                                                              \
    }

const struct topic_content topic_contents[] = {
    VALUE(PLACEMENTS, CHILD, PLACEMENT, "Placement"),
    VALUE(MOVES, CHILD, MOVE, "Move"),
    VALUE(ENROLLMENTS, CHILD, ENROLLMENT, "Enrollment"),
    TOMBSTONE(TOPIC_SET_INPUTS, CHILD, "Forget",
              "The wish that the child of the key be forgotten. One on any input is enough."),
    VALUE(ALERTS, ALERT, ALERT, "Alert"),
    TOMBSTONE(TOPIC_BIT(ALERTS), ALERT, "AlertForgotten",
              "The child was forgotten, and the alert with it. Also written for ids that never were an alert."),
    VALUE(VIOLATIONS, ALERT, VIOLATION, "ViolationInForce"),
    TOMBSTONE(TOPIC_BIT(VIOLATIONS), ALERT, "ViolationOver",
              "The violation is over, or the child was forgotten. Also written for ids that never were a violation."),
    VALUE(STATE, CHILD, STATE, "State"),
    TOMBSTONE(TOPIC_BIT(STATE), CHILD, "StateForgotten", "Nothing is kept of the child any more."),
    VALUE(STATE, PROGRESS, PROGRESS, "Progress"),
    VALUE(DEAD_LETTERS, PLACE, DEAD_LETTER, "DeadLetter"),
    VALUE(DELIVERIES, TOLD_ALERT, DELIVERY_ALERT, "DeliveryAlert"),
    TOMBSTONE(
        TOPIC_BIT(DELIVERIES), TOLD_ALERT, "DeliveryForgotten",
        "The alert was forgotten, and the subscriber was told so; or nothing is kept of the subscription any more, "
        "and then the other keys have such records, too."),
    VALUE(DELIVERIES, TOLD_PARTITION, DELIVERY_POSITION, "DeliveryPosition"),
    VALUE(DELIVERIES, SUBSCRIPTION, DELIVERY_STANDING, "DeliveryStanding"),
    VALUE(DELIVERIES, REPLAY, DELIVERY_WISH, "DeliveryWish"),
};
const size_t topic_content_count = sizeof(topic_contents) / sizeof(topic_contents[0]);

const struct topic_content *topic_content_next(enum topic topic, size_t *i)
{
    while (*i < topic_content_count) {
        const struct topic_content *content = &topic_contents[(*i)++];
        if (topic_set_has(content->topics, topic))
            return content;
    }
    return NULL;
}

json_t *topic_content_schema(const struct topic_content *content)
{
    const struct shipped_schema *schema = &newest_schemas[content->schema];
    return json_loadb(schema->text, schema->length, 0, NULL);
}

bool topic_is_registered(const struct settings *settings, enum topic topic)
{
    return settings_have_registry(settings) && topic_rows[topic].use != TOPIC_USE_KEPT;
}
