/* Memory that is taken piece by piece and given back all at once. Pieces never move. */
#ifndef CONSUMER_ARENA_H
#define CONSUMER_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "rules/text.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; /* the one in use first */
    struct arena_chunk *spare;  /* kept by arena_reset */
    size_t taken;               /* bytes since the last reset */
};

void arena_init(struct arena *arena);
void arena_fini(struct arena *arena);

/* Gives everything back; chunks of the usual size are kept for the next time. */
void arena_reset(struct arena *arena);

/* SIZE bytes, not aligned for anything but bytes; NULL when memory is short. */
void *arena_take(struct arena *arena, size_t size);

/* The last piece taken was larger than needed: keep SIZE bytes of the TAKEN ones. */
void arena_shrink(struct arena *arena, size_t taken, size_t size);

/* A copy of LENGTH bytes; NULL when memory is short. LENGTH may be 0. */
void *arena_copy(struct arena *arena, const void *bytes, size_t length);

#endif
