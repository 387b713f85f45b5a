#include "consumer/forgetting.h"

#include <stdio.h>

#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/topic_set.h"
#include "consumer/topics.h"
#include "schemas/event.h"

static int find_topics(struct forgetting *forgetting, bool see)
{
    const unsigned seen = see ? TOPIC_SET_PUBLISHED | TOPIC_BIT(STATE) : 0;
    return topics_reach(forgetting->kafka, forgetting->settings, TOPIC_SET_INPUTS | seen, forgetting->partition_counts,
                        stderr, NULL);
}

int forgetting_open(struct forgetting *forgetting, const struct settings *settings, const char *component,
                    struct text child_id, bool see)
{
    *forgetting = (struct forgetting){.settings = settings, .component = component, .child_id = child_id};
    forgetting->kafka = wish_record_client(settings, component);
    if (forgetting->kafka == NULL)
        return EXIT_CONFIG;
    const int exit_code = find_topics(forgetting, see);
    if (exit_code != EXIT_OK)
        forgetting_close(forgetting);
    return exit_code;
}

void forgetting_close(struct forgetting *forgetting)
{
    rd_kafka_destroy(forgetting->kafka);
}

int forgetting_write(struct forgetting *forgetting)
{
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        forgetting->tombstones[stream] = (struct wish_record){
            .topic = forgetting->settings->topics[stream],
            .partition = key_partition(key_murmur2(forgetting->child_id), forgetting->partition_counts[stream]),
            .key = forgetting->child_id,
        };
    return wish_records_write(forgetting->kafka, forgetting->tombstones, STREAM_COUNT, forgetting->component);
}
