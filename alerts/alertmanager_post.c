/* What the book has to say, as Alertmanager takes it, and what came of it. */
#include <stdlib.h>

#include "alerts/alertmanager_book_internal.h"
#include "schemas/instant.h"

/* An end is dated a moment back. One that were ahead of Alertmanager's clock would be none: the alert would go on to
 * the end that it had. */
#define ENDED_BEFORE_MS 5000
#define REFUSED_FOR_MS (60 * A_MINUTE_MS) /* what it refused by itself is tried again then */

static json_t *annotations_of(const struct alertmanager_book *book, const struct alertmanager_post *post,
                              const struct alertmanager_moment *moment)
{
    struct alertmanager_annotations words;
    if (post->stranger != NULL)
        return json_pack("{ss}", "outcome", alertmanager_outcome_code(post->outcome));
    const struct alertmanager_told told = entry_told(book, post->entry, post->holding, post->outcome, moment);
    alertmanager_annotations_init(&words, &told);
    return alertmanager_annotations_json(&words);
}

/* It begins when it is told, not on the first day of the alert: a group of which one alert began long ago is told of at
 * once, without waiting for the others. It goes on from the beginning that Alertmanager knows. */
static json_t *post_json(const struct alertmanager_book *book, const struct alertmanager_post *post,
                         const struct alertmanager_moment *moment)
{
    const bool is_ending = post->outcome != OUTCOME_NONE;
    char starts_at[INSTANT_TEXT_SIZE], ends_at[INSTANT_TEXT_SIZE];
    json_t *labels = post->stranger != NULL ? json_incref(post->stranger->labels)
                                            : alertmanager_labels_json(&post->holding->labels, book->settings.service);
    json_t *annotations = annotations_of(book, post, moment);
    instant_format(moment->now_ms - (is_ending ? ENDED_BEFORE_MS : 0), starts_at);
    instant_format(moment->now_ms + (is_ending ? -ENDED_BEFORE_MS : ENDS_AFTER_MS), ends_at);
    json_t *link = json_incref(json_object_get(annotations, "link"));
    return json_pack("{so so ss ss so*}", "labels", labels, "annotations", annotations, "startsAt", starts_at, "endsAt",
                     ends_at, "generatorURL", link);
}

json_t *alertmanager_book_write(const struct alertmanager_book *book, const struct alertmanager_round *round,
                                size_t from, size_t count, const struct alertmanager_moment *moment)
{
    json_t *array = json_array();
    for (size_t i = from; array != NULL && i < from + count; i++)
        if (json_array_append_new(array, post_json(book, &round->posts[i], moment)) != 0) {
            json_decref(array);
            array = NULL;
        }
    return array;
}

/* --- what came of it ---------------------------------------------------------------------------------------------- */

static void stranger_left(struct alertmanager_book *book, struct stranger *stranger)
{
    struct stranger **at = &book->strangers;
    while (*at != stranger)
        at = &(*at)->next;
    *at = stranger->next;
    json_decref(stranger->labels);
    free(stranger);
}

static void is_told(struct alertmanager_book *book, const struct alertmanager_post *post,
                    const struct alertmanager_moment *moment)
{
    struct holding *holding = post->holding;
    if (post->stranger != NULL) {
        stranger_left(book, post->stranger);
        return;
    }
    holding->again_at_ms = 0;
    if (post->outcome != OUTCOME_NONE) {
        holding->state = HOLDING_ENDED;
        holding->ended_at_ms = moment->now_ms;
        return;
    }
    if (holding->state != HOLDING_TOLD)
        book->opened_at_ms = moment->now_ms;
    holding->state = HOLDING_TOLD;
    holding->ends_at_ms = moment->now_ms + ENDS_AFTER_MS;
    holding->is_stale = false;
    holding->is_recent = entry_is_recent(post->entry, moment);
}

void alertmanager_book_told(struct alertmanager_book *book, const struct alertmanager_round *round, size_t from,
                            size_t count, const struct alertmanager_moment *moment)
{
    for (size_t i = from; i < from + count; i++)
        is_told(book, &round->posts[i], moment);
    if (!round->are_endings && from + count == round->count)
        book->are_openings_first = false;
}

/* It may have been taken all the same. */
static void is_unsure(struct holding *holding, bool is_ending)
{
    if (holding->state == HOLDING_NEW)
        holding->state = HOLDING_SENT;
    else if (is_ending && holding->state == HOLDING_TOLD)
        holding->state = HOLDING_LOST;
}

void alertmanager_book_untold(struct alertmanager_book *book, const struct alertmanager_round *round, size_t from,
                              size_t count)
{
    for (size_t i = from; i < from + count; i++)
        if (round->posts[i].holding != NULL)
            is_unsure(round->posts[i].holding, round->are_endings);
    book->look_at_ms = 0;
}

/* A stranger that can not be ended times out. */
bool alertmanager_book_refused(struct alertmanager_book *book, const struct alertmanager_round *round, size_t which,
                               const struct alertmanager_moment *moment)
{
    const struct alertmanager_post *post = &round->posts[which];
    if (post->stranger != NULL) {
        stranger_left(book, post->stranger);
        return true;
    }
    const bool is_first = post->holding->again_at_ms == 0;
    post->holding->again_at_ms = moment->now_ms + REFUSED_FOR_MS;
    return is_first;
}

static void try_again(struct book_entry *entry, void *context)
{
    (void)context;
    for (struct holding *holding = entry->holdings; holding != NULL; holding = holding->next)
        holding->again_at_ms = 0;
}

void alertmanager_book_try_refused(struct alertmanager_book *book)
{
    book_walk(book, try_again, NULL);
}
