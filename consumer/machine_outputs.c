/* The records of a transaction: what is published, and their memory. */
#include "consumer/machine_internal.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "consumer/room.h"

#define TOPIC_NAME_MAX 249 /* the broker's bound */

bool output_add(struct machine *machine, const struct output_record *record)
{
    struct output_list *list = &machine->records;
    struct output_record *items = room_for_one_more(list->items, list->count, &list->capacity, sizeof *items);

    if (items == NULL)
        return false;
    list->items = items;
    list->items[list->count++] = *record;
    return true;
}

bool output_copy(struct machine *machine, enum output output, int32_t partition, const char *key, size_t key_length,
                 const uint8_t *value, size_t value_length)
{
    struct output_record record = {output, partition, (uint32_t)key_length, (uint32_t)value_length, NULL, NULL};

    record.key = arena_copy(&machine->output_bytes, key, key_length);
    if (value != NULL)
        record.value = arena_copy(&machine->output_bytes, value, value_length);
    return record.key != NULL && (value == NULL || record.value != NULL) && output_add(machine, &record);
}

static bool publish(struct machine *machine, int32_t partition)
{
    const struct publication *publication = &machine->publication;
    size_t key_length = sizeof publication->key - 1;

    if (!output_copy(machine, OUTPUT_ALERTS, partition, publication->key, key_length,
                     publication->alert_length > 0 ? publication->alert : NULL, publication->alert_length))
        return false;
    return !publication->concerns_violations ||
           output_copy(machine, OUTPUT_VIOLATIONS, partition, publication->key, key_length,
                       publication->violation_length > 0 ? publication->violation : NULL,
                       publication->violation_length);
}

bool publish_changes(struct machine *machine, int32_t partition)
{
    const struct judgement *judgement = &machine->judgement;

    for (uint32_t i = 0; i < judgement->change_count; i++) {
        const struct change *change = &judgement->changes[i];
        publication_revise(&machine->publication, machine->settings.framings, &machine->child.alerts[change->alert],
                           change->was_in_force, machine->child.child_id, machine->logged_at_ms);
        machine->counts.revisions++;
        if (!publish(machine, partition))
            return false;
    }
    return true;
}

bool publish_forgetting(struct machine *machine, int32_t partition, const struct fact *fact)
{
    for (uint8_t rule = 0; rule < RULE_COUNT; rule++) {
        const struct alert alert = {.rule = rule, .cause = fact->event_id};
        const struct uuid id = alert_id(&alert, machine->child.child_id);
        publication_forget(&machine->publication, &id);
        if (!publish(machine, partition))
            return false;
    }
    return true;
}

bool publish_letter(struct machine *machine, const struct batch_letter *letter)
{
    char key[TOPIC_NAME_MAX + 40];
    size_t size = 1024 + letter->letter.payload_length;
    uint8_t *bytes = arena_take(&machine->output_bytes, size);

    if (bytes == NULL)
        return false;
    size_t length = dead_letter_write(&letter->letter, machine->settings.framings, bytes, size);
    assert(length > 0);
    arena_shrink(&machine->output_bytes, size, length);
    int key_length = snprintf(key, sizeof key, "%.*s/%d/%lld", (int)letter->letter.topic.length,
                              letter->letter.topic.bytes, letter->letter.partition, (long long)letter->letter.offset);
    struct output_record record = {OUTPUT_DEAD_LETTERS,
                                   letter->letter.partition,
                                   (uint32_t)key_length,
                                   (uint32_t)length,
                                   arena_copy(&machine->output_bytes, key, (size_t)key_length),
                                   bytes};
    return record.key != NULL && output_add(machine, &record);
}

/* A fact too many of one child: a dead letter, found only when it is applied. */
bool publish_surplus(struct machine *machine, const struct batch_input *input)
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
