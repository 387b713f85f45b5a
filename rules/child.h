/* A child: its facts and what was published about it; and the two things that happen to it: a fact comes, or it is
 * judged.
 *
 * Everything here is a pure function of its arguments. The alerts of a child are a function of its facts, the norms,
 * the calendar and today; order, repetition and grouping of facts change nothing but which intermediate revisions there
 * were.
 */
#ifndef RULES_CHILD_H
#define RULES_CHILD_H

#include <stdbool.h>
#include <stdint.h>

#include "alert.h"
#include "fact.h"

#define NEVER_FORGOTTEN INT64_MIN

struct child {
    struct text child_id;
    int64_t forgotten_at_ms;   /* facts recorded at or before it are not kept; or NEVER_FORGOTTEN */
    struct day next_change_on; /* the next day on which anything can change; DAY_FIRST: to be judged now; DAY_NEVER */
    uint32_t sequence;         /* of the newest applied version */
    uint32_t fact_count, alert_count;
    struct fact *facts;   /* newest versions by event_id, ascending; room for CHILD_FACTS_MAX */
    struct alert *alerts; /* published ones, by (rule, cause), ascending; room for CHILD_ALERTS_MAX */
};

/* A rule and a cause are one alert, so there can not be more. */
#define CHILD_ALERTS_MAX (RULE_COUNT * CHILD_FACTS_MAX)

/* What one version did to the child. */
enum applied {
    APPLIED,           /* it is new, or counts from now on, or moved the fact's first recording */
    APPLIED_NOTHING,   /* an older or the same version */
    APPLIED_FORGOTTEN, /* recorded at or before the child was forgotten: dropped */
    APPLIED_FULL       /* the child has CHILD_FACTS_MAX facts: not kept */
};

/* Empties a child to one without facts; FACTS and ALERTS keep their memory. */
void child_reset(struct child *child, struct text child_id);
bool child_init(struct child *child); /* memory for any child; false when short */
void child_fini(struct child *child);

/* A version of a fact, normalized (fact_normalize), is read. Its texts must live as long as the child's. Sets
 * next_change_on to DAY_FIRST where it was APPLIED. */
enum applied child_apply(struct child *child, const struct fact *version);

/* The child is forgotten at AT_MS: facts recorded at or before it go, and so does everything published. Facts recorded
 * later stay and begin anew (the order in which topics are read must not matter). Forgetting again moves AT_MS forward
 * only; at or before the last time it does nothing and returns false. The caller publishes tombstones for all alerts
 * first. */
bool child_forget(struct child *child, int64_t at_ms);

/* Nothing is left that needs a record: no facts, no alerts, and forgotten longer than RETENTION_DAYS before TODAY (or
 * never). */
bool child_is_over(const struct child *child, int retention_days, struct day today);

struct change {        /* a new revision */
    uint32_t alert;    /* index into child->alerts */
    bool was_in_force; /* the revision before */
};

struct judgement { /* working memory and result; one a thread */
    struct history history;
    struct episodes episodes;
    struct alert *alerts; /* of today, by (rule, cause) */
    uint32_t alert_count;
    struct change *changes;
    uint32_t change_count;
    struct alert *merged; /* working memory */
};
bool judgement_init(struct judgement *judgement); /* false when memory is short */
void judgement_fini(struct judgement *judgement);

struct yardstick { /* what children are measured with */
    const struct norms *norms;
    const struct calendar *calendar;
    struct day today;
    int forget_retention_days; /* how long forgotten_at is kept */
};

/* The alerts of CHILD today in judgement->alerts, by (rule, cause), without looking at or changing what was published;
 * and the next day on which anything can change. What `evaluate` shows. */
struct day child_assess(const struct child *child, const struct yardstick *yardstick, struct judgement *judgement);

/* Assesses and compares with what was published: child->alerts become the newest revisions, judgement->changes names
 * those that changed, child->next_change_on the next day to judge again (the end of forgotten_at's retention included).
 */
void child_judge(struct child *child, const struct yardstick *yardstick, struct judgement *judgement);

#endif
