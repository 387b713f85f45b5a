/* The children of one partition: a table from child id to state. The state of a child is its changelog value, one block
 * of bytes that is replaced and never changed in place, so that rolling back is putting the old pointer back.
 *
 * Beside the pointer stands the next day on which anything can change for the child: a day's beginning is a walk over
 * that one column, and no timer needs a structure of its own.
 */
#ifndef CONSUMER_CHILDREN_H
#define CONSUMER_CHILDREN_H

#include <stdbool.h>
#include <stdint.h>

#include "rules/day.h"
#include "rules/text.h"

struct child_block {
    uint32_t value_length;
    uint8_t key_length;
    char bytes[]; /* the child_id, then the changelog value */
};

struct child_slot {
    struct child_block *block; /* NULL: the slot is free; an empty value: a child that has no state yet */
    struct day next_change_on;
    uint32_t pending; /* 1 + the index of its first input in the batch computed; 0: none */
};

struct children {
    struct child_slot *slots;
    uint32_t slot_count, slot_capacity;
    uint32_t free_slot; /* 1 + the first of the free ones, chained through `pending`; 0: none */
    struct child_index_entry *index;
    uint32_t index_size; /* a power of two, or 0 */
    uint32_t count;
};

struct child_index_entry {
    uint32_t hash;
    uint32_t slot; /* 1 + its number; 0: empty */
};

#define CHILD_SLOT_NONE UINT32_MAX

void children_init(struct children *children);
void children_fini(struct children *children); /* frees the blocks too */

/* A block with the two parts copied (a value of length 0 may be NULL); NULL when memory is short. */
struct child_block *child_block_new(struct text child_id, const uint8_t *value, size_t value_length);
static inline struct text child_block_key(const struct child_block *block)
{
    return (struct text){block->bytes, block->key_length};
}
static inline const uint8_t *child_block_value(const struct child_block *block)
{
    return (const uint8_t *)block->bytes + block->key_length;
}

/* The slot of a child, or CHILD_SLOT_NONE. MURMUR2 is its key's. */
uint32_t children_find(const struct children *children, struct text child_id, uint32_t murmur2);

/* A slot for a child that has none, holding BLOCK, which it then owns; CHILD_SLOT_NONE when memory is short. */
uint32_t children_add(struct children *children, struct child_block *block, uint32_t murmur2);

/* The state of a child becomes VALUE, copied, whether it had one or none: its slot, or CHILD_SLOT_NONE when memory is
 * short. MURMUR2 is its key's. */
uint32_t children_put(struct children *children, struct text child_id, uint32_t murmur2, const uint8_t *value,
                      size_t value_length);

/* Removes a child, if it is there, and frees its block. */
void children_drop(struct children *children, struct text child_id, uint32_t murmur2);

/* Removes a child and gives its block back to the caller. MURMUR2 is its key's. */
struct child_block *children_remove(struct children *children, uint32_t slot, uint32_t murmur2);

/* A hash of all keys and values, the same in any order: equal for equal states. */
uint64_t children_hash(const struct children *children);

#endif
