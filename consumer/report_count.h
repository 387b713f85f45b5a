/* Counts the children for a report or a work list, on as many threads as there are processors. */
#ifndef CONSUMER_REPORT_COUNT_H
#define CONSUMER_REPORT_COUNT_H

#include "alerts/report.h"
#include "alerts/work_list.h"
#include "consumer/command.h"

struct report_counts {
    struct tally *tally, *compared; /* finished; or NULL */
    struct work_list list;
};
void report_counts_fini(struct report_counts *counts);

/* Counts the children of REPORT's period under its norms, and under those it compares with; fills in its today and
 * tallies, which COUNTS owns. An exit code as of population_visit; COUNTS is to be released whatever it is. */
int report_count(const struct arguments *arguments, struct day as_of, struct report *report,
                 struct report_counts *counts);

/* Finds what comes in the DAYS days after today, and who will be where in them; fills in REPORT's today, from, to and
 * tally. Likewise. */
int report_look_ahead(const struct arguments *arguments, struct day as_of, int days, struct report *report,
                      struct report_counts *counts);

#endif
