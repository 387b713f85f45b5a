/* The figures of many children added up: by where they lived, by day (docs/figures.md).
 *
 * Children are added one by one, each once and in any order, on as many tallies as there are threads; tallies are added
 * together at the end. What is kept grows with places and days, not with children: a span of days costs two additions
 * however long it is.
 */
#ifndef ALERTS_TALLY_H
#define ALERTS_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/calendar.h"
#include "rules/figures.h"

struct tally;

/* A tally of the days [FROM, UNTIL), FROM before UNTIL. CALENDAR must outlive it. NULL: no memory. */
struct tally *tally_new(struct day from, struct day until, const struct calendar *calendar);
void tally_free(struct tally *tally);

/* Adds what child_count found of one child on the days of the tally. NUMBER is the child's: another for each child of
 * all tallies that will be added together. False: no memory. */
bool tally_add(struct tally *tally, const struct figures *figures, uint64_t number);

/* Adds all of OTHER, a tally of the same days and calendar. False: no memory, TALLY is to be thrown away. */
bool tally_add_tally(struct tally *tally, const struct tally *other);

/* --- tables ------------------------------------------------------------------------------------------------------- */

enum grouping { GROUPING_ALL, GROUPING_REGION, GROUPING_LOCATION, GROUPING_KIND, GROUPING_COUNT };
enum population { POPULATION_ALL, POPULATION_UNACCOMPANIED, POPULATION_COUNT };
extern const char *const grouping_names[GROUPING_COUNT]; /* "all", "region", "location", "kind" */

#define GROUP_OTHER "other" /* what small groups are merged into */
#define GROUP_ALL "all"

struct figure_row {
    char group[ID_LENGTH_MAX + 1];
    bool is_other;
    uint64_t size;                /* distinct children counted in the group on the day, or in the period */
    int64_t values[FIGURE_COUNT]; /* of a stock the last day's, of a flow the sum */
    int64_t sums[FIGURE_COUNT];   /* over all days; of a stock, the mean is this by the number of days */
};

/* One grouping of one population on one day or over one period. */
struct figure_table {
    enum grouping grouping;
    enum population population;
    struct day from, to;     /* both included; the same: of one day */
    bool is_withheld;        /* there are children, but so few that nothing may be said */
    struct figure_row *rows; /* by name as bytes, `other` last; rows of zeros only are left out */
    size_t count;
    struct figure_row total; /* of all rows; all zero where the table is withheld */
};

struct figure_question {
    enum grouping grouping;
    enum population population;
    struct day from, to; /* within the days of the tally, both included */
    bool exact;          /* small groups are told apart too: not for publication */
    bool beside; /* the other population is printed beside it: a group also joins `other` where its unaccompanied, or
                    its remaining, children are 1-4 */
    int region;  /* only locations of this region (enum region), as a report that nests prints them; or -1: all */
    const struct tally
        *compared; /* a second tally that is printed side by side: a group that is small in either is small */
};

/* Answers the question from TALLY; groups of 1-4 children are merged as docs/figures.md has it. False: no memory. Sizes
 * over a period are exact only for the whole days of the tally or a single day of it: FROM and TO must be the one or
 * the other. */
bool tally_table(const struct tally *tally, const struct figure_question *question, struct figure_table *table);
void figure_table_fini(struct figure_table *table);

#endif
