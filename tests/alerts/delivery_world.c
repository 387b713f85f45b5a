#include "delivery_world.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "delivery_key.h"

void world_check(const struct world *world, bool holds, const char *what, const char *file, int line)
{
    if (holds)
        return;
    print_error("seed %" PRIu64 ": ", world->seed);
    _assert_true(false, what, file, line);
}

static int child_of(int alert)
{
    return alert % WORLD_CHILDREN;
}

static int32_t partition_of(int alert)
{
    return child_of(alert) % WORLD_PARTITIONS;
}

static struct uuid id_of(int alert)
{
    return (struct uuid){{(uint8_t)(alert * 37), [15] = (uint8_t)alert}};
}

bool world_asks_for(const struct world *world, const struct world_record *record)
{
    return !record->is_forgotten && (world->filter >> record->region & 1) != 0;
}

/* --- the topic of alerts ------------------------------------------------------------------------------------------ */

void world_write(struct world *world, int alert, int region, bool is_open)
{
    const int32_t partition = partition_of(alert);
    struct world_alert *told = &world->alerts[alert];
    world_assert(world, world->ends[partition] < WORLD_RECORDS_MAX);
    const int64_t offset = world->ends[partition]++;
    struct world_record *record = &world->topic[partition][offset];
    told->revision = region < 0 ? 0 : told->revision + 1;
    told->newest = offset;
    *record = (struct world_record){.is_there = true,
                                    .is_forgotten = region < 0,
                                    .is_open = is_open,
                                    .alert = alert,
                                    .region = region,
                                    .revision = told->revision,
                                    .logged_at_ms = world->now_ms};
    told->was_asked_for |= world_asks_for(world, record);
    if (random_chance(&world->random, 20) && world->ends[partition] < WORLD_RECORDS_MAX)
        world->ends[partition]++; /* a transaction's end */
}

/* What lies before some offset loses what is not the newest there. */
void world_compact(struct world *world)
{
    const int32_t partition = random_between(&world->random, 0, WORLD_PARTITIONS - 1);
    const int64_t until = random_between(&world->random, 0, (int)world->ends[partition]);
    bool is_seen[WORLD_ALERTS] = {false};
    for (int64_t offset = until - 1; offset >= 0; offset--) {
        struct world_record *record = &world->topic[partition][offset];
        if (record->is_there && is_seen[record->alert])
            record->is_there = false;
        if (record->is_there)
            is_seen[record->alert] = true;
    }
}

/* --- processes ---------------------------------------------------------------------------------------------------- */

static uint32_t on_random(void *context)
{
    return (uint32_t)random_bits(&((struct world *)context)->random);
}

static void forget_order(struct world *world)
{
    for (int child = 0; child < WORLD_CHILDREN; child++)
        world->told_last[child] = -1;
}

static void seek(struct world *world)
{
    int64_t offset;
    for (int32_t partition = 0; partition < WORLD_PARTITIONS; partition++)
        if (delivery_seek(world->delivery, partition, &offset))
            world->read[partition] = offset;
}

static void heed_wish(struct world *world)
{
    if (world->wish.asked_at_ms > 0 && delivery_replay(world->delivery, &world->wish, world->ends, world->now_ms)) {
        world->is_gone = false;
        world->has_surveyed = true;
        for (int alert = 0; alert < WORLD_ALERTS; alert++)
            world->alerts[alert].tried = -1;
        forget_order(world);
        seek(world);
    }
}

static void start(struct world *world)
{
    bool anew;
    const struct delivery_wishes wishes = {.partitions = WORLD_PARTITIONS,
                                           .give_up_ms = world->give_up_ms,
                                           .filter_hash = world->filter,
                                           .random = on_random,
                                           .random_context = world};
    world->delivery = delivery_new(&wishes);
    world_assert(world, world->delivery != NULL);
    for (int i = 0; i < world->kept_count; i++)
        world_assert(world, delivery_recall(world->delivery, &world->kept[i]));
    if (world->kept_count == 0)
        memcpy(world->start, world->ends, sizeof world->start);
    delivery_start(world->delivery, world->ends, world->now_ms, &anew);
    world_assert(world, !anew);
    forget_order(world);
    seek(world);
    heed_wish(world);
}

