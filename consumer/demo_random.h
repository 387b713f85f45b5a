/* Chance for the demo: the same seed gives the same draws on every machine, so whole numbers only. */
#ifndef CONSUMER_DEMO_RANDOM_H
#define CONSUMER_DEMO_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct demo_random {
    uint64_t state;
};

/* The STREAM-th of the independent sequences of a seed. */
struct demo_random demo_random_of(uint64_t seed, uint64_t stream);

uint64_t demo_random_next(struct demo_random *random);

/* 0 … N - 1; N >= 1. */
int demo_random_below(struct demo_random *random, int n);

/* FIRST … LAST. */
int demo_random_between(struct demo_random *random, int first, int last);

bool demo_random_percent(struct demo_random *random, int percent);

/* How a number is spread: its minimum, its nine deciles and its maximum, ascending. */
struct spread {
    int deciles[11];
};
int demo_random_spread(struct demo_random *random, const struct spread *spread);

#endif
