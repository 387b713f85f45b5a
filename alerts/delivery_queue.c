#include <stdlib.h>
#include <string.h>

#include "alerts/delivery_internal.h"

static struct delivery_event *last_of_lane(const struct delivery *delivery, uint32_t lane)
{
    struct delivery_event *last = NULL;
    for (struct delivery_event *event = delivery->first; event != NULL; event = event->next)
        if (event->lane == lane)
            last = event;
    return last;
}

bool delivery_queue_add(struct delivery *delivery, const struct delivery_source *source, enum delivery_type type,
                        uint32_t lane, int64_t now_ms)
{
    const size_t length = source->is_forgotten ? 0 : source->length;
    struct delivery_event *event = malloc(sizeof *event + length);
    if (event == NULL)
        return false;
    *event = (struct delivery_event){.type = type,
                                     .alert_id = source->alert_id,
                                     .lane = lane,
                                     .revision = source->revision,
                                     .logged_at_ms = source->logged_at_ms,
                                     .partition = source->partition,
                                     .offset = source->offset,
                                     .waits_since_ms = now_ms,
                                     .ahead = last_of_lane(delivery, lane),
                                     .length = length};
    if (length > 0)
        memcpy(event->value, source->value, length);
    *delivery->last = event;
    delivery->last = &event->next;
    delivery->standing.waiting++;
    return true;
}

/* *LINK goes; what waited for it waits for what it waited for. */
static void unlink_event(struct delivery *delivery, struct delivery_event **link)
{
    struct delivery_event *event = *link;
    for (struct delivery_event *later = event->next; later != NULL; later = later->next)
        if (later->ahead == event)
            later->ahead = event->ahead;
    *link = event->next;
    if (delivery->last == &event->next)
        delivery->last = link;
    free(event);
    delivery->standing.waiting--;
}

void delivery_queue_remove(struct delivery *delivery, const struct delivery_event *event)
{
    struct delivery_event **link = &delivery->first;
    while (*link != event)
        link = &(*link)->next;
    unlink_event(delivery, link);
}

void delivery_queue_drop_alert(struct delivery *delivery, const struct uuid *alert_id)
{
    for (struct delivery_event **link = &delivery->first; *link != NULL;) {
        if (uuid_equal(&(*link)->alert_id, alert_id))
            unlink_event(delivery, link);
        else
            link = &(*link)->next;
    }
}

void delivery_queue_drop_all(struct delivery *delivery)
{
    while (delivery->first != NULL)
        unlink_event(delivery, &delivery->first);
}

bool delivery_queue_has(const struct delivery *delivery, const struct uuid *alert_id)
{
    const struct delivery_event *event = delivery->first;
    while (event != NULL && !uuid_equal(&event->alert_id, alert_id))
        event = event->next;
    return event != NULL;
}

int64_t delivery_queue_lowest(const struct delivery *delivery, int32_t partition, int64_t position)
{
    for (const struct delivery_event *event = delivery->first; event != NULL; event = event->next)
        if (event->partition == partition && event->offset < position)
            position = event->offset;
    return position;
}
