#include "schemas/event.h"

#include <stdlib.h>

#include "schemas/avro_bytes.h"
#include "schemas/event_check.h"
#include "schemas/event_versions.h"
#include "schemas/record_reader.h"

enum part {
    EVENT_ID,
    CHILD_ID,
    OCCURRED_ON,
    RECORDED_AT,
    RETRACTED,
    KIND,
    LOCATION_ID,
    LOCATION_KIND,
    REGION,
    BIRTH_DATE,
    UNACCOMPANIED,
    APPLIED_ON,
    FROM_LOCATION_ID,
    REASON,
    SCHOOL_ID,
    PART_COUNT
};

#define EVERY_EVENT                                                                                                    \
    [EVENT_ID] = "event_id", [CHILD_ID] = "child_id", [OCCURRED_ON] = "occurred_on", [RECORDED_AT] = "recorded_at",    \
    [RETRACTED] = "retracted"

/* Where the parts are in the records of a stream. */
static const char *const paths[STREAM_COUNT][PART_COUNT] = {
    [STREAM_PLACEMENT] = {EVERY_EVENT, [KIND] = "kind", [LOCATION_ID] = "location.location_id",
                          [LOCATION_KIND] = "location.kind", [REGION] = "location.region", [BIRTH_DATE] = "birth_date",
                          [UNACCOMPANIED] = "unaccompanied", [APPLIED_ON] = "applied_on"},
    [STREAM_MOVE] = {EVERY_EVENT, [LOCATION_ID] = "to.location_id", [LOCATION_KIND] = "to.kind", [REGION] = "to.region",
                     [FROM_LOCATION_ID] = "from_location_id", [REASON] = "reason"},
    [STREAM_ENROLLMENT] = {EVERY_EVENT, [KIND] = "kind", [SCHOOL_ID] = "school_id"},
};

const enum schema event_schemas[STREAM_COUNT] = {SCHEMA_PLACEMENT, SCHEMA_MOVE, SCHEMA_ENROLLMENT};

/* The first symbol of the stream's kinds; those of a stream follow each other in both the schema and the enum. */
static const enum fact_kind first_kinds[STREAM_COUNT] = {FACT_ARRIVED, FACT_MOVED, FACT_ENROLLED};

struct event_reader {
    struct record_reader streams[STREAM_COUNT];
};

static struct event_reader *reader_new(const struct shipped_schema *earlier, size_t count)
{
    struct event_reader *reader = calloc(1, sizeof *reader);
    for (int stream = 0; reader != NULL && stream < STREAM_COUNT; stream++) {
        const struct shipped_schema *newest = &newest_schemas[event_schemas[stream]];
        if (!record_reader_init(&reader->streams[stream], newest, earlier, count, paths[stream], PART_COUNT)) {
            event_reader_free(reader);
            return NULL;
        }
    }
    return reader;
}

struct event_reader *event_reader_new(void)
{
    return reader_new(earlier_schemas, earlier_schema_count);
}

struct event_reader *event_reader_new_of(const struct event_versions *versions)
{
    return reader_new(versions->items, versions->count);
}

enum compiled event_reader_fits(const struct event_reader *reader, enum stream stream, const struct schema_tree *writer,
                                char field[static 64])
{
    return record_reader_fits(&reader->streams[stream], writer, field);
}

void event_reader_free(struct event_reader *reader)
{
    for (int stream = 0; reader != NULL && stream < STREAM_COUNT; stream++)
        record_reader_fini(&reader->streams[stream]);
    free(reader);
}

void event_reader_use_ids(struct event_reader *reader, struct schema_ids *ids)
{
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        record_reader_use_ids(&reader->streams[stream], ids);
}

bool event_reader_learn(struct event_reader *reader, enum stream stream, uint32_t id, int64_t since_ms, int64_t now_ms,
                        struct finding *finding)
{
    return record_reader_learn(&reader->streams[stream], id, since_ms, now_ms, finding);
}

