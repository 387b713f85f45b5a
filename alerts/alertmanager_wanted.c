/* What of the book should be in force in Alertmanager, and why what is there should not. */
#include <string.h>

#include "alerts/alertmanager_book_internal.h"

#define PAST_FOR_MS (4 * A_DAY_MS) /* what was over before it was told stays so long: over a quiet weekend */
#define PAST_DAYS 7                /* and is told if it was over so long ago at most */

static struct day today_of(const struct alertmanager_book *book, const struct alertmanager_moment *moment)
{
    return day_later(book->latest, moment->today);
}

static bool is_overdue(const struct alertmanager_book *book, enum level level, struct day violation_on,
                       const struct alertmanager_moment *moment)
{
    return level >= LEVEL_VIOLATION && !day_is_absent(violation_on) &&
           !day_before(today_of(book, moment), day_plus(violation_on, book->settings.overdue_days));
}

/* Over before it could be told: it was never published as open. */
static bool is_past(const struct alertmanager_book *book, const struct alert_record *record,
                    const struct alertmanager_moment *moment)
{
    const struct alert *alert = &record->alert;
    return alert->state == ALERT_RESOLVED && alert->revision == 1 && alert->level >= LEVEL_VIOLATION &&
           moment->now_ms < record->logged_at_ms + PAST_FOR_MS &&
           !day_before(alert->resolved_on, day_plus(today_of(book, moment), -PAST_DAYS));
}

/* Down the row of alerts that were replaced. */
static void put_thread(const struct alertmanager_book *book, const struct book_entry *entry,
                       struct alertmanager_labels *labels)
{
    int replaced = 0;
    while (entry != NULL && !uuid_is_nil(&entry->replaced) && replaced < ROW_MAX) {
        labels->thread = entry->replaced;
        replaced++;
        entry = book_find(book, &entry->replaced);
    }
    if (replaced > 0)
        labels->replaces = replaced % 2 == 1 ? REPLACES_ODD : REPLACES_EVEN;
}

void entry_complete(const struct alertmanager_book *book, const struct book_entry *entry,
                    const struct alertmanager_moment *moment, struct alertmanager_labels *labels)
{
    put_thread(book, entry, labels);
    labels->is_overdue = is_overdue(book, labels->level, entry->record.alert.violation_on, moment);
}

struct alertmanager_labels entry_labels(const struct alertmanager_book *book, const struct book_entry *entry,
                                        const struct alertmanager_moment *moment)
{
    struct alertmanager_labels labels = alertmanager_labels_of(&entry->record);
    entry_complete(book, entry, moment, &labels);
    return labels;
}

bool entry_is_wanted(const struct alertmanager_book *book, const struct book_entry *entry,
                     const struct alertmanager_moment *moment, struct alertmanager_labels *labels)
{
    if (!entry->is_known)
        return false;
    const bool past = is_past(book, &entry->record, moment);
    if (entry->record.alert.state != ALERT_OPEN && !past)
        return false;
    *labels = entry_labels(book, entry, moment);
    labels->is_past = past;
    labels->is_overdue &= !past;
    return true;
}

/* --- what is not wanted ------------------------------------------------------------------------------------------- */

/* Of an alert that goes on. */
static enum alertmanager_outcome outcome_of_change(const struct alertmanager_labels *was,
                                                   const struct alertmanager_labels *is)
{
    if (strcmp(was->location_id, is->location_id) != 0)
        return OUTCOME_MOVED;
    if (was->level != is->level)
        return was->level < is->level ? OUTCOME_ESCALATED : OUTCOME_LOWERED;
    return !was->is_overdue && is->is_overdue ? OUTCOME_OVERDUE : OUTCOME_CHANGED;
}

/* Of one whose place another alert took. Where that is over already, it was the facts that were wrong. */
static enum alertmanager_outcome outcome_of_replaced(const struct alertmanager_book *book,
                                                     const struct book_entry *entry, const struct holding *holding,
                                                     const struct alertmanager_moment *moment)
{
    struct alertmanager_labels is;
    const struct book_entry *successor = book_find(book, &entry->record.replaced_by);
    if (successor == NULL || !entry_is_wanted(book, successor, moment, &is))
        return OUTCOME_ENDED;
    return strcmp(holding->labels.location_id, is.location_id) == 0 ? OUTCOME_REPLACED : OUTCOME_MOVED;
}

enum alertmanager_outcome entry_outcome(const struct alertmanager_book *book, const struct book_entry *entry,
                                        const struct holding *holding, const struct alertmanager_moment *moment)
{
    struct alertmanager_labels wanted;
    if (!entry->is_known)
        return OUTCOME_FORGOTTEN;
    if (holding->labels.is_past)
        return OUTCOME_PAST;
    if (entry->record.alert.state == ALERT_WITHDRAWN)
        return outcome_of_replaced(book, entry, holding, moment);
    if (entry->record.alert.state != ALERT_OPEN)
        return OUTCOME_ENDED;
    wanted = entry_labels(book, entry, moment);
    return outcome_of_change(&holding->labels, &wanted);
}

/* As which alert it goes on. */
static const struct alert_record *goes_on_as(const struct alertmanager_book *book, const struct book_entry *entry)
{
    const struct book_entry *successor = book_find(book, &entry->record.replaced_by);
    return successor != NULL && successor->is_known ? &successor->record : &entry->record;
}

bool entry_is_recent(const struct book_entry *entry, const struct alertmanager_moment *moment)
{
    const bool is_of_digest = entry->record.alert.level == LEVEL_NOTICE;
    return entry->is_known &&
           entry->record.logged_at_ms >= (is_of_digest ? moment->digest_since_ms : moment->recent_since_ms);
}

struct alertmanager_told entry_told(const struct alertmanager_book *book, const struct book_entry *entry,
                                    const struct holding *holding, enum alertmanager_outcome outcome,
                                    const struct alertmanager_moment *moment)
{
    return (struct alertmanager_told){
        .labels = &holding->labels,
        .record = entry->is_known ? &entry->record : NULL,
        .goes_on = entry->is_known ? goes_on_as(book, entry) : NULL,
        .outcome = outcome,
        .is_recent = entry_is_recent(entry, moment),
        .overdue_days = book->settings.overdue_days,
        .link = book->settings.link,
    };
}
