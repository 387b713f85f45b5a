/* How a process goes on from what an earlier one kept, and begins anew where that is wished. */
#include <stdlib.h>

#include "alerts/delivery_internal.h"

static bool recall_alert(struct delivery *delivery, const struct delivery_record *record)
{
    struct known *known = delivery_known_make(delivery, &record->alert_id);
    if (known == NULL)
        return false;
    known->told = record->of.alert;
    known->expected = known->told.told;
    delivery->forgotten += known->told.told == TOLD_FORGOTTEN;
    return true;
}

/* What was kept under its key was removed since: an alert that is forgotten, or all of a subscription. */
static void unrecall(struct delivery *delivery, const struct delivery_record *record)
{
    struct known *known = NULL;
    if (record->kind == DELIVERY_OF_ALERT)
        known = delivery_known_find(delivery, &record->alert_id);
    if (known != NULL)
        delivery_known_drop(delivery, known);
    if (record->kind == DELIVERY_OF_PARTITION && record->partition < delivery->wishes.partitions)
        delivery->partitions[record->partition].noted = (struct delivery_position){0};
    if (record->kind != DELIVERY_OF_SUBSCRIPTION)
        return;
    delivery->standing = (struct delivery_standing){.survey_from_ms = DELIVERY_NO_SURVEY};
    delivery->is_recalled = false;
}

bool delivery_recall(struct delivery *delivery, const struct delivery_record *record)
{
    if (record->is_tombstone) {
        unrecall(delivery, record);
        return true;
    }
    switch (record->kind) {
    case DELIVERY_OF_ALERT:
        return recall_alert(delivery, record);
    case DELIVERY_OF_PARTITION:
        if (record->partition < delivery->wishes.partitions)
            delivery->partitions[record->partition].noted = record->of.position;
        return true;
    case DELIVERY_OF_SUBSCRIPTION:
        delivery->standing = record->of.standing;
        delivery->standing.waiting = 0;
        delivery->is_recalled = true;
        return true;
    default:
        return true; /* a wish is taken up by delivery_replay */
    }
}

static void on_topic_made_anew(struct delivery *delivery, struct known *known)
{
    known->told.offset = known->told.offered = -1;
    delivery_known_untried(known);
    delivery_known_changed(delivery, known);
}

static void start_partition(struct delivery *delivery, int32_t number, int64_t end, bool is_known, bool asks_for_other)
{
    struct followed_partition *partition = &delivery->partitions[number];
    const struct delivery_position noted = partition->noted;
    if (!is_known) {
        delivery_survey_begin(delivery, number, delivery->is_recalled ? 0 : end, end);
    } else if (asks_for_other) {
        delivery_survey_begin(delivery, number, noted.survey_end > 0 ? noted.known : noted.next, end);
    } else {
        partition->phase = noted.survey_end > 0 ? PARTITION_SURVEYED : PARTITION_FOLLOWED;
        partition->position = noted.next;
        partition->survey_end = noted.survey_end;
        partition->known = noted.known;
        partition->seeks = true;
    }
}

void delivery_start(struct delivery *delivery, const int64_t *ends, int64_t now_ms, bool *anew)
{
    const bool asks_for_other = delivery->standing.filter_hash != delivery->wishes.filter_hash;
    *anew = false;
    for (int32_t i = 0; i < delivery->wishes.partitions; i++)
        *anew |= delivery->partitions[i].noted.next > ends[i];
    if (*anew)
        delivery_known_each(delivery, on_topic_made_anew);
    if (!delivery->is_recalled)
        delivery->standing.since_ms = now_ms;
    for (int32_t i = 0; i < delivery->wishes.partitions; i++)
        start_partition(delivery, i, ends[i], delivery->is_recalled && !*anew, asks_for_other);
    delivery->is_urgent = *anew || !delivery->is_recalled || asks_for_other;
    if (delivery->standing.noted_at_ms > now_ms) /* by a clock that was set back since */
        delivery->standing.noted_at_ms = 0;
    delivery->standing.filter_hash = delivery->wishes.filter_hash;
}

/* Whoever wishes it again wants it tried for as long again, too. */
static void on_replay(struct delivery *delivery, struct known *known)
{
    known->expected = known->told.told;
    known->due = -1;
    if (known->told.tried < 0)
        return;
    delivery_known_untried(known);
    delivery_known_changed(delivery, known);
}

/* Not by which is later: who asked may have another clock than who asked before. */
bool delivery_is_wish_new(const struct delivery_standing *standing, const struct delivery_wish *wish)
{
    return wish->asked_at_ms != 0 && wish->asked_at_ms != standing->wish_heeded_ms;
}

bool delivery_replay(struct delivery *delivery, const struct delivery_wish *wish, const int64_t *ends, int64_t now_ms)
{
    if (!delivery_is_wish_new(&delivery->standing, wish))
        return false;
    for (int32_t i = 0; i < delivery->wishes.partitions; i++) {
        const struct followed_partition *partition = &delivery->partitions[i];
        delivery_survey_begin(delivery, i, partition->survey_end > 0 ? partition->known : delivery_low(delivery, i),
                              ends[i]);
    }
    delivery_queue_drop_all(delivery);
    delivery_known_each(delivery, on_replay);
    if (delivery->standing.is_gone)
        delivery->standing.since_ms = now_ms;
    delivery->standing.is_gone = false;
    delivery->standing.survey_from_ms = wish->from_ms;
    delivery->standing.wish_heeded_ms = wish->asked_at_ms;
    delivery->failures = 0;
    delivery->paused_until_ms = 0;
    delivery->is_urgent = true;
    return true;
}
