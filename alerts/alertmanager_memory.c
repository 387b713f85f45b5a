/* Which alerts the book keeps in memory: the topic has all that ever were. */
#include "alerts/alertmanager_book_internal.h"

#define ENDED_KEPT_MS (14 * A_DAY_MS) /* until the first meeting: Alertmanager may hold what ended meanwhile */

static bool was_replaced(const struct alert_record *record)
{
    return !uuid_is_nil(&record->replaced_by);
}

/* So lately that Alertmanager may still have what ended then, or be told of it. */
static bool was_logged_lately(const struct alert_record *record, int64_t now_ms)
{
    return record->logged_at_ms >= now_ms - ENDED_KEPT_MS;
}

bool record_is_of_use(const struct alert_record *record, int64_t now_ms)
{
    return record->alert.state == ALERT_OPEN || was_replaced(record) || was_logged_lately(record, now_ms);
}

/* Up the row of alerts that took each other's place, to one that is open. */
static bool is_of_an_open_one(const struct alertmanager_book *book, const struct book_entry *entry)
{
    for (int i = 0; i < ROW_MAX && entry != NULL && entry->is_known; i++) {
        if (entry->record.alert.state == ALERT_OPEN)
            return true;
        entry = book_find(book, &entry->record.replaced_by);
    }
    return false;
}

/* One that was replaced is remembered with the one that took its place, since that may be open, or open again soon. */
bool entry_is_of_use(const struct alertmanager_book *book, const struct book_entry *entry, int64_t now_ms)
{
    if (entry->holdings != NULL || book_find(book, &entry->replaced) != NULL)
        return true;
    return entry->is_known && was_replaced(&entry->record) &&
           (was_logged_lately(&entry->record, now_ms) || is_of_an_open_one(book, entry));
}