bool event_reader_awaits(const struct event_reader *reader, uint32_t id, int64_t since_ms, int64_t now_ms)
{
    return schema_ids_find(reader->streams[0].ids, id, since_ms, now_ms).standing == SCHEMA_ID_AWAITED;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static inline bool is_absent(const struct program_value *value)
{
    return value->type == AVRO_TYPE_NULL;
}

static inline struct text text_of(const struct program_value *value)
{
    return (struct text){(const char *)value->bytes, value->length};
}

static inline bool take_optional_day(struct day *day, const struct program_value *value, const char *field,
                                     struct finding *finding)
{
    return is_absent(value) || event_take_day(day, value->number, field, finding);
}

static inline bool take_optional_id(struct text *id, const struct program_value *value, const char *field,
                                    struct finding *finding)
{
    return is_absent(value) || event_take_id(id, text_of(value), field, finding);
}

/* What every event has. */
static bool take_head(struct event *event, const struct program_value *values, struct finding *finding)
{
    event->fact.retracted = values[RETRACTED].number != 0;
    return event_take_event_id(event, text_of(&values[EVENT_ID]), finding) &&
           event_take_id(&event->child_id, text_of(&values[CHILD_ID]), "child_id", finding) &&
           event_take_day(&event->fact.occurred_on, values[OCCURRED_ON].number, "occurred_on", finding) &&
           event_take_recorded_at(event, values[RECORDED_AT].number, finding);
}

static bool take_place(struct fact *fact, const struct program_value *values, const char *field,
                       struct finding *finding)
{
    if (is_absent(&values[LOCATION_ID]))
        return true;
    fact->place.kind = (enum location_kind)values[LOCATION_KIND].number;
    fact->place.region = (enum region)values[REGION].number;
    return event_take_id(&fact->place.location_id, text_of(&values[LOCATION_ID]), field, finding);
}

static bool take_placement(struct event *event, const struct program_value *values, struct finding *finding)
{
    struct fact *fact = &event->fact;
    if (!is_absent(&values[UNACCOMPANIED]))
        fact->unaccompanied = values[UNACCOMPANIED].number != 0 ? ANSWER_YES : ANSWER_NO;
    return take_place(fact, values, "location.location_id", finding) &&
           take_optional_day(&fact->birth_date, &values[BIRTH_DATE], "birth_date", finding) &&
           take_optional_day(&fact->applied_on, &values[APPLIED_ON], "applied_on", finding);
}

static bool take_move(struct event *event, const struct program_value *values, struct finding *finding)
{
    if (!is_absent(&values[REASON]))
        event->reason = event_reason((enum move_reason)values[REASON].number);
    return take_place(&event->fact, values, "to.location_id", finding) &&
           take_optional_id(&event->from_location_id, &values[FROM_LOCATION_ID], "from_location_id", finding);
}

static bool take_enrollment(struct event *event, const struct program_value *values, struct finding *finding)
{
    return take_optional_id(&event->fact.school_id, &values[SCHOOL_ID], "school_id", finding);
}

static bool (*const take_body[STREAM_COUNT])(struct event *, const struct program_value *,
                                             struct finding *) = {take_placement, take_move, take_enrollment};

/* A schema that is known, but of another stream's records, is not unknown: the producer has mistaken the topic. */
static bool explain(const struct event_reader *reader, const uint8_t *bytes, size_t length, struct finding *finding)
{
    uint64_t fingerprint;
    if (finding->problem != PROBLEM_SCHEMA_UNKNOWN || !avro_framing(bytes, length, &fingerprint))
        return false;
    for (int stream = 0; stream < STREAM_COUNT; stream++)
        if (record_reader_knows(&reader->streams[stream], fingerprint))
            finding->problem = PROBLEM_SCHEMA_UNFIT;
    return false;
}

bool event_read(const struct event_reader *reader, enum stream stream, const uint8_t *bytes, size_t length,
                struct event *event, struct finding *finding)
{
    struct program_value values[PART_COUNT + 1];
    if (length > EVENT_BYTES_MAX)
        return event_fails(finding, PROBLEM_TOO_LONG, "");
    if (!record_reader_read(&reader->streams[stream], bytes, length, values, finding))
        return explain(reader, bytes, length, finding);
    event_clear(event);
    event->fact.kind = (enum fact_kind)(first_kinds[stream] + (unsigned)values[KIND].number);
    return take_head(event, values, finding) && take_body[stream](event, values, finding) &&
           event_complete(event, finding);
}
