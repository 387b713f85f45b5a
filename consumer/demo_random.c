#include "consumer/demo_random.h"

#include <assert.h>

#define GOLDEN_RATIO UINT64_C(0x9e3779b97f4a7c15)

/* The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

struct demo_random demo_random_of(uint64_t seed, uint64_t stream)
{
    return (struct demo_random){mix(seed + GOLDEN_RATIO) ^ mix((stream + 1) * GOLDEN_RATIO)};
}

uint64_t demo_random_next(struct demo_random *random)
{
    random->state += GOLDEN_RATIO;
    return mix(random->state);
}

int demo_random_below(struct demo_random *random, int n)
{
    assert(n >= 1);
    return (int)((demo_random_next(random) >> 32) * (uint64_t)n >> 32);
}

int demo_random_between(struct demo_random *random, int first, int last)
{
    return first + demo_random_below(random, last - first + 1);
}

bool demo_random_percent(struct demo_random *random, int percent)
{
    return demo_random_below(random, 100) < percent;
}

int demo_random_spread(struct demo_random *random, const struct spread *spread)
{
    int thousandths = demo_random_below(random, 10000);
    int from = spread->deciles[thousandths / 1000];
    int to = spread->deciles[thousandths / 1000 + 1];
    return from + (to - from) * (thousandths % 1000) / 1000;
}
