/* The events of a simulated world, and the order in which they come. */
#include <stdlib.h>
#include <string.h>

#include "simulation_internal.h"

#include "schemas/avro_bytes.h"
#include "tests/support/single_object.h"

void unsent_fill(struct simulation *sim)
{
    int children = random_between(&sim->random, 2, CHILDREN_MOST);

    sim->child_ids = calloc((size_t)children, sizeof *sim->child_ids);
    sim->story_of_child = calloc(1, sizeof *sim->story_of_child);
    sim->unsent = calloc((size_t)children * STORY_VERSIONS_MAX, sizeof *sim->unsent);
    for (int c = 0; c < children; c++) {
        int length = snprintf(sim->child_ids[c], sizeof sim->child_ids[c], "child-%llx",
                              (unsigned long long)(random_bits(&sim->random) & 0xffffff));
        story_tell(sim->story_of_child, random_bits(&sim->random));
        for (size_t i = 0; i < sim->story_of_child->count; i++) {
            struct event *event = &sim->unsent[sim->unsent_count++];
            event->child_id = (struct text){sim->child_ids[c], (uint32_t)length};
            event->fact = sim->story_of_child->versions[i];
        }
    }
    for (size_t i = sim->unsent_count; i-- > 1;) {
        size_t other = (size_t)random_between(&sim->random, 0, (int)i);
        struct event kept = sim->unsent[i];
        sim->unsent[i] = sim->unsent[other];
        sim->unsent[other] = kept;
    }
}

void days_choose(struct simulation *sim)
{
    struct day last = DAY_FIRST;

    for (size_t i = 0; i < sim->unsent_count; i++)
        last = day_later(last, sim->unsent[i].fact.occurred_on);
    sim->last_day = day_earlier(DAY_LAST, day_plus(last, random_between(&sim->random, -400, 500)));
    sim->day = day_plus(sim->last_day, -random_between(&sim->random, 0, 1200));
}

static void append(struct simulation *sim, int input, struct text key, const uint8_t *value, size_t length,
                   int64_t timestamp_ms)
{
    int32_t partition = key_partition(key_murmur2(key), SIMULATED_PARTITIONS);
    struct simulated_topic *topic = &sim->log.inputs[input][partition];

    simulated_topic_append(topic, key.bytes, key.length, value, length, timestamp_ms);
    if (random_chance(&sim->random, 30))
        snprintf(topic->records[topic->count - 1].headers.traceparent, TRACEPARENT_LENGTH + 1, "00-%032llx-%016llx-01",
                 (unsigned long long)random_bits(&sim->random) | 1, (unsigned long long)random_bits(&sim->random) | 1);
    if (random_chance(&sim->random, 10))
        topic->end += random_between(&sim->random, 1, 3); /* aborted records and markers */
}

/* The record with the framing of a registry's id instead; or, where the id is not good, what is no event with any. */
static void append_registered(struct simulation *sim, enum stream stream, const struct event *event,
                              const uint8_t *body, size_t length, enum id_kind kind, bool good)
{
    uint8_t bytes[1024];
    struct framing framing = framing_confluent(simulated_id(stream, kind));

    if (kind == ID_AFTER_POISON && !good)
        length = 0;
    memcpy(bytes, framing.bytes, framing.length);
    memcpy(bytes + framing.length, body, length);
    append(sim, (int)stream, event->child_id, bytes, framing.length + length, event->fact.recorded_at_ms);
    sim->result.registered++;
}

/* Whether the record is one that may be read. */
static bool append_event(struct simulation *sim, enum stream stream, const struct event *event, const uint8_t *bytes,
                         size_t length)
{
    enum id_kind kind = (enum id_kind)random_between(&sim->random, 0, ID_KIND_COUNT - 1);

    if (!sim->has_registry || random_chance(&sim->random, 70)) {
        append(sim, (int)stream, event->child_id, bytes, length, event->fact.recorded_at_ms);
        return true;
    }
    bool good = simulated_id_is_good(&sim->registry, stream, kind, sim->now_ms);
    append_registered(sim, stream, event, bytes + AVRO_FRAMING_BYTES, length - AVRO_FRAMING_BYTES, kind, good);
    sim->result.poison += !good;
    return good;
}

static void produce_event(struct simulation *sim, const struct event *event)
{
    uint8_t bytes[1024];
    struct event read;
    struct finding finding;
    enum stream stream = fact_stream(event->fact.kind);
    size_t length = event_write(event, single_object(), bytes, sizeof bytes);

    if (random_chance(&sim->random, 2))
        bytes[length / 2] ^= 0x40;
    bool good = append_event(sim, stream, event, bytes, length);
    if (good && event_read(sim->reader, stream, bytes, length, &read, &finding) &&
        text_equal(read.child_id, event->child_id))
        truth_add_fact(&sim->truth, event->child_id, &read.fact);
    else
        sim->truth.dead_letters++;
    sim->result.events++;
}

/* A wish to forget comes after every fact of the child so far, and before those that are still to come only by
 * accident. */
static void produce_forget(struct simulation *sim)
{
    const struct event *event = &sim->unsent[random_between(&sim->random, 0, (int)sim->unsent_count - 1)];
    int64_t at_ms = event->fact.recorded_at_ms;

    if (!truth_may_forget(&sim->truth, event->child_id, at_ms, sim->unsent, sim->unsent_count))
        return;
    append(sim, random_between(&sim->random, 0, 2), event->child_id, NULL, 0, at_ms);
    truth_forget(&sim->truth, event->child_id, at_ms);
    simulation_tell(sim, "forget %.*s\n", (int)event->child_id.length, event->child_id.bytes);
}

void produce_some(struct simulation *sim, int most)
{
    for (int i = random_between(&sim->random, 1, most); i > 0 && sim->unsent_count > 0; i--) {
        if (random_chance(&sim->random, 1))
            produce_forget(sim);
        produce_event(sim, &sim->unsent[sim->unsent_count - 1]);
        if (random_chance(&sim->random, 95))
            sim->unsent_count--; /* else it is sent once more */
    }
}
