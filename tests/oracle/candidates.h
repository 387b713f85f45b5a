/* The days on which a story is worth looking at: those near its facts, its birthdays and its alerts. */
#ifndef TESTS_ORACLE_CANDIDATES_H
#define TESTS_ORACLE_CANDIDATES_H

#include "lab.h"

#define CANDIDATES_MAX 4096

struct candidates {
    struct day days[CANDIDATES_MAX];
    size_t count;
};

/* Days near facts, and near the days of alerts as they are on a random late day. */
void candidates_find(struct candidates *candidates, struct lab *lab, const struct story *story,
                     struct random_source *random);

struct day candidates_random(const struct candidates *candidates, struct random_source *random);

#endif
