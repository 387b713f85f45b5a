/* What is kept in the topic `deliveries`. */
#include "alerts/delivery_internal.h"

/* No record of the alert from before it was forgotten can be read again: it need not be known any longer. */
static void release_forgotten(struct delivery *delivery, struct known *known)
{
    if (known->told.told != TOLD_FORGOTTEN)
        return;
    delivery->forgotten++;
    if (known->due >= 0 || known->told.offset >= delivery_low(delivery, known->told.partition) ||
        delivery_queue_has(delivery, &known->alert_id))
        return;
    delivery->forgotten--;
    known->told.told = known->expected = TOLD_NOTHING;
    delivery_known_changed(delivery, known);
}

/* A survey is over when all that it found is told: until then a later process has to make it again. */
static void end_surveys(struct delivery *delivery)
{
    bool is_any_left = false;
    for (int32_t i = 0; i < delivery->wishes.partitions; i++) {
        struct followed_partition *partition = &delivery->partitions[i];
        if (partition->phase == PARTITION_FOLLOWED && delivery_low(delivery, i) >= partition->survey_end)
            partition->survey_end = partition->known = 0;
        is_any_left |= partition->survey_end > 0;
    }
    if (!is_any_left)
        delivery->standing.survey_from_ms = DELIVERY_NO_SURVEY;
}

static struct delivery_position position_of(const struct delivery *delivery, int32_t partition)
{
    const struct followed_partition *each = &delivery->partitions[partition];
    return (struct delivery_position){
        .next = delivery_low(delivery, partition), .survey_end = each->survey_end, .known = each->known};
}

static bool has_moved(const struct delivery_position *noted, const struct delivery_position *now)
{
    return noted->next != now->next || noted->survey_end != now->survey_end || noted->known != now->known;
}

static int64_t waiting_since_ms(const struct delivery *delivery)
{
    int64_t since_ms = 0;
    for (const struct delivery_event *event = delivery->first; event != NULL; event = event->next)
        if (since_ms == 0 || event->waits_since_ms < since_ms)
            since_ms = event->waits_since_ms;
    return since_ms;
}

static bool note_changed(const struct delivery *delivery,
                         bool (*on_note)(void *context, const struct delivery_record *note), void *context)
{
    bool taken = true;
    for (const struct known *known = delivery->changed; known != NULL && taken; known = known->next_changed) {
        const struct delivery_record note = {.kind = DELIVERY_OF_ALERT,
                                             .is_tombstone = known->told.told == TOLD_NOTHING,
                                             .alert_id = known->alert_id,
                                             .of.alert = known->told};
        taken = on_note(context, &note);
    }
    return taken;
}

bool delivery_notes(struct delivery *delivery, int64_t now_ms,
                    bool (*on_note)(void *context, const struct delivery_record *note), void *context)
{
    struct delivery_record note;
    end_surveys(delivery);
    if (delivery->forgotten > 0) {
        delivery->forgotten = 0;
        delivery_known_each(delivery, release_forgotten);
    }
    bool taken = note_changed(delivery, on_note, context);
    note = (struct delivery_record){.kind = DELIVERY_OF_PARTITION};
    for (note.partition = 0; note.partition < delivery->wishes.partitions && taken; note.partition++) {
        note.of.position = position_of(delivery, note.partition);
        if (has_moved(&delivery->partitions[note.partition].noted, &note.of.position))
            taken = on_note(context, &note);
    }
    delivery->standing.noted_at_ms = now_ms;
    delivery->standing.waiting_since_ms = waiting_since_ms(delivery);
    note = (struct delivery_record){.kind = DELIVERY_OF_SUBSCRIPTION, .of.standing = delivery->standing};
    return taken && on_note(context, &note);
}

void delivery_noted(struct delivery *delivery)
{
    while (delivery->changed != NULL) {
        struct known *known = delivery->changed;
        delivery->changed = known->next_changed;
        known->is_changed = false;
        if (known->told.told == TOLD_NOTHING && known->due < 0 && !delivery_queue_has(delivery, &known->alert_id))
            delivery_known_drop(delivery, known);
    }
    for (int32_t i = 0; i < delivery->wishes.partitions; i++)
        delivery->partitions[i].noted = position_of(delivery, i);
    delivery->is_urgent = delivery->is_stale = false;
    delivery->results = 0;
}

static void drop(struct delivery *delivery, struct known *known)
{
    known->told.told = TOLD_NOTHING;
    delivery_known_changed(delivery, known);
}

bool delivery_tombstones(struct delivery *delivery, bool (*on_note)(void *context, const struct delivery_record *note),
                         void *context)
{
    const struct delivery_record wish = {.kind = DELIVERY_OF_WISH, .is_tombstone = true};
    const struct delivery_record standing = {.kind = DELIVERY_OF_SUBSCRIPTION, .is_tombstone = true};
    struct delivery_record position = {.kind = DELIVERY_OF_PARTITION, .is_tombstone = true};
    delivery_known_each(delivery, drop);
    bool taken = note_changed(delivery, on_note, context);
    for (; position.partition < delivery->wishes.partitions && taken; position.partition++)
        taken = on_note(context, &position);
    return taken && on_note(context, &wish) && on_note(context, &standing);
}
