/* Random children: histories full of what goes wrong in real ones - facts of one day and one instant, corrections,
 * retractions, transfers, planned moves, birthdays under way - and norms and calendars to judge them by. */
#ifndef TESTS_ORACLE_HISTORY_GENERATOR_H
#define TESTS_ORACLE_HISTORY_GENERATOR_H

#include <stddef.h>
#include <stdint.h>

#include "random_source.h"
#include "rules/calendar.h"
#include "rules/fact.h"
#include "rules/norms.h"

#define STORY_VERSIONS_MAX 512
#define RANDOM_ROWS_MAX 60

struct story {
    uint64_t seed;
    struct fact versions[STORY_VERSIONS_MAX]; /* not normalized; their texts live for ever */
    size_t count;                             /* at least 1 */
    struct norms norms;
    uint64_t calendar; /* any number: modulo the calendars there are */
};

/* The story of SEED; the same each time. */
void story_tell(struct story *story, uint64_t seed);

/* Between 0 and RANDOM_ROWS_MAX rows: overlapping, out of order, long and short. Returns their number. */
size_t random_calendar(struct random_source *random, struct calendar_row rows[static RANDOM_ROWS_MAX]);

#endif
