/* The book takes the records of the alerts topic. */
#include <stdlib.h>
#include <string.h>

#include "alerts/alertmanager_book_internal.h"

#define GATHER_QUIET_MS 1000 /* a storm is over when no record came for so long */
#define GATHER_MAX_MS 10000

/* --- which alert took whose place --------------------------------------------------------------------------------- */

static bool is_replaced(const struct book_entry *entry)
{
    return entry->is_known && entry->record.alert.state == ALERT_WITHDRAWN && !uuid_is_nil(&entry->record.replaced_by);
}

static void take_smaller(struct uuid *smallest, const struct uuid *id)
{
    if (uuid_is_nil(smallest) || uuid_compare(id, smallest) < 0)
        *smallest = *id;
}

static void visit_replaced(struct book_entry *entry, void *context)
{
    struct book_entry *successor = context;
    if (is_replaced(entry) && uuid_equal(&entry->record.replaced_by, &successor->alert_id))
        take_smaller(&successor->replaced, &entry->alert_id);
}

/* ENTRY no longer says what it was replaced by. That is rare, so the others are searched. */
static void untie(struct alertmanager_book *book, struct book_entry *entry)
{
    struct book_entry *successor = is_replaced(entry) ? book_find(book, &entry->record.replaced_by) : NULL;
    entry->is_known = false;
    if (successor == NULL || !uuid_equal(&successor->replaced, &entry->alert_id))
        return;
    successor->replaced = UUID_NIL;
    book_walk(book, visit_replaced, successor);
}

static bool tie(struct alertmanager_book *book, const struct book_entry *entry)
{
    if (!is_replaced(entry))
        return true;
    struct book_entry *successor = book_entry(book, &entry->record.replaced_by);
    if (successor != NULL)
        take_smaller(&successor->replaced, &entry->alert_id);
    return successor != NULL;
}

/* --- records ------------------------------------------------------------------------------------------------------ */

/* A storm is told of when it is over, or else in parts. */
static void note_change(struct alertmanager_book *book, int64_t now_ms)
{
    if (book->changed_at_ms == 0)
        book->changed_at_ms = now_ms;
    const int64_t quiet_ms = now_ms + GATHER_QUIET_MS, full_ms = book->changed_at_ms + GATHER_MAX_MS;
    book->gathered_at_ms = quiet_ms < full_ms ? quiet_ms : full_ms;
}

static void note_day(struct alertmanager_book *book, const struct alert *alert)
{
    const struct day days[] = {alert->raised_on, alert->violation_on, alert->resolved_on};
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
        book->latest = day_later(book->latest, days[i]);
}

static struct text keep(char place[static ID_LENGTH_MAX + 1], struct text text)
{
    const uint32_t length = text.length < ID_LENGTH_MAX ? text.length : ID_LENGTH_MAX;
    memcpy(place, text.bytes, length);
    place[length] = '\0';
    return (struct text){place, length};
}

static void entry_learn(struct book_entry *entry, const struct alert_record *record)
{
    entry->is_known = true;
    entry->record = *record;
    entry->record.child_id = keep(entry->child_id, record->child_id);
    entry->record.alert.place.location_id = keep(entry->location_id, record->alert.place.location_id);
    for (struct holding *holding = entry->holdings; holding != NULL; holding = holding->next) {
        holding->is_stale = true;
        holding->again_at_ms = 0; /* it is told something else now */
    }
}

/* Who meets an Alertmanager that has lost everything ends there what was in force before. What was is in the topic, for
 * a while. */
static bool remember_former(const struct alertmanager_book *book, struct book_entry *entry,
                            const struct alert_record *record, int64_t now_ms)
{
    if (book->has_met || !entry->is_known || entry->record.alert.state != ALERT_OPEN ||
        record->logged_at_ms < now_ms - STARTED_LATELY_MS - MAY_BE_LOST_MS)
        return true;
    const struct alertmanager_labels labels = alertmanager_labels_of(&entry->record);
    struct holding *holding = entry_holding(entry, &labels);
    if (holding == NULL)
        holding = entry_hold(entry, &labels, HOLDING_FORMER);
    if (holding != NULL)
        holding->ended_at_ms = record->logged_at_ms;
    return holding != NULL;
}

bool alertmanager_book_take(struct alertmanager_book *book, const struct alert_record *record, int64_t now_ms)
{
    struct book_entry *entry = book_find(book, &record->alert_id);
    note_day(book, &record->alert);
    if (entry == NULL && !record_is_of_use(record, now_ms))
        return true;
    note_change(book, now_ms);
    if (entry == NULL)
        entry = book_entry(book, &record->alert_id);
    if (entry == NULL || !remember_former(book, entry, record, now_ms))
        return false;
    untie(book, entry);
    entry_learn(entry, record);
    return tie(book, entry);
}

/* Nothing of the child stays, but for the labels by which Alertmanager is told of the end of what it has. */
void alertmanager_book_forget(struct alertmanager_book *book, const struct uuid *alert_id, int64_t now_ms)
{
    struct book_entry *entry = book_find(book, alert_id);
    if (entry == NULL)
        return;
    note_change(book, now_ms);
    untie(book, entry);
    entry_drop_those(entry, true);
    entry->record = (struct alert_record){.alert_id = *alert_id};
    explicit_bzero(entry->child_id, sizeof(entry->child_id));
    explicit_bzero(entry->location_id, sizeof(entry->location_id));
}
