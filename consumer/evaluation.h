/* The alerts that exist on a day for a heap of events: facts grouped by child, each child judged once, in parallel. It
 * is what `evaluate` prints and what the demo and the tests hold the published alerts against.
 */
#ifndef CONSUMER_EVALUATION_H
#define CONSUMER_EVALUATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rules/child.h"
#include "schemas/alert_record.h"
#include "schemas/event.h"

struct evaluation;
struct evaluation *evaluation_new(void); /* NULL: no memory */
void evaluation_free(struct evaluation *evaluation);

/* Adds one event, in any order; what is needed is copied. False: no memory. */
bool evaluation_add(struct evaluation *evaluation, const struct event *event);

/* Adds every line of a JSON-lines text, on THREADS threads; blank lines are passed over. ON_BAD_LINE is told of lines
 * that are not events, in their order, numbered on from *LINES, which grows by the text's lines. False: no memory. */
bool evaluation_add_lines(struct evaluation *evaluation, const char *text, size_t length, int threads, size_t *lines,
                          void (*on_bad_line)(void *context, size_t line, const struct finding *finding),
                          void *context);

/* Judges every child on TODAY; ON_ALERT is told of each alert, on this thread, sorted by child_id, rule name,
 * raised_on, cause; the alert's texts live until the next call. False: no memory. */
bool evaluation_run(struct evaluation *evaluation, const struct yardstick *yardstick, int threads,
                    void (*on_alert)(void *context, const struct alert_record *alert), void *context);

/* Of the last run. */
size_t evaluation_event_count(const struct evaluation *evaluation);
size_t evaluation_child_count(const struct evaluation *evaluation);

/* Facts that were left out of the last run, since their child has CHILD_FACTS_MAX others. */
uint64_t evaluation_left_out(const struct evaluation *evaluation);

#endif
