/* The school calendar as a CSV file: region,school_year,name,kind,from,to; lines that begin with # are comments.
 *
 * region: NORTH, MIDDLE, SOUTH or ALL; kind: vacation (a time without school) or holiday (single free days of a term);
 * from and to, both included: YYYY-MM-DD. school_year and name are for people.
 */
#ifndef CONSUMER_CALENDAR_FILE_H
#define CONSUMER_CALENDAR_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "rules/calendar.h"

/* Both: NULL, and every mistake said on ERRORS as "file:line: what". To be freed with calendar_free. */
struct calendar *calendar_file_read(const char *path, FILE *errors);

/* The one built into the program (etc/school-calendar.csv). */
struct calendar *calendar_shipped(FILE *errors);

/* Whether the calendar speaks of less than 60 days after TODAY for some region; TEXT then says so to an operator. Days
 * it does not cover count as days of a term (rules.md 1). */
#define CALENDAR_COVER_SIZE 160
bool calendar_cover_ends_soon(const struct calendar *calendar, struct day today, char text[static CALENDAR_COVER_SIZE]);

#endif
