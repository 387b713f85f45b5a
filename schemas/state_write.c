#include <assert.h>
#include <stdlib.h>

#include "schemas/avro_bytes.h"
#include "schemas/schema.h"
#include "schemas/state.h"
#include "schemas/state_layout.h"

/* More than any fact or alert takes: an id of 64 bytes, a UUID of 16, and under fifteen numbers of at most ten bytes.
 */
#define ITEM_BYTES_MAX (ID_LENGTH_MAX + 16 + 15 * AVRO_VARINT_BYTES_MAX)

/* How many of the newest facts that spell out a place or a school are looked through for one to refer to. It bounds the
 * work for a child with thousands of places, which then costs bytes, not time. */
#define MENTIONS_MAX 16

struct mentions {
    const struct fact *facts; /* of the child */
    uint32_t indexes[MENTIONS_MAX];
    uint32_t count; /* ever noted; the newest MENTIONS_MAX are kept */
};

size_t state_size_bound(const struct child *child)
{
    return ITEM_BYTES_MAX * (1 + (size_t)child->fact_count + (size_t)child->alert_count);
}

static bool same_place(const struct place *a, const struct place *b)
{
    return text_equal(a->location_id, b->location_id) && a->kind == b->kind && a->region == b->region;
}

/* Index of a fact that spells out this place and school, or -1. */
static int64_t mention_find(const struct mentions *mentions, const struct place *place, struct text school_id)
{
    uint32_t kept = mentions->count < MENTIONS_MAX ? mentions->count : MENTIONS_MAX;
    for (uint32_t i = 0; i < kept; i++) {
        const struct fact *fact = &mentions->facts[mentions->indexes[i]];
        if (same_place(&fact->place, place) && text_equal(fact->school_id, school_id))
            return mentions->indexes[i];
    }
    return -1;
}

static void write_at(struct avro_writer *writer, const struct mentions *mentions, const struct place *place,
                     struct text school_id)
{
    assert(place_is_absent(place) || school_id.length == 0);
    if (place_is_absent(place) && school_id.length == 0) {
        avro_put_long(writer, AT_NOTHING);
        return;
    }
    int64_t mention = mention_find(mentions, place, school_id);
    if (mention >= 0) {
        avro_put_long(writer, AT_THE_SAME);
        avro_put_long(writer, mention);
    } else if (school_id.length > 0) {
        avro_put_long(writer, AT_SCHOOL);
        avro_put_text(writer, school_id);
    } else {
        avro_put_long(writer, AT_PLACE);
        avro_put_text(writer, place->location_id);
        avro_put_long(writer, place->kind);
        avro_put_long(writer, place->region);
    }
}

/* What was spelled out can be referred to from now on. */
static void mention_note(struct mentions *mentions, uint32_t index)
{
    const struct fact *fact = &mentions->facts[index];
    bool nothing = place_is_absent(&fact->place) && fact->school_id.length == 0;
    if (!nothing && mention_find(mentions, &fact->place, fact->school_id) < 0)
        mentions->indexes[mentions->count++ % MENTIONS_MAX] = index;
}

static void write_optional_days(struct avro_writer *writer, struct day day, int64_t days)
{
    avro_put_long(writer, day_is_absent(day) ? 0 : 1);
    if (!day_is_absent(day))
        avro_put_long(writer, days);
}

static void write_arrival(struct avro_writer *writer, const struct fact *fact)
{
    bool says_any = !day_is_absent(fact->birth_date) || !day_is_absent(fact->applied_on) ||
                    fact->unaccompanied != ANSWER_UNKNOWN;
    avro_put_long(writer, says_any ? 1 : 0);
    if (!says_any)
        return;
    write_optional_days(writer, fact->birth_date, (int64_t)fact->occurred_on.number - fact->birth_date.number);
    write_optional_days(writer, fact->applied_on, (int64_t)fact->occurred_on.number - fact->applied_on.number);
    avro_put_long(writer, fact->unaccompanied);
}

