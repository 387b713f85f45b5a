/* The book and what Alertmanager says that it has. */
#include <stdlib.h>
#include <string.h>

#include "alerts/alertmanager_book_internal.h"
#include "schemas/instant.h"

static void drop_held(struct book_entry *entry, void *context)
{
    (void)context;
    entry_drop_those(entry, false);
}

void alertmanager_book_begin(struct alertmanager_book *book)
{
    book_walk(book, drop_held, NULL);
    while (book->strangers != NULL) {
        struct stranger *stranger = book->strangers;
        book->strangers = stranger->next;
        json_decref(stranger->labels);
        free(stranger);
    }
}

/* --- what it has -------------------------------------------------------------------------------------------------- */

static enum alertmanager_held hold_stranger(struct alertmanager_book *book, json_t *labels)
{
    struct stranger *stranger = calloc(1, sizeof(*stranger));
    if (stranger == NULL)
        return ALERTMANAGER_NO_MEMORY;
    *stranger = (struct stranger){.next = book->strangers, .labels = json_incref(labels)};
    book->strangers = stranger;
    return ALERTMANAGER_HELD;
}

static int64_t instant_of(const json_t *item, const char *name)
{
    const json_t *text = json_object_get(item, name);
    int64_t ms = 0;
    if (text != NULL && json_is_string(text))
        instant_parse(json_string_value(text), json_string_length(text), &ms);
    return ms;
}

/* Whether it would be told the same now. */
static bool is_as_told(const struct alertmanager_book *book, const struct book_entry *entry,
                       const struct holding *holding, const json_t *annotations,
                       const struct alertmanager_moment *moment)
{
    struct alertmanager_annotations words;
    const struct alertmanager_told told = entry_told(book, entry, holding, OUTCOME_NONE, moment);
    if (!entry->is_known)
        return false;
    alertmanager_annotations_init(&words, &told);
    json_t *object = alertmanager_annotations_json(&words);
    const bool is_same = object != NULL && annotations != NULL && json_equal(object, annotations) == 1;
    json_decref(object);
    return is_same;
}

enum alertmanager_held alertmanager_book_hold(struct alertmanager_book *book, const json_t *item,
                                              const struct alertmanager_moment *moment)
{
    struct alertmanager_labels labels;
    json_t *object = json_object_get(item, "labels");
    if (!json_is_object(object))
        return ALERTMANAGER_NO_ALERT;
    if (!alertmanager_labels_read(object, book->settings.service, &labels))
        return hold_stranger(book, object);
    struct book_entry *entry = book_entry(book, &labels.alert_id);
    struct holding *holding = entry == NULL ? NULL : entry_hold(entry, &labels, HOLDING_TOLD);
    if (holding == NULL)
        return ALERTMANAGER_NO_MEMORY;
    holding->ends_at_ms = instant_of(item, "endsAt");
    holding->is_recent = entry_is_recent(entry, moment);
    holding->is_stale = !is_as_told(book, entry, holding, json_object_get(item, "annotations"), moment);
    return ALERTMANAGER_HELD;
}

/* --- what it has lost --------------------------------------------------------------------------------------------- */

struct lost {
    struct alertmanager_book *book;
    const struct alertmanager_moment *moment;
    int64_t since_ms;
    bool is_short; /* of memory */
};

static void count_held(struct book_entry *entry, void *context)
{
    size_t *count = context;
    for (const struct holding *holding = entry->holdings; holding != NULL; holding = holding->next)
        *count += holding->state != HOLDING_FORMER;
}

/* What ended shortly before it was started may not have been told; under which labels it was in force follows from the
 * newest record well enough, where no older one is left. */
static void assume_lost(struct book_entry *entry, const struct lost *lost, bool *is_short)
{
    if (!entry->is_known || entry->holdings != NULL || entry->record.alert.state == ALERT_OPEN ||
        entry->record.alert.revision <= 1 || entry->record.logged_at_ms < lost->since_ms)
        return;
    const struct alertmanager_labels labels = entry_labels(lost->book, entry, lost->moment);
    *is_short |= entry_hold(entry, &labels, HOLDING_LOST) == NULL;
}

/* Likewise of what it had before its labels changed, or before it ended. But an end that no mail tells of, and that
 * nothing mutes, would only make it tell again what is open. */
static void sort_out_former(struct book_entry *entry, void *context)
{
    struct lost *lost = context;
    for (struct holding *holding = entry->holdings, *next; holding != NULL; holding = next) {
        next = holding->next;
        if (holding->state != HOLDING_FORMER)
            continue;
        if (holding->ended_at_ms < lost->since_ms) {
            entry_drop(entry, holding);
            continue;
        }
        entry_complete(lost->book, entry, lost->moment, &holding->labels);
        holding->state = HOLDING_LOST;
        if (entry_outcome(lost->book, entry, holding, lost->moment) == OUTCOME_CHANGED)
            entry_drop(entry, holding);
    }
    assume_lost(entry, lost, &lost->is_short);
}

/* One that has nothing, and was started lately, may have been told nothing since. (Or nothing was open meanwhile: then
 * a second end is told to nobody, unless another alert of its location began at the same time.) Of any other nothing is
 * lost. */
bool alertmanager_book_meet(struct alertmanager_book *book, int64_t started_at_ms,
                            const struct alertmanager_moment *moment)
{
    struct lost lost = {.book = book, .moment = moment, .since_ms = INT64_MAX};
    size_t held = 0;
    book_walk(book, count_held, &held);
    if (held == 0 && moment->now_ms - started_at_ms < STARTED_LATELY_MS)
        lost.since_ms = started_at_ms - MAY_BE_LOST_MS;
    book_walk(book, sort_out_former, &lost);
    book->has_met = true;
    book->are_openings_first = true;
    book->started_at_ms = started_at_ms;
    book->contact_at_ms = moment->now_ms;
    book->look_at_ms = moment->now_ms;
    return !lost.is_short;
}

static void lose(struct book_entry *entry, void *context)
{
    const struct lost *lost = context;
    for (struct holding *holding = entry->holdings, *next; holding != NULL; holding = next) {
        next = holding->next;
        holding->again_at_ms = 0;
        if (holding->state == HOLDING_ENDED && holding->ended_at_ms < lost->since_ms)
            entry_drop(entry, holding);
        else if (holding->state == HOLDING_TOLD || holding->state == HOLDING_ENDED)
            holding->state = HOLDING_LOST;
        else if (holding->state == HOLDING_SENT)
            holding->state = HOLDING_NEW;
    }
}

/* What was to be done by a clock that was set back would wait until it is there again. */
static void mind_clock(struct alertmanager_book *book, int64_t now_ms)
{
    if (now_ms >= book->contact_at_ms)
        return;
    book->look_at_ms = book->gathered_at_ms = book->opened_at_ms = now_ms;
    alertmanager_book_try_refused(book);
}

bool alertmanager_book_contact(struct alertmanager_book *book, int64_t started_at_ms, int64_t now_ms)
{
    struct lost lost = {.book = book, .since_ms = book->contact_at_ms - MAY_BE_LOST_MS};
    const bool has_restarted = started_at_ms != book->started_at_ms;
    mind_clock(book, now_ms);
    if (has_restarted) {
        book_walk(book, lose, &lost);
        book->are_openings_first = true;
        book->started_at_ms = started_at_ms;
        book->look_at_ms = now_ms;
    }
    book->contact_at_ms = now_ms;
    return has_restarted;
}
