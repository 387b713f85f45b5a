/* The machine's inside, shared by machine.c (life, time, partitions, transactions), machine_inputs.c (what was read),
 * machine_waits.c (inputs that wait for a schema) and machine_transaction.c (computing a transaction; machine_child.c,
 * machine_outputs.c). */
#ifndef CONSUMER_MACHINE_INTERNAL_H
#define CONSUMER_MACHINE_INTERNAL_H

#include "alerts/publication.h"
#include "consumer/batch.h"
#include "consumer/machine.h"
#include "consumer/partition.h"

struct undo { /* what a child was before the transaction */
    uint32_t partition_index, slot;
    struct child_block *block; /* NULL: it was not replaced */
    struct day next_change_on;
};

struct output_list {
    struct output_record *items;
    size_t count, capacity;
};

struct slot_reference {
    uint32_t partition_index, slot;
};

struct slot_list {
    struct slot_reference *items;
    size_t count, capacity;
};

struct undo_list {
    struct undo *items;
    size_t count, capacity;
};

struct machine {
    struct machine_settings settings;
    struct event_reader *reader;
    uint64_t yardstick_hash;
    struct day clock_day; /* DAY_ABSENT until told */

    struct partition *partitions;
    uint32_t partition_count, partition_capacity;

    struct batch gathering; /* for the next transaction */
    struct batch taken;     /* of the transaction computed last; kept until it is committed */
    bool under_way;         /* between machine_begin and machine_end */
    bool again;             /* the taken batch was not committed and must be computed anew */

    /* the transaction */
    struct transaction transaction;
    struct output_list records;
    struct input_offset *offsets; /* room for all partitions */
    struct arena output_bytes;
    struct undo_list undo;
    struct slot_list perhaps_empty; /* slots that were made, or whose child has no state left */
    uint32_t stage, next_input;     /* how far it is computed */
    size_t piece_end;               /* and up to how many records now */
    uint32_t swept;                 /* children judged since their day has come */
    uint32_t chained_count;         /* inputs of the taken batch that have a slot, from its end */

    /* working memory */
    struct child child;
    struct judgement judgement;
    struct publication publication;
    uint8_t *state_bytes;
    size_t state_bytes_size;
    struct text transactional_id;
    int64_t logged_at_ms;

    struct machine_counts counts, counts_before;
};

struct partition *machine_partition(const struct machine *machine, int32_t partition);

/* machine_waits.c */
/* Reads the event of a message; a schema that is not known to the reader is looked up. False: FINDING says why.
 * SCHEMA_AWAITED: it is not told yet, and the input waits. */
bool machine_read_event(struct machine *machine, struct partition *partition, const struct input_message *message,
                        int64_t now_ms, struct event *event, struct finding *finding);
/* A record behind one that waits comes again; its schema is asked for meanwhile. */
void machine_pass_over(struct machine *machine, struct partition *partition, const struct input_message *message,
                       int64_t now_ms);

/* machine_outputs.c: all false when memory is short. */
bool output_add(struct machine *machine, const struct output_record *record);
/* Key and value are copied, headers are not. */
bool output_copy(struct machine *machine, const struct output_record *record);
/* Of machine->child, just judged. TRACEPARENT is that of the fact that set it off, or NULL. */
bool publish_changes(struct machine *machine, int32_t partition, const char *traceparent);
/* Tombstones of every alert that FACT of machine->child may have been the cause of, published or not. INPUT sets them
 * off: the wish, or a fact that comes after it. */
bool publish_forgetting(struct machine *machine, const struct batch_input *input, const struct fact *fact);
bool publish_letter(struct machine *machine, const struct batch_letter *letter);
bool publish_surplus(struct machine *machine, const struct batch_input *input);

/* machine_child.c: false when memory is short. */
/* A slot whose child may be without a state when the transaction ends. */
bool machine_perhaps_empty(struct machine *machine, uint32_t partition_index, uint32_t slot);
/* Applies everything the taken batch has for the child, and judges it if its partition is live. */
bool machine_child_update(struct machine *machine, uint32_t partition_index, uint32_t slot);
/* Judges a child whose day has come. */
bool machine_child_judge(struct machine *machine, uint32_t partition_index, uint32_t slot);

/* machine_transaction.c */
/* Nothing computed yet, but each child knows its inputs; false: memory is short. */
bool transaction_open(struct machine *machine);
/* Puts back what was replaced, or frees it. */
void transaction_roll_back(struct machine *machine);
void transaction_keep(struct machine *machine);

#endif
