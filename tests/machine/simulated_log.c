#include "simulated_log.h"

#include <stdlib.h>
#include <string.h>

void simulated_log_init(struct simulated_log *log)
{
    memset(log, 0, sizeof *log);
    for (int input = 0; input < STATE_INPUTS; input++)
        for (int partition = 0; partition < SIMULATED_PARTITIONS; partition++)
            log->committed[input][partition] = OFFSET_NONE;
}

static void topic_fini(struct simulated_topic *topic)
{
    for (size_t i = 0; i < topic->count; i++) {
        free(topic->records[i].key);
        free(topic->records[i].value);
    }
    free(topic->records);
}

void simulated_log_fini(struct simulated_log *log)
{
    for (int partition = 0; partition < SIMULATED_PARTITIONS; partition++) {
        for (int input = 0; input < STATE_INPUTS; input++)
            topic_fini(&log->inputs[input][partition]);
        for (int output = 0; output < OUTPUT_COUNT; output++)
            topic_fini(&log->outputs[output][partition]);
    }
}

static void *copy(const void *bytes, size_t length)
{
    if (bytes == NULL)
        return NULL;
    void *kept = malloc(length + 1);
    if (kept == NULL)
        abort();
    memcpy(kept, bytes, length);
    return kept;
}

void simulated_topic_append(struct simulated_topic *topic, const void *key, size_t key_length, const void *value,
                            size_t value_length, int64_t timestamp_ms)
{
    if (topic->count == topic->capacity) {
        topic->capacity = topic->capacity == 0 ? 16 : topic->capacity * 2;
        topic->records = realloc(topic->records, topic->capacity * sizeof *topic->records);
        if (topic->records == NULL)
            abort();
    }
    topic->records[topic->count++] = (struct simulated_record){
        topic->end++, timestamp_ms, key_length, value_length, copy(key, key_length), copy(value, value_length), {0}};
    record_headers_init(&topic->records[topic->count - 1].headers);
}

bool simulated_log_commit(struct simulated_log *log, const struct transaction *transaction, int generation)
{
    if (generation != log->generation)
        return false;
    for (size_t i = 0; i < transaction->record_count; i++) {
        const struct output_record *record = &transaction->records[i];
        struct simulated_topic *topic = &log->outputs[record->output][record->partition];
        simulated_topic_append(topic, record->key, record->key_length, record->value, record->value_length, 0);
        if (record->headers != NULL)
            topic->records[topic->count - 1].headers = *record->headers;
    }
    for (size_t i = 0; i < transaction->offset_count; i++) {
        const struct input_offset *offset = &transaction->offsets[i];
        log->committed[offset->input][offset->partition] = offset->offset;
    }
    return true;
}

static bool same_key(const struct simulated_record *a, const struct simulated_record *b)
{
    return a->key_length == b->key_length && memcmp(a->key, b->key, a->key_length) == 0;
}

struct simulated_record *simulated_topic_compacted(const struct simulated_topic *topic, size_t *count)
{
    struct simulated_record *newest = calloc(topic->count + 1, sizeof *newest);

    *count = 0;
    for (size_t i = 0; i < topic->count; i++) {
        bool superseded = false;
        for (size_t later = i + 1; later < topic->count && !superseded; later++)
            superseded = same_key(&topic->records[i], &topic->records[later]);
        if (!superseded)
            newest[(*count)++] = topic->records[i];
    }
    return newest;
}
