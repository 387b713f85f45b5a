#include "testing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct random random_begin(const char *what)
{
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given == NULL ? (uint64_t)time(NULL) * 2654435761U + 1 : strtoull(given, NULL, 10);
    printf("%s: TEST_SEED=%" PRIu64 "\n", what, seed);
    return (struct random){seed | 1};
}

uint64_t random_next(struct random *random)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return random->state * UINT64_C(2685821657736338717);
}

uint32_t random_below(struct random *random, uint32_t bound)
{
    return (uint32_t)((random_next(random) >> 33) % bound);
}

bool random_chance(struct random *random, uint32_t percent)
{
    return random_below(random, 100) < percent;
}

struct text text_of(const char *string)
{
    return (struct text){string, (uint32_t)strlen(string)};
}

size_t bytes_of(const char *hex, uint8_t *bytes, size_t size)
{
    size_t count = 0;
    unsigned byte;
    int used;
    while (sscanf(hex, " %2x%n", &byte, &used) == 1) {
        assert_true(count < size);
        bytes[count++] = (uint8_t)byte;
        hex += used;
    }
    return count;
}

double cpu_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}
