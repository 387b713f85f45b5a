#include <assert.h>
#include <search.h>
#include <stdlib.h>

#include "alerts/delivery_internal.h"

static int compare(const void *a, const void *b)
{
    return uuid_compare(a, b);
}

struct known *delivery_known_find(const struct delivery *delivery, const struct uuid *alert_id)
{
    struct known *const *node = tfind(alert_id, &delivery->tree, compare);
    return node == NULL ? NULL : *node;
}

struct known *delivery_known_make(struct delivery *delivery, const struct uuid *alert_id)
{
    struct known *known = delivery_known_find(delivery, alert_id);
    if (known != NULL)
        return known;
    known = malloc(sizeof *known);
    if (known == NULL)
        return NULL;
    *known = (struct known){.alert_id = *alert_id, .told = {.offset = -1, .offered = -1, .tried = -1}, .due = -1};
    if (tsearch(known, &delivery->tree, compare) != NULL)
        return known;
    free(known);
    return NULL;
}

void delivery_known_drop(struct delivery *delivery, struct known *known)
{
    assert(!known->is_changed);
    tdelete(known, &delivery->tree, compare);
    free(known);
}

void delivery_known_changed(struct delivery *delivery, struct known *known)
{
    if (known->is_changed)
        return;
    known->is_changed = true;
    known->next_changed = delivery->changed;
    delivery->changed = known;
}

struct visit {
    struct delivery *delivery;
    void (*visit)(struct delivery *delivery, struct known *known);
};

static void on_node(const void *node, VISIT order, void *closure)
{
    const struct visit *visit = closure;
    if (order == postorder || order == leaf)
        visit->visit(visit->delivery, *(struct known *const *)node);
}

void delivery_known_each(struct delivery *delivery, void (*visit)(struct delivery *delivery, struct known *known))
{
    struct visit closure = {delivery, visit};
    twalk_r(delivery->tree, on_node, &closure);
}

void delivery_known_free(struct delivery *delivery)
{
    tdestroy(delivery->tree, free);
}
