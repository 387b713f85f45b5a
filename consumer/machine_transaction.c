/* Computing a transaction: for each child that inputs concern or whose day has come, the new state and what is
 * published. */
#include "consumer/machine_internal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- lists --- */

static bool record_add(struct machine *machine, const struct output_record *record)
{
    struct output_list *list = &machine->records;

    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 1024 : list->capacity * 2;
        struct output_record *items = realloc(list->items, capacity * sizeof *items);
        if (items == NULL)
            return false;
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = *record;
    return true;
}

static bool undo_add(struct machine *machine, const struct undo *undo)
{
    struct undo_list *list = &machine->undo;

    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 1024 : list->capacity * 2;
        struct undo *items = realloc(list->items, capacity * sizeof *items);
        if (items == NULL)
            return false;
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = *undo;
    return true;
}

/* A record whose key and value are copied; VALUE NULL is a tombstone. */
static bool record_copy(struct machine *machine, enum output output, int32_t partition, const char *key,
                        size_t key_length, const uint8_t *value, size_t value_length)
{
    struct output_record record = {output, partition, (uint32_t)key_length, (uint32_t)value_length, NULL, NULL};

    record.key = arena_copy(&machine->output_bytes, key, key_length);
    if (value != NULL)
        record.value = arena_copy(&machine->output_bytes, value, value_length);
    return record.key != NULL && (value == NULL || record.value != NULL) && record_add(machine, &record);
}

/* --- what is published --- */

static bool publish(struct machine *machine, int32_t partition)
{
    const struct publication *publication = &machine->publication;
    size_t key_length = sizeof publication->key - 1;

    machine->counts.revisions++;
    if (!record_copy(machine, OUTPUT_ALERTS, partition, publication->key, key_length,
                     publication->alert_length > 0 ? publication->alert : NULL, publication->alert_length))
        return false;
    return !publication->concerns_violations ||
           record_copy(machine, OUTPUT_VIOLATIONS, partition, publication->key, key_length,
                       publication->violation_length > 0 ? publication->violation : NULL,
                       publication->violation_length);
}

static bool publish_changes(struct machine *machine, int32_t partition)
{
    const struct judgement *judgement = &machine->judgement;

    for (uint32_t i = 0; i < judgement->change_count; i++) {
        const struct change *change = &judgement->changes[i];
        publication_revise(&machine->publication, &machine->child.alerts[change->alert], change->was_in_force,
                           machine->child.child_id, machine->logged_at_ms);
        if (!publish(machine, partition))
            return false;
    }
    return true;
}

static bool publish_forgetting(struct machine *machine, int32_t partition)
{
    for (uint32_t i = 0; i < machine->child.alert_count; i++) {
        publication_forget(&machine->publication, &machine->child.alerts[i], machine->child.child_id);
        if (!publish(machine, partition))
            return false;
    }
    return true;
}

static bool publish_letter(struct machine *machine, const struct batch_letter *letter)
{
    char key[96];
    size_t size = 1024 + letter->letter.payload_length;
    uint8_t *bytes = arena_take(&machine->output_bytes, size);

    if (bytes == NULL)
        return false;
    size_t length = dead_letter_write(&letter->letter, bytes, size);
    assert(length > 0);
    arena_shrink(&machine->output_bytes, size, length);
    int key_length = snprintf(key, sizeof key, "%.*s/%d/%lld", (int)(letter->letter.topic.length % 64),
                              letter->letter.topic.bytes, letter->letter.partition, (long long)letter->letter.offset);
    struct output_record record = {OUTPUT_DEAD_LETTERS,
                                   letter->letter.partition,
                                   (uint32_t)key_length,
                                   (uint32_t)length,
                                   arena_copy(&machine->output_bytes, key, (size_t)key_length),
                                   bytes};
    return record.key != NULL && record_add(machine, &record);
}

