#include "consumer/forgetting_evidence.h"

#include <stdlib.h>

#include "consumer/room.h"

static const enum schema published_schemas[PUBLISHED_COUNT] = {SCHEMA_ALERT, SCHEMA_VIOLATION};
static const char *const published_paths[] = {"child_id"};

bool forgetting_evidence_init(struct forgetting_evidence *evidence, const struct forgetting *forgetting)
{
    *evidence = (struct forgetting_evidence){.child_id = forgetting->child_id, .wish_ms = INT64_MIN};
    bool done = child_init(&evidence->child);
    for (int stream = 0; stream < STREAM_COUNT; stream++) {
        const struct wish_record *tombstone = &forgetting->tombstones[stream];
        evidence->wish_offset[stream] = tombstone->offset;
        if (tombstone->timestamp_ms > evidence->wish_ms)
            evidence->wish_ms = tombstone->timestamp_ms;
    }
    for (int what = 0; what < PUBLISHED_COUNT && done; what++)
        done = record_reader_init(&evidence->published[what].records, &newest_schemas[published_schemas[what]],
                                  earlier_schemas, earlier_schema_count, published_paths, 1);
    return done;
}

void forgetting_evidence_fini(struct forgetting_evidence *evidence)
{
    child_fini(&evidence->child);
    for (int what = 0; what < PUBLISHED_COUNT; what++) {
        record_reader_fini(&evidence->published[what].records);
        free(evidence->published[what].ids);
    }
}

void forgetting_evidence_use_ids(struct forgetting_evidence *evidence, struct schema_ids *ids)
{
    for (int what = 0; what < PUBLISHED_COUNT; what++)
        record_reader_use_ids(&evidence->published[what].records, ids);
}

/* --- records ------------------------------------------------------------------------------------------------------ */

enum evidence forgetting_evidence_state(struct forgetting_evidence *evidence, struct text key, const uint8_t *value,
                                        size_t length)
{
    bool is_right = true;
    if (text_equal(key, (struct text){PROGRESS_KEY, sizeof(PROGRESS_KEY) - 1})) {
        is_right = value != NULL && progress_read(value, length, &evidence->progress);
        evidence->has_progress = is_right;
    } else if (text_equal(key, evidence->child_id)) {
        is_right = value == NULL || state_read(value, length, key, &evidence->child);
        evidence->has_state = value != NULL && is_right;
        evidence->was_known |= evidence->has_state && evidence->child.fact_count > 0;
    }
    return is_right ? EVIDENCE_TAKEN : EVIDENCE_UNREADABLE;
}

static size_t find(const struct published_ids *published, const struct uuid *id)
{
    size_t i = 0;
    while (i < published->count && !uuid_equal(&published->ids[i], id))
        i++;
    return i;
}

/* What the registry says of an id is believed for as long as the question takes: hence no times. */
static bool read_published(struct published_ids *published, const uint8_t *value, size_t length,
                           struct program_value *values, struct finding *finding)
{
    if (record_reader_read(&published->records, value, length, values, finding))
        return true;
    return finding->problem == PROBLEM_SCHEMA_AWAITED &&
           record_reader_learn(&published->records, finding->schema_id, 0, 0, finding) &&
           record_reader_read(&published->records, value, length, values, finding);
}

/* TAKEN: *IS is whether it names the child. */
static enum evidence is_about(struct published_ids *published, const uint8_t *value, size_t length,
                              struct text child_id, bool *is)
{
    struct program_value values[2];
    struct finding finding;
    *is = read_published(published, value, length, values, &finding);
    if (!*is)
        return finding.problem == PROBLEM_SCHEMA_AWAITED ? EVIDENCE_AWAITED
               : finding.problem == PROBLEM_NO_MEMORY    ? EVIDENCE_NO_MEMORY
                                                         : EVIDENCE_TAKEN;
    *is = text_equal((struct text){(const char *)values[0].bytes, values[0].length}, child_id);
    return EVIDENCE_TAKEN;
}

static enum evidence keep(struct published_ids *published, const struct uuid *id)
{
    struct uuid *ids = room_for_one_more(published->ids, published->count, &published->capacity, sizeof(*ids));
    if (ids == NULL)
        return EVIDENCE_NO_MEMORY;
    published->ids = ids;
    published->ids[published->count++] = *id;
    return EVIDENCE_TAKEN;
}

enum evidence forgetting_evidence_published(struct forgetting_evidence *evidence, enum published what, struct text key,
                                            const uint8_t *value, size_t length)
{
    struct published_ids *published = &evidence->published[what];
    struct uuid id;
    if (!uuid_parse(key.bytes, key.length, &id))
        return EVIDENCE_TAKEN;
    const size_t i = find(published, &id);
    if (value == NULL && i < published->count)
        published->ids[i] = published->ids[--published->count];
    if (value == NULL || i < published->count)
        return EVIDENCE_TAKEN;
    bool is_the_childs;
    const enum evidence taken = is_about(published, value, length, evidence->child_id, &is_the_childs);
    if (taken != EVIDENCE_TAKEN || !is_the_childs)
        return taken;
    evidence->was_known = true;
    return keep(published, &id);
}

/* --- what they come to -------------------------------------------------------------------------------------------- */

static bool state_knows(const struct forgetting_evidence *evidence, const struct uuid *id)
{
    for (uint32_t i = 0; i < evidence->child.alert_count; i++) {
        const struct uuid known = alert_id(&evidence->child.alerts[i], evidence->child_id);
        if (uuid_equal(&known, id))
            return true;
    }
    return false;
}

/* Once forgotten, a child that comes back may have alerts again: those are right to be there. */
static uint32_t count_left(const struct forgetting_evidence *evidence, enum published what, bool is_forgotten)
{
    const struct published_ids *published = &evidence->published[what];
    uint32_t left = 0;
    for (size_t i = 0; i < published->count; i++)
        left += !(is_forgotten && evidence->has_state && state_knows(evidence, &published->ids[i]));
    return left;
}

static uint32_t count_facts(const struct forgetting_evidence *evidence)
{
    uint32_t facts = 0;
    for (uint32_t i = 0; evidence->has_state && i < evidence->child.fact_count; i++)
        facts += evidence->child.facts[i].recorded_at_ms <= evidence->wish_ms;
    return facts;
}

/* A state says by itself whether it was forgotten. One that is gone says nothing: then every wish must be read. */
static bool is_forgotten(const struct forgetting_evidence *evidence, const struct forgetting_sight *sight)
{
    if (evidence->has_state)
        return evidence->child.forgotten_at_ms >= evidence->wish_ms && sight->facts == 0;
    return sight->is_read[STREAM_PLACEMENT] && sight->is_read[STREAM_MOVE] && sight->is_read[STREAM_ENROLLMENT];
}

struct forgetting_sight forgetting_evidence_weigh(const struct forgetting_evidence *evidence)
{
    struct forgetting_sight sight = {
        .is_ever_read = evidence->has_progress, .facts = count_facts(evidence), .was_known = evidence->was_known};
    for (int stream = 0; stream < STREAM_COUNT && evidence->has_progress; stream++) {
        sight.next_offset[stream] = evidence->progress.next_offset[stream];
        sight.is_read[stream] = sight.next_offset[stream] > evidence->wish_offset[stream];
    }
    sight.is_forgotten = is_forgotten(evidence, &sight);
    sight.alerts = count_left(evidence, PUBLISHED_ALERTS, sight.is_forgotten);
    sight.violations = count_left(evidence, PUBLISHED_VIOLATIONS, sight.is_forgotten);
    return sight;
}
