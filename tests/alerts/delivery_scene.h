/* A subscription whose alerts, receiver and notes are a test's: what is noted is kept, and another process can go on
 * from it.
 */
#ifndef TESTS_ALERTS_DELIVERY_SCENE_H
#define TESTS_ALERTS_DELIVERY_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "alerts/delivery.h"

#define FIVE_SECONDS DELIVERY_RETRY_FIRST_MS
#define EIGHT_HOURS DELIVERY_RETRY_LAST_MS
#define KEPT_MAX (DELIVERY_WAITING_MAX + 8)

/* What on_chance answers. */
extern uint32_t chance;
uint32_t on_chance(void *context);

/* What was noted in a test: the newest of each key, and how often anything of alerts. */
extern struct delivery_record kept[KEPT_MAX];
extern int kept_count, alert_notes;
bool on_note(void *context, const struct delivery_record *note);

/* A process that goes on from what is noted; END of the topic. */
struct delivery *go_on(int64_t give_up_ms, int64_t end, int64_t now_ms);

/* One that is told of an empty topic, so of whatever comes. */
struct delivery *follow(int64_t give_up_ms);

void take(struct delivery *delivery, int child, int64_t offset, int64_t now_ms);

/* The next step, past what is to be noted. */
struct delivery_plan plan(struct delivery *delivery, int64_t now_ms);

/* What comes of the attempt that is to be made now; true: it is given up. */
bool answer(struct delivery *delivery, enum delivery_outcome outcome, int64_t retry_after_ms, int64_t now_ms);

#endif