/* A fact too many of one child: a dead letter, found only when it is applied. */
static bool publish_surplus(struct machine *machine, const struct batch_input *input)
{
    enum stream stream = fact_stream(input->fact.kind);
    const char *topic = machine->settings.input_topics[stream];
    struct batch_letter letter = {
        .partition_index = input->partition_index,
        .letter = {.topic = {topic, (uint32_t)strlen(topic)},
                   .partition = machine->partitions[input->partition_index].number,
                   .offset = input->offset,
                   .timestamp_ms = input->fact.recorded_at_ms,
                   .finding = {PROBLEM_TOO_MANY_FACTS, ""}},
    };

    machine->counts.dead_letters++;
    return publish_letter(machine, &letter);
}

/* --- one child --- */

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
    return record_add(machine, &(struct output_record){OUTPUT_STATE, partition->number, key.length, (uint32_t)length,
                                                       key.bytes, length == 0 ? NULL : child_block_value(block)});
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
    if (!undo_add(machine, &undo))
        return false;
    slot->next_change_on = over ? DAY_NEVER : machine->child.next_change_on;
    return same || state_replace(machine, partition, slot, machine->state_bytes, length);
}

static bool child_judge_and_publish(struct machine *machine, const struct partition *partition)
{
    struct yardstick yardstick = {machine->settings.norms, machine->settings.calendar, partition->today,
                                  machine->settings.forget_retention_days};

    machine->counts.judged++;
    machine->transaction.judged++;
    child_judge(&machine->child, &yardstick, &machine->judgement);
    return publish_changes(machine, partition->number);
}

static bool apply_forget(struct machine *machine, const struct batch_input *input, bool *changed)
{
    const struct partition *partition = &machine->partitions[input->partition_index];

    if (input->forgotten_at_ms <= machine->child.forgotten_at_ms)
        return true;
    if (!publish_forgetting(machine, partition->number))
        return false;
    *changed = child_forget(&machine->child, input->forgotten_at_ms) || *changed;
    machine->counts.forgets++;
    return true;
}

static bool apply_fact(struct machine *machine, const struct batch_input *input, bool *changed)
{
    switch (child_apply(&machine->child, &input->fact)) {
    case APPLIED:
        *changed = true;
        break;
    case APPLIED_NOTHING:
        machine->counts.duplicates++;
        break;
    case APPLIED_FORGOTTEN:
        machine->counts.forgotten_facts++;
        break;
    case APPLIED_FULL:
        return publish_surplus(machine, input);
    }
    return true;
}

/* Applies everything the batch has for one child. */
static bool child_update(struct machine *machine, uint32_t partition_index, uint32_t slot_number)
{
    const struct partition *partition = &machine->partitions[partition_index];
    struct child_slot *slot = &partition->children.slots[slot_number];
    uint32_t next = slot->pending;
    bool changed = false;

    slot->pending = 0;
    child_load(machine, slot->block);
    while (next != 0) {
        const struct batch_input *input = &machine->taken.inputs[next - 1];
        if (!(input->forgets ? apply_forget : apply_fact)(machine, input, &changed))
            return false;
        next = input->next;
    }
    if (!changed)
        return true;
    if (partition->live && !child_judge_and_publish(machine, partition))
        return false;
    return child_store(machine, partition_index, slot_number);
}

/* --- the batch --- */

static uint32_t slot_for(struct partition *partition, const struct batch_input *input)
{
    uint32_t slot = children_find(&partition->children, input->child_id, input->murmur2);

    if (slot != CHILD_SLOT_NONE)
        return slot;
    struct child_block *block = child_block_new(input->child_id, NULL, 0);
    if (block == NULL)
        return CHILD_SLOT_NONE;
    slot = children_add(&partition->children, block, input->murmur2);
    if (slot == CHILD_SLOT_NONE)
        free(block);
    return slot;
}

/* Chains the inputs of each child, in their order (hence from the last to the first). */
static bool inputs_chain(struct machine *machine)
{
    for (uint32_t i = machine->taken.input_count; i-- > 0;) {
        struct batch_input *input = &machine->taken.inputs[i];
        struct partition *partition = &machine->partitions[input->partition_index];
        uint32_t slot = slot_for(partition, input);
        if (slot == CHILD_SLOT_NONE)
            return false;
        input->slot = slot;
        machine->chained_count++;
        input->next = partition->children.slots[slot].pending;
        partition->children.slots[slot].pending = i + 1;
    }
    return true;
}

