#include "consumer/batch.h"

#include <stdlib.h>
#include <string.h>

#include "consumer/room.h"

void batch_init(struct batch *batch)
{
    *batch = (struct batch){0};
    arena_init(&batch->texts);
}

void batch_fini(struct batch *batch)
{
    free(batch->inputs);
    free(batch->letters);
    arena_fini(&batch->texts);
}

void batch_empty(struct batch *batch)
{
    batch->input_count = 0;
    batch->letter_count = 0;
    arena_reset(&batch->texts);
}

bool batch_is_empty(const struct batch *batch)
{
    return batch->input_count == 0 && batch->letter_count == 0;
}

struct batch_input *batch_input_next(struct batch *batch, uint32_t partition_index, uint32_t murmur2,
                                     struct text child_id, int64_t offset)
{
    void *room = room_for_one_more(batch->inputs, batch->input_count, &batch->input_capacity, sizeof *batch->inputs);
    if (room == NULL)
        return NULL;
    batch->inputs = room;
    const char *key = arena_copy(&batch->texts, child_id.bytes, child_id.length);
    if (key == NULL)
        return NULL;
    struct batch_input *input = &batch->inputs[batch->input_count];
    *input = (struct batch_input){.partition_index = partition_index, .murmur2 = murmur2, .offset = offset};
    input->child_id = (struct text){key, child_id.length};
    return input;
}

static bool text_keep(struct batch *batch, struct text *text)
{
    if (text->length > 0)
        text->bytes = arena_copy(&batch->texts, text->bytes, text->length);
    return text->length == 0 || text->bytes != NULL;
}

bool batch_keep_traceparent(struct batch *batch, struct batch_input *input, struct text traceparent)
{
    input->traceparent = arena_copy(&batch->texts, traceparent.bytes, traceparent.length);
    return input->traceparent != NULL;
}

bool batch_keep_fact(struct batch *batch, struct batch_input *input, const struct fact *fact)
{
    input->fact = *fact;
    if (!text_keep(batch, &input->fact.place.location_id) || !text_keep(batch, &input->fact.school_id))
        return false;
    batch->input_count++;
    return true;
}

void batch_keep_forget(struct batch *batch, struct batch_input *input, int64_t forgotten_at_ms)
{
    input->forgets = true;
    input->forgotten_at_ms = forgotten_at_ms;
    batch->input_count++;
}

bool batch_add_letter(struct batch *batch, uint32_t partition_index, const struct dead_letter *letter)
{
    void *room = room_for_one_more(batch->letters, batch->letter_count, &batch->letter_capacity,
                                   sizeof *batch->letters);

    if (room == NULL)
        return false;
    batch->letters = room;
    struct batch_letter *kept = &batch->letters[batch->letter_count];
    *kept = (struct batch_letter){partition_index, *letter};
    kept->letter.finding.field = arena_copy(&batch->texts, letter->finding.field, strlen(letter->finding.field) + 1);
    if (kept->letter.finding.field == NULL)
        return false;
    if (letter->payload != NULL) {
        kept->letter.payload = arena_copy(&batch->texts, letter->payload, letter->payload_length);
        if (kept->letter.payload == NULL)
            return false;
    }
    batch->letter_count++;
    return true;
}
