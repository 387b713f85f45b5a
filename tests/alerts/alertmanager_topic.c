#include "alertmanager_topic.h"

#include <assert.h>

#include "alertmanager_records.h"
#include "rules/civil_time.h"

#define A_DAY_MS INT64_C(86400000)

/* --- what is true ------------------------------------------------------------------------------------------------- */

const struct alert_record *topic_newest(const struct topic *topic, uint8_t number)
{
    for (size_t i = topic->count; i > 0; i--)
        if (topic->log[i - 1].number == number)
            return topic->log[i - 1].is_tombstone ? NULL : &topic->log[i - 1].record;
    return NULL;
}

bool topic_is_newest(const struct topic *topic, size_t i)
{
    for (size_t later = i + 1; later < topic->count; later++)
        if (topic->log[later].number == topic->log[i].number)
            return false;
    return true;
}

/* The smallest of those that were replaced by an alert; 0: none. */
static uint8_t replaced_by(const struct topic *topic, uint8_t number)
{
    const struct uuid id = id_of(number);
    for (uint8_t other = 1; other <= TOPIC_ALERTS; other++) {
        const struct alert_record *record = topic_newest(topic, other);
        if (record != NULL && record->alert.state == ALERT_WITHDRAWN && uuid_equal(&record->replaced_by, &id))
            return other;
    }
    return 0;
}

static bool is_past(const struct alert_record *record, int64_t now_ms)
{
    const struct alert *alert = &record->alert;
    return alert->state == ALERT_RESOLVED && alert->revision == 1 && alert->level != LEVEL_NOTICE &&
           now_ms < record->logged_at_ms + 4 * A_DAY_MS && civil_day_at(now_ms).number - alert->resolved_on.number <= 7;
}

bool topic_wants(const struct topic *topic, uint8_t number, int64_t now_ms, struct alertmanager_labels *labels)
{
    const struct alert_record *record = topic_newest(topic, number);
    if (record == NULL || (record->alert.state != ALERT_OPEN && !is_past(record, now_ms)))
        return false;
    *labels = alertmanager_labels_of(record);
    labels->is_past = is_past(record, now_ms);
    labels->is_overdue = !labels->is_past && record->alert.level != LEVEL_NOTICE &&
                         civil_day_at(now_ms).number - record->alert.violation_on.number >= TOPIC_OVERDUE_DAYS;
    int length = 0;
    for (uint8_t at = number; (at = replaced_by(topic, at)) != 0; length++)
        labels->thread = id_of(at);
    labels->replaces = length == 0 ? REPLACES_NONE : length % 2 == 1 ? REPLACES_ODD : REPLACES_EVEN;
    return true;
}

/* --- what becomes of it ------------------------------------------------------------------------------------------- */

static const struct logged *publish(struct topic *topic, uint8_t number, const struct alert_record *record)
{
    assert(topic->count < TOPIC_RECORDS_MAX);
    struct logged *logged = &topic->log[topic->count];
    *logged = (struct logged){.number = number, .is_tombstone = record == NULL};
    if (record != NULL)
        logged->record = *record;
    topic->count++;
    return logged;
}

static void set_level(struct alert *alert, struct random_source *random, struct day today)
{
    alert->level = (enum level)below(random, LEVEL_COUNT);
    alert->violation_on = alert->level == LEVEL_NOTICE ? DAY_ABSENT : day_plus(today, -below(random, 5));
}

static void end_alert(const struct topic *topic, uint8_t number, struct random_source *random, struct day today,
                      struct alert_record *record)
{
    const uint8_t first = (uint8_t)((number - 1) / 3 * 3 + 1); /* of the child */
    const uint8_t other = (uint8_t)(first + below(random, 3));
    record->alert.state = ALERT_RESOLVED;
    record->alert.resolution = RESOLUTION_SCHOOL_STARTED;
    record->alert.resolved_on = day_plus(today, -below(random, 10));
    if (record->alert.revision == 1 || random_chance(random, 60))
        return;
    const struct alert_record *successor = topic_newest(topic, other);
    record->alert.state = ALERT_WITHDRAWN;
    record->alert.resolution = RESOLUTION_CORRECTED;
    if (other != number && (successor == NULL || successor->alert.state != ALERT_WITHDRAWN))
        record->replaced_by = id_of(other);
}

const struct logged *topic_change(struct topic *topic, struct random_source *random, int64_t now_ms)
{
    static const char *const locations[] = {"azc-emmen-01", "noodopvang-oss-01", "noodopvang-goes-01"};
    const struct day today = civil_day_at(now_ms);
    const uint8_t number = (uint8_t)(1 + below(random, TOPIC_ALERTS));
    const struct alert_record *before = topic_newest(topic, number);
    struct alert_record record = before == NULL ? record_of(number) : *before;
    record.replaced_by = UUID_NIL;
    record.logged_at_ms = now_ms;
    record.alert.revision = before == NULL ? 1 : before->alert.revision + 1;
    record.alert.state = ALERT_OPEN;
    record.alert.resolved_on = DAY_ABSENT;
    if (before != NULL && random_chance(random, 5))
        return publish(topic, number, NULL);
    if (before == NULL || random_chance(random, 40))
        set_level(&record.alert, random, today);
    if (random_chance(random, 30))
        record.alert.place.location_id = text_of(locations[below(random, 3)]);
    if (random_chance(random, 10))
        record.alert.unaccompanied = (enum answer)below(random, 3);
    if (random_chance(random, 35))
        end_alert(topic, number, random, today, &record);
    return publish(topic, number, &record);
}
