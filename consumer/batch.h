/* What has been read and not yet been applied: facts, wishes to forget, and records that could not be read. Everything
 * kept is copied, since a message of the broker pins the whole buffer it came in.
 */
#ifndef CONSUMER_BATCH_H
#define CONSUMER_BATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "consumer/arena.h"
#include "rules/fact.h"
#include "schemas/alert_record.h"

struct batch_input {          /* one valid record about one child */
    uint32_t partition_index; /* into the machine's partitions */
    uint32_t murmur2;         /* of child_id */
    uint32_t slot, next;      /* while it is computed: the child, and 1 + the index of its next input (0: none) */
    int64_t offset;           /* in the topic of its stream */
    bool forgets;             /* a null value, at forgotten_at_ms; else a fact */
    struct text child_id;
    const char *traceparent; /* TRACEPARENT_LENGTH bytes; NULL: none */
    union {
        struct fact fact;
        int64_t forgotten_at_ms;
    };
};

struct batch_letter {
    uint32_t partition_index;
    struct dead_letter letter;
};

struct batch {
    struct batch_input *inputs;
    uint32_t input_count;
    size_t input_capacity;
    struct batch_letter *letters;
    uint32_t letter_count;
    size_t letter_capacity;
    struct arena texts;
    int64_t since_ms; /* when the first of them came */
};

void batch_init(struct batch *batch);
void batch_fini(struct batch *batch);
void batch_empty(struct batch *batch);
bool batch_is_empty(const struct batch *batch);

/* An input for CHILD_ID, to be filled by the caller; its id is copied. It counts once batch_keep_* succeeds. NULL:
 * memory is short. */
struct batch_input *batch_input_next(struct batch *batch, uint32_t partition_index, uint32_t murmur2,
                                     struct text child_id, int64_t offset);
/* The input came with this traceparent, which is copied; false: memory is short. */
bool batch_keep_traceparent(struct batch *batch, struct batch_input *input, struct text traceparent);
/* The input is a fact, all texts copied; false: memory is short. */
bool batch_keep_fact(struct batch *batch, struct batch_input *input, const struct fact *fact);
/* The input is the wish to forget the child. */
void batch_keep_forget(struct batch *batch, struct batch_input *input, int64_t forgotten_at_ms);
/* Payload and field are copied; the topic must outlive the batch. */
bool batch_add_letter(struct batch *batch, uint32_t partition_index, const struct dead_letter *letter);

#endif
