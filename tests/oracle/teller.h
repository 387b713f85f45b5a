/* Telling facts one by one, each with everything that may be odd about it. Part of the history generator. */
#ifndef TESTS_ORACLE_TELLER_H
#define TESTS_ORACLE_TELLER_H

#include "history_generator.h"
#include "random_source.h"

#define LENGTH(array) ((int)(sizeof(array) / sizeof *(array)))

/* Who tells a story: what it is about to say, and what it believes to be so. */
struct teller {
    struct random_source random;
    struct story *story;
    struct day day;        /* of the next fact */
    struct place home;     /* or absent */
    struct text school;    /* or absent */
    struct day birth_date; /* or DAY_ABSENT */
    int pace;              /* days between facts are multiplied by this */
};

struct day day_clamped(int number); /* into DAY_FIRST...DAY_LAST */

/* DAY 0 is the last day of the month before. */
struct day day_of_date(int year, int month, int day);

static inline int number_of(struct random_source *random, const int *numbers, int count)
{
    return numbers[random_between(random, 0, count - 1)];
}

/* One of the numbers that follow. */
#define ONE_OF(random, ...)                                                                                            \
    number_of(random, (const int[]){__VA_ARGS__}, (int)(sizeof(int[]){__VA_ARGS__} / sizeof(int)))

struct place place_random(struct random_source *random);
struct place place_elsewhere(struct random_source *random, const struct place *than);
struct text school_random(struct random_source *random);

/* A new fact of the teller's day, which may be changed until the next. */
struct fact *fact_tell(struct teller *teller, enum fact_kind kind);

/* The fact once more: the same, or corrected, or taken back, and recorded when it may. */
void fact_tell_again(struct teller *teller, const struct fact *fact);

#endif
