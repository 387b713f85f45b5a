/* Reads a school calendar (etc/school-calendar.csv) for tests of the core, which links neither files nor the consumer's
 * reader of them. Trusting: for files of this repository only. */
#ifndef TESTS_SUPPORT_CALENDAR_CSV_H
#define TESTS_SUPPORT_CALENDAR_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/calendar.h"

/* *ROWS is the caller's to free. False, with nothing to free: the file is missing, or a line is not as it should be
 * (then named on stderr). */
bool calendar_rows_read(const char *path, struct calendar_row **rows, size_t *count);

#endif
