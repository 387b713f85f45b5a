/* An alert: what an episode is on a day, and what of it was published (rules.md 5). */
#ifndef RULES_ALERT_H
#define RULES_ALERT_H

#include <stdbool.h>
#include <stdint.h>

#include "fact.h"
#include "history.h"
#include "rule.h"

enum alert_state { ALERT_OPEN, ALERT_RESOLVED, ALERT_WITHDRAWN, ALERT_STATE_COUNT };
extern const char *const alert_state_names[ALERT_STATE_COUNT];

struct alert {
    struct uuid cause;
    uint8_t rule; /* index into `rules` */
    enum level level;
    enum alert_state state;
    struct day raised_on;
    struct day violation_on; /* DAY_ABSENT */
    struct day due_on;       /* DAY_ABSENT */
    struct day resolved_on;  /* DAY_ABSENT */
    enum resolution resolution;
    int norm_months; /* 0: null */
    struct place place;
    enum answer unaccompanied;
    /* of a published alert only */
    uint32_t revision;        /* 1, 2, …; 0: not published */
    uint32_t sequence;        /* the child's sequence when this revision was made */
    struct uuid withdrawn_by; /* an event_id; nil */
    struct uuid replaced_by;  /* a cause of the same rule: the alert id follows from it; nil */
};

/* What EPISODE is on the history's today. False: it is no alert on that day. In any case *NEXT becomes the earlier of
 * itself and the next day after today on which the answer changes by itself. Revision fields are zero. */
bool alert_from_episode(struct alert *alert, uint8_t rule, const struct episode *episode, const struct history *history,
                        struct day *next);

/* Whether two alerts of one id say the same: every field of rules.md 5 up to unaccompanied. */
bool alert_same(const struct alert *a, const struct alert *b);

/* In force: open, at VIOLATION or SEVERE; such alerts stand in the violations topic. */
bool alert_in_force(const struct alert *alert);

/* (rule, raised_on, cause), the order in which alerts of a child are shown: rules by NAME, not by index. */
int alert_compare(const struct alert *a, const struct alert *b);

/* (rule, cause), the order in which alerts of a child are kept. */
int alert_compare_keys(const struct alert *a, const struct alert *b);

/* Whether DAY is one of the days of ALERT; one that was resolved on the day it was raised has that day. */
bool alert_covers(const struct alert *alert, struct day day);

struct uuid alert_id(const struct alert *alert, struct text child_id);

#endif
