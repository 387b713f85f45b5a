/* The machine takes what was read: records gather for the next transaction, as facts, wishes to forget, or letters
 * about what could not be read. */
#include "consumer/machine_internal.h"

#include <string.h>

#include "schemas/avro_bytes.h"
#include "schemas/traceparent.h"

enum gathered { GATHERED, GATHERED_LATER /* its schema is awaited */, GATHER_NO_MEMORY };

static enum gathered gathered_if(bool has_memory)
{
    return has_memory ? GATHERED : GATHER_NO_MEMORY;
}

static enum gathered gather_letter(struct machine *machine, uint32_t index, const struct input_message *message,
                                   struct finding finding)
{
    const char *topic = machine->settings.input_topics[message->input];
    struct dead_letter letter = {
        .topic = {topic, (uint32_t)strlen(topic)},
        .partition = message->partition,
        .offset = message->offset,
        .timestamp_ms = message->timestamp_ms,
        .finding = finding,
    };

    if (machine->settings.dead_letter_payload && message->value_length <= EVENT_BYTES_MAX) {
        letter.payload = message->value;
        letter.payload_length = message->value_length;
    }
    letter.has_schema_id = avro_framing(message->value, message->value_length, &letter.schema_id);
    letter.has_registry_id = avro_confluent_framing(message->value, message->value_length, &letter.registry_id);
    machine->counts.dead_letters++;
    return gathered_if(batch_add_letter(&machine->gathering, index, &letter));
}

/* What is wrong with a record before its value is looked at. */
static struct finding key_finding(const struct machine *machine, const struct input_message *message, struct text key,
                                  uint32_t murmur2)
{
    if (message->key == NULL || message->key_length == 0)
        return finding_of(PROBLEM_NO_KEY, "");
    if (message->key_length > ID_LENGTH_MAX || !text_is_id(key))
        return finding_of(PROBLEM_ID_INVALID, "key");
    if (key_partition(murmur2, machine->settings.partition_count) != message->partition)
        return finding_of(PROBLEM_MISPLACED, "");
    if (message->value_length > EVENT_BYTES_MAX)
        return finding_of(PROBLEM_TOO_LONG, "");
    return finding_of(PROBLEM_NONE, "");
}

static enum gathered gather_fact(struct machine *machine, uint32_t index, const struct input_message *message,
                                 struct batch_input *input, int64_t now_ms)
{
    struct event event;
    struct finding finding;

    if (!machine_read_event(machine, &machine->partitions[index], message, now_ms, &event, &finding)) {
        if (finding.problem == PROBLEM_SCHEMA_AWAITED)
            return GATHERED_LATER;
        if (finding.problem == PROBLEM_NO_MEMORY)
            return GATHER_NO_MEMORY;
        return gather_letter(machine, index, message, finding);
    }
    if (!text_equal(event.child_id, input->child_id))
        return gather_letter(machine, index, message, finding_of(PROBLEM_KEY_NOT_CHILD_ID, "child_id"));
    return gathered_if(batch_keep_fact(&machine->gathering, input, &event.fact));
}

static enum gathered gather(struct machine *machine, uint32_t index, const struct input_message *message,
                            int64_t now_ms)
{
    struct text key = {message->key, (uint32_t)(message->key_length > ID_LENGTH_MAX ? 0 : message->key_length)};
    uint32_t murmur2 = key_murmur2(key);
    struct finding finding = key_finding(machine, message, key, murmur2);

    if (finding.problem != PROBLEM_NONE)
        return gather_letter(machine, index, message, finding);
    struct batch_input *input = batch_input_next(&machine->gathering, index, murmur2, key, message->offset);
    if (input == NULL)
        return GATHER_NO_MEMORY;
    if (traceparent_is_valid(message->traceparent) &&
        !batch_keep_traceparent(&machine->gathering, input, message->traceparent))
        return GATHER_NO_MEMORY;
    if (message->value != NULL)
        return gather_fact(machine, index, message, input, now_ms);
    batch_keep_forget(&machine->gathering, input, message->timestamp_ms);
    return GATHERED;
}

bool machine_message(struct machine *machine, const struct input_message *message, int64_t now_ms)
{
    struct partition *partition = machine_partition(machine, message->partition);

    if (partition == NULL || !partition->started || message->offset < partition->position[message->input])
        return true;
    const struct schema_wait *wait = &partition->waits[message->input];
    if (wait->is_on && message->offset > wait->offset) {
        machine_pass_over(machine, partition, message, now_ms);
        return true;
    }
    if (batch_is_empty(&machine->gathering))
        machine->gathering.since_ms = now_ms;
    enum gathered gathered = gather(machine, (uint32_t)(partition - machine->partitions), message, now_ms);
    if (gathered == GATHERED)
        partition_gathered(partition, message->input, message->offset + 1);
    return gathered != GATHER_NO_MEMORY;
}

void machine_input_end(struct machine *machine, int input, int32_t partition, int64_t offset)
{
    struct partition *found = machine_partition(machine, partition);

    if (found != NULL && found->started && !found->waits[input].is_on)
        partition_gathered(found, input, offset);
}

void machine_input_lag(struct machine *machine, int input, int32_t partition, int64_t end)
{
    struct partition *found = machine_partition(machine, partition);

    if (found != NULL && found->started)
        partition_lag(found, input, end, machine->settings.lag_bound);
}

bool machine_is_full(const struct machine *machine)
{
    return machine->gathering.input_count + machine->gathering.letter_count >=
               machine->settings.transaction_events_max ||
           machine->gathering.texts.taken >= machine->settings.transaction_bytes_max;
}
