#include "alerts/work_list.h"

#include <stdlib.h>
#include <string.h>

void work_list_fini(struct work_list *list)
{
    free(list->items);
    *list = (struct work_list){0};
}

static bool make_room(struct work_list *list, size_t wanted)
{
    if (list->capacity - list->count >= wanted)
        return true;
    const size_t capacity = 2 * list->capacity + wanted;
    struct work_item *larger = realloc(list->items, capacity * sizeof(*larger));
    if (larger == NULL)
        return false;
    list->items = larger;
    list->capacity = capacity;
    return true;
}

static void id_copy(char to[static ID_LENGTH_MAX + 1], struct text id)
{
    if (id.length > 0)
        memcpy(to, id.bytes, id.length);
    to[id.length] = '\0';
}

/* Whether the newest item's child has the same day, rule and level before it: two causes, but one child. */
static bool is_repeated(const struct work_list *list)
{
    const struct work_item *item = &list->items[list->count - 1];
    for (const struct work_item *at = item; at > list->items && strcmp(at[-1].child_id, item->child_id) == 0; at--)
        if (day_equal(at[-1].day, item->day) && at[-1].rule == item->rule && at[-1].level == item->level)
            return true;
    return false;
}

bool work_list_add(struct work_list *list, const struct alert *alert, const struct place *place, struct day day,
                   struct text child_id, bool is_counted)
{
    if (!make_room(list, 1))
        return false;
    struct work_item *item = &list->items[list->count++];
    *item = (struct work_item){.day = day,
                               .due_on = alert->due_on,
                               .alert_id = alert_id(alert, child_id),
                               .rule = alert->rule,
                               .level = alert->level,
                               .place = *place};
    id_copy(item->child_id, child_id);
    id_copy(item->location_id, place->location_id);
    item->is_counted = is_counted && !is_repeated(list);
    return true;
}

bool work_list_add_list(struct work_list *list, const struct work_list *other)
{
    if (!make_room(list, other->count))
        return false;
    if (other->count > 0)
        memcpy(&list->items[list->count], other->items, other->count * sizeof(*list->items));
    list->count += other->count;
    return true;
}
