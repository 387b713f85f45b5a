/* One child in a transaction: its state is loaded, facts are applied, it is judged, and what it has become is kept. */
#include "consumer/machine_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/room.h"

static bool undo_add(struct machine *machine, const struct undo *undo)
{
    struct undo_list *list = &machine->undo;
    struct undo *items = room_for_one_more(list->items, list->count, &list->capacity, sizeof *items);

    if (items == NULL)
        return false;
    list->items = items;
    list->items[list->count++] = *undo;
    return true;
}

bool machine_perhaps_empty(struct machine *machine, uint32_t partition_index, uint32_t slot)
{
    struct slot_list *list = &machine->perhaps_empty;
    struct slot_reference *items = room_for_one_more(list->items, list->count, &list->capacity, sizeof *items);

    if (items == NULL)
        return false;
    list->items = items;
    list->items[list->count++] = (struct slot_reference){partition_index, slot};
    return true;
}

static void child_load(struct machine *machine, const struct child_block *block)
{
    struct text child_id = child_block_key(block);

    if (block->value_length == 0) {
        child_reset(&machine->child, child_id);
        return;
    }
    bool read = state_read(child_block_value(block), block->value_length, child_id, &machine->child);
    assert(read);
    (void)read;
}

static bool state_bytes_reserve(struct machine *machine, size_t size)
{
    if (size <= machine->state_bytes_size)
        return true;
    uint8_t *bytes = realloc(machine->state_bytes, size * 2);
    if (bytes == NULL)
        return false;
    machine->state_bytes = bytes;
    machine->state_bytes_size = size * 2;
    return true;
}

static bool state_is(const struct child_block *block, const uint8_t *value, size_t length)
{
    return block->value_length == length && memcmp(child_block_value(block), value, length) == 0;
}

/* Replaces the block and writes the state record; a value of length 0: nothing is left of the child. */
static bool state_replace(struct machine *machine, const struct partition *partition, struct child_slot *slot,
                          const uint8_t *value, size_t length)
{
    struct child_block *block = child_block_new(child_block_key(slot->block), value, length);

    if (block == NULL)
        return false;
    slot->block = block;
    struct text key = child_block_key(block);
    return output_add(machine, &(struct output_record){.output = OUTPUT_STATE,
                                                       .partition = partition->number,
                                                       .key_length = key.length,
                                                       .value_length = (uint32_t)length,
                                                       .key = key.bytes,
                                                       .value = length == 0 ? NULL : child_block_value(block)});
}

/* Keeps what machine->child has become. A state that is byte for byte what it was is not written again. */
static bool child_store(struct machine *machine, uint32_t partition_index, uint32_t slot_number)
{
    struct partition *partition = &machine->partitions[partition_index];
    struct child_slot *slot = &partition->children.slots[slot_number];
    bool over = child_is_over(&machine->child, machine->settings.forget_retention_days, partition->today);
    size_t length = 0;

    if (!state_bytes_reserve(machine, state_size_bound(&machine->child)))
        return false;
    if (!over)
        length = state_write(&machine->child, machine->state_bytes, machine->state_bytes_size);
    bool same = state_is(slot->block, machine->state_bytes, length);
    struct undo undo = {partition_index, slot_number, same ? NULL : slot->block, slot->next_change_on};
    if (!undo_add(machine, &undo) || (over && !machine_perhaps_empty(machine, partition_index, slot_number)))
        return false;
    slot->next_change_on = over ? DAY_NEVER : machine->child.next_change_on;
    return same || state_replace(machine, partition, slot, machine->state_bytes, length);
}

static bool child_judge_and_publish(struct machine *machine, const struct partition *partition, const char *traceparent)
{
    struct yardstick yardstick = {machine->settings.norms, machine->settings.calendar, partition->today,
                                  machine->settings.forget_retention_days};

    machine->counts.judged++;
    machine->transaction.judged++;
    child_judge(&machine->child, &yardstick, &machine->judgement);
    return publish_changes(machine, partition->number, traceparent);
}

/* Also of alerts that nobody knows to have been published: those of a state that was lost. */
static bool forget_published(struct machine *machine, const struct batch_input *wish)
{
    for (uint32_t i = 0; i < machine->child.fact_count; i++)
        if (!publish_forgetting(machine, wish, &machine->child.facts[i]))
            return false;
    return true;
}

/* A state that was begun anew and has not judged everybody yet: facts that were forgotten before it was lost come again
 * after the wish, from another input. */
static bool is_begun_anew(const struct partition *partition)
{
    return day_is_absent(partition->judged_through) && partition->yardstick_hash == 0;
}

/* What a batch does to a child. */
struct application {
    bool changed;
    const struct batch_input *traced; /* of the facts that set a judgement off, the one recorded last among those that
                                         came with a trace; NULL: none did */
};

static bool apply_forget(struct machine *machine, const struct batch_input *input, struct application *application)
{
    if (input->forgotten_at_ms <= machine->child.forgotten_at_ms)
        return true;
    if (!forget_published(machine, input))
        return false;
    application->changed = child_forget(&machine->child, input->forgotten_at_ms) || application->changed;
    if (application->traced != NULL && application->traced->fact.recorded_at_ms <= input->forgotten_at_ms)
        application->traced = NULL;
    machine->counts.forgets++;
    return true;
}

static void trace(struct application *application, const struct batch_input *input)
{
    if (input->traceparent != NULL &&
        (application->traced == NULL || fact_is_recorded_after(&input->fact, &application->traced->fact)))
        application->traced = input;
}

static bool apply_fact(struct machine *machine, const struct batch_input *input, struct application *application)
{
    const struct partition *partition = &machine->partitions[input->partition_index];

    switch (child_apply(&machine->child, &input->fact)) {
    case APPLIED:
        application->changed = true;
        trace(application, input);
        break;
    case APPLIED_NOTHING:
        machine->counts.duplicates++;
        break;
    case APPLIED_FORGOTTEN:
        machine->counts.forgotten_facts++;
        return !is_begun_anew(partition) || publish_forgetting(machine, input, &input->fact);
    case APPLIED_FULL:
        return publish_surplus(machine, input);
    }
    return true;
}

/* Applies everything the batch has for one child. */
bool machine_child_update(struct machine *machine, uint32_t partition_index, uint32_t slot_number)
{
    const struct partition *partition = &machine->partitions[partition_index];
    struct child_slot *slot = &partition->children.slots[slot_number];
    uint32_t next = slot->pending;
    struct application application = {false, NULL};

    slot->pending = 0;
    child_load(machine, slot->block);
    while (next != 0) {
        const struct batch_input *input = &machine->taken.inputs[next - 1];
        if (!(input->forgets ? apply_forget : apply_fact)(machine, input, &application))
            return false;
        next = input->next;
    }
    if (!application.changed)
        return true;
    const char *traceparent = application.traced == NULL ? NULL : application.traced->traceparent;
    if (partition->live && !child_judge_and_publish(machine, partition, traceparent))
        return false;
    return child_store(machine, partition_index, slot_number);
}

bool machine_child_judge(struct machine *machine, uint32_t partition_index, uint32_t slot_number)
{
    const struct partition *partition = &machine->partitions[partition_index];

    child_load(machine, partition->children.slots[slot_number].block);
    return child_judge_and_publish(machine, partition, NULL) && child_store(machine, partition_index, slot_number);
}