static bool inputs_apply(struct machine *machine)
{
    for (uint32_t i = 0; i < machine->taken.input_count; i++) {
        const struct batch_input *input = &machine->taken.inputs[i];
        const struct partition *partition = &machine->partitions[input->partition_index];
        if (partition->children.slots[input->slot].pending != 0 &&
            !child_update(machine, input->partition_index, input->slot))
            return false;
    }
    return true;
}

static bool letters_publish(struct machine *machine)
{
    for (uint32_t i = 0; i < machine->taken.letter_count; i++)
        if (!publish_letter(machine, &machine->taken.letters[i]))
            return false;
    return true;
}

/* --- those due --- */

static bool slot_judge(struct machine *machine, uint32_t partition_index, uint32_t slot)
{
    struct partition *partition = &machine->partitions[partition_index];

    child_load(machine, partition->children.slots[slot].block);
    return child_judge_and_publish(machine, partition) && child_store(machine, partition_index, slot);
}

static bool partition_sweep(struct machine *machine, uint32_t partition_index)
{
    struct partition *partition = &machine->partitions[partition_index];
    struct children *children = &partition->children;

    while (partition->sweep.next_slot < children->slot_count) {
        if (machine->transaction.judged >= machine->settings.transaction_judged_max)
            return true;
        uint32_t slot = partition->sweep.next_slot++;
        bool due = children->slots[slot].block != NULL && children->slots[slot].block->value_length > 0 &&
                   !day_before(partition->today, children->slots[slot].next_change_on);
        if (due && !slot_judge(machine, partition_index, slot))
            return false;
    }
    partition->sweep.done = true;
    partition->yardstick_hash = machine->yardstick_hash;
    return true;
}

static bool sweeps_go_on(struct machine *machine)
{
    machine->transaction.judged = 0;
    for (uint32_t i = 0; i < machine->partition_count; i++) {
        if (!partition_has_due(&machine->partitions[i]))
            continue;
        machine->partitions[i].in_transaction = true;
        if (!partition_sweep(machine, i))
            return false;
    }
    return true;
}

/* --- progress --- */

static bool progress_publish(struct machine *machine, const struct partition *partition)
{
    uint8_t bytes[PROGRESS_BYTES_MAX];
    struct progress progress = partition_progress(partition, machine->transactional_id, machine->settings.cluster_id);
    size_t length = progress_write(&progress, bytes, sizeof bytes);

    assert(length > 0);
    return record_copy(machine, OUTPUT_STATE, partition->number, PROGRESS_KEY, sizeof PROGRESS_KEY - 1, bytes, length);
}

static bool progress_collect(struct machine *machine)
{
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

bool transaction_compute(struct machine *machine)
{
    machine->transaction = (struct transaction){.events = machine->taken.input_count};
    machine->records.count = 0;
    machine->undo.count = 0;
    machine->chained_count = 0;
    arena_reset(&machine->output_bytes);
    bool computed = inputs_chain(machine) && inputs_apply(machine) && letters_publish(machine) &&
                    sweeps_go_on(machine) && progress_collect(machine);
    machine->counts.events += machine->taken.input_count;
    machine->transaction.records = machine->records.items;
    machine->transaction.record_count = machine->records.count;
    machine->transaction.offsets = machine->offsets;
    return computed;
}

/* A child without a state leaves no slot behind: one that was forgotten long ago, or whose inputs said nothing that
 * counts. */
static void slot_tidy(struct children *children, uint32_t slot)
{
    struct child_block *block = children->slots[slot].block;

    children->slots[slot].pending = 0;
    if (block != NULL && block->value_length == 0)
        free(children_remove(children, slot, key_murmur2(child_block_key(block))));
}

static void slots_tidy(struct machine *machine)
{
    for (size_t i = 0; i < machine->undo.count; i++)
        slot_tidy(&machine->partitions[machine->undo.items[i].partition_index].children, machine->undo.items[i].slot);
    for (uint32_t i = 0; i < machine->chained_count; i++) {
        const struct batch_input *input = &machine->taken.inputs[machine->taken.input_count - 1 - i];
        slot_tidy(&machine->partitions[input->partition_index].children, input->slot);
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
