/* Why the alerts of a child are what they are: which facts made each, what was counted, what would end it, and what
 * comes next if nothing happens.
 *
 * No rule is told a second time. What was counted is read from the episodes that the alerts are made of, by the same
 * history and calendar. Which facts made an alert is asked of the rules themselves, by judging the child once more
 * without each fact: that costs as many judgements as there are facts, and one child at a time is explained.
 */
#ifndef RULES_EXPLANATION_H
#define RULES_EXPLANATION_H

#include <stdbool.h>
#include <stdint.h>

#include "child.h"

/* How what is explained stands on the day. */
enum standing {
    STANDING_ALERT,     /* an alert */
    STANDING_COUNTING,  /* none yet: it is being counted, and becomes one if nothing happens */
    STANDING_WITHDRAWN, /* it was published and withdrawn, since facts were corrected */
    STANDING_ABSENT,    /* it was published, but on this day, which is not the one it was judged on, there is none */
    STANDING_COUNT
};
extern const char *const standing_names[STANDING_COUNT];

/* What there would be without a fact. */
enum without {
    WITHOUT_NOTHING,   /* no such alert */
    WITHOUT_ANOTHER,   /* no such alert, but another of the same rule that covers the day on which it was raised */
    WITHOUT_DIFFERENT, /* the alert, but with other fields */
    WITHOUT_COUNT
};
extern const char *const without_names[WITHOUT_COUNT];

struct reason {     /* a fact without which the alert would not be what it is */
    uint32_t alert; /* index into judgement.alerts */
    const struct fact *fact;
    bool is_cause;
    enum without without;
    struct alert otherwise; /* unless WITHOUT_NOTHING: the alert that there would be */
};

struct region_days { /* days [from, until) lived in a region */
    struct day from, until;
    enum region region;
};

struct ending { /* what would end it */
    enum resolution resolution;
    struct day on; /* the day on which it comes by itself; DAY_ABSENT: only if somebody sees to it */
};
#define ENDINGS_MAX 4

struct part { /* of one of the arrays of an explanation */
    uint32_t first, count;
};

struct explained {
    enum standing standing;
    struct alert alert; /* of ALERT today's; of WITHDRAWN and ABSENT as last published; of COUNTING only its rule,
                           cause, the days it will have and its norm */
    uint32_t revision;  /* the newest published one; 0: none */
    const struct alert *published; /* that one, one of the child's; NULL: none. Of COUNTING it may be, on another day or
                                      before it was withdrawn: there is one item an alert, whatever became of it */
    const struct fact *by;         /* where it was withdrawn: what withdrawn_by says now; NULL: no fact did it */
    uint32_t judged;               /* of ALERT: index into judgement.alerts */

    /* of ALERT and COUNTING */
    struct episode episode;
    const struct period *period;        /* of reception, the one it is about */
    struct part reasons;                /* of ALERT: the cause first, then by day */
    struct part school_days;            /* where the rule counts them: those missed up to today, one by one */
    struct part holidays;               /* that put the violation off, from over_on on */
    struct part moves;                  /* where the rule counts them: those made up to today */
    struct ending endings[ENDINGS_MAX]; /* while it goes on; what somebody must see to first */
    uint32_t ending_count;
    struct day plan_on; /* the first day on which facts dated ahead end it or change its levels to come; DAY_NEVER */
    bool plan_ends;
    struct day plan_level_from[LEVEL_COUNT]; /* its levels then, where it goes on */
};

struct foreseen { /* a change of an alert on next_change_on */
    bool was, is; /* an alert the day before, and from then on */
    struct alert before, after;
};

struct school_day {
    struct day day;
    enum region region;
};

struct explanation { /* working memory and result; valid until the next child, while child and yardstick live */
    const struct child *child;
    struct yardstick yardstick;
    struct judgement judgement; /* today: its history is that of the child's days */
    struct explained *items;    /* what is open first, the most severe first; then what was */
    struct reason *reasons;
    struct school_day *school_days;
    struct region_days *holidays;
    const struct stay **moves;
    struct foreseen *foreseen;
    uint32_t item_count, reason_count, school_day_count, holiday_count, move_count, foreseen_count;
    struct day next_change_on; /* the next day on which an alert changes if nothing happens; DAY_NEVER: none does */

    uint32_t item_room, reason_room, school_day_room, holiday_room, move_room, foreseen_room;
    struct judgement other; /* without a fact, or on another day */
    struct fact *fewer;     /* room for CHILD_FACTS_MAX */
};

bool explanation_init(struct explanation *explanation); /* false when memory is short */
void explanation_fini(struct explanation *explanation);

/* Explains CHILD on the yardstick's today. False: memory is short. */
bool child_explain(const struct child *child, const struct yardstick *yardstick, struct explanation *explanation);

/* Option number I of those that ITEM's rule goes by, its own first; NULL past the last. */
const struct norm_option *explained_norm_at(const struct explained *item, size_t i);

/* The norms as ITEM goes by them: of each dated norm only the one that is in force for its violation. */
void explained_norms(const struct explanation *explanation, const struct explained *item, struct norms *norms);

/* The first day after those that were counted up to today: the end, or tomorrow; or the first to be counted, where none
 * has been yet. */
struct day explained_counted_until(const struct explanation *explanation, const struct explained *item);

#endif
