#include <stdlib.h>
#include <string.h>

#include "rules/rule.h"
#include "schemas/alert_record.h"
#include "schemas/instant.h"
#include "schemas/record_reader.h"

enum part {
    ALERT_ID,
    CHILD_ID,
    RULE,
    CAUSE,
    LEVEL,
    STATE,
    RAISED_ON,
    VIOLATION_ON,
    DUE_ON,
    RESOLVED_ON,
    RESOLUTION,
    NORM_MONTHS,
    LOCATION_ID,
    LOCATION_KIND,
    REGION,
    UNACCOMPANIED,
    REVISION,
    WITHDRAWN_BY,
    REPLACED_BY,
    LOGGED_AT,
    PART_COUNT
};

static const char *const paths[PART_COUNT] = {
    [ALERT_ID] = "alert_id",
    [CHILD_ID] = "child_id",
    [RULE] = "rule",
    [CAUSE] = "cause",
    [LEVEL] = "level",
    [STATE] = "state",
    [RAISED_ON] = "raised_on",
    [VIOLATION_ON] = "violation_on",
    [DUE_ON] = "due_on",
    [RESOLVED_ON] = "resolved_on",
    [RESOLUTION] = "resolution",
    [NORM_MONTHS] = "norm_months",
    [LOCATION_ID] = "location_id",
    [LOCATION_KIND] = "location_kind",
    [REGION] = "region",
    [UNACCOMPANIED] = "unaccompanied",
    [REVISION] = "revision",
    [WITHDRAWN_BY] = "withdrawn_by",
    [REPLACED_BY] = "replaced_by",
    [LOGGED_AT] = "logged_at",
};

struct alert_reader {
    struct record_reader records;
};

struct alert_reader *alert_reader_new(void)
{
    struct alert_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL || record_reader_init(&reader->records, &newest_schemas[SCHEMA_ALERT], earlier_schemas,
                                             earlier_schema_count, paths, PART_COUNT))
        return reader;
    alert_reader_free(reader);
    return NULL;
}

void alert_reader_free(struct alert_reader *reader)
{
    if (reader != NULL)
        record_reader_fini(&reader->records);
    free(reader);
}

void alert_reader_use_ids(struct alert_reader *reader, struct schema_ids *ids)
{
    record_reader_use_ids(&reader->records, ids);
}

bool alert_reader_learn(struct alert_reader *reader, uint32_t id, int64_t since_ms, int64_t now_ms,
                        struct finding *finding)
{
    return record_reader_learn(&reader->records, id, since_ms, now_ms, finding);
}

/* What is being read: a part that is not right ends it. */
struct take {
    const struct program_value *values;
    struct finding *finding;
};

static bool fails(const struct take *take, enum problem problem, enum part part)
{
    *take->finding = finding_of(problem, paths[part]);
    return false;
}

static bool is_absent(const struct take *take, enum part part)
{
    return take->values[part].type == AVRO_TYPE_NULL;
}

static struct text text_of(const struct take *take, enum part part)
{
    return (struct text){(const char *)take->values[part].bytes, take->values[part].length};
}

static bool take_uuid(const struct take *take, enum part part, struct uuid *uuid)
{
    struct text text = text_of(take, part);
    if (is_absent(take, part))
        return true;
    return uuid_parse(text.bytes, text.length, uuid) || fails(take, PROBLEM_UUID_INVALID, part);
}

static bool take_id(const struct take *take, enum part part, struct text *id)
{
    *id = text_of(take, part);
    return text_is_id(*id) || fails(take, PROBLEM_ID_INVALID, part);
}

/* 9999-12-31, the last that has a text of ten characters: what follows from facts of 2199 may be due later. */
#define DAY_SHOWN_LAST 2932896

static bool take_day(const struct take *take, enum part part, struct day *day)
{
    int64_t number = take->values[part].number;
    *day = DAY_ABSENT;
    if (is_absent(take, part))
        return true;
    day->number = (int32_t)number;
    return (number >= DAY_FIRST.number && number <= DAY_SHOWN_LAST) || fails(take, PROBLEM_DATE_INVALID, part);
}

static bool take_number(const struct take *take, enum part part, int64_t least, int64_t most, int64_t *number)
{
    *number = is_absent(take, part) ? 0 : take->values[part].number;
    return is_absent(take, part) || (*number >= least && *number <= most) || fails(take, PROBLEM_MALFORMED, part);
}

static bool take_rule(const struct take *take, uint8_t *rule)
{
    struct text name = text_of(take, RULE);
    for (*rule = 0; *rule < RULE_COUNT; ++*rule)
        if (strlen(rules[*rule]->name) == name.length && memcmp(rules[*rule]->name, name.bytes, name.length) == 0)
            return true;
    return fails(take, PROBLEM_SYMBOL_UNKNOWN, RULE);
}

static void take_symbols(const struct take *take, struct alert *alert)
{
    const struct program_value *values = take->values;
    alert->level = (enum level)values[LEVEL].number;
    alert->state = (enum alert_state)values[STATE].number;
    alert->place.kind = (enum location_kind)values[LOCATION_KIND].number;
    alert->place.region = (enum region)values[REGION].number;
    if (!is_absent(take, RESOLUTION))
        alert->resolution = (enum resolution)(values[RESOLUTION].number + 1); /* null stands for NONE */
    if (!is_absent(take, UNACCOMPANIED))
        alert->unaccompanied = values[UNACCOMPANIED].number != 0 ? ANSWER_YES : ANSWER_NO;
}

static bool take_alert(const struct take *take, struct alert *alert)
{
    int64_t norm_months, revision;
    take_symbols(take, alert);
    bool taken = take_rule(take, &alert->rule) && take_uuid(take, CAUSE, &alert->cause) &&
                 take_day(take, RAISED_ON, &alert->raised_on) && take_day(take, VIOLATION_ON, &alert->violation_on) &&
                 take_day(take, DUE_ON, &alert->due_on) && take_day(take, RESOLVED_ON, &alert->resolved_on) &&
                 take_number(take, NORM_MONTHS, 1, INT32_MAX, &norm_months) &&
                 take_id(take, LOCATION_ID, &alert->place.location_id) &&
                 take_number(take, REVISION, 1, UINT32_MAX, &revision) &&
                 take_uuid(take, WITHDRAWN_BY, &alert->withdrawn_by);
    if (!taken)
        return false;
    alert->norm_months = (int)norm_months;
    alert->revision = (uint32_t)revision;
    return true;
}

bool alert_record_read(const struct alert_reader *reader, const uint8_t *bytes, size_t length,
                       struct alert_record *record, struct finding *finding)
{
    struct program_value values[PART_COUNT + 1];
    struct take take = {values, finding};
    *record = (struct alert_record){0};
    return record_reader_read(&reader->records, bytes, length, values, finding) &&
           take_uuid(&take, ALERT_ID, &record->alert_id) && take_id(&take, CHILD_ID, &record->child_id) &&
           take_alert(&take, &record->alert) && take_uuid(&take, REPLACED_BY, &record->replaced_by) &&
           take_number(&take, LOGGED_AT, INSTANT_FIRST_MS, INSTANT_LAST_MS, &record->logged_at_ms);
}
