/* Records come in: what a survey finds, and what of the rest is to be told. */
#include <stdlib.h>

#include "alerts/delivery_internal.h"

int64_t delivery_low(const struct delivery *delivery, int32_t partition)
{
    return delivery_queue_lowest(delivery, partition, delivery->partitions[partition].position);
}

void delivery_survey_begin(struct delivery *delivery, int32_t partition, int64_t known, int64_t end)
{
    struct followed_partition *each = &delivery->partitions[partition];
    each->phase = end > 0 ? PARTITION_SURVEYED : PARTITION_FOLLOWED;
    each->position = 0;
    each->known = end > 0 ? known : 0;
    each->survey_end = end;
    each->seeks = true;
}

/* --- the survey --------------------------------------------------------------------------------------------------- */

/* A newer one was told, or may have been, by a process that died: this one would set the receiver back. */
static bool is_overtaken(const struct known *known, const struct delivery_source *source)
{
    return known != NULL && (source->offset < known->told.offset ||
                             (known->told.told == TOLD_OFFERED && source->offset < known->told.offered));
}

static bool is_due(const struct delivery *delivery, const struct delivery_source *source, const struct known *known)
{
    const enum told told = known == NULL ? TOLD_NOTHING : known->told.told;
    if (is_overtaken(known, source))
        return false;
    const bool is_wished = source->logged_at_ms >= delivery->standing.survey_from_ms;
    if (source->is_forgotten)
        return told != TOLD_NOTHING && told != TOLD_FORGOTTEN;
    if (!source->is_asked_for)
        return told == TOLD_HELD || told == TOLD_OFFERED || (told == TOLD_LEFT && is_wished);
    return is_wished || source->offset >= delivery->partitions[source->partition].known ||
           (source->is_open && told != TOLD_HELD);
}

/* Of the records of an alert the last one decides. */
static bool survey(struct delivery *delivery, const struct delivery_source *source)
{
    struct known *known = delivery_known_find(delivery, &source->alert_id);
    if (is_due(delivery, source, known)) {
        known = delivery_known_make(delivery, &source->alert_id);
        if (known == NULL)
            return false;
        known->due = source->offset;
    } else if (known != NULL) {
        known->due = -1;
        if (known->told.told == TOLD_NOTHING && !known->is_changed)
            delivery_known_drop(delivery, known);
    }
    return true;
}

/* --- what is to be told ------------------------------------------------------------------------------------------- */

static bool enqueue(struct delivery *delivery, const struct delivery_source *source, enum delivery_type type,
                    int64_t now_ms)
{
    struct known *known = delivery_known_make(delivery, &source->alert_id);
    if (known == NULL)
        return false;
    if (type != DELIVERY_FORGOTTEN)
        known->told.lane = source->lane;
    known->told.partition = source->partition;
    known->expected = delivery_told_by(type);
    return delivery_queue_add(delivery, source, type, known->told.lane, now_ms);
}

/* What waits of the alert must not be told any more, nor by a later process, which would read it again: so that is
 * noted before anything else is told. Where nobody was told of the alert nothing is to be told now. */
static bool forget(struct delivery *delivery, struct known *known, const struct delivery_source *source, int64_t now_ms)
{
    const bool was_told = known->told.told != TOLD_NOTHING && known->told.told != TOLD_FORGOTTEN;
    const int64_t done = was_told ? source->offset - 1 : source->offset;
    delivery_queue_drop_alert(delivery, &known->alert_id);
    known->told.offset = known->told.offset > done ? known->told.offset : done;
    known->told.partition = source->partition;
    delivery_known_changed(delivery, known);
    delivery->is_urgent = true;
    if (was_told)
        return enqueue(delivery, source, DELIVERY_FORGOTTEN, now_ms);
    known->told.told = known->expected = TOLD_FORGOTTEN;
    delivery->forgotten++;
    return true;
}

static bool tell(struct delivery *delivery, struct known *known, const struct delivery_source *source, int64_t now_ms)
{
    if (source->is_forgotten)
        return known == NULL || forget(delivery, known, source, now_ms);
    if (source->is_asked_for)
        return enqueue(delivery, source, DELIVERY_REVISED, now_ms);
    if (known != NULL && (known->expected == TOLD_HELD || known->expected == TOLD_OFFERED))
        return enqueue(delivery, source, DELIVERY_LEFT, now_ms);
    return true;
}

/* A record before the end of a survey, which is over: whether it is what was found. */
static bool was_found(struct known *known, const struct delivery_source *source)
{
    if (known == NULL || known->due != source->offset)
        return false;
    known->due = -1;
    if (known->told.told == TOLD_LEFT && !source->is_asked_for && !source->is_forgotten)
        known->expected = TOLD_HELD; /* it is wished that this be told again */
    return true;
}

bool delivery_take(struct delivery *delivery, const struct delivery_source *source, int64_t now_ms)
{
    const struct followed_partition *partition = &delivery->partitions[source->partition];
    struct known *known = delivery_known_find(delivery, &source->alert_id);
    if (delivery->standing.is_gone)
        return true; /* since it was handed what comes now */
    delivery->is_stale = true;
    if (partition->phase == PARTITION_SURVEYED)
        return source->offset >= partition->survey_end || survey(delivery, source);
    if (source->offset < partition->survey_end)
        return !was_found(known, source) || tell(delivery, known, source, now_ms);
    if (is_overtaken(known, source) || (known != NULL && source->offset == known->told.offset))
        return true;
    return tell(delivery, known, source, now_ms);
}

int delivery_room(const struct delivery *delivery)
{
    return delivery->standing.is_gone ? 0 : DELIVERY_WAITING_MAX - delivery->standing.waiting;
}

/* --- positions ---------------------------------------------------------------------------------------------------- */

void delivery_reached(struct delivery *delivery, int32_t partition, int64_t position)
{
    struct followed_partition *each = &delivery->partitions[partition];
    if (delivery->standing.is_gone)
        return; /* what was read and not told is still to be told, should it be wished for again */
    if (each->phase == PARTITION_SURVEYED) {
        each->seeks |= position >= each->survey_end;
        each->phase = position >= each->survey_end ? PARTITION_CAUGHT_UP : PARTITION_SURVEYED;
        return;
    }
    if (position <= each->position)
        return;
    each->position = position;
    delivery->is_stale = true;
    if (position >= each->survey_end)
        each->phase = PARTITION_FOLLOWED;
}

bool delivery_seek(struct delivery *delivery, int32_t partition, int64_t *offset)
{
    struct followed_partition *each = &delivery->partitions[partition];
    const bool seeks = each->seeks;
    *offset = each->position;
    each->seeks = false;
    return seeks;
}
