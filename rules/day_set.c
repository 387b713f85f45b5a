#include "day_set.h"

#include <assert.h>
#include <stdlib.h>

bool day_set_init(struct day_set *set)
{
    set->count = 0;
    set->spans = malloc(DAY_SET_MAX * sizeof(set->spans[0]));
    return set->spans != NULL;
}

void day_set_fini(struct day_set *set)
{
    free(set->spans);
    *set = (struct day_set){0};
}

void day_set_add(struct day_set *set, struct day from, struct day until)
{
    if (!day_before(from, until))
        return;
    struct day_span *last = set->count > 0 ? &set->spans[set->count - 1] : NULL;
    assert(last == NULL || !day_before(from, last->from));
    if (last != NULL && !day_before(last->until, from)) {
        last->until = day_later(last->until, until);
        return;
    }
    assert(set->count < DAY_SET_MAX);
    set->spans[set->count++] = (struct day_span){from, until};
}

/* The first span of SET from AT on that ends after DAY. */
static uint32_t span_ending_after(const struct day_set *set, uint32_t at, struct day day)
{
    while (at < set->count && !day_before(day, set->spans[at].until))
        at++;
    return at;
}

void day_set_intersect(struct day_set *result, const struct day_set *a, const struct day_set *b)
{
    uint32_t first = 0;
    assert(result != a && result != b);
    result->count = 0;
    for (const struct day_span *span = a->spans; span < a->spans + a->count; span++) {
        first = span_ending_after(b, first, span->from);
        for (uint32_t i = first; i < b->count && day_before(b->spans[i].from, span->until); i++)
            day_set_add(result, day_later(span->from, b->spans[i].from), day_earlier(span->until, b->spans[i].until));
    }
}

void day_set_subtract(struct day_set *result, const struct day_set *a, const struct day_set *b)
{
    uint32_t first = 0;
    assert(result != a && result != b);
    result->count = 0;
    for (const struct day_span *span = a->spans; span < a->spans + a->count; span++) {
        struct day from = span->from;
        first = span_ending_after(b, first, from);
        for (uint32_t i = first; i < b->count && day_before(b->spans[i].from, span->until); i++) {
            day_set_add(result, from, b->spans[i].from);
            from = b->spans[i].until;
        }
        day_set_add(result, from, span->until);
    }
}
