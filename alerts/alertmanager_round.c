/* What the book has to say: it holds what should be in Alertmanager against what is there. */
#include <stdlib.h>
#include <string.h>

#include "alerts/alertmanager_book_internal.h"

#define LOOK_EVERY_MS A_MINUTE_MS /* for what time alone changes */
/* Alertmanager learns by one way what mutes, and by another what is to be told: an end that is to be muted by what
 * began must come later. */
#define ENDINGS_AFTER_MS 1000

struct look {
    struct alertmanager_book *book;
    const struct alertmanager_moment *moment;
    struct posts unused; /* entries that are no longer of use */
    size_t lacking;      /* openings of what it does not have */
    bool is_short;       /* of memory */
};

static bool posts_add(struct posts *posts, struct alertmanager_post post)
{
    if (posts->count == posts->capacity) {
        const size_t capacity = posts->capacity == 0 ? 64 : 2 * posts->capacity;
        struct alertmanager_post *larger = reallocarray(posts->items, capacity, sizeof(*larger));
        if (larger == NULL)
            return false;
        posts->items = larger;
        posts->capacity = capacity;
    }
    posts->items[posts->count++] = post;
    return true;
}

/* --- one alert ---------------------------------------------------------------------------------------------------- */

/* The others do not wait for it. */
static bool is_refused(const struct look *look, const struct holding *holding)
{
    return look->moment->now_ms < holding->again_at_ms;
}

/* What is wanted is there, or nothing is. */
static bool is_settled(const struct look *look, const struct book_entry *entry)
{
    struct alertmanager_labels wanted;
    if (entry == NULL || !entry_is_wanted(look->book, entry, look->moment, &wanted))
        return true;
    const struct holding *holding = entry_holding(entry, &wanted);
    return holding != NULL && holding->state == HOLDING_TOLD;
}

/* Whether anybody is told of such an end: not of what was only a notice, nor of what goes on at the same place. */
static bool is_told(const struct holding *holding, enum alertmanager_outcome outcome)
{
    return holding->labels.level != LEVEL_NOTICE && alertmanager_outcome_is_told(outcome);
}

/* An end waits for what it goes on as; and where somebody is told, until quiet hours are over. */
static bool may_end(const struct look *look, const struct book_entry *entry, const struct holding *holding,
                    enum alertmanager_outcome outcome)
{
    const bool is_replaced = entry->is_known && !uuid_is_nil(&entry->record.replaced_by);
    return !(look->moment->is_quiet && is_told(holding, outcome)) && is_settled(look, entry) &&
           (!is_replaced || is_settled(look, book_find(look->book, &entry->record.replaced_by)));
}

static void open_holding(struct look *look, struct book_entry *entry, const struct alertmanager_labels *wanted)
{
    const struct alertmanager_moment *moment = look->moment;
    struct holding *holding = entry_holding(entry, wanted);
    if (holding == NULL)
        holding = entry_hold(entry, wanted, HOLDING_NEW);
    if (holding == NULL) {
        look->is_short = true;
        return;
    }
    if (holding->state == HOLDING_ENDED)
        holding->state = HOLDING_NEW;
    if (is_refused(look, holding))
        return;
    const bool is_recent = entry_is_recent(entry, moment);
    const bool is_lacking = holding->state != HOLDING_TOLD;
    look->lacking += is_lacking;
    if (is_lacking || holding->is_stale || holding->is_recent != is_recent ||
        holding->ends_at_ms - moment->now_ms < TOLD_AGAIN_BEFORE_MS)
        look->is_short |= !posts_add(&look->book->openings,
                                     (struct alertmanager_post){entry, holding, NULL, OUTCOME_NONE});
}

static void end_holding(struct look *look, struct book_entry *entry, struct holding *holding)
{
    const enum alertmanager_outcome outcome = entry_outcome(look->book, entry, holding, look->moment);
    if (!is_refused(look, holding) && may_end(look, entry, holding, outcome))
        look->is_short |= !posts_add(&look->book->endings, (struct alertmanager_post){entry, holding, NULL, outcome});
}

