#include "consumer/child_lines.h"

#include <stdlib.h>
#include <string.h>

void child_lines_init(struct child_lines *lines)
{
    *lines = (struct child_lines){0};
    for (int i = 0; i < PARALLEL_MAX; i++)
        arena_init(&lines->threads[i].arena);
}

void child_lines_fini(struct child_lines *lines)
{
    for (int i = 0; i < PARALLEL_MAX; i++) {
        arena_fini(&lines->threads[i].arena);
        free(lines->threads[i].pieces.items);
        free(lines->threads[i].text);
    }
    free(lines->all.items);
}

static bool make_room(struct child_pieces *pieces, size_t wanted)
{
    if (pieces->capacity - pieces->count >= wanted)
        return true;
    const size_t capacity = pieces->capacity * 2 + wanted;
    struct child_piece *larger = realloc(pieces->items, capacity * sizeof(*larger));
    if (larger == NULL)
        return false;
    pieces->items = larger;
    pieces->capacity = capacity;
    return true;
}

char *child_lines_room(struct child_lines *lines, int thread, size_t size)
{
    struct child_lines_thread *own = &lines->threads[thread];
    if (own->capacity - own->length <= size) {
        const size_t capacity = own->capacity * 2 + size + 1;
        char *larger = realloc(own->text, capacity);
        if (larger == NULL)
            return NULL;
        own->text = larger;
        own->capacity = capacity;
    }
    return own->text + own->length;
}

void child_lines_add(struct child_lines *lines, int thread, size_t length)
{
    struct child_lines_thread *own = &lines->threads[thread];
    own->length += length;
    own->text[own->length++] = '\n';
}

bool child_lines_end(struct child_lines *lines, int thread, struct text child_id)
{
    struct child_lines_thread *own = &lines->threads[thread];
    if (own->length == 0)
        return true;
    char *bytes = make_room(&own->pieces, 1) ? arena_take(&own->arena, child_id.length + own->length) : NULL;
    if (bytes == NULL)
        return false;
    memcpy(bytes, child_id.bytes, child_id.length);
    memcpy(bytes + child_id.length, own->text, own->length);
    own->pieces.items[own->pieces.count++] = (struct child_piece){bytes, child_id.length, (uint32_t)own->length};
    own->length = 0;
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct child_piece *piece = a, *other = b;
    return text_compare((struct text){piece->bytes, piece->id_length}, (struct text){other->bytes, other->id_length});
}

/* Children of files come in their order, and then there is nothing to sort. */
static void sort(struct child_pieces *pieces)
{
    size_t i = 1;
    while (i < pieces->count && compare(&pieces->items[i - 1], &pieces->items[i]) <= 0)
        i++;
    if (i < pieces->count)
        qsort(pieces->items, pieces->count, sizeof(pieces->items[0]), compare);
}

static bool collect(struct child_lines *lines)
{
    struct child_pieces *all = &lines->all;
    for (int i = 0; i < PARALLEL_MAX; i++) {
        const struct child_pieces *pieces = &lines->threads[i].pieces;
        if (pieces->count == 0)
            continue;
        if (!make_room(all, pieces->count))
            return false;
        memcpy(&all->items[all->count], pieces->items, pieces->count * sizeof(pieces->items[0]));
        all->count += pieces->count;
    }
    return true;
}

static void forget(struct child_lines *lines)
{
    lines->all.count = 0;
    for (int i = 0; i < PARALLEL_MAX; i++) {
        arena_reset(&lines->threads[i].arena);
        lines->threads[i].pieces.count = 0;
    }
}

bool child_lines_write(struct child_lines *lines, FILE *out)
{
    if (!collect(lines))
        return false;
    sort(&lines->all);
    for (size_t i = 0; i < lines->all.count; i++) {
        const struct child_piece *piece = &lines->all.items[i];
        fwrite(piece->bytes + piece->id_length, 1, piece->length, out);
    }
    forget(lines);
    return true;
}
