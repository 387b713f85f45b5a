#include "consumer/machine_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define BACKLOG_PATIENCE 10 /* a backlog gathers so many times longer: one state record a child and transaction */

struct machine *machine_new(const struct machine_settings *settings, struct event_reader *reader)
{
    struct machine *machine = calloc(1, sizeof *machine);

    if (machine == NULL)
        return NULL;
    machine->settings = *settings;
    machine->reader = reader;
    machine->yardstick_hash = norms_hash(settings->norms) * 31 + calendar_hash(settings->calendar);
    machine->clock_day = DAY_ABSENT;
    batch_init(&machine->gathering);
    batch_init(&machine->taken);
    arena_init(&machine->output_bytes);
    if (child_init(&machine->child) && judgement_init(&machine->judgement))
        return machine;
    machine_free(machine);
    return NULL;
}

void machine_free(struct machine *machine)
{
    if (machine == NULL)
        return;
    if (machine->under_way)
        machine_end(machine, false);
    machine_partitions_drop(machine);
    batch_fini(&machine->gathering);
    batch_fini(&machine->taken);
    arena_fini(&machine->output_bytes);
    child_fini(&machine->child);
    judgement_fini(&machine->judgement);
    free(machine->partitions);
    free(machine->records.items);
    free(machine->offsets);
    free(machine->undo.items);
    free(machine->perhaps_empty.items);
    free(machine->state_bytes);
    free(machine);
}

void machine_clock(struct machine *machine, struct day day)
{
    day = day_earlier(day, DAY_LAST); /* the last a record may name */
    if (day_before(machine->clock_day, day))
        machine->clock_day = day;
    for (uint32_t i = 0; i < machine->partition_count; i++)
        partition_clock(&machine->partitions[i], machine->clock_day);
}

/* --- partitions --- */

struct partition *machine_partition(const struct machine *machine, int32_t partition)
{
    for (uint32_t i = 0; i < machine->partition_count; i++)
        if (machine->partitions[i].number == partition)
            return &machine->partitions[i];
    return NULL;
}

static bool partitions_grow(struct machine *machine)
{
    uint32_t capacity = machine->partition_capacity + 16;
    struct partition *partitions = realloc(machine->partitions, capacity * sizeof *partitions);

    if (partitions == NULL)
        return false;
    machine->partitions = partitions;
    struct input_offset *offsets = realloc(machine->offsets, capacity * STATE_INPUTS * sizeof *offsets);
    if (offsets == NULL)
        return false;
    machine->offsets = offsets;
    machine->partition_capacity = capacity;
    return true;
}

bool machine_partition_add(struct machine *machine, int32_t partition)
{
    assert(machine_partition(machine, partition) == NULL);
    if (machine->partition_count == machine->partition_capacity && !partitions_grow(machine))
        return false;
    partition_init(&machine->partitions[machine->partition_count++], partition);
    return true;
}

bool machine_restore(struct machine *machine, int32_t partition, struct text key, const uint8_t *value, size_t length)
{
    return partition_restore(machine_partition(machine, partition), key, value, length);
}

struct partition_start machine_partition_start(struct machine *machine, int32_t partition,
                                               const struct partition_offsets *offsets)
{
    struct partition *found = machine_partition(machine, partition);

    assert(!day_is_absent(machine->clock_day));
    found->broker = *offsets;
    return partition_start(found, &machine->settings, machine->yardstick_hash, machine->clock_day);
}

struct text machine_partition_writer(const struct machine *machine, int32_t partition)
{
    return machine_partition(machine, partition)->progress.transactional_id;
}

void machine_partition_summary(const struct machine *machine, int32_t partition, uint32_t *children,
                               uint64_t *state_hash)
{
    assert(!machine->under_way);
    const struct partition *found = machine_partition(machine, partition);
    *children = found->children.count;
    *state_hash = children_hash(&found->children);
}

void machine_partitions_drop(struct machine *machine)
{
    assert(!machine->under_way);
    for (uint32_t i = 0; i < machine->partition_count; i++)
        partition_fini(&machine->partitions[i]);
    machine->partition_count = 0;
    machine->again = false;
    batch_empty(&machine->gathering);
    batch_empty(&machine->taken);
}

