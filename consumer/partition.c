#include "consumer/partition.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void partition_init(struct partition *partition, int32_t number)
{
    *partition = (struct partition){.number = number};
    partition->today = DAY_ABSENT;
    partition->judged_through = DAY_ABSENT;
    children_init(&partition->children);
}

void partition_fini(struct partition *partition)
{
    children_fini(&partition->children);
}

static void text_keep(struct text *text, char *memory, size_t size)
{
    if (text->length > size)
        text->length = (uint32_t)size;
    if (text->length > 0)
        memcpy(memory, text->bytes, text->length);
    text->bytes = memory;
}

static bool restore_progress(struct partition *partition, const uint8_t *value, size_t length)
{
    if (value == NULL || !progress_read(value, length, &partition->progress))
        return false;
    text_keep(&partition->progress.transactional_id, partition->writer, sizeof partition->writer);
    text_keep(&partition->progress.cluster_id, partition->cluster, sizeof partition->cluster);
    partition->has_progress = true;
    return true;
}

static bool restore_child(struct partition *partition, struct text key, const uint8_t *value, size_t length,
                          struct day next_change_on)
{
    uint32_t slot = children_put(&partition->children, key, key_murmur2(key), value, length);

    if (slot == CHILD_SLOT_NONE)
        return false;
    partition->children.slots[slot].next_change_on = next_change_on;
    return true;
}

bool partition_restore(struct partition *partition, struct text key, const uint8_t *value, size_t length)
{
    struct day next_change_on;
    bool known = true;

    if (text_equal(key, (struct text){PROGRESS_KEY, sizeof PROGRESS_KEY - 1}))
        known = restore_progress(partition, value, length);
    else if (!text_is_id(key))
        known = false;
    else if (value == NULL)
        children_drop(&partition->children, key, key_murmur2(key));
    else if (state_peek(value, length, &next_change_on))
        return restore_child(partition, key, value, length, next_change_on);
    else
        known = false;
    partition->format_unknown = partition->format_unknown || !known;
    return true;
}

/* Every child is to be looked at: the norms or the calendar changed since it was. */
static void judge_everybody(struct partition *partition)
{
    for (uint32_t i = 0; i < partition->children.slot_count; i++)
        partition->children.slots[i].next_change_on = DAY_FIRST;
    partition->sweep = (struct sweep){0};
    partition->yardstick_hash = 0; /* from the first child on it is neither the old one nor the new */
}

struct partition_start partition_start(struct partition *partition, const struct machine_settings *settings,
                                       uint64_t yardstick_hash, struct day clock_day)
{
    struct partition_start start = partition_verdict(partition, settings, clock_day);

    start.children = partition->children.count;
    start.state_hash = children_hash(&partition->children);
    if (!verdict_starts[start.verdict])
        return start;
    partition->started = true;
    partition->touched = true;
    for (int i = 0; i < STATE_INPUTS; i++) {
        partition->position[i] = start.next_offset[i];
        partition->backlog_end[i] = partition->broker.end[i];
        partition->read[i] = partition->position[i] >= partition->backlog_end[i];
    }
    if (partition->has_progress) {
        partition->judged_through = partition->progress.judged_through;
        partition->yardstick_hash = partition->progress.yardstick_hash;
    }
    partition->today = day_later(clock_day, partition->judged_through);
    if (partition->yardstick_hash != yardstick_hash)
        judge_everybody(partition);
    return start;
}

void partition_clock(struct partition *partition, struct day clock_day)
{
    if (!partition->started || !day_before(partition->today, clock_day))
        return;
    partition->today = clock_day;
    partition->touched = true;
    partition->sweep = (struct sweep){0};
}

void partition_wait(struct partition *partition, int input, int64_t offset, uint32_t id, int64_t now_ms)
{
    struct schema_wait *wait = &partition->waits[input];

    if (!wait->is_on)
        wait->since_ms = now_ms;
    wait->is_long = wait->is_on && wait->is_long;
    wait->is_on = true;
    wait->is_read_again = false;
    wait->offset = offset;
    wait->id = id;
}

int64_t partition_see(struct partition *partition, int input, int64_t offset, int64_t now_ms)
{
    struct schema_wait *wait = &partition->waits[input];

    if (offset >= wait->seen_to) {
        wait->seen_to = offset + 1;
        wait->seen_ms = now_ms;
    }
    return wait->seen_ms;
}

void partition_gathered(struct partition *partition, int input, int64_t offset)
{
    partition->waits[input].is_on = false;
    if (offset > partition->position[input]) {
        partition->position[input] = offset;
        partition->touched = true;
    }
    if (offset >= partition->backlog_end[input])
        partition->read[input] = true;
}

void partition_lag(struct partition *partition, int input, int64_t end, int64_t bound)
{
    if (!partition->live || partition_has_due(partition) || partition->waits[input].is_on ||
        end - partition->position[input] <= bound)
        return;
    partition->backlog_end[input] = end;
    partition->read[input] = false;
    partition->live = false;
    partition->judged_through = partition->today; /* or else its progress record went back to the day it started with */
}

bool partition_is_read(const struct partition *partition)
{
    const bool was_judged = !day_is_absent(partition->judged_through);

    for (int i = 0; i < STATE_INPUTS; i++) {
        const struct schema_wait *wait = &partition->waits[i];
        if (!partition->read[i] && !(was_judged && wait->is_on && wait->is_long && !wait->is_read_again))
            return false;
    }
    return true;
}

void partition_advance(struct partition *partition)
{
    if (!partition->started || partition->live || !partition_is_read(partition))
        return;
    partition->live = true;
    partition->touched = true;
    partition->sweep = (struct sweep){0};
}

bool partition_has_due(const struct partition *partition)
{
    return partition->live && !partition->sweep.done;
}

struct progress partition_progress(const struct partition *partition, struct text transactional_id,
                                   const char *cluster_id)
{
    struct progress progress = {
        .judged_through = partition->live ? partition->today : partition->judged_through,
        .yardstick_hash = partition->yardstick_hash,
        .transactional_id = transactional_id,
        .cluster_id = {cluster_id, (uint32_t)strlen(cluster_id)},
    };
    memcpy(progress.next_offset, partition->taken, sizeof progress.next_offset);
    return progress;
}
