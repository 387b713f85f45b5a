/* A second count of the figures: one child, one day after the other, by looking at that day.
 *
 * It stands on the second reading of the rules (tests/oracle) and shares names with rules/figures.h, and no code with
 * rules/: where the core adds spans of days, this asks of each single day what docs/figures.md asks of it.
 */
#ifndef TESTS_FIGURES_COUNTER_H
#define TESTS_FIGURES_COUNTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/figures.h"
#include "tests/oracle/oracle.h"

struct counted_child { /* all the counter is told */
    const struct fact *versions;
    size_t version_count;
    const struct norms *norms;
    const struct almanac *almanac;
    struct day today;
};

struct counted_day {
    bool counts;                  /* in reception at the end of the day, not an adult */
    struct place place;           /* where; the text is that of a version */
    int64_t values[FIGURE_COUNT]; /* what the child adds on this day; lost_* are 0 but on school days */
    enum answer unaccompanied;
};

/* Counts the child on the days [FROM, UNTIL): days[0] is FROM. Days beyond today are looked at as of themselves. */
void counter_count(struct oracle *oracle, const struct counted_child *child, struct day from, struct day until,
                   struct counted_day *days);

#endif
