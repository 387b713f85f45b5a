#include "consumer/evaluation_heap.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 1024

void heap_init(struct heap *heap)
{
    *heap = (struct heap){0};
    arena_init(&heap->arena);
}

void heap_fini(struct heap *heap)
{
    arena_fini(&heap->arena);
    free(heap->entries);
}

struct kept_event heap_event(const char *kept)
{
    struct kept_event event;
    memcpy(&event, kept, sizeof(event));
    return event;
}

static void set_prefix(struct heap_entry *entry, struct text id)
{
    for (size_t word = 0; word < PREFIX_WORDS; word++) {
        uint64_t number = 0;
        for (size_t i = word * 8; i < word * 8 + 8; i++)
            number = number << 8 | (i < id.length ? (unsigned char)id.bytes[i] : 0);
        entry->prefix[word] = number;
    }
}

/* Copies TEXT to *PLACE, which moves behind it. */
static struct text keep_text(char **place, struct text text)
{
    const struct text copy = {text.length == 0 ? NULL : *place, text.length};
    if (text.length > 0)
        memcpy(*place, text.bytes, text.length);
    *place += text.length;
    return copy;
}

static char *keep(struct heap *heap, const struct event *event)
{
    struct kept_event kept = {event->child_id, event->fact};
    char *piece = arena_take(&heap->arena, sizeof(kept) + kept.child_id.length + kept.fact.place.location_id.length +
                                               kept.fact.school_id.length);
    if (piece == NULL)
        return NULL;
    char *place = piece + sizeof(kept);
    kept.child_id = keep_text(&place, kept.child_id);
    kept.fact.place.location_id = keep_text(&place, kept.fact.place.location_id);
    kept.fact.school_id = keep_text(&place, kept.fact.school_id);
    memcpy(piece, &kept, sizeof(kept));
    return piece;
}

static bool make_room(struct heap *heap)
{
    if (heap->count < heap->capacity)
        return true;
    const size_t capacity = heap->capacity == 0 ? FIRST_CAPACITY : heap->capacity * 2;
    struct heap_entry *larger = realloc(heap->entries, capacity * sizeof(*larger));
    if (larger == NULL)
        return false;
    heap->entries = larger;
    heap->capacity = capacity;
    return true;
}

bool heap_add(struct heap *heap, const struct event *event)
{
    const char *kept = make_room(heap) ? keep(heap, event) : NULL;
    if (kept == NULL)
        return false;
    struct heap_entry *entry = &heap->entries[heap->count++];
    entry->kept = kept;
    set_prefix(entry, event->child_id);
    return true;
}

int heap_compare(const struct heap_entry *a, const struct heap_entry *b)
{
    for (size_t word = 0; word < PREFIX_WORDS; word++)
        if (a->prefix[word] != b->prefix[word])
            return a->prefix[word] < b->prefix[word] ? -1 : 1;
    if ((a->prefix[PREFIX_WORDS - 1] & 0xff) == 0)
        return 0; /* both ids end within the prefix: no id has a NUL */
    return text_compare(heap_event(a->kept).child_id, heap_event(b->kept).child_id);
}

static int compare_entries(const void *a, const void *b)
{
    return heap_compare(a, b);
}

void heap_sort(struct heap *heap)
{
    if (heap->count > 0)
        qsort(heap->entries, heap->count, sizeof(*heap->entries), compare_entries);
}
