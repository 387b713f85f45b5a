#include "consumer/topic_property.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/topic_set.h"

#define INPUTS TOPIC_SET_INPUTS
#define STATE TOPIC_BIT(STATE)
#define DELIVERIES TOPIC_BIT(DELIVERIES)
#define KEPT (TOPIC_SET_PUBLISHED | STATE | DELIVERIES)
#define LETTERS TOPIC_BIT(DEAD_LETTERS)

#define MS_A_DAY 86400000

static const char *input_retention_ms(const struct settings *settings, char text[static TOPIC_PROPERTY_VALUE_SIZE])
{
    snprintf(text, TOPIC_PROPERTY_VALUE_SIZE, "%" PRId64, settings->input_retention_days * MS_A_DAY);
    return text;
}

static const char *min_insync_replicas(const struct settings *settings, char text[static TOPIC_PROPERTY_VALUE_SIZE])
{
    (void)text;
    return settings->topic_replication >= 3 ? "2" : NULL; /* with less, one broker that is down would stop all */
}

const struct topic_property topic_properties[] = {
    {INPUTS, "cleanup.policy", "delete", NULL, DEMAND_MUST_BE,
     "events are keyed by child, so that compaction would keep one fact of each and lose the others"},
    {LETTERS, "cleanup.policy", "delete", NULL, DEMAND_MUST_BE,
     "dead letters are a log: none takes the place of another"},
    {KEPT, "cleanup.policy", "compact", NULL, DEMAND_MUST_BE, "the newest record of each key must never expire"},
    {INPUTS | LETTERS, "retention.ms", NULL, input_retention_ms, DEMAND_SHOULD_BE,
     "topics.input_retention_days says so, and a forgotten child is remembered as such for that long"},
    {INPUTS, "message.timestamp.type", "LogAppendTime", NULL, DEMAND_SHOULD_BE,
     "forgetting and retention go by the record's timestamp, and a producer's clock may be wrong"},
    {KEPT, "delete.retention.ms", "604800000", NULL, DEMAND_SHOULD_REACH,
     "a reader that was away for a weekend must still see what is over"},
    {KEPT, "max.compaction.lag.ms", "86400000", NULL, DEMAND_NONE, "what is forgotten leaves the disk within a day"},
    {STATE, "min.compaction.lag.ms", "600000", NULL, DEMAND_SHOULD_REACH,
     "a report that is reading it would miss a child whose older state compaction takes away for one that came later"},
    {KEPT, "segment.bytes", "67108864", NULL, DEMAND_NONE, "the newest segment is never compacted"},
    {STATE, "min.cleanable.dirty.ratio", "0.3", NULL, DEMAND_NONE, "a restore reads what is not compacted yet"},
    {STATE | LETTERS, "max.message.bytes", "4194304", NULL, DEMAND_SHOULD_REACH,
     "a child with as many facts as it may have, or a dead letter with its payload, is larger than Kafka's default"},
    {TOPIC_SET_ALL, "min.insync.replicas", NULL, min_insync_replicas, DEMAND_NONE,
     "a commit is to stand on two brokers"},
};
const size_t topic_property_count = sizeof(topic_properties) / sizeof(topic_properties[0]);

bool topic_property_is_of(const struct topic_property *property, enum topic topic)
{
    return topic_set_has(property->topics, topic);
}

const char *topic_property_value(const struct topic_property *property, const struct settings *settings,
                                 char text[static TOPIC_PROPERTY_VALUE_SIZE])
{
    return property->value_of == NULL ? property->value : property->value_of(settings, text);
}

bool topic_property_holds(const struct topic_property *property, const char *wanted, const char *found)
{
    switch (property->demand) {
    case DEMAND_NONE:
        return true;
    case DEMAND_SHOULD_REACH:
        return strcmp(found, "-1") == 0 || strtoll(found, NULL, 10) >= strtoll(wanted, NULL, 10);
    default:
        return strcmp(found, wanted) == 0;
    }
}
