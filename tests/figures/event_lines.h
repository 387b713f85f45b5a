/* Writes versions of facts as the lines of JSON that the program reads, apart from the program's own way of it. */
#ifndef TESTS_FIGURES_EVENT_LINES_H
#define TESTS_FIGURES_EVENT_LINES_H

#include <stdio.h>

#include "rules/fact.h"
#include "tests/oracle/almanac.h"

extern const char *const location_kind_symbols[LOCATION_KIND_COUNT];
extern const char *const region_symbols[REGION_COUNT];

/* YYYY-MM-DD; it lasts until the next. */
const char *day_text(const struct almanac *almanac, struct day day);

/* A version that was told of child number CHILD, as a line. */
void event_write(FILE *out, const struct almanac *almanac, int child, const struct fact *fact);

#endif
