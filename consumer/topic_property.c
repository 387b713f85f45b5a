#include "consumer/topic_property.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/topic_set.h"

#define INPUTS TOPIC_SET_INPUTS
#define STATE TOPIC_BIT(STATE)
#define KEPT (TOPIC_SET_PUBLISHED | STATE)
#define LETTERS TOPIC_BIT(DEAD_LETTERS)

#define MS_A_DAY 86400000

const struct topic_property topic_properties[] = {
    {INPUTS, "cleanup.policy", "delete", DEMAND_MUST_BE,
     "events are keyed by child, so that compaction would keep one fact of each and lose the others"},
    {LETTERS, "cleanup.policy", "delete", DEMAND_MUST_BE, "dead letters are a log: none takes the place of another"},
    {KEPT, "cleanup.policy", "compact", DEMAND_MUST_BE, "the newest record of each key must never expire"},
    {INPUTS | LETTERS, "retention.ms", NULL, DEMAND_SHOULD_BE,
     "topics.input_retention_days says so, and a forgotten child is remembered as such for that long"},
    {INPUTS, "message.timestamp.type", "LogAppendTime", DEMAND_SHOULD_BE,
     "forgetting and retention go by the record's timestamp, and a producer's clock may be wrong"},
    {KEPT, "delete.retention.ms", "604800000", DEMAND_SHOULD_REACH,
     "a reader that was away for a weekend must still see what is over"},
    {KEPT, "max.compaction.lag.ms", "86400000", DEMAND_NONE, "what is forgotten leaves the disk within a day"},
    {STATE, "min.compaction.lag.ms", "600000", DEMAND_SHOULD_REACH,
     "a report that is reading it would miss a child whose older state compaction takes away for one that came later"},
    {KEPT, "segment.bytes", "67108864", DEMAND_NONE, "the newest segment is never compacted"},
    {STATE, "min.cleanable.dirty.ratio", "0.3", DEMAND_NONE, "a restore reads what is not compacted yet"},
    {STATE | LETTERS, "max.message.bytes", "4194304", DEMAND_SHOULD_REACH,
     "a child with as many facts as it may have, or a dead letter with its payload, is larger than Kafka's default"},
};
const size_t topic_property_count = sizeof(topic_properties) / sizeof(topic_properties[0]);

bool topic_property_is_of(const struct topic_property *property, enum topic topic)
{
    return topic_set_has(property->topics, topic);
}

const char *topic_property_value(const struct topic_property *property, const struct settings *settings,
                                 char text[static TOPIC_PROPERTY_VALUE_SIZE])
{
    if (property->value != NULL)
        return property->value;
    snprintf(text, TOPIC_PROPERTY_VALUE_SIZE, "%" PRId64, settings->input_retention_days * MS_A_DAY);
    return text;
}

const char *topic_min_insync_replicas(const struct settings *settings)
{
    return settings->topic_replication >= 3 ? "2" : NULL; /* a commit then stands on two brokers at least */
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
