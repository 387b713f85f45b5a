/* Austin Appleby's MurmurHash2 with the seed and the reading of bytes of Kafka's Java client, so that a child's records
 * are in the same partition whoever produced them. */
#include "schemas/event.h"

#define SEED UINT32_C(0x9747b28c)
#define MULTIPLIER UINT32_C(0x5bd1e995)

static uint32_t mix(uint32_t word)
{
    word *= MULTIPLIER;
    word ^= word >> 24;
    return word * MULTIPLIER;
}

uint32_t key_murmur2(struct text key)
{
    const uint8_t *byte = (const uint8_t *)key.bytes;
    uint32_t left = key.length;
    uint32_t hash = SEED ^ key.length;
    for (; left >= 4; left -= 4, byte += 4) {
        uint32_t word = (uint32_t)byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 | (uint32_t)byte[3] << 24;
        hash = hash * MULTIPLIER ^ mix(word);
    }
    for (uint32_t i = left; i > 0; i--)
        hash ^= (uint32_t)byte[i - 1] << (8 * (i - 1));
    if (left > 0)
        hash *= MULTIPLIER;
    hash ^= hash >> 13;
    hash *= MULTIPLIER;
    return hash ^ hash >> 15;
}

int32_t key_partition(uint32_t murmur2, int32_t partition_count)
{
    return (int32_t)((murmur2 & 0x7fffffff) % (uint32_t)partition_count);
}
