#include "consumer/arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES ((size_t)1 << 20)

struct arena_chunk {
    struct arena_chunk *next;
    size_t size, used;
    char bytes[];
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

static void chunks_free(struct arena_chunk *chunk)
{
    while (chunk != NULL) {
        struct arena_chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
}

void arena_fini(struct arena *arena)
{
    chunks_free(arena->chunks);
    chunks_free(arena->spare);
    arena_init(arena);
}

void arena_reset(struct arena *arena)
{
    while (arena->chunks != NULL) {
        struct arena_chunk *chunk = arena->chunks;
        arena->chunks = chunk->next;
        if (chunk->size == CHUNK_BYTES) {
            chunk->next = arena->spare;
            arena->spare = chunk;
        } else {
            free(chunk);
        }
    }
    arena->taken = 0;
}

static struct arena_chunk *chunk_new(struct arena *arena, size_t size)
{
    struct arena_chunk *chunk = arena->spare;

    if (size <= CHUNK_BYTES && chunk != NULL) {
        arena->spare = chunk->next;
    } else {
        size_t bytes = size > CHUNK_BYTES ? size : CHUNK_BYTES;
        chunk = malloc(sizeof *chunk + bytes);
        if (chunk == NULL)
            return NULL;
        chunk->size = bytes;
    }
    chunk->used = 0;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    return chunk;
}

void *arena_take(struct arena *arena, size_t size)
{
    struct arena_chunk *chunk = arena->chunks;

    if (chunk == NULL || chunk->size - chunk->used < size) {
        chunk = chunk_new(arena, size);
        if (chunk == NULL)
            return NULL;
    }
    void *piece = chunk->bytes + chunk->used;
    chunk->used += size;
    arena->taken += size;
    return piece;
}

void arena_shrink(struct arena *arena, size_t taken, size_t size)
{
    assert(size <= taken && arena->chunks != NULL && arena->chunks->used >= taken);
    arena->chunks->used -= taken - size;
    arena->taken -= taken - size;
}

void *arena_copy(struct arena *arena, const void *bytes, size_t length)
{
    void *copy = arena_take(arena, length);

    if (copy != NULL && length > 0)
        memcpy(copy, bytes, length);
    return copy;
}
