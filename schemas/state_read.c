#include "schemas/avro_bytes.h"
#include "schemas/instant.h"
#include "schemas/schema.h"
#include "schemas/state.h"
#include "schemas/state_layout.h"

/* The day DAYS after FROM, where a record may name it. */
static struct day get_day(struct avro_reader *reader, int64_t from, int sign)
{
    int64_t days = avro_get_within(reader, INT32_MIN, INT32_MAX);
    int64_t number = from + sign * days;
    if (number <= INT32_MIN || number >= INT32_MAX)
        number = avro_fail(reader);
    return (struct day){(int32_t)number};
}

static struct day get_optional_day(struct avro_reader *reader, struct day from, int sign)
{
    return avro_get_index(reader, 2) == 0 ? DAY_ABSENT : get_day(reader, from.number, sign);
}

/* The instant so many milliseconds after another; one that no event can have is a failure. */
static int64_t get_instant(struct avro_reader *reader, int64_t from_ms, int64_t ms)
{
    int64_t sum;
    bool is_right = !__builtin_add_overflow(from_ms, ms, &sum) && sum >= INSTANT_FIRST_MS && sum <= INSTANT_LAST_MS;
    return is_right ? sum : avro_fail(reader);
}

/* Fills PLACE or, where it is not NULL, SCHOOL_ID. Only the first COUNT facts can be referred to. */
static void read_at(struct avro_reader *reader, const struct fact *facts, uint32_t count, struct place *place,
                    struct text *school_id)
{
    *place = (struct place){0};
    if (school_id != NULL)
        *school_id = (struct text){NULL, 0};
    switch ((enum at)avro_get_index(reader, school_id == NULL ? AT_SCHOOL : AT_COUNT)) {
    case AT_THE_SAME: {
        uint32_t index = (uint32_t)avro_get_within(reader, 0, (int64_t)count - 1);
        if (reader->failed)
            return;
        *place = facts[index].place;
        if (school_id != NULL)
            *school_id = facts[index].school_id;
        return;
    }
    case AT_PLACE:
        place->location_id = avro_get_text(reader, ID_LENGTH_MAX);
        place->kind = (enum location_kind)avro_get_index(reader, LOCATION_KIND_COUNT);
        place->region = (enum region)avro_get_index(reader, REGION_COUNT);
        return;
    case AT_SCHOOL:
        *school_id = avro_get_text(reader, ID_LENGTH_MAX);
        return;
    default:
        return;
    }
}

static void read_arrival(struct avro_reader *reader, struct fact *fact)
{
    fact->birth_date = fact->applied_on = DAY_ABSENT;
    fact->unaccompanied = ANSWER_UNKNOWN;
    if (avro_get_index(reader, 2) == 0)
        return;
    fact->birth_date = get_optional_day(reader, fact->occurred_on, -1);
    fact->applied_on = get_optional_day(reader, fact->occurred_on, -1);
    fact->unaccompanied = (enum answer)avro_get_index(reader, ANSWER_YES + 1);
}

static void read_fact(struct avro_reader *reader, struct fact *facts, uint32_t index)
{
    struct fact *fact = &facts[index];
    const uint8_t *event_id = avro_get(reader, sizeof fact->event_id.bytes);
    if (event_id == NULL)
        return;
    memcpy(fact->event_id.bytes, event_id, sizeof fact->event_id.bytes);
    if (index > 0 && uuid_compare(&facts[index - 1].event_id, &fact->event_id) >= 0)
        avro_fail(reader);
    fact->occurred_on = get_day(reader, index == 0 ? 0 : facts[index - 1].occurred_on.number, 1);
    fact->recorded_at_ms = get_instant(reader, fact->occurred_on.number * MS_PER_DAY, avro_get_long(reader));
    fact->first_recorded_at_ms = get_instant(reader, fact->recorded_at_ms, -avro_get_within(reader, 0, INT64_MAX));
    fact->kind = (enum fact_kind)avro_get_index(reader, FACT_KIND_COUNT);
    fact->retracted = avro_get_boolean(reader);
    read_at(reader, facts, index, &fact->place, &fact->school_id);
    read_arrival(reader, fact);
    fact->sequence = (uint32_t)avro_get_within(reader, 0, UINT32_MAX);
}