/* --- transactions --- */

struct situation {
    bool any_started, any_touched, any_due, any_backlog;
};

static struct situation look_over(const struct machine *machine)
{
    struct situation now = {0};

    for (uint32_t i = 0; i < machine->partition_count; i++) {
        const struct partition *partition = &machine->partitions[i];
        bool read = partition_is_read(partition);
        now.any_started |= partition->started;
        now.any_touched |= partition->started && partition->touched;
        now.any_due |= partition->started && (partition_has_due(partition) || (read && !partition->live));
        now.any_backlog |= partition->started && !read;
    }
    return now;
}

bool machine_is_due(const struct machine *machine, bool drained, int64_t now_ms)
{
    struct situation now = look_over(machine);

    if (machine->under_way || !now.any_started)
        return false;
    if (machine->again || now.any_due || machine_is_full(machine))
        return true;
    if (batch_is_empty(&machine->gathering))
        return now.any_touched && drained;
    int64_t waited_ms = now_ms - machine->gathering.since_ms;
    if (now.any_backlog)
        return waited_ms >= machine->settings.gather_ms * (drained ? 1 : BACKLOG_PATIENCE);
    return drained || waited_ms >= machine->settings.gather_ms;
}

bool machine_is_idle(const struct machine *machine)
{
    return !machine->under_way && !machine->again && batch_is_empty(&machine->gathering);
}

/* What the next transaction is about: the batch that failed again, or all that has gathered. */
static void take(struct machine *machine)
{
    if (!machine->again) {
        struct batch gathered = machine->gathering;
        machine->gathering = machine->taken;
        machine->taken = gathered;
        for (uint32_t i = 0; i < machine->partition_count; i++)
            memcpy(machine->partitions[i].taken, machine->partitions[i].position, sizeof machine->partitions[i].taken);
    }
    for (uint32_t i = 0; i < machine->partition_count; i++) {
        struct partition *partition = &machine->partitions[i];
        if (!machine->again) /* what has gathered since is not in it: its backlog's end does not count yet */
            partition_advance(partition);
        partition->yardstick_hash_before = partition->yardstick_hash;
        partition->in_transaction = partition->started && partition->touched;
        /* a batch computed again leaves behind what has gathered since */
        partition->touched = memcmp(partition->taken, partition->position, sizeof partition->taken) != 0;
    }
}

const struct transaction *machine_begin(struct machine *machine, struct text transactional_id, int64_t logged_at_ms)
{
    const bool again = machine->again;

    assert(!machine->under_way);
    take(machine);
    machine->counts_before = machine->counts;
    machine->transactional_id = transactional_id;
    if (!again)
        machine->logged_at_ms = logged_at_ms == machine->logged_at_ms ? logged_at_ms + 1 : logged_at_ms;
    machine->under_way = true;
    if (transaction_open(machine))
        return &machine->transaction;
    machine_end(machine, false);
    return NULL;
}

void machine_end(struct machine *machine, bool committed)
{
    assert(machine->under_way);
    machine->under_way = false;
    machine->again = !committed;
    if (committed) {
        transaction_keep(machine);
        batch_empty(&machine->taken);
        machine->counts.transactions++;
    } else {
        transaction_roll_back(machine);
        machine->counts = machine->counts_before;
        machine->counts.aborts++;
    }
}

bool machine_backlog_is_read(const struct machine *machine)
{
    for (uint32_t i = 0; i < machine->partition_count; i++)
        if (!machine->partitions[i].live || partition_has_due(&machine->partitions[i]))
            return false;
    return true;
}

bool machine_is_caught_up(const struct machine *machine)
{
    return machine_backlog_is_read(machine) && machine_is_idle(machine);
}

struct day machine_today(const struct machine *machine)
{
    struct day today = DAY_NEVER;

    for (uint32_t i = 0; i < machine->partition_count; i++)
        today = day_earlier(today, machine->partitions[i].today);
    return today;
}

struct machine_counts machine_counts(const struct machine *machine)
{
    return machine->counts;
}
