/* Reads what a worked example (tests/figures/cases) expects of one period, as one row a day. */
#ifndef TESTS_FIGURES_COUNT_FILE_H
#define TESTS_FIGURES_COUNT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "counter.h"

#define COUNT_DAYS_MAX 400

struct count_file {
    struct day from, until; /* [from, until) */
    bool unaccompanied;
    struct counted_day days[COUNT_DAYS_MAX];
    int64_t sums[FIGURE_COUNT];
};

/* False, with a line on stderr: COUNT is not an object of `counts` as the README has it. Texts are those of COUNT. */
bool count_read(struct count_file *file, const json_t *count);

#endif
