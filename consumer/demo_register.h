/* What the registers of the demo write about a child: late, mistaken and corrected, twice, as registers do. */
#ifndef CONSUMER_DEMO_REGISTER_H
#define CONSUMER_DEMO_REGISTER_H

#include "consumer/demo_life.h"
#include "schemas/event.h"

struct demo_register {
    struct demo_random random;
    struct text child_id;
    void (*on_event)(void *context, const struct event *event); /* takes what is written, in no order */
    void *context;
};

/* Everything about child number CHILD of HOUSEHOLD. Texts of the events point to the child_id, the sites, and
 * constants. */
void register_child(struct demo_register *reg, const struct household *household, int child);

/* --- for demo_schooling.c ----------------------------------------------------------------------------------------- */

/* A new event, with an id of its own and nothing in it. */
struct event register_new_event(struct demo_register *reg, enum fact_kind kind, struct day occurred_on);

/* Writes EVENT so many days after (before) it occurred; now and then with a wrong date first, or twice. What happened
 * up to DEMO_START in placements and moves is known by then, so that the letter's count is what the registers say on
 * that day. */
void register_write(struct demo_register *reg, struct event *event, int recorded_after);

/* The child's schools: found late or never, kept, lost and left. */
void register_schooling(struct demo_register *reg, const struct household *household, int child);

#endif
