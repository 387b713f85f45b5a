/* Computing a transaction: every child that inputs concern, then those whose day has come, then how far it has got. */
#include "consumer/machine_internal.h"

#include <assert.h>
#include <stdlib.h>

/* --- the batch --- */

static uint32_t slot_make(struct machine *machine, const struct batch_input *input)
{
    struct children *children = &machine->partitions[input->partition_index].children;
    struct child_block *block = child_block_new(input->child_id, NULL, 0);

    if (block == NULL)
        return CHILD_SLOT_NONE;
    uint32_t slot = children_add(children, block, input->murmur2);
    if (slot == CHILD_SLOT_NONE)
        free(block);
    else if (!machine_perhaps_empty(machine, input->partition_index, slot)) {
        free(children_remove(children, slot, input->murmur2));
        return CHILD_SLOT_NONE;
    }
    return slot;
}

static uint32_t slot_for(struct machine *machine, const struct batch_input *input)
{
    const struct children *children = &machine->partitions[input->partition_index].children;
    uint32_t slot = children_find(children, input->child_id, input->murmur2);

    return slot == CHILD_SLOT_NONE ? slot_make(machine, input) : slot;
}

/* Chains the inputs of each child, in their order (hence from the last to the first). */
static bool inputs_chain(struct machine *machine)
{
    for (uint32_t i = machine->taken.input_count; i-- > 0;) {
        struct batch_input *input = &machine->taken.inputs[i];
        struct partition *partition = &machine->partitions[input->partition_index];
        uint32_t slot = slot_for(machine, input);
        if (slot == CHILD_SLOT_NONE)
            return false;
        input->slot = slot;
        machine->chained_count++;
        input->next = partition->children.slots[slot].pending;
        partition->children.slots[slot].pending = i + 1;
    }
    return true;
}

/* --- computing, stage by stage and piece by piece: each stage goes on until the piece is full or it is done --- */

static bool piece_is_full(const struct machine *machine)
{
    return machine->records.count >= machine->piece_end;
}

static bool inputs_apply(struct machine *machine, bool *done)
{
    while (machine->next_input < machine->taken.input_count) {
        if (piece_is_full(machine))
            return true;
        const struct batch_input *input = &machine->taken.inputs[machine->next_input++];
        const struct partition *partition = &machine->partitions[input->partition_index];
        if (partition->children.slots[input->slot].pending != 0 &&
            !machine_child_update(machine, input->partition_index, input->slot))
            return false;
    }
    *done = true;
    return true;
}

static bool letters_publish(struct machine *machine, bool *done)
{
    *done = true;
    for (uint32_t i = 0; i < machine->taken.letter_count; i++)
        if (!publish_letter(machine, &machine->taken.letters[i]))
            return false;
    return true;
}

/* --- those due --- */

static bool partition_sweep(struct machine *machine, uint32_t partition_index)
{
    struct partition *partition = &machine->partitions[partition_index];
    struct children *children = &partition->children;

    while (partition->sweep.next_slot < children->slot_count) {
        if (machine->swept >= machine->settings.transaction_judged_max || piece_is_full(machine))
            return true;
        uint32_t slot = partition->sweep.next_slot++;
        bool due = children->slots[slot].block != NULL && children->slots[slot].block->value_length > 0 &&
                   !day_before(partition->today, children->slots[slot].next_change_on);
        machine->swept += due;
        if (due && !machine_child_judge(machine, partition_index, slot))
            return false;
    }
    partition->sweep.done = true;
    partition->yardstick_hash = machine->yardstick_hash;
    return true;
}

static bool sweeps_go_on(struct machine *machine, bool *done)
{
    for (uint32_t i = 0; i < machine->partition_count && !piece_is_full(machine); i++) {
        if (!partition_has_due(&machine->partitions[i]) || machine->swept >= machine->settings.transaction_judged_max)
            continue;
        machine->partitions[i].in_transaction = true;
        if (!partition_sweep(machine, i))
            return false;
    }
    *done = !piece_is_full(machine);
    return true;
}

/* --- progress --- */