static const struct delivery_alert *kept_of(const struct world *world, int alert)
{
    const struct uuid alert_id = id_of(alert);
    for (int i = world->kept_count - 1; i >= 0; i--)
        if (world->kept[i].kind == DELIVERY_OF_ALERT && uuid_equal(&world->kept[i].alert_id, &alert_id))
            return world->kept[i].is_tombstone ? NULL : &world->kept[i].of.alert;
    return NULL;
}

void world_crash(struct world *world)
{
    for (int alert = 0; alert < WORLD_ALERTS; alert++) {
        const struct delivery_alert *kept = kept_of(world, alert);
        world->alerts[alert].tried = kept == NULL ? -1 : kept->tried;
        world->alerts[alert].tried_since_ms = kept == NULL ? 0 : kept->tried_since_ms;
    }
    if (random_chance(&world->random, 20))
        world->now_ms -= random_between(&world->random, 0, 100000);
    delivery_free(world->delivery);
    start(world);
}

void world_wish(struct world *world, int64_t from_ms)
{
    world->wish = (struct delivery_wish){from_ms, ++world->wishes};
    world->wished_from_ms = from_ms < world->wished_from_ms ? from_ms : world->wished_from_ms;
    heed_wish(world);
}

void world_init(struct world *world, uint64_t seed, int64_t give_up_ms)
{
    *world = (struct world){.seed = seed, .random = {seed}, .filter = 1, .now_ms = 1000000, .poison = -1};
    world->give_up_ms = give_up_ms;
    world->wished_from_ms = INT64_MAX;
    for (int alert = 0; alert < WORLD_ALERTS; alert++)
        world->alerts[alert].newest = world->alerts[alert].held = world->alerts[alert].tried = -1;
    for (int child = 0; child < WORLD_CHILDREN; child++)
        world->told_most[child] = -1;
    const int written = random_between(&world->random, 0, 60);
    for (int i = 0; i < written; i++)
        world_write(world, random_between(&world->random, 0, WORLD_ALERTS - 1),
                    random_between(&world->random, -1, WORLD_REGIONS - 1), random_chance(&world->random, 60));
    start(world);
}

