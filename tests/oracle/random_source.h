/* Random numbers that are the same on every machine for one seed (splitmix64's steps). */
#ifndef TESTS_ORACLE_RANDOM_SOURCE_H
#define TESTS_ORACLE_RANDOM_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

struct random_source {
    uint64_t state;
};

static inline uint64_t random_bits(struct random_source *random)
{
    uint64_t bits = random->state += 0x9e3779b97f4a7c15U;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31);
}

/* Both included. */
static inline int random_between(struct random_source *random, int least, int most)
{
    return least + (int)(random_bits(random) % ((uint64_t)(most - least) + 1));
}

static inline bool random_chance(struct random_source *random, int percent)
{
    return random_between(random, 1, 100) <= percent;
}

#endif
