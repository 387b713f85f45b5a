#include "consumer/children.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define INDEX_SMALLEST 16u

void children_init(struct children *children)
{
    *children = (struct children){0};
}

void children_fini(struct children *children)
{
    for (uint32_t i = 0; i < children->slot_count; i++)
        free(children->slots[i].block);
    free(children->slots);
    free(children->index);
    children_init(children);
}

struct child_block *child_block_new(struct text child_id, const uint8_t *value, size_t value_length)
{
    assert(child_id.length <= UINT8_MAX && value_length <= UINT32_MAX);
    struct child_block *block = malloc(sizeof *block + child_id.length + value_length);

    if (block == NULL)
        return NULL;
    block->value_length = (uint32_t)value_length;
    block->key_length = (uint8_t)child_id.length;
    memcpy(block->bytes, child_id.bytes, child_id.length);
    if (value_length > 0)
        memcpy(block->bytes + child_id.length, value, value_length);
    return block;
}

/* The keys of one partition share the remainder of their murmur2, so its bits are stirred before they are an index. */
static uint32_t stir(uint32_t murmur2)
{
    return (uint32_t)((murmur2 * UINT64_C(0x9E3779B97F4A7C15)) >> 32);
}

static bool slot_is(const struct children *children, uint32_t slot, struct text child_id)
{
    return text_equal(child_block_key(children->slots[slot].block), child_id);
}

uint32_t children_find(const struct children *children, struct text child_id, uint32_t murmur2)
{
    uint32_t hash = stir(murmur2), mask = children->index_size - 1;

    if (children->index_size == 0)
        return CHILD_SLOT_NONE;
    for (uint32_t i = hash & mask; children->index[i].slot != 0; i = (i + 1) & mask)
        if (children->index[i].hash == hash && slot_is(children, children->index[i].slot - 1, child_id))
            return children->index[i].slot - 1;
    return CHILD_SLOT_NONE;
}

static void index_put(struct child_index_entry *index, uint32_t mask, struct child_index_entry entry)
{
    uint32_t i = entry.hash & mask;

    while (index[i].slot != 0)
        i = (i + 1) & mask;
    index[i] = entry;
}

static bool index_grow(struct children *children)
{
    uint32_t size = children->index_size == 0 ? INDEX_SMALLEST : children->index_size * 2;
    struct child_index_entry *index = calloc(size, sizeof *index);

    if (index == NULL)
        return false;
    for (uint32_t i = 0; i < children->index_size; i++)
        if (children->index[i].slot != 0)
            index_put(index, size - 1, children->index[i]);
    free(children->index);
    children->index = index;
    children->index_size = size;
    return true;
}

static bool slots_grow(struct children *children)
{
    uint32_t capacity = children->slot_capacity < 64 ? 64 : children->slot_capacity + children->slot_capacity / 2;
    struct child_slot *slots = realloc(children->slots, capacity * sizeof *slots);

    if (slots == NULL)
        return false;
    children->slots = slots;
    children->slot_capacity = capacity;
    return true;
}

static uint32_t slot_take(struct children *children)
{
    uint32_t slot;

    if (children->free_slot != 0) {
        slot = children->free_slot - 1;
        children->free_slot = children->slots[slot].pending;
    } else {
        if (children->slot_count == children->slot_capacity && !slots_grow(children))
            return CHILD_SLOT_NONE;
        slot = children->slot_count++;
    }
    children->slots[slot] = (struct child_slot){.next_change_on = DAY_NEVER};
    return slot;
}

uint32_t children_add(struct children *children, struct child_block *block, uint32_t murmur2)
{
    if ((children->count + 1) * UINT64_C(4) > children->index_size * UINT64_C(3) && !index_grow(children))
        return CHILD_SLOT_NONE;
    uint32_t slot = slot_take(children);
    if (slot == CHILD_SLOT_NONE)
        return slot;
    children->slots[slot].block = block;
    index_put(children->index, children->index_size - 1, (struct child_index_entry){stir(murmur2), slot + 1});
    children->count++;
    return slot;
}

/* Closes the hole at I: an entry behind it that its probe would reach through the hole moves up. */
static void index_close(struct child_index_entry *index, uint32_t mask, uint32_t hole)
{
    for (uint32_t i = (hole + 1) & mask; index[i].slot != 0; i = (i + 1) & mask) {
        uint32_t home = index[i].hash & mask;
        if (((i - home) & mask) >= ((i - hole) & mask)) {
            index[hole] = index[i];
            hole = i;
        }
    }
    index[hole] = (struct child_index_entry){0};
}

struct child_block *children_remove(struct children *children, uint32_t slot, uint32_t murmur2)
{
    struct child_block *block = children->slots[slot].block;
    uint32_t mask = children->index_size - 1, i = stir(murmur2) & mask;

    while (children->index[i].slot != slot + 1) {
        assert(children->index[i].slot != 0);
        i = (i + 1) & mask;
    }
    index_close(children->index, mask, i);
    children->slots[slot] = (struct child_slot){.next_change_on = DAY_NEVER, .pending = children->free_slot};
    children->free_slot = slot + 1;
    children->count--;
    return block;
}

uint32_t children_put(struct children *children, struct text child_id, uint32_t murmur2, const uint8_t *value,
                      size_t value_length)
{
    uint32_t slot = children_find(children, child_id, murmur2);
    struct child_block *block = child_block_new(child_id, value, value_length);

    if (block == NULL)
        return CHILD_SLOT_NONE;
    if (slot != CHILD_SLOT_NONE) {
        free(children->slots[slot].block);
        children->slots[slot].block = block;
        return slot;
    }
    slot = children_add(children, block, murmur2);
    if (slot == CHILD_SLOT_NONE)
        free(block);
    return slot;
}

void children_drop(struct children *children, struct text child_id, uint32_t murmur2)
{
    uint32_t slot = children_find(children, child_id, murmur2);

    if (slot != CHILD_SLOT_NONE)
        free(children_remove(children, slot, murmur2));
}

static uint64_t hash_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

static uint64_t block_hash(const struct child_block *block)
{
    size_t length = (size_t)block->key_length + block->value_length, i = 0;
    uint64_t hash = hash_mix(block->key_length, length), word;

    for (; i + sizeof word <= length; i += sizeof word) {
        memcpy(&word, block->bytes + i, sizeof word);
        hash = hash_mix(hash, word);
    }
    word = 0;
    memcpy(&word, block->bytes + i, length - i);
    return hash_mix(hash, word);
}

uint64_t children_hash(const struct children *children)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < children->slot_count; i++)
        if (children->slots[i].block != NULL)
            sum += block_hash(children->slots[i].block);
    return sum;
}
