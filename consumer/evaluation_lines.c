/* Reading JSON lines for an evaluation: the text is cut at line ends into as many slices as there are threads. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/evaluation_internal.h"
#include "consumer/parallel.h"

struct bad_line {
    size_t line; /* of the slice, from 1 */
    struct finding finding;
};

struct slice {
    const char *text, *end;
    const struct evaluation *evaluation;
    struct heap *heap; /* one of the evaluation's */
    size_t lines;
    struct bad_line *bad;
    size_t bad_count, bad_capacity;
    struct unknown_names unknown;
    bool short_of_memory;
};

static bool note_bad_line(struct slice *slice, const struct finding *finding)
{
    if (slice->bad_count == slice->bad_capacity) {
        const size_t capacity = slice->bad_capacity * 2 + 16;
        struct bad_line *larger = realloc(slice->bad, capacity * sizeof(*larger));
        if (larger == NULL)
            return false;
        slice->bad = larger;
        slice->bad_capacity = capacity;
    }
    slice->bad[slice->bad_count++] = (struct bad_line){slice->lines, *finding};
    return true;
}

static bool is_blank(const char *line, size_t length)
{
    while (length > 0 && isspace((unsigned char)line[length - 1]))
        length--;
    return length == 0;
}

static bool read_line(struct slice *slice, const char *line, size_t length, struct event_storage *storage)
{
    struct event event;
    struct finding finding;
    slice->unknown.line = ++slice->lines;
    if (is_blank(line, length))
        return true;
    if (event_read_json(line, length, storage, &event, &finding))
        return evaluation_keep(slice->evaluation, slice->heap, &event);
    return note_bad_line(slice, &finding);
}

static void read_slice(void *context, int i)
{
    struct slice *slice = (struct slice *)context + i;
    struct event_storage storage = {.unknown = &slice->unknown};
    const char *line = slice->text;
    while (line < slice->end && !slice->short_of_memory) {
        const char *newline = memchr(line, '\n', (size_t)(slice->end - line));
        const char *end = newline == NULL ? slice->end : newline;
        slice->short_of_memory = !read_line(slice, line, (size_t)(end - line), &storage);
        line = newline == NULL ? end : newline + 1;
    }
    event_storage_fini(&storage);
}

/* Slice I of COUNT begins with the line after the one in which its part of the text begins. */
static const char *slice_start(const char *text, size_t length, int i, int count)
{
    if (i == 0)
        return text;
    const size_t offset = length / (size_t)count * (size_t)i;
    const char *newline = memchr(text + offset, '\n', length - offset);
    return newline == NULL ? text + length : newline + 1;
}

/* What was found wrong in a slice whose first line comes after line BEFORE. */
static void tell(const struct slice *slice, size_t before, const struct line_listener *listener)
{
    for (size_t i = 0; i < slice->bad_count; i++)
        listener->on_bad_line(listener->context, before + slice->bad[i].line, &slice->bad[i].finding);
    for (size_t i = 0; i < slice->unknown.count; i++)
        listener->on_unknown_name(listener->context, before + slice->unknown.items[i].line,
                                  slice->unknown.items[i].name);
}

static bool conclude(struct slice *slices, int count, size_t *lines, const struct line_listener *listener)
{
    bool done = true;
    for (int i = 0; i < count; i++) {
        tell(&slices[i], *lines, listener);
        *lines += slices[i].lines;
        done &= !slices[i].short_of_memory;
        free(slices[i].bad);
    }
    return done;
}

bool evaluation_add_lines(struct evaluation *evaluation, const char *text, size_t length, int threads, size_t *lines,
                          const struct line_listener *listener)
{
    struct slice slices[PARALLEL_MAX];
    for (int i = 0; i < threads; i++)
        slices[i] = (struct slice){
            .text = slice_start(text, length, i, threads), .evaluation = evaluation, .heap = &evaluation->heaps[i]};
    for (int i = 0; i < threads; i++)
        slices[i].end = i + 1 < threads ? slices[i + 1].text : text + length;
    evaluation->is_sorted = false;
    if (evaluation->heap_count < threads)
        evaluation->heap_count = threads;
    parallel_run(threads, read_slice, slices);
    return conclude(slices, threads, lines, listener);
}
