#include "consumer/population_partition.h"

#include <stdlib.h>

#include "schemas/event.h"
#include "schemas/state.h"

#define SLOTS_A_TURN 1024u /* a thread takes so many children at once */

bool population_partition_init(struct population_partition *partition, const struct population_question *question)
{
    *partition = (struct population_partition){
        .question = question, .judged_through = DAY_ABSENT, .progress_unreadable = -1};
    children_init(&partition->children);
    for (int i = 0; i < question->threads; i++) {
        if (child_init(&partition->threads[i].child))
            continue;
        population_partition_fini(partition);
        return false;
    }
    return true;
}

void population_partition_fini(struct population_partition *partition)
{
    children_fini(&partition->children);
    free(partition->offsets);
    for (int i = 0; i < partition->question->threads; i++)
        child_fini(&partition->threads[i].child);
}

void population_partition_empty(struct population_partition *partition)
{
    children_fini(&partition->children);
    partition->has_progress = false;
    partition->judged_through = DAY_ABSENT;
    partition->progress_unreadable = -1;
    partition->unreadable.count = 0;
}

uint64_t population_partition_visited(const struct population_partition *partition)
{
    uint64_t visited = 0;
    for (int i = 0; i < partition->question->threads; i++)
        visited += partition->threads[i].visited;
    return visited;
}

/* --- records ------------------------------------------------------------------------------------------------------ */

static void note_unreadable(struct population_partition *partition, int64_t offset)
{
    struct unreadable_records *unreadable = &partition->unreadable;
    if (unreadable->count < UNREADABLE_NAMED)
        unreadable->offsets[unreadable->count] = offset;
    unreadable->count++;
}

static void put_progress(struct population_partition *partition, const struct topic_record *record)
{
    struct progress progress;
    const bool is_read = record->value != NULL && progress_read(record->value, record->length, &progress);
    partition->has_progress = true;
    partition->progress_unreadable = is_read ? -1 : record->offset;
    if (is_read)
        partition->judged_through = progress.judged_through;
}

static bool make_room(struct population_partition *partition, uint32_t slot)
{
    if (slot < partition->offset_capacity)
        return true;
    const uint32_t capacity = partition->children.slot_capacity;
    int64_t *larger = realloc(partition->offsets, capacity * sizeof(*larger));
    if (larger == NULL)
        return false;
    partition->offsets = larger;
    partition->offset_capacity = capacity;
    return true;
}

static bool put_state(struct population_partition *partition, const struct topic_record *record)
{
    const uint32_t slot = children_put(&partition->children, record->key, key_murmur2(record->key), record->value,
                                       record->length);
    if (slot == CHILD_SLOT_NONE || !make_room(partition, slot))
        return false;
    partition->offsets[slot] = record->offset;
    return true;
}

bool population_partition_put(struct population_partition *partition, const struct topic_record *record)
{
    const struct text only = partition->question->only;
    if (text_equal(record->key, (struct text){PROGRESS_KEY, sizeof(PROGRESS_KEY) - 1}))
        put_progress(partition, record);
    else if (!text_is_id(record->key))
        note_unreadable(partition, record->offset);
    else if (only.length > 0 && !text_equal(record->key, only))
        return true;
    else if (record->value == NULL)
        children_drop(&partition->children, record->key, key_murmur2(record->key));
    else
        return put_state(partition, record);
    return true;
}

/* --- visiting ----------------------------------------------------------------------------------------------------- */

static void visit_child(struct population_partition *partition, int thread_number, uint32_t slot)
{
    const struct population_question *question = partition->question;
    struct population_thread *thread = &partition->threads[thread_number];
    const struct child_block *block = partition->children.slots[slot].block;
    if (block == NULL)
        return;
    if (!state_read(child_block_value(block), block->value_length, child_block_key(block), &thread->child)) {
        partition->offsets[slot] = ~partition->offsets[slot];
        thread->is_unreadable = true;
        return;
    }
    if (thread->child.fact_count == 0 && thread->child.alert_count == 0)
        return; /* that it was forgotten is all that is known of it */
    thread->visited++;
    const enum visit said = question->visit(question->context, thread_number, &thread->child, partition->today);
    if (said != VISIT_GO_ON)
        atomic_store(&partition->said, said);
}

static void visit_slots(void *context, int i)
{
    struct population_partition *partition = context;
    const uint32_t slot_count = partition->children.slot_count;
    uint32_t slot;
    while ((slot = atomic_fetch_add(&partition->next_slot, SLOTS_A_TURN)) < slot_count) {
        const uint32_t end = slot_count - slot > SLOTS_A_TURN ? slot + SLOTS_A_TURN : slot_count;
        for (; slot < end && atomic_load(&partition->said) == VISIT_GO_ON; slot++)
            visit_child(partition, i, slot);
    }
}

static void note_unreadable_states(struct population_partition *partition)
{
    bool any = false;
    for (int i = 0; i < partition->question->threads; i++) {
        any |= partition->threads[i].is_unreadable;
        partition->threads[i].is_unreadable = false;
    }
    for (uint32_t slot = 0; any && slot < partition->children.slot_count; slot++)
        if (partition->children.slots[slot].block != NULL && partition->offsets[slot] < 0)
            note_unreadable(partition, ~partition->offsets[slot]);
}

enum visit population_partition_visit(struct population_partition *partition, struct day today)
{
    const bool is_dated = !day_is_absent(partition->question->as_of);
    partition->today = is_dated ? today : day_later(today, partition->judged_through);
    atomic_store(&partition->next_slot, 0);
    atomic_store(&partition->said, VISIT_GO_ON);
    parallel_run(partition->question->threads, visit_slots, partition);
    if (partition->progress_unreadable >= 0)
        note_unreadable(partition, partition->progress_unreadable);
    note_unreadable_states(partition);
    return (enum visit)atomic_load(&partition->said);
}
