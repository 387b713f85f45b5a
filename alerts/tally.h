/* The figures of many children added up: by where they lived, by day (docs/figures.md).
 *
 * Children are added one by one, each once and in any order, on as many tallies as there are threads; tallies are added
 * together at the end, and the result is finished. What is kept grows with places and days, not with children: a span
 * of days costs two additions however long it is.
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

/* Adds what child_count found of one child on the days of the tally; of spans that reach beyond them, the days within.
 * NUMBER is the child's: another for each child of all tallies that will be added together. False: no memory, TALLY is
 * to be thrown away. */
bool tally_add(struct tally *tally, const struct figures *figures, uint64_t number);

/* Adds all of OTHER, a tally of the same days and calendar. False: no memory, TALLY is to be thrown away. */
bool tally_add_tally(struct tally *tally, const struct tally *other);

/* Nothing more will be added: from here on tables can be asked for. Once. */
void tally_finish(struct tally *tally);

/* Places (location, kind and region) met so far, each kept for every day: what memory grows with. */
size_t tally_place_count(const struct tally *tally);

/* --- tables ------------------------------------------------------------------------------------------------------- */

enum grouping { GROUPING_ALL, GROUPING_REGION, GROUPING_LOCATION, GROUPING_KIND, GROUPING_COUNT };
enum population { POPULATION_ALL, POPULATION_UNACCOMPANIED, POPULATION_COUNT };
extern const char *const grouping_names[GROUPING_COUNT]; /* "all", "region", "location", "kind" */

#define GROUP_OTHER "other" /* what small groups are merged into */
#define GROUP_ALL "all"
#define GROUP_SIZE_MIN 5 /* children of a group whose figures are published */

/* The name of the group that a place belongs to: GROUP_ALL, the region, the bare location_id or the kind. */
void group_name(const struct place *place, enum grouping grouping, char name[static ID_LENGTH_MAX + 1]);

struct figure_row {
    char group[ID_LENGTH_MAX + 1];
    bool is_other;
    uint64_t size;                /* distinct children counted in the group on the day, or in the period; of `other` in
                                     a period at least so many */
    int64_t values[FIGURE_COUNT]; /* of a stock the last day's, of a flow the sum */
    int64_t sums[FIGURE_COUNT];   /* over all days; of a stock, the mean is this by the number of days */
};

/* One grouping of one population on one day or over one period. */
struct figure_table {
    enum grouping grouping;
    enum population population;
    struct day from, to;     /* both included; the same: of one day */
    bool is_withheld;        /* there are children, but so few that nothing may be said: no rows */
    struct figure_row *rows; /* by name as bytes, `other` last; rows of zeros only are left out (asked with `compared`:
                                unless they are none in the other) */
    size_t count;
    struct figure_row total; /* of all rows; all zero where the table is withheld */
};

struct figure_question {
    enum grouping grouping;
    enum population population;
    struct day from, to; /* the first and last day of the tally, or one day of it twice */
    bool exact;          /* small groups are told apart too: not for publication */
    bool beside;         /* the other population is printed beside it: a group also joins `other` where its
                            unaccompanied, or its remaining, children are 1-4. Where those of the whole are, the
                            unaccompanied are withheld and all children stand alone */
    bool nested;         /* of GROUPING_KIND, printed beside regions and the locations in each (below): a kind with a
                            location that was merged there, or with 1-4 children of one that has another kind too, joins
                            `other` */
    int region;          /* of GROUPING_LOCATION, only those of this region (enum region), as a report that nests prints
                            them below each region that is a row of its own: never below `other`; or -1: all */
    const struct tally *compared; /* a second tally that is printed side by side: a group that is small in either is
                                     small; asked of the other, too, it gives the same groups. Or NULL */
};

/* Answers the question from TALLY, which is finished as is `compared`; groups of 1-4 children are merged as
 * docs/figures.md has it. False: no memory, nothing to free. */
bool tally_table(const struct tally *tally, const struct figure_question *question, struct figure_table *table);
void figure_table_fini(struct figure_table *table);

/* SUM by DAYS (> 0) in thousandths, rounded half away from zero: the mean of a stock from its sum. */
int64_t figure_mean(int64_t sum, int days);

/* SUM by COUNT (> 0) in tenths, likewise: a mean for people. */
int64_t figure_tenths(int64_t sum, int64_t count);

#endif