/* What is there under other labels than those that are wanted. */
static void end_holdings(struct look *look, struct book_entry *entry, const struct alertmanager_labels *wanted)
{
    for (struct holding *holding = entry->holdings, *next; holding != NULL; holding = next) {
        next = holding->next;
        const bool is_wanted = wanted != NULL && alertmanager_labels_equal(&holding->labels, wanted);
        const bool is_over = holding->state == HOLDING_ENDED &&
                             holding->ended_at_ms < look->book->contact_at_ms - MAY_BE_LOST_MS;
        if (!is_wanted && (is_over || holding->state == HOLDING_NEW))
            entry_drop(entry, holding);
        else if (!is_wanted && holding->state != HOLDING_ENDED)
            end_holding(look, entry, holding);
    }
}

static void visit(struct book_entry *entry, void *context)
{
    struct look *look = context;
    struct alertmanager_labels wanted;
    const bool is_wanted = entry_is_wanted(look->book, entry, look->moment, &wanted);
    end_holdings(look, entry, is_wanted ? &wanted : NULL);
    if (is_wanted)
        open_holding(look, entry, &wanted);
    if (!is_wanted && !entry_is_of_use(look->book, entry, look->moment->now_ms))
        look->is_short |= !posts_add(&look->unused, (struct alertmanager_post){.entry = entry});
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static const struct alertmanager_labels *labels_of(const struct alertmanager_post *post)
{
    static const struct alertmanager_labels none;
    return post->holding == NULL ? &none : &post->holding->labels;
}

static int compare_posts(const void *a, const void *b)
{
    const struct alertmanager_labels *x = labels_of(a), *y = labels_of(b);
    const int order = strcmp(x->location_id, y->location_id);
    return order != 0 ? order : uuid_compare(&x->alert_id, &y->alert_id);
}

static void gather(struct look *look)
{
    struct alertmanager_book *book = look->book;
    book->openings.count = book->endings.count = 0;
    book_walk(book, visit, look);
    for (struct stranger *stranger = book->strangers; stranger != NULL; stranger = stranger->next)
        look->is_short |= !posts_add(&book->endings, (struct alertmanager_post){NULL, NULL, stranger, OUTCOME_CHANGED});
    for (size_t i = 0; i < look->unused.count; i++)
        book_remove(book, look->unused.items[i].entry);
    free(look->unused.items);
    if (look->lacking == 0)
        book->are_openings_first = false;
}

static struct alertmanager_round round_of(struct posts *posts, bool are_endings)
{
    if (posts->count > 0)
        qsort(posts->items, posts->count, sizeof(posts->items[0]), compare_posts);
    return (struct alertmanager_round){posts->items, posts->count, are_endings};
}

bool alertmanager_book_look(struct alertmanager_book *book, const struct alertmanager_moment *moment,
                            struct alertmanager_round *round)
{
    struct look look = {.book = book, .moment = moment};
    const int64_t endings_at_ms = book->opened_at_ms + ENDINGS_AFTER_MS;
    *round = (struct alertmanager_round){.count = 0};
    gather(&look);
    if (book->changed_at_ms == 0 || moment->now_ms >= book->gathered_at_ms) {
        book->changed_at_ms = 0;
        *round = round_of(&book->openings, false);
    }
    if (round->count == 0 && !book->are_openings_first && moment->now_ms >= endings_at_ms)
        *round = round_of(&book->endings, true);
    book->look_at_ms = moment->now_ms +
                       (round->count == 0 && book->endings.count == 0 ? LOOK_EVERY_MS : ENDINGS_AFTER_MS);
    return !look.is_short;
}

int64_t alertmanager_book_look_at_ms(const struct alertmanager_book *book)
{
    const bool is_gathering = book->changed_at_ms != 0 && book->gathered_at_ms < book->look_at_ms;
    return is_gathering ? book->gathered_at_ms : book->look_at_ms;
}
