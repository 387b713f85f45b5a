#include "case_file.h"
#include "random_norms.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ABSENT (-1)

/* The position of a text among symbols; ABSENT for null and what is no symbol. */
static int symbol(const char *text, const char *const symbols[], int count)
{
    for (int i = 0; text != NULL && i < count; i++)
        if (strcmp(text, symbols[i]) == 0)
            return i;
    return ABSENT;
}

static const char *string_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static struct text text_at(const json_t *object, const char *key)
{
    const char *text = string_at(object, key);
    return (struct text){text, text == NULL ? 0 : (uint32_t)strlen(text)};
}

static struct day day_at(const json_t *object, const char *key)
{
    struct tm date = {0};
    const char *text = string_at(object, key);
    if (text == NULL || strptime(text, "%Y-%m-%d", &date) == NULL)
        return DAY_ABSENT;
    return (struct day){(int32_t)(timegm(&date) / 86400)};
}

static int64_t milliseconds_at(const json_t *object, const char *key)
{
    struct tm instant = {0};
    const char *fraction = strptime(string_at(object, key), "%Y-%m-%dT%H:%M:%S", &instant);
    assert(fraction != NULL && *fraction == '.');
    return (int64_t)timegm(&instant) * 1000 + strtol(fraction + 1, NULL, 10);
}

static struct uuid uuid_at(const json_t *object, const char *key)
{
    struct uuid uuid;
    const char *text = string_at(object, key);
    for (int i = 0; i < 16; i++) {
        text += *text == '-';
        unsigned byte = 0;
        if (sscanf(text, "%2x", &byte) != 1)
            abort();
        uuid.bytes[i] = (uint8_t)byte;
        text += 2;
    }
    return uuid;
}

static enum answer answer_at(const json_t *object, const char *key)
{
    const json_t *answer = json_object_get(object, key);
    return json_is_true(answer) ? ANSWER_YES : json_is_false(answer) ? ANSWER_NO : ANSWER_UNKNOWN;
}

static struct place place_of(struct text location_id, const char *kind, const char *region)
{
    static const char *const kinds[] = {
#define X(name, emergency) #name,
        LOCATION_KINDS(X)
#undef X
    };
    static const char *const regions[] = {
#define X(name) #name,
        REGIONS(X)
#undef X
    };
    if (location_id.length == 0)
        return (struct place){0};
    return (struct place){location_id, (enum location_kind)symbol(kind, kinds, LOCATION_KIND_COUNT),
                          (enum region)symbol(region, regions, REGION_COUNT)};
}

static struct fact fact_of(const json_t *event)
{
    static const char *const kinds[] = {
#define X(name) #name,
        FACT_KINDS(X)
#undef X
    };
    bool moves = strcmp(string_at(event, "type"), "move") == 0;
    const json_t *location = json_object_get(event, moves ? "to" : "location");
    int kind = moves ? FACT_MOVED : symbol(string_at(event, "kind"), kinds, FACT_KIND_COUNT);
    return (struct fact){
        .event_id = uuid_at(event, "event_id"),
        .recorded_at_ms = milliseconds_at(event, "recorded_at"),
        .first_recorded_at_ms = milliseconds_at(event, "recorded_at"),
        .occurred_on = day_at(event, "occurred_on"),
        .birth_date = day_at(event, "birth_date"),
        .applied_on = day_at(event, "applied_on"),
        .place = place_of(text_at(location, "location_id"), string_at(location, "kind"), string_at(location, "region")),
        .school_id = text_at(event, "school_id"),
        .kind = (enum fact_kind)kind,
        .unaccompanied = answer_at(event, "unaccompanied"),
        .retracted = json_is_true(json_object_get(event, "retracted"))};
}

static struct alert alert_of(const json_t *expected)
{
    static const char *const rule_names[] = {"emergency-stay", "no-school", "school-move", "school-gap",
                                             "repeated-moves"};
    static const char *const levels[] = {"NOTICE", "VIOLATION", "SEVERE"};
    static const char *const states[] = {"OPEN", "RESOLVED"};
    static const char *const resolutions[] = {
#define X(name) #name,
        RESOLUTIONS(X)
#undef X
    };
    int resolution = symbol(string_at(expected, "resolution"), resolutions, RESOLUTION_COUNT);
    return (struct alert){
        .cause = uuid_at(expected, "cause"),
        .rule = (uint8_t)symbol(string_at(expected, "rule"), rule_names, 5),
        .level = (enum level)symbol(string_at(expected, "level"), levels, 3),
        .state = (enum alert_state)symbol(string_at(expected, "state"), states, 2),
        .raised_on = day_at(expected, "raised_on"),
        .violation_on = day_at(expected, "violation_on"),
        .due_on = day_at(expected, "due_on"),
        .resolved_on = day_at(expected, "resolved_on"),
        .resolution = resolution == ABSENT ? RESOLUTION_NONE : (enum resolution)resolution,
        .norm_months = (int)json_integer_value(json_object_get(expected, "norm_months")),
        .place = place_of(text_at(expected, "location_id"), string_at(expected, "location_kind"),
                          string_at(expected, "region")),
        .unaccompanied = answer_at(expected, "unaccompanied"),
    };
}

static void configure(struct norms *norms, const json_t *config)
{
    default_norms(norms);
    const char *scope = string_at(config, "stay_scope");
    if (scope != NULL && strcmp(scope, "location") == 0)
        norms->stay_scope = STAY_SCOPE_LOCATION;
    const json_t *ends = json_object_get(config, "move_ends_enrollment");
    norms->move_ends_enrollment = ends == NULL || json_is_true(ends);
}

static int by_rule_then_cause(const void *left, const void *right)
{
    const struct alert *a = left, *b = right;
    return a->rule != b->rule ? a->rule - b->rule : uuid_compare(&a->cause, &b->cause);
}

bool case_read(struct case_file *file, const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, 0, &error);
    if (json == NULL) {
        fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
        return false;
    }
    const json_t *events = json_object_get(json, "events"), *alerts = json_object_get(json, "alerts");
    *file = (struct case_file){.json = json, .name = string_at(json, "name"), .as_of = day_at(json, "as_of")};
    configure(&file->norms, json_object_get(json, "config"));
    file->versions = calloc(json_array_size(events) + 1, sizeof *file->versions);
    file->alerts = calloc(json_array_size(alerts) + 1, sizeof *file->alerts);
    assert(file->versions != NULL && file->alerts != NULL);
    size_t i;
    const json_t *item;
    json_array_foreach(events, i, item) file->versions[file->version_count++] = fact_of(item);
    json_array_foreach(alerts, i, item) file->alerts[file->alert_count++] = alert_of(item);
    qsort(file->alerts, file->alert_count, sizeof *file->alerts, by_rule_then_cause);
    return true;
}

void case_fini(struct case_file *file)
{
    free(file->versions);
    free(file->alerts);
    json_decref(file->json);
}
