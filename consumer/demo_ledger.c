#include "consumer/demo_ledger.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

void ledger_init(struct ledger *ledger)
{
    *ledger = (struct ledger){0};
}

static void keep(void *node)
{
    (void)node; /* freed through the arrays */
}

void ledger_fini(struct ledger *ledger)
{
    tdestroy(ledger->by_id, keep);
    tdestroy(ledger->by_location, keep);
    for (size_t i = 0; i < ledger->entry_count; i++)
        free(ledger->entries[i]);
    for (size_t i = 0; i < ledger->site_count; i++)
        free(ledger->sites[i]);
    free(ledger->entries);
    free(ledger->sites);
}

/* ITEMS with room for one more pointer; NULL: no memory. */
static void *with_room(void *items, size_t count, size_t *capacity)
{
    if (count < *capacity)
        return items;
    size_t more = *capacity == 0 ? 256 : 2 * *capacity;
    void *grown = realloc(items, more * sizeof(void *));
    if (grown != NULL)
        *capacity = more;
    return grown;
}

static int compare_entries(const void *a, const void *b)
{
    const struct ledger_entry *x = a, *y = b;
    return uuid_compare(&x->record.alert_id, &y->record.alert_id);
}

static int compare_locations(const void *a, const void *b)
{
    const struct ledger_site *x = a, *y = b;
    return text_compare((struct text){x->location_id, x->length}, (struct text){y->location_id, y->length});
}

/* Puts the new NODE of SIZE, copied from KEY, where the tree wants it. */
static void *plant(void **tree, const void *key, size_t size, int (*compare)(const void *, const void *))
{
    void *node = malloc(size);
    if (node == NULL)
        return NULL;
    memcpy(node, key, size);
    if (tsearch(node, tree, compare) != NULL)
        return node;
    free(node);
    return NULL;
}

static struct ledger_entry *find_entry(const struct ledger *ledger, const struct uuid *alert_id)
{
    struct ledger_entry key;
    key.record.alert_id = *alert_id;
    void *found = tfind(&key, &ledger->by_id, compare_entries);
    return found == NULL ? NULL : *(struct ledger_entry **)found;
}

const struct ledger_entry *ledger_find(const struct ledger *ledger, const struct uuid *alert_id)
{
    return find_entry(ledger, alert_id);
}

static struct ledger_entry *entry_of(struct ledger *ledger, const struct uuid *alert_id)
{
    struct ledger_entry *entry = find_entry(ledger, alert_id);
    if (entry != NULL)
        return entry;
    struct ledger_entry **entries = with_room(ledger->entries, ledger->entry_count, &ledger->entry_capacity);
    if (entries == NULL)
        return NULL;
    ledger->entries = entries;
    struct ledger_entry new = {.number = ledger->entry_count, .record.alert_id = *alert_id};
    entry = plant(&ledger->by_id, &new, sizeof new, compare_entries);
    if (entry != NULL)
        entries[ledger->entry_count++] = entry;
    return entry;
}

static struct ledger_site *find_site(const struct ledger *ledger, const struct ledger_site *key)
{
    void *found = tfind(key, &ledger->by_location, compare_locations);
    return found == NULL ? NULL : *(struct ledger_site **)found;
}

static struct ledger_site *site_of(struct ledger *ledger, struct text location_id)
{
    struct ledger_site new = {.length = location_id.length};
    memcpy(new.location_id, location_id.bytes, location_id.length);
    struct ledger_site *site = find_site(ledger, &new);
    if (site != NULL)
        return site;
    struct ledger_site **sites = with_room(ledger->sites, ledger->site_count, &ledger->site_capacity);
    if (sites == NULL)
        return NULL;
    ledger->sites = sites;
    site = plant(&ledger->by_location, &new, sizeof new, compare_locations);
    if (site != NULL)
        sites[ledger->site_count++] = site;
    return site;
}

/* Counts an alert in (+1) or out (-1). */
static void count(struct ledger *ledger, const struct alert *alert, struct ledger_site *site, int32_t by)
{
    ledger->by_state[alert->state] += by;
    if (alert->state == ALERT_OPEN)
        ledger->open[alert->rule][alert->level] += by;
    if (alert_in_force(alert))
        site->in_force += by;
}

static enum ledger_change change_between(const struct alert *before, const struct alert *now)
{
    bool was_open = before->revision != 0 && before->state == ALERT_OPEN;
    if (now->state == ALERT_WITHDRAWN)
        return LEDGER_WITHDRAWN;
    if (now->state == ALERT_RESOLVED)
        return was_open ? LEDGER_RESOLVED : LEDGER_NOTHING;
    if (!was_open)
        return LEDGER_RAISED;
    return now->level > before->level ? LEDGER_ESCALATED : LEDGER_NOTHING;
}

static void copy_text(struct text *text, char *bytes)
{
    memcpy(bytes, text->bytes, text->length);
    text->bytes = bytes;
}

bool ledger_take(struct ledger *ledger, const struct alert_record *revision, enum ledger_change *change,
                 const struct ledger_entry **found)
{
    struct ledger_entry *entry = entry_of(ledger, &revision->alert_id);
    struct ledger_site *site = site_of(ledger, revision->alert.place.location_id);
    if (entry == NULL || site == NULL)
        return false;
    *found = entry;
    *change = LEDGER_NOTHING;
    ledger->revisions++;
    struct alert *before = &entry->record.alert;
    if (revision->alert.revision <= before->revision)
        return true;
    *change = change_between(before, &revision->alert);
    if (before->revision != 0)
        count(ledger, before, site_of(ledger, before->place.location_id), -1);
    count(ledger, &revision->alert, site, +1);
    entry->record = *revision;
    copy_text(&entry->record.child_id, entry->child_id);
    copy_text(&entry->record.alert.place.location_id, entry->location_id);
    return true;
}

static bool is_worse(const struct ledger_site *a, const struct ledger_site *b)
{
    return a->in_force != b->in_force ? a->in_force > b->in_force : compare_locations(a, b) < 0;
}

size_t ledger_worst_sites(const struct ledger *ledger, const struct ledger_site **sites, size_t count_wanted)
{
    size_t found = 0;
    for (size_t i = 0; i < ledger->site_count; i++) {
        const struct ledger_site *site = ledger->sites[i];
        if (site->in_force == 0 || (found == count_wanted && !is_worse(site, sites[found - 1])))
            continue;
        size_t at = found < count_wanted ? found++ : found - 1;
        for (; at > 0 && is_worse(site, sites[at - 1]); at--)
            sites[at] = sites[at - 1];
        sites[at] = site;
    }
    return found;
}