static bool progress_publish(struct machine *machine, const struct partition *partition)
{
    uint8_t bytes[PROGRESS_BYTES_MAX];
    struct progress progress = partition_progress(partition, machine->transactional_id, machine->settings.cluster_id);
    size_t length = progress_write(&progress, bytes, sizeof bytes);

    assert(length > 0);
    return output_copy(machine, &(struct output_record){.output = OUTPUT_STATE,
                                                        .partition = partition->number,
                                                        .key_length = sizeof PROGRESS_KEY - 1,
                                                        .value_length = (uint32_t)length,
                                                        .key = PROGRESS_KEY,
                                                        .value = bytes});
}

static bool progress_collect(struct machine *machine, bool *done)
{
    *done = true;
    for (uint32_t i = 0; i < machine->partition_count; i++) {
        const struct partition *partition = &machine->partitions[i];
        if (!partition->in_transaction)
            continue;
        if (!progress_publish(machine, partition))
            return false;
        for (int input = 0; input < STATE_INPUTS; input++)
            machine->offsets[machine->transaction.offset_count++] = (struct input_offset){input, partition->number,
                                                                                          partition->taken[input]};
    }
    return true;
}

bool transaction_open(struct machine *machine)
{
    machine->transaction = (struct transaction){.events = machine->taken.input_count, .offsets = machine->offsets};
    machine->records.count = 0;
    machine->undo.count = 0;
    machine->chained_count = 0;
    machine->perhaps_empty.count = 0;
    machine->stage = 0;
    machine->next_input = 0;
    machine->swept = 0;
    machine->counts.events += machine->taken.input_count;
    arena_reset(&machine->output_bytes);
    return inputs_chain(machine);
}

bool machine_compute(struct machine *machine, size_t records)
{
    static bool (*const stages[])(struct machine * machine, bool *done) = {inputs_apply, letters_publish, sweeps_go_on,
                                                                           progress_collect};
    const uint32_t stage_count = sizeof stages / sizeof stages[0];
    bool computed = true;

    assert(machine->under_way && !machine->transaction.is_complete);
    machine->piece_end = machine->records.count + records;
    while (computed && machine->stage < stage_count) {
        bool done = false;
        computed = stages[machine->stage](machine, &done);
        if (!done)
            break;
        machine->stage++;
    }
    machine->transaction.records = machine->records.items;
    machine->transaction.record_count = machine->records.count;
    machine->transaction.is_complete = machine->stage == stage_count;
    return computed;
}

/* A child without a state leaves no slot behind: one that was forgotten long ago, or whose inputs said nothing that
 * counts. */
static void slots_tidy(struct machine *machine)
{
    for (size_t i = 0; i < machine->perhaps_empty.count; i++) {
        const struct slot_reference *reference = &machine->perhaps_empty.items[i];
        struct children *children = &machine->partitions[reference->partition_index].children;
        const struct child_block *block = children->slots[reference->slot].block;
        if (block != NULL && block->value_length == 0)
            free(children_remove(children, reference->slot, key_murmur2(child_block_key(block))));
    }
}

void transaction_keep(struct machine *machine)
{
    for (size_t i = 0; i < machine->undo.count; i++)
        free(machine->undo.items[i].block);
    slots_tidy(machine);
    for (uint32_t i = 0; i < machine->partition_count; i++)
        machine->partitions[i].in_transaction = false;
}

static void children_put_back(struct machine *machine)
{
    for (uint32_t i = 0; i < machine->chained_count; i++) { /* where memory ran short midway */
        const struct batch_input *input = &machine->taken.inputs[machine->taken.input_count - 1 - i];
        machine->partitions[input->partition_index].children.slots[input->slot].pending = 0;
    }
    for (size_t i = machine->undo.count; i-- > 0;) {
        const struct undo *undo = &machine->undo.items[i];
        struct child_slot *slot = &machine->partitions[undo->partition_index].children.slots[undo->slot];
        slot->next_change_on = undo->next_change_on;
        if (undo->block == NULL || undo->block == slot->block)
            continue;
        free(slot->block);
        slot->block = undo->block;
    }
}

void transaction_roll_back(struct machine *machine)
{
    children_put_back(machine);
    slots_tidy(machine);
    for (uint32_t i = 0; i < machine->partition_count; i++) {
        struct partition *partition = &machine->partitions[i];
        if (!partition->in_transaction)
            continue;
        partition->in_transaction = false;
        partition->touched = true;
        partition->sweep = (struct sweep){0};
        partition->yardstick_hash = partition->yardstick_hash_before;
    }
}
