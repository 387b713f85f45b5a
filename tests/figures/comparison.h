/* What child_count says of one child, spread over single days and held against the slow counter's. */
#ifndef TESTS_FIGURES_COMPARISON_H
#define TESTS_FIGURES_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>

#include "counter.h"

#define COMPARISON_WHY_SIZE 300

/* Whether FIGURES, counted on the days [FROM, UNTIL), are well formed - no span empty, outside the period, or over
 * another of its figure - and say of each day, place and figure what EXPECTED says. WHY names the first difference. */
bool figures_are(const struct figures *figures, const struct almanac *almanac, struct day from, struct day until,
                 const struct counted_day *expected, char why[static COMPARISON_WHY_SIZE]);

#endif