static struct uuid read_optional_fact(struct avro_reader *reader, const struct child *child)
{
    if (avro_get_index(reader, 2) == 0)
        return UUID_NIL;
    uint32_t index = (uint32_t)avro_get_within(reader, 0, (int64_t)child->fact_count - 1);
    return reader->failed ? UUID_NIL : child->facts[index].event_id;
}

static void read_alert(struct avro_reader *reader, const struct child *child, struct alert *alert)
{
    alert->rule = (uint8_t)avro_get_index(reader, RULE_COUNT);
    uint32_t cause = (uint32_t)avro_get_within(reader, 0, (int64_t)child->fact_count - 1);
    if (reader->failed)
        return;
    alert->cause = child->facts[cause].event_id;
    alert->level = (enum level)avro_get_index(reader, LEVEL_COUNT);
    alert->state = (enum alert_state)avro_get_index(reader, ALERT_STATE_COUNT);
    alert->resolution = (enum resolution)avro_get_index(reader, RESOLUTION_COUNT);
    alert->raised_on = get_day(reader, child->facts[cause].occurred_on.number, 1);
    alert->violation_on = get_optional_day(reader, alert->raised_on, 1);
    alert->due_on = get_optional_day(reader, alert->raised_on, 1);
    alert->resolved_on = get_optional_day(reader, alert->raised_on, 1);
    alert->norm_months = (int)avro_get_within(reader, 0, INT32_MAX);
    read_at(reader, child->facts, child->fact_count, &alert->place, NULL);
    alert->unaccompanied = (enum answer)avro_get_index(reader, ANSWER_YES + 1);
    alert->revision = (uint32_t)avro_get_within(reader, 0, UINT32_MAX);
    alert->sequence = (uint32_t)avro_get_within(reader, 0, UINT32_MAX);
    alert->withdrawn_by = read_optional_fact(reader, child);
    alert->replaced_by = read_optional_fact(reader, child);
}

static bool ascending(const struct alert *before, const struct alert *alert)
{
    return before->rule < alert->rule ||
           (before->rule == alert->rule && uuid_compare(&before->cause, &alert->cause) < 0);
}

/* An array is written as one block, or none where it is empty. */
static uint32_t read_count(struct avro_reader *reader, uint32_t count_max)
{
    return (uint32_t)avro_get_within(reader, 0, count_max);
}

static void read_facts(struct avro_reader *reader, struct child *child)
{
    uint32_t count = read_count(reader, CHILD_FACTS_MAX);
    for (uint32_t i = 0; i < count && !reader->failed; i++)
        read_fact(reader, child->facts, i);
    child->fact_count = count;
    if (count > 0)
        read_count(reader, 0);
}

static void read_alerts(struct avro_reader *reader, struct child *child)
{
    uint32_t count = read_count(reader, CHILD_ALERTS_MAX);
    for (uint32_t i = 0; i < count && !reader->failed; i++) {
        read_alert(reader, child, &child->alerts[i]);
        if (i > 0 && !ascending(&child->alerts[i - 1], &child->alerts[i]))
            avro_fail(reader);
    }
    child->alert_count = count;
    if (count > 0)
        read_count(reader, 0);
}

static struct avro_reader read_head(const uint8_t *bytes, size_t length, struct day *next_change_on)
{
    struct avro_reader reader = {bytes, bytes + length, false};
    avro_get_framing(&reader, newest_schemas[SCHEMA_STATE].fingerprint);
    next_change_on->number = (int32_t)avro_get_within(&reader, INT32_MIN, INT32_MAX);
    return reader;
}

bool state_read(const uint8_t *bytes, size_t length, struct text child_id, struct child *child)
{
    struct avro_reader reader = read_head(bytes, length, &child->next_change_on);
    child->child_id = child_id;
    child->forgotten_at_ms = avro_get_index(&reader, 2) == 0 ? NEVER_FORGOTTEN : avro_get_long(&reader);
    child->sequence = (uint32_t)avro_get_within(&reader, 0, UINT32_MAX);
    read_facts(&reader, child);
    read_alerts(&reader, child);
    return !reader.failed && avro_left(&reader) == 0;
}

bool state_peek(const uint8_t *bytes, size_t length, struct day *next_change_on)
{
    return !read_head(bytes, length, next_change_on).failed;
}