static void write_fact(struct avro_writer *writer, const struct mentions *mentions, const struct fact *fact,
                       int32_t day_before)
{
    avro_put(writer, fact->event_id.bytes, sizeof fact->event_id.bytes);
    avro_put_long(writer, (int64_t)fact->occurred_on.number - day_before);
    avro_put_long(writer, fact->recorded_at_ms - fact->occurred_on.number * MS_PER_DAY);
    avro_put_long(writer, fact->recorded_at_ms - fact->first_recorded_at_ms);
    avro_put_long(writer, fact->kind);
    avro_put_boolean(writer, fact->retracted);
    write_at(writer, mentions, &fact->place, fact->school_id);
    write_arrival(writer, fact);
    avro_put_long(writer, fact->sequence);
}

static void write_facts(struct avro_writer *writer, struct mentions *mentions, const struct child *child)
{
    if (child->fact_count > 0)
        avro_put_long(writer, child->fact_count);
    int32_t day_before = 0;
    for (uint32_t i = 0; i < child->fact_count; i++) {
        write_fact(writer, mentions, &child->facts[i], day_before);
        mention_note(mentions, i);
        day_before = child->facts[i].occurred_on.number;
    }
    avro_put_long(writer, 0);
}

static int compare_with_fact(const void *event_id, const void *fact)
{
    return uuid_compare(event_id, &((const struct fact *)fact)->event_id);
}

/* Whatever an alert names is a fact of the child: facts go only when the child is forgotten, and its alerts with them.
 */
static uint32_t fact_index(const struct child *child, const struct uuid *event_id)
{
    const struct fact *fact = bsearch(event_id, child->facts, child->fact_count, sizeof *child->facts,
                                      compare_with_fact);
    assert(fact != NULL);
    return (uint32_t)(fact - child->facts);
}

static void write_optional_fact(struct avro_writer *writer, const struct child *child, const struct uuid *event_id)
{
    bool none = uuid_equal(event_id, &UUID_NIL);
    avro_put_long(writer, none ? 0 : 1);
    if (!none)
        avro_put_long(writer, fact_index(child, event_id));
}

static void write_alert(struct avro_writer *writer, const struct mentions *mentions, const struct child *child,
                        const struct alert *alert)
{
    uint32_t cause = fact_index(child, &alert->cause);
    int64_t raised_on = alert->raised_on.number;
    avro_put_long(writer, alert->rule);
    avro_put_long(writer, cause);
    avro_put_long(writer, alert->level);
    avro_put_long(writer, alert->state);
    avro_put_long(writer, alert->resolution);
    avro_put_long(writer, raised_on - child->facts[cause].occurred_on.number);
    write_optional_days(writer, alert->violation_on, alert->violation_on.number - raised_on);
    write_optional_days(writer, alert->due_on, alert->due_on.number - raised_on);
    write_optional_days(writer, alert->resolved_on, alert->resolved_on.number - raised_on);
    avro_put_long(writer, alert->norm_months);
    write_at(writer, mentions, &alert->place, (struct text){NULL, 0});
    avro_put_long(writer, alert->unaccompanied);
    avro_put_long(writer, alert->revision);
    avro_put_long(writer, alert->sequence);
    write_optional_fact(writer, child, &alert->withdrawn_by);
    write_optional_fact(writer, child, &alert->replaced_by);
}

size_t state_write(const struct child *child, uint8_t *bytes, size_t size)
{
    assert(size >= state_size_bound(child));
    struct avro_writer writer = {bytes, bytes + size, false};
    struct mentions mentions = {.facts = child->facts};
    avro_put_framing(&writer, newest_schemas[SCHEMA_STATE].fingerprint);
    avro_put_long(&writer, child->next_change_on.number);
    avro_put_long(&writer, child->forgotten_at_ms == NEVER_FORGOTTEN ? 0 : 1);
    if (child->forgotten_at_ms != NEVER_FORGOTTEN)
        avro_put_long(&writer, child->forgotten_at_ms);
    avro_put_long(&writer, child->sequence);
    write_facts(&writer, &mentions, child);
    if (child->alert_count > 0)
        avro_put_long(&writer, child->alert_count);
    for (uint32_t i = 0; i < child->alert_count; i++)
        write_alert(&writer, &mentions, child, &child->alerts[i]);
    avro_put_long(&writer, 0);
    return avro_written(&writer, bytes);
}
