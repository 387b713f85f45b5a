/* What inputs wait for: a registry's answer on the schema of their next record. */
#include "consumer/machine_internal.h"
#include "schemas/avro_bytes.h"

bool machine_read_event(struct machine *machine, struct partition *partition, const struct input_message *message,
                        int64_t now_ms, struct event *event, struct finding *finding)
{
    enum stream stream = (enum stream)message->input;

    if (event_read(machine->reader, stream, message->value, message->value_length, event, finding))
        return true;
    if (finding->problem != PROBLEM_SCHEMA_AWAITED)
        return false;
    int64_t since_ms = partition_see(partition, message->input, message->offset, now_ms);
    if (event_reader_learn(machine->reader, stream, finding->schema_id, since_ms, now_ms, finding))
        return event_read(machine->reader, stream, message->value, message->value_length, event, finding);
    if (finding->problem == PROBLEM_SCHEMA_AWAITED)
        partition_wait(partition, message->input, message->offset, finding->schema_id, now_ms);
    return false;
}

void machine_pass_over(struct machine *machine, struct partition *partition, const struct input_message *message,
                       int64_t now_ms)
{
    uint32_t id;

    if (avro_confluent_framing(message->value, message->value_length, &id))
        event_reader_awaits(machine->reader, id, partition_see(partition, message->input, message->offset, now_ms),
                            now_ms);
}

int64_t machine_position(const struct machine *machine, int input, int32_t partition)
{
    return machine_partition(machine, partition)->position[input];
}

static enum wait_stage stage_of(const struct machine *machine, const struct schema_wait *wait, int64_t now_ms)
{
    if (wait->is_read_again)
        return WAIT_READ_AGAIN;
    return event_reader_awaits(machine->reader, wait->id, wait->seen_ms, now_ms) ? WAIT_AWAITED : WAIT_ANSWERED;
}

bool machine_wait_next(const struct machine *machine, uint32_t *place, int64_t now_ms, struct input_wait *found)
{
    for (; *place < machine->partition_count * STATE_INPUTS; ++*place) {
        const struct partition *partition = &machine->partitions[*place / STATE_INPUTS];
        int input = (int)(*place % STATE_INPUTS);
        const struct schema_wait *wait = &partition->waits[input];
        if (!wait->is_on)
            continue;
        *found = (struct input_wait){.input = input,
                                     .partition = partition->number,
                                     .offset = wait->offset,
                                     .schema_id = wait->id,
                                     .since_ms = wait->since_ms,
                                     .stage = stage_of(machine, wait, now_ms)};
        ++*place;
        return true;
    }
    return false;
}

void machine_read_again(struct machine *machine, int input, int32_t partition)
{
    machine_partition(machine, partition)->waits[input].is_read_again = true;
}

void machine_wait_is_long(struct machine *machine, int input, int32_t partition)
{
    machine_partition(machine, partition)->waits[input].is_long = true;
}
