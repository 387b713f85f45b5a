#include "alerts/alertmanager_labels.h"

#include <stdio.h>
#include <string.h>

static const char *const answer_names[] = {[ANSWER_UNKNOWN] = "unknown", [ANSWER_NO] = "no", [ANSWER_YES] = "yes"};
static const char *const replaces_names[REPLACES_COUNT] = {
    [REPLACES_NONE] = "no", [REPLACES_ODD] = "odd", [REPLACES_EVEN] = "even"};

#define ANSWER_COUNT (sizeof(answer_names) / sizeof(answer_names[0]))

static const char *yes_or_no(bool value)
{
    return value ? "yes" : "no";
}

static void copy_id(char id[static ID_LENGTH_MAX + 1], struct text text)
{
    snprintf(id, ID_LENGTH_MAX + 1, "%.*s", (int)text.length, text.bytes);
}

struct alertmanager_labels alertmanager_labels_of(const struct alert_record *record)
{
    const struct alert *alert = &record->alert;
    struct alertmanager_labels labels = {
        .alert_id = record->alert_id,
        .thread = record->alert_id,
        .rule = alert->rule,
        .level = alert->level,
        .region = alert->place.region,
        .unaccompanied = alert->unaccompanied,
    };
    copy_id(labels.child_id, record->child_id);
    copy_id(labels.location_id, alert->place.location_id);
    return labels;
}

bool alertmanager_labels_equal(const struct alertmanager_labels *a, const struct alertmanager_labels *b)
{
    return uuid_equal(&a->alert_id, &b->alert_id) && uuid_equal(&a->thread, &b->thread) &&
           strcmp(a->child_id, b->child_id) == 0 && strcmp(a->location_id, b->location_id) == 0 && a->rule == b->rule &&
           a->level == b->level && a->region == b->region && a->unaccompanied == b->unaccompanied &&
           a->replaces == b->replaces && a->is_overdue == b->is_overdue && a->is_past == b->is_past;
}

json_t *alertmanager_labels_json(const struct alertmanager_labels *labels, const char *service)
{
    char alert_id[UUID_TEXT_SIZE], thread[UUID_TEXT_SIZE];
    const char *rule = rules[labels->rule]->name;
    uuid_format(&labels->alert_id, alert_id);
    uuid_format(&labels->thread, thread);
    return json_pack("{ss ss ss ss ss ss ss ss ss ss ss ss ss}", "alertname", rule, "service", service, "rule", rule,
                     "level", level_names[labels->level], "region", region_names[labels->region], "location",
                     labels->location_id, "unaccompanied", answer_names[labels->unaccompanied], "alert_id", alert_id,
                     "child", labels->child_id, "thread", thread, "replaces", replaces_names[labels->replaces],
                     "overdue", yes_or_no(labels->is_overdue), "past", yes_or_no(labels->is_past));
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text == NULL ? "" : text;
}

static struct uuid uuid_at(const json_t *object, const char *name)
{
    const char *text = text_of(object, name);
    struct uuid uuid = UUID_NIL;
    uuid_parse(text, strlen(text), &uuid);
    return uuid;
}

/* The place of a name among COUNT, or 0. */
static size_t index_at(const json_t *object, const char *name, const char *const *names, size_t count)
{
    const char *text = text_of(object, name);
    for (size_t i = 1; i < count; i++)
        if (strcmp(names[i], text) == 0)
            return i;
    return 0;
}

static uint8_t rule_at(const json_t *object)
{
    uint8_t rule = RULE_COUNT - 1;
    while (rule > 0 && strcmp(rules[rule]->name, text_of(object, "rule")) != 0)
        rule--;
    return rule;
}

/* Whatever was not understood shows when it is written again. */
bool alertmanager_labels_read(const json_t *object, const char *service, struct alertmanager_labels *labels)
{
    *labels = (struct alertmanager_labels){
        .alert_id = uuid_at(object, "alert_id"),
        .thread = uuid_at(object, "thread"),
        .rule = rule_at(object),
        .level = (enum level)index_at(object, "level", level_names, LEVEL_COUNT),
        .region = (enum region)index_at(object, "region", region_names, REGION_COUNT),
        .unaccompanied = (enum answer)index_at(object, "unaccompanied", answer_names, ANSWER_COUNT),
        .replaces = (enum alertmanager_replaces)index_at(object, "replaces", replaces_names, REPLACES_COUNT),
        .is_overdue = strcmp(text_of(object, "overdue"), "yes") == 0,
        .is_past = strcmp(text_of(object, "past"), "yes") == 0,
    };
    snprintf(labels->child_id, sizeof(labels->child_id), "%s", text_of(object, "child"));
    snprintf(labels->location_id, sizeof(labels->location_id), "%s", text_of(object, "location"));
    json_t *same = alertmanager_labels_json(labels, service);
    const bool is_ours = same != NULL && json_equal(object, same) == 1;
    json_decref(same);
    return is_ours;
}
