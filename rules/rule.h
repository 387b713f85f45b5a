/* The rules: each a name, its options and a function from a child's days to episodes. One file and one line of RULES
 * each. Two know them by name: alerts/explanation_account.c, where each has its sentences - one without them does not
 * compile - and figures.c, whose school days lost by moves are those of school-move.
 */
#ifndef RULES_RULE_H
#define RULES_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar.h"
#include "fact.h"
#include "figure.h"
#include "history.h"
#include "norms.h"

enum level { LEVEL_NOTICE, LEVEL_VIOLATION, LEVEL_SEVERE, LEVEL_COUNT };

/* In the order that decides between ends on one day, as far as one rule can see both (rules.md 4). CORRECTED is that of
 * a withdrawn alert. */
#define RESOLUTIONS(X)                                                                                                 \
    X(NONE)                                                                                                            \
    X(DEPARTED)                                                                                                        \
    X(TURNED_18)                                                                                                       \
    X(AGED_OUT)                                                                                                        \
    X(REGULAR_RECEPTION)                                                                                               \
    X(MOVED)                                                                                                           \
    X(SCHOOL_STARTED)                                                                                                  \
    X(SCHOOL_RESUMED)                                                                                                  \
    X(SETTLED)                                                                                                         \
    X(CORRECTED)
enum resolution {
#define X(name) RESOLUTION_##name,
    RESOLUTIONS(X)
#undef X
        RESOLUTION_COUNT
};

extern const char *const level_names[LEVEL_COUNT];
extern const char *const resolution_names[RESOLUTION_COUNT];

/* What a rule answers: the levels hold from known days until the end, as if nothing more happened. */
struct episode {
    const struct fact *cause;
    struct day level_from[LEVEL_COUNT]; /* DAY_NEVER: not reached */
    struct day end;                     /* the first day it no longer holds; DAY_NEVER */
    struct day due_on;                  /* the norm's last day, or DAY_ABSENT */
    enum resolution resolution;         /* of the end */
    int norm_months;                    /* the norm of the violation, or 0 */
    struct day counted_from;            /* S of a term, or the first of the days or moves counted */
    struct day over_on;                 /* of a term, the first day past it, holidays aside; or DAY_ABSENT */
    bool always_reported;               /* also when it ends on the day it begins (a school-move in term) */
};

struct episodes { /* memory of the caller; never more than the facts of a child allow */
    struct episode *items;
    uint32_t count, capacity;
};

/* Adds an episode and returns it, all days DAY_NEVER or DAY_ABSENT. */
struct episode *episodes_add(struct episodes *episodes, const struct fact *cause);

/* Lets the episode end on DAY (DAY_NEVER: it does not) unless it ends before that; of two ends on one day the
 * resolution that comes first in RESOLUTIONS stays. */
void episode_end_on(struct episode *episode, struct day day, enum resolution resolution);

/* What a rule counts from `counted_from` on, apart from the days and months of its term. */
enum counted { COUNTED_DAYS, COUNTED_SCHOOL_DAYS, COUNTED_MOVES };

struct rule {
    const char *name; /* as in alerts: "emergency-stay" */
    const char *summary;
    const struct norm_option *options;
    size_t option_count;
    const char *const *shared_options; /* names of options of others that it goes by, too; NULL ends them */
    enum counted counted;
    enum figure figure;          /* that counts the children with an alert … */
    enum level figure_level;     /* … of this level or a higher one */
    const enum resolution *ends; /* all that can end it, in the order of RESOLUTIONS; RESOLUTION_NONE ends them */
    /* Adds the rule's episodes in the order of the days on which they begin; those that come to hold do not overlap. */
    void (*assess)(const struct history *history, const struct norms *norms, const struct calendar *calendar,
                   struct episodes *episodes);
};

/* In the order of rules.md 4. X(SYMBOL, name): the number RULE_SYMBOL and the rule rule_name. */
#define RULES(X)                                                                                                       \
    X(EMERGENCY_STAY, emergency_stay)                                                                                  \
    X(NO_SCHOOL, no_school)                                                                                            \
    X(SCHOOL_MOVE, school_move)                                                                                        \
    X(SCHOOL_GAP, school_gap)                                                                                          \
    X(REPEATED_MOVES, repeated_moves)
enum rule_number {
#define X(symbol, name) RULE_##symbol,
    RULES(X)
#undef X
        RULE_COUNT
};

#define X(symbol, name) extern const struct rule rule_##name;
RULES(X)
#undef X
extern const struct rule *const rules[RULE_COUNT];

#endif
