/* A heap of events, grouped by child, and each child looked at once, in parallel; above all the alerts that exist on a
 * day: what `evaluate` prints of files, and what the demo and the tests hold the published alerts against.
 */
#ifndef CONSUMER_EVALUATION_H
#define CONSUMER_EVALUATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "consumer/visit.h"
#include "rules/child.h"
#include "schemas/alert_record.h"
#include "schemas/event.h"

struct evaluation;
struct evaluation *evaluation_new(void); /* NULL: no memory */
void evaluation_free(struct evaluation *evaluation);

/* From now on only events of that child are kept; its id must outlive the evaluation. */
void evaluation_keep_only(struct evaluation *evaluation, struct text child_id);

/* Adds one event, in any order; what is needed is copied. False: no memory. */
bool evaluation_add(struct evaluation *evaluation, const struct event *event);

/* Who hears of what is wrong with lines. */
struct line_listener {
    void (*on_bad_line)(void *context, size_t line, const struct finding *finding);
    void (*on_unknown_name)(void *context, size_t line, const char *name); /* now and then the same one again */
    void *context;
};

/* Adds every line of a JSON-lines text, on THREADS threads; blank lines are passed over. LISTENER is told of lines that
 * are not events, in their order, and of names that no event has, numbered on from *LINES, which grows by the text's
 * lines. False: no memory. */
bool evaluation_add_lines(struct evaluation *evaluation, const char *text, size_t length, int threads, size_t *lines,
                          const struct line_listener *listener);

struct evaluation_visitor {
    /* Told of each child, with its facts and without alerts, on thread number THREAD; CHILD is the visitor's until it
     * returns. */
    enum visit (*visit)(void *context, int thread, const struct child *child);

    /* Told now and then, on the calling thread while no child is visited: each thread's children since the last time
     * are in the order of child_ids, those of a thread before those of the next, and all before those to come. Or NULL.
     */
    enum visit (*on_round)(void *context);
    void *context;
};

/* Visits every child, on THREADS threads, as long as the visitor says VISIT_GO_ON; what it said last.
 * VISIT_NO_MEMORY: there was none, here or there. */
enum visit evaluation_visit(struct evaluation *evaluation, int threads, const struct evaluation_visitor *visitor);

/* The alerts of a judgement in the order in which a child's are shown: by rule name, raised_on, cause. */
void evaluation_order_alerts(struct judgement *judgement);

/* Judges every child on TODAY; ON_ALERT is told of each alert, on this thread, sorted by child_id, rule name,
 * raised_on, cause; the alert's texts live until the next call. False: no memory. */
bool evaluation_run(struct evaluation *evaluation, const struct yardstick *yardstick, int threads,
                    void (*on_alert)(void *context, const struct alert_record *alert), void *context);

/* Of the last run or visit. */
size_t evaluation_event_count(const struct evaluation *evaluation);
size_t evaluation_child_count(const struct evaluation *evaluation);

/* Facts that were left out of it, since their child has CHILD_FACTS_MAX others. */
uint64_t evaluation_left_out(const struct evaluation *evaluation);

#endif
