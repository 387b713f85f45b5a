/* An Alertmanager, as far as it takes and holds alerts: what is posted is merged with what is there as version 0.25
 * does it, alerts time out, and all is in memory alone. It remembers what it was told wrongly.
 */
#ifndef TESTS_ALERTS_ALERTMANAGER_MODEL_H
#define TESTS_ALERTS_ALERTMANAGER_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

struct model_alert {
    char *key; /* its labels */
    json_t *posted;
    int64_t starts_at_ms, ends_at_ms;
    bool is_end_known; /* that it was told of the end was answered */
};

struct model {
    struct model_alert *alerts;
    size_t count, capacity;
    int64_t started_at_ms;
    const char *wrong; /* NULL: nothing was */
    size_t posts, ended;
};

/* Empty, as it is when it is started. */
void model_start(struct model *model, int64_t now_ms);
void model_stop(struct model *model);

/* What it does with the body of a POST at NOW_MS of its clock; the caller IS_ANSWERED or not. */
void model_post(struct model *model, const json_t *body, int64_t now_ms, bool is_answered);

/* The body of a POST that does not reach it: who sent it can not know that. */
void model_lose(struct model *model, const json_t *body);

/* Who meets it when it has nothing can not know which ends it was told of. */
void model_forget_ends(struct model *model);

/* The alert of these labels, if it is in force; NULL. */
const struct model_alert *model_find(const struct model *model, const json_t *labels, int64_t now_ms);
size_t model_in_force(const struct model *model, int64_t now_ms);

/* Number I as GET lists it; NULL: it is not in force. */
json_t *model_list(const struct model *model, size_t i, int64_t now_ms);

#endif
