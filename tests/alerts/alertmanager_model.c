#include "alertmanager_model.h"

#include <stdlib.h>
#include <string.h>

#include "schemas/instant.h"

void model_stop(struct model *model)
{
    for (size_t i = 0; i < model->count; i++) {
        free(model->alerts[i].key);
        json_decref(model->alerts[i].posted);
    }
    free(model->alerts);
    model->alerts = NULL;
    model->count = model->capacity = 0;
}

void model_start(struct model *model, int64_t now_ms)
{
    model_stop(model);
    model->started_at_ms = now_ms;
}

static struct model_alert *find(const struct model *model, const char *key)
{
    for (size_t i = 0; i < model->count; i++)
        if (strcmp(model->alerts[i].key, key) == 0)
            return &model->alerts[i];
    return NULL;
}

static struct model_alert *add(struct model *model, char *key)
{
    if (model->count == model->capacity) {
        model->capacity = 2 * model->capacity + 16;
        model->alerts = reallocarray(model->alerts, model->capacity, sizeof(model->alerts[0]));
    }
    model->alerts[model->count] = (struct model_alert){.key = key};
    return &model->alerts[model->count++];
}

static int64_t instant_of(const json_t *posted, const char *name)
{
    int64_t ms = 0;
    const char *text = json_string_value(json_object_get(posted, name));
    if (text == NULL || !instant_parse(text, strlen(text), &ms))
        abort();
    return ms;
}

/* As types.go, Merge, and mem.go, Put, of Alertmanager 0.25. */
static void merge(const struct model_alert *old, struct model_alert *alert, int64_t now_ms)
{
    const bool overlap = (alert->ends_at_ms > old->starts_at_ms && alert->ends_at_ms < old->ends_at_ms) ||
                         (alert->starts_at_ms > old->starts_at_ms && alert->starts_at_ms < old->ends_at_ms);
    const bool is_resolved = alert->ends_at_ms <= now_ms;
    if (!overlap)
        return;
    if (old->starts_at_ms < alert->starts_at_ms)
        alert->starts_at_ms = old->starts_at_ms;
    if (old->ends_at_ms > alert->ends_at_ms && (!is_resolved || old->ends_at_ms <= now_ms))
        alert->ends_at_ms = old->ends_at_ms;
}

static void take(struct model *model, const json_t *posted, int64_t now_ms, bool is_answered)
{
    char *key = json_dumps(json_object_get(posted, "labels"), JSON_COMPACT | JSON_SORT_KEYS);
    struct model_alert alert = {.starts_at_ms = instant_of(posted, "startsAt"),
                                .ends_at_ms = instant_of(posted, "endsAt")};
    struct model_alert *old = find(model, key);
    const bool is_ending = json_object_get(json_object_get(posted, "annotations"), "outcome") != NULL;
    if (alert.ends_at_ms < alert.starts_at_ms)
        model->wrong = "ends before it begins";
    if (is_ending && old != NULL && old->is_end_known)
        model->wrong = "is ended twice";
    if (old == NULL)
        old = add(model, key);
    else
        merge(old, &alert, now_ms), free(key);
    if (is_ending != (alert.ends_at_ms <= now_ms))
        model->wrong = "an end that is none, or none that is one";
    json_decref(old->posted);
    old->posted = json_deep_copy(posted);
    old->starts_at_ms = alert.starts_at_ms;
    old->ends_at_ms = alert.ends_at_ms;
    old->is_end_known = is_ending && is_answered;
    model->posts++;
    model->ended += is_ending;
}

void model_post(struct model *model, const json_t *body, int64_t now_ms, bool is_answered)
{
    for (size_t i = 0; i < json_array_size(body); i++)
        take(model, json_array_get(body, i), now_ms, is_answered);
}

void model_lose(struct model *model, const json_t *body)
{
    for (size_t i = 0; i < json_array_size(body); i++) {
        char *key = json_dumps(json_object_get(json_array_get(body, i), "labels"), JSON_COMPACT | JSON_SORT_KEYS);
        struct model_alert *alert = find(model, key);
        if (alert != NULL)
            alert->is_end_known = false;
        free(key);
    }
}

void model_forget_ends(struct model *model)
{
    for (size_t i = 0; i < model->count; i++)
        model->alerts[i].is_end_known = false;
}

const struct model_alert *model_find(const struct model *model, const json_t *labels, int64_t now_ms)
{
    char *key = json_dumps(labels, JSON_COMPACT | JSON_SORT_KEYS);
    const struct model_alert *alert = find(model, key);
    free(key);
    return alert != NULL && alert->ends_at_ms > now_ms ? alert : NULL;
}

size_t model_in_force(const struct model *model, int64_t now_ms)
{
    size_t count = 0;
    for (size_t i = 0; i < model->count; i++)
        count += model->alerts[i].ends_at_ms > now_ms;
    return count;
}

json_t *model_list(const struct model *model, size_t i, int64_t now_ms)
{
    char ends_at[INSTANT_TEXT_SIZE];
    const struct model_alert *alert = &model->alerts[i];
    if (alert->ends_at_ms <= now_ms)
        return NULL;
    json_t *listed = json_deep_copy(alert->posted);
    instant_format(alert->ends_at_ms, ends_at);
    json_object_set_new(listed, "endsAt", json_string(ends_at));
    return listed;
}
