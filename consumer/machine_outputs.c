/* The records of a transaction: what is published, and their memory. */
#include "consumer/machine_internal.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "alerts/record_headers.h"
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

bool output_copy(struct machine *machine, const struct output_record *record)
{
    struct output_record copy = *record;

    copy.key = arena_copy(&machine->output_bytes, record->key, record->key_length);
    if (record->value != NULL)
        copy.value = arena_copy(&machine->output_bytes, record->value, record->value_length);
    return copy.key != NULL && (record->value == NULL || copy.value != NULL) && output_add(machine, &copy);
}

struct occasion { /* of what is published */
    int32_t partition;
    enum cloud_event alert, violation; /* what happens on the two topics */
    uint32_t revision;                 /* 0: the alert is forgotten */
    const char *traceparent;           /* NULL: none */
};

static bool headers_make(struct machine *machine, enum cloud_event event, const struct occasion *occasion,
                         const struct record_headers **headers)
{
    *headers = NULL;
    if (!machine->settings.cloud_events && occasion->traceparent == NULL)
        return true;
    struct record_headers *made = arena_take(&machine->output_bytes, sizeof *made);
    if (made == NULL)
        return false;
    record_headers_init(made);
    if (machine->settings.cloud_events)
        record_headers_describe(made, event, machine->publication.key, occasion->revision, machine->logged_at_ms);
    if (occasion->traceparent != NULL)
        record_headers_trace(made, occasion->traceparent);
    *headers = made;
    return true;
}

/* One record of what machine->publication holds; LENGTH 0: a tombstone. */
static bool publish_record(struct machine *machine, const struct occasion *occasion, enum output output,
                           const uint8_t *value, size_t length)
{
    struct output_record record = {.output = output,
                                   .partition = occasion->partition,
                                   .key_length = sizeof machine->publication.key - 1,
                                   .value_length = (uint32_t)length,
                                   .key = machine->publication.key,
                                   .value = length > 0 ? value : NULL};
    enum cloud_event event = output == OUTPUT_ALERTS ? occasion->alert : occasion->violation;

    return headers_make(machine, event, occasion, &record.headers) && output_copy(machine, &record);
}

static bool publish(struct machine *machine, const struct occasion *occasion)
{
    const struct publication *publication = &machine->publication;

    return publish_record(machine, occasion, OUTPUT_ALERTS, publication->alert, publication->alert_length) &&
           (!publication->concerns_violations || publish_record(machine, occasion, OUTPUT_VIOLATIONS,
                                                                publication->violation, publication->violation_length));
}

bool publish_changes(struct machine *machine, int32_t partition, const char *traceparent)
{
    const struct judgement *judgement = &machine->judgement;

    for (uint32_t i = 0; i < judgement->change_count; i++) {
        const struct change *change = &judgement->changes[i];
        const struct alert *alert = &machine->child.alerts[change->alert];
        publication_revise(&machine->publication, machine->settings.framings, alert, change->was_in_force,
                           machine->child.child_id, machine->logged_at_ms);
        machine->counts.revisions++;
        const struct occasion occasion = {partition, CLOUD_EVENT_ALERT_REVISED,
                                          alert_in_force(alert) ? CLOUD_EVENT_VIOLATION_IN_FORCE
                                                                : CLOUD_EVENT_VIOLATION_OVER,
                                          alert->revision, traceparent};
        if (!publish(machine, &occasion))
            return false;
    }
    return true;
}

bool publish_forgetting(struct machine *machine, const struct batch_input *input, const struct fact *fact)
{
    const struct occasion occasion = {machine->partitions[input->partition_index].number, CLOUD_EVENT_ALERT_FORGOTTEN,
                                      CLOUD_EVENT_VIOLATION_FORGOTTEN, 0, input->traceparent};

    for (uint8_t rule = 0; rule < RULE_COUNT; rule++) {
        const struct alert alert = {.rule = rule, .cause = fact->event_id};
        const struct uuid id = alert_id(&alert, machine->child.child_id);
        publication_forget(&machine->publication, &id);
        if (!publish(machine, &occasion))
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
    struct output_record record = {.output = OUTPUT_DEAD_LETTERS,
                                   .partition = letter->letter.partition,
                                   .key_length = (uint32_t)key_length,
                                   .value_length = (uint32_t)length,
                                   .key = arena_copy(&machine->output_bytes, key, (size_t)key_length),
                                   .value = bytes};
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
                   .finding = finding_of(PROBLEM_TOO_MANY_FACTS, "")},
    };

    machine->counts.dead_letters++;
    return publish_letter(machine, &letter);
}
