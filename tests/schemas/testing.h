/* What the tests of schemas share: cmocka, random numbers from a printed seed, records made by hand. */
#ifndef TESTS_SCHEMAS_TESTING_H
#define TESTS_SCHEMAS_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/text.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* xorshift64*; a failing test is run again with TEST_SEED=… in the environment. */
struct random {
    uint64_t state;
};
struct random random_begin(const char *what); /* prints the seed */
uint64_t random_next(struct random *random);
uint32_t random_below(struct random *random, uint32_t bound);
bool random_chance(struct random *random, uint32_t percent);

struct text text_of(const char *string);

/* "c3 01 …" as bytes; their number. */
size_t bytes_of(const char *hex, uint8_t *bytes, size_t size);

/* That this thread has worked, be the machine as busy as it is. */
double cpu_ms(void);

#endif
