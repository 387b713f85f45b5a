/* What comes if nothing happens: the alerts of a child that will reach a norm's violation, and on which day.
 *
 * No rule is told twice: the child is assessed on each day on which child_assess says that anything changes.
 */
#ifndef RULES_FORECAST_H
#define RULES_FORECAST_H

#include <stdbool.h>
#include <stdint.h>

#include "child.h"

struct forecast { /* working memory; one a thread */
    struct judgement judgement;
    struct alert *before; /* those of the day before */
    uint32_t before_count;
};
bool forecast_init(struct forecast *forecast); /* false when memory is short */
void forecast_fini(struct forecast *forecast);

/* Tells ON_ALERT of each alert of CHILD that on a day after YARDSTICK's today, up to LAST, has VIOLATION or SEVERE and
 * had no level as high on the day before: in the order of the days. ALERT is that of the DAY: its place is where the
 * child is then, as facts dated ahead and time alone have it. Both live until ON_ALERT returns. Ends at once where it
 * returns false, which is returned too. */
bool child_forecast(const struct child *child, const struct yardstick *yardstick, struct day last,
                    struct forecast *forecast,
                    bool (*on_alert)(void *context, const struct alert *alert, struct day day), void *context);

#endif
