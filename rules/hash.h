/* FNV-1a with 64 bits: says whether norms or calendar are others than before; not a defence. */
#ifndef RULES_HASH_H
#define RULES_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START 0xcbf29ce484222325u

static inline uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ at[i]) * 0x100000001b3u;
    return hash;
}

/* Byte by byte, so that it is the same on every machine. */
static inline uint64_t hash_number(uint64_t hash, int32_t number)
{
    for (int shift = 0; shift < 32; shift += 8)
        hash = hash_bytes(hash, &(uint8_t){(uint8_t)((uint32_t)number >> shift)}, 1);
    return hash;
}

#endif
