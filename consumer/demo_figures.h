/* The figures of the demo's children by the events sent so far (docs/figures.md): of the whole country, each day anew.
 *
 * A day brings news of few children. Only these are counted again, with what they counted before taken off.
 */
#ifndef CONSUMER_DEMO_FIGURES_H
#define CONSUMER_DEMO_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "consumer/demo_population.h"
#include "rules/child.h"
#include "rules/rule.h"

struct demo_day {             /* what is shown of a day */
    int64_t school_days_lost; /* from DEMO_START up to the day */
    int64_t in_emergency, emergency_days;
    int64_t over_norm[RULE_COUNT]; /* children with an alert in force; of repeated-moves, with an open one */
};

struct demo_figures;

/* Nothing is counted yet. POPULATION, NORMS and CALENDAR must outlive it. NULL: no memory. */
struct demo_figures *demo_figures_new(const struct demo_population *population, const struct norms *norms,
                                      const struct calendar *calendar);
void demo_figures_free(struct demo_figures *figures);

/* It is TODAY, never before the day of the last call, and the first SENT of the events are known, never fewer. False:
 * no memory. */
bool demo_figures_advance(struct demo_figures *figures, struct day today, size_t sent);

/* The figures of that day. */
struct demo_day demo_figures_today(const struct demo_figures *figures);

#endif
