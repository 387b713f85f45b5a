#include "alerts/alertmanager_book.h"

#include <search.h>
#include <stdlib.h>

#include "alerts/alertmanager_book_internal.h"

/* --- life --------------------------------------------------------------------------------------------------------- */

struct alertmanager_book *alertmanager_book_new(const struct alertmanager_book_settings *settings)
{
    struct alertmanager_book *book = calloc(1, sizeof(*book));
    if (book != NULL) {
        book->settings = *settings;
        book->latest = DAY_ABSENT;
    }
    return book;
}

static void entry_free(void *context)
{
    struct book_entry *entry = context;
    while (entry->holdings != NULL)
        entry_drop(entry, entry->holdings);
    free(entry);
}

void alertmanager_book_free(struct alertmanager_book *book)
{
    if (book == NULL)
        return;
    alertmanager_book_begin(book); /* lets go of what is held */
    tdestroy(book->entries, entry_free);
    free(book->openings.items);
    free(book->endings.items);
    free(book);
}

/* --- entries ------------------------------------------------------------------------------------------------------ */

static int compare_entries(const void *a, const void *b)
{
    return uuid_compare(a, b);
}

struct book_entry *book_find(const struct alertmanager_book *book, const struct uuid *alert_id)
{
    struct book_entry *const *found = tfind(alert_id, &book->entries, compare_entries);
    return found == NULL ? NULL : *found;
}

struct book_entry *book_entry(struct alertmanager_book *book, const struct uuid *alert_id)
{
    struct book_entry *entry = book_find(book, alert_id);
    if (entry != NULL)
        return entry;
    entry = calloc(1, sizeof(*entry));
    if (entry == NULL)
        return NULL;
    entry->alert_id = *alert_id;
    if (tsearch(entry, &book->entries, compare_entries) == NULL) {
        free(entry);
        return NULL;
    }
    book->entry_count++;
    return entry;
}

void book_remove(struct alertmanager_book *book, struct book_entry *entry)
{
    tdelete(entry, &book->entries, compare_entries);
    book->entry_count--;
    entry_free(entry);
}

struct visitor {
    void (*visit)(struct book_entry *entry, void *context);
    void *context;
};

static void on_node(const void *node, VISIT visit, void *context)
{
    const struct visitor *visitor = context;
    if (visit == postorder || visit == leaf) /* postorder: in order, as POSIX has it */
        visitor->visit(*(struct book_entry *const *)node, visitor->context);
}

void book_walk(const struct alertmanager_book *book, void (*visit)(struct book_entry *entry, void *context),
               void *context)
{
    struct visitor visitor = {visit, context};
    twalk_r(book->entries, on_node, &visitor);
}

struct holding *entry_hold(struct book_entry *entry, const struct alertmanager_labels *labels, enum holding_state state)
{
    struct holding *holding = calloc(1, sizeof(*holding));
    if (holding == NULL)
        return NULL;
    *holding = (struct holding){.next = entry->holdings, .labels = *labels, .state = state};
    entry->holdings = holding;
    return holding;
}

struct holding *entry_holding(const struct book_entry *entry, const struct alertmanager_labels *labels)
{
    struct holding *holding = entry->holdings;
    while (holding != NULL && !alertmanager_labels_equal(&holding->labels, labels))
        holding = holding->next;
    return holding;
}

void entry_drop(struct book_entry *entry, struct holding *holding)
{
    struct holding **at = &entry->holdings;
    while (*at != holding)
        at = &(*at)->next;
    *at = holding->next;
    free(holding);
}

void entry_drop_those(struct book_entry *entry, bool that_are_former)
{
    for (struct holding *holding = entry->holdings, *next; holding != NULL; holding = next) {
        next = holding->next;
        if ((holding->state == HOLDING_FORMER) == that_are_former)
            entry_drop(entry, holding);
    }
}

size_t alertmanager_book_entry_count(const struct alertmanager_book *book)
{
    return book->entry_count;
}

static void count_open(struct book_entry *entry, void *context)
{
    size_t *count = context;
    *count += entry->is_known && entry->record.alert.state == ALERT_OPEN;
}

size_t alertmanager_book_open_count(const struct alertmanager_book *book)
{
    size_t count = 0;
    book_walk(book, count_open, &count);
    return count;
}