void world_fini(struct world *world)
{
    delivery_free(world->delivery);
    free(world->kept);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static void take(struct world *world, int32_t partition, int64_t offset)
{
    const struct world_record *record = &world->topic[partition][offset];
    const struct delivery_source source = {.partition = partition,
                                           .offset = offset,
                                           .alert_id = id_of(record->alert),
                                           .is_forgotten = record->is_forgotten,
                                           .is_asked_for = world_asks_for(world, record),
                                           .is_open = record->is_open,
                                           .lane = (uint32_t)child_of(record->alert),
                                           .revision = record->revision,
                                           .logged_at_ms = record->logged_at_ms,
                                           .value = (const uint8_t *)&record->revision,
                                           .length = sizeof record->revision};
    world_assert(world, delivery_take(world->delivery, &source, world->now_ms));
}

static void read_partition(struct world *world, int32_t partition, int most)
{
    int64_t *at = &world->read[partition];
    for (int taken = 0; *at < world->ends[partition]; (*at)++) {
        if (!world->topic[partition][*at].is_there)
            continue;
        if (taken == most || delivery_room(world->delivery) == 0)
            break;
        take(world, partition, *at);
        taken++;
    }
    delivery_reached(world->delivery, partition, *at);
}

void world_read(struct world *world, int most)
{
    for (int32_t partition = 0; partition < WORLD_PARTITIONS; partition++)
        read_partition(world, partition, most);
    seek(world);
    const int waiting = delivery_standing(world->delivery)->waiting;
    world->waiting_most = waiting > world->waiting_most ? waiting : world->waiting_most;
}

/* --- what is kept ------------------------------------------------------------------------------------------------- */

static bool on_note(void *context, const struct delivery_record *note)
{
    struct world *world = context;
    world_assert(world, world->note_count < 4096);
    world->notes[world->note_count++] = *note;
    return true;
}

static void keep(struct world *world, const struct delivery_record *note)
{
    int i = world->kept_count - 1;
    while (i >= 0 && !is_of_same_key(&world->kept[i], note))
        i--;
    if (i >= 0 && random_chance(&world->random, 80)) {
        world->kept[i] = *note;
        return;
    }
    if (world->kept_count == world->kept_room) {
        world->kept_room = world->kept_room * 2 + 64;
        world->kept = realloc(world->kept, (size_t)world->kept_room * sizeof world->kept[0]);
    }
    world->kept[world->kept_count++] = *note;
}

static void note(struct world *world)
{
    world->note_count = 0;
    world_assert(world, delivery_notes(world->delivery, world->now_ms, on_note, world));
    if (random_chance(&world->random, 5))
        return; /* the transaction failed */
    for (int i = 0; i < world->note_count; i++)
        keep(world, &world->notes[i]);
    if (random_chance(&world->random, 5)) {
        world_crash(world); /* committed, and dead before it knew */
        return;
    }
    delivery_noted(world->delivery);
}

/* --- the receiver ------------------------------------------------------------------------------------------------- */

static bool is_noted(const struct world *world, const struct delivery_event *event)
{
    const struct delivery_alert *kept = kept_of(world, event->alert_id.bytes[15]);
    return kept != NULL && kept->told != TOLD_NOTHING;
}

static bool was_asked_for_before(const struct world *world, const struct delivery_event *event)
{
    if (world->has_surveyed)
        return true; /* something else was asked for then */
    const struct world_record *topic = world->topic[event->partition];
    for (int64_t offset = 0; offset < event->offset; offset++)
        if (topic[offset].alert == event->alert_id.bytes[15] && topic[offset].revision > 0 &&
            world_asks_for(world, &topic[offset]))
            return true;
    return false;
}

/* What was over at the first start is told of to nobody who does not wish it. */
static bool is_new_or_wished(const struct world *world, const struct delivery_event *event)
{
    return event->offset >= world->start[event->partition] || event->logged_at_ms >= world->wished_from_ms;
}

/* What must hold of every attempt. */
static void look_at(struct world *world, const struct delivery_event *event)
{
    const int alert = event->alert_id.bytes[15], child = child_of(alert);
    struct world_record *record = &world->topic[event->partition][event->offset];
    struct world_alert *told = &world->alerts[alert];
    const bool is_new = event->type == DELIVERY_REVISED && !world->has_surveyed && world->give_up_ms == INT64_MAX &&
                        !record->was_delivered && event->offset >= world->start[event->partition];
    world_assert(world, record->alert == alert && record->revision == event->revision);
    world_assert(world, record->logged_at_ms == event->logged_at_ms);
    world_assert(world, event->lane == (uint32_t)child);
    world_assert(world, is_noted(world, event));
    world_assert(world, event->offset >= world->told_last[child]);
    world_assert(world, !is_new || event->offset > world->told_most[child]);
    world_assert(world, record->is_forgotten == (event->type == DELIVERY_FORGOTTEN));
    world_assert(world, event->type == DELIVERY_FORGOTTEN ||
                            world_asks_for(world, record) == (event->type == DELIVERY_REVISED));
    world_assert(world, event->type == DELIVERY_REVISED || told->was_asked_for);
    world_assert(world, event->length == (event->type == DELIVERY_FORGOTTEN ? 0 : sizeof record->revision));
    world_assert(world, event->type != DELIVERY_LEFT || was_asked_for_before(world, event));
    world_assert(world, record->is_open || record->is_forgotten || event->type != DELIVERY_REVISED ||
                            is_new_or_wished(world, event));
}

static void deliver(struct world *world, const struct delivery_event *event)
{
    const int alert = event->alert_id.bytes[15];
    const int child = child_of(alert);
    world->told_last[child] = event->offset;
    world->told_most[child] = event->offset > world->told_most[child] ? event->offset : world->told_most[child];
    world->topic[event->partition][event->offset].was_delivered = true;
    world->alerts[alert].held = event->type == DELIVERY_REVISED ? event->offset : -1;
}

static enum delivery_outcome answer(struct world *world, const struct delivery_event *event)
{
    if (event->alert_id.bytes[15] == world->poison)
        return (enum delivery_outcome)world->poison_outcome;
    if (world->is_gone)
        return DELIVERY_UNSUBSCRIBED;
    if (world->is_down)
        return DELIVERY_UNAVAILABLE;
    deliver(world, event);
    return world->loses_answers && random_chance(&world->random, 50) ? DELIVERY_UNAVAILABLE : DELIVERY_TAKEN;
}

/* How long it may be tried yet, as of an attempt that failed: from the first one on, whichever process made it. */
static bool is_to_be_given_up(struct world *world, const struct delivery_event *event)
{
    struct world_alert *told = &world->alerts[event->alert_id.bytes[15]];
    if (told->tried != event->offset || told->tried_since_ms > world->now_ms) {
        told->tried = event->offset;
        told->tried_since_ms = world->now_ms;
    }
    return world->now_ms - told->tried_since_ms >= world->give_up_ms;
}

static void send(struct world *world, const struct delivery_event *event)
{
    struct world_alert *told = &world->alerts[event->alert_id.bytes[15]];
    look_at(world, event);
    const struct delivery_result result = {.outcome = answer(world, event), .why = "a reason"};
    world->now_ms += random_between(&world->random, 1, 50);
    const bool is_tried = result.outcome == DELIVERY_REFUSED || result.outcome == DELIVERY_UNAVAILABLE;
    const bool is_wanted = is_tried && is_to_be_given_up(world, event);
    const bool is_given_up = delivery_result(world->delivery, event, &result, world->now_ms);
    world_assert(world, is_given_up == is_wanted);
    told->is_given_up |= is_given_up;
    if (is_given_up || result.outcome == DELIVERY_TAKEN)
        told->tried = -1;
}

static bool is_forgotten_since(const struct world *world, int alert, int64_t offset)
{
    const int32_t partition = partition_of(alert);
    for (offset++; offset < world->ends[partition]; offset++)
        if (world->topic[partition][offset].alert == alert && world->topic[partition][offset].is_forgotten)
            return true;
    return false;
}

/* Before anything is waited for: a process that dies then is followed by one that knows. */
static void assert_tried_is_noted(struct world *world)
{
    for (int alert = 0; alert < WORLD_ALERTS; alert++) {
        const struct world_alert *told = &world->alerts[alert];
        const struct delivery_alert *kept = kept_of(world, alert);
        if (told->tried < 0 || is_forgotten_since(world, alert, told->tried))
            continue;
        world_assert(world, kept != NULL && kept->tried == told->tried);
        world_assert(world, kept->tried_since_ms == told->tried_since_ms);
    }
}

bool world_step(struct world *world)
{
    const struct delivery_plan plan = delivery_next(world->delivery, world->now_ms);
    if (plan.step == DELIVERY_NOTE)
        note(world);
    else if (plan.step == DELIVERY_SEND)
        send(world, plan.event);
    else
        assert_tried_is_noted(world);
    return plan.step != DELIVERY_WAIT;
}

static bool is_all_read(const struct world *world)
{
    return memcmp(world->read, world->ends, sizeof world->read) == 0;
}

void world_settle(struct world *world)
{
    int idle = 0;
    for (int round = 0; idle < 4; round++) {
        world_assert(world, round < 20000);
        world_read(world, 50);
        while (world_step(world))
            ;
        world->now_ms += DELIVERY_RETRY_LAST_MS;
        idle = is_all_read(world) && delivery_standing(world->delivery)->waiting == 0 ? idle + 1 : 0;
    }
}
