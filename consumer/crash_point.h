/* Named points at which the tests let the program die, as if the power went: PLACEMENT_ALERTS_CRASH_AT=name[:n[:stop]]
 * aborts at the n-th passage (the first, unless given). Without that variable a passage is one comparison.
 */
#ifndef CONSUMER_CRASH_POINT_H
#define CONSUMER_CRASH_POINT_H

#include <stdbool.h>

/* X(SYMBOL, name) */
#define CRASH_POINTS(X)                                                                                                \
    X(BEFORE_BEGIN, "before-begin")                                                                                    \
    X(AFTER_BEGIN, "after-begin")                                                                                      \
    X(BEFORE_STATE, "before-state")                                                                                    \
    X(AFTER_STATE, "after-state")                                                                                      \
    X(BEFORE_ALERTS, "before-alerts")                                                                                  \
    X(AFTER_ALERTS, "after-alerts")                                                                                    \
    X(BEFORE_OFFSETS, "before-offsets")                                                                                \
    X(AFTER_OFFSETS, "after-offsets")                                                                                  \
    X(BEFORE_COMMIT, "before-commit")                                                                                  \
    X(AFTER_COMMIT, "after-commit")                                                                                    \
    X(IN_RESTORE, "in-restore")                                                                                        \
    X(IN_REVOKE, "in-revoke")

enum crash_point {
#define X(symbol, name) CRASH_##symbol,
    CRASH_POINTS(X)
#undef X
        CRASH_POINT_COUNT
};

/* Reads the variable; once, before threads start. False: it names no point. */
bool crash_points_init(void);

/* Whether this passage is the one to die at: what must reach the broker first is then the caller's to flush. */
bool crash_point_is_due(enum crash_point point);

/* Dies; or stops, and goes on when somebody continues it, as if the machine had slept. */
void crash_now(void);

/* Does so if this passage is the one. */
void crash_point_pass(enum crash_point point);

#endif
