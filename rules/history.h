/* A child's days: where it lived, and when it went to school, from its facts as of a day (rules.md 3).
 *
 * Days are kept as intervals [from, until), so the cost grows with the facts, not with the days. The last interval of a
 * child in reception has until = DAY_NEVER: as if nothing more happened.
 */
#ifndef RULES_HISTORY_H
#define RULES_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar.h"
#include "fact.h"
#include "norms.h"

#define CHILD_FACTS_MAX 4096 /* of one child; more is a dead letter */

struct stay { /* a run of days at one place (location, kind, region) within one period */
    struct day from, until;
    struct place place;
    const struct fact *cause; /* what brought the child here (rules.md 3); not NULL */
    uint32_t period;          /* index of its reception period */
    bool is_move;             /* the location differs from the day before, within the period */
};

struct period { /* of reception */
    struct day from, until;
    const struct fact *opener;
    struct day applied_on; /* of the ARRIVED facts of its first day; or DAY_ABSENT */
    uint32_t stay_first, stay_count;
};

struct schooling { /* a maximal run of days at whose end the child is enrolled, in or out of reception */
    struct day from, until;
    struct text school_id; /* the last school of those days */
    const struct fact
        *withdrawn_by; /* the last WITHDRAWN on `until` that ended an enrollment; NULL: a move or opening did */
    struct day enrolled_fact_after; /* the first day after `until` with an ENROLLED fact; DAY_NEVER */
};

struct history {
    struct day today;
    struct day birth_date;      /* the profile's; DAY_ABSENT */
    enum answer unaccompanied;  /* the profile's */
    struct day adult_from;      /* DAY_NEVER where the birth date is unknown */
    struct day aged_out_from;   /* likewise */
    struct day school_age_from; /* DAY_FIRST where unknown */
    struct day next_fact_on;    /* the nearest day after today that a fact is dated; DAY_NEVER */
    uint32_t period_count, stay_count, schooling_count;
    struct period *periods;
    struct stay *stays; /* ascending; those of one period follow each other without a gap */
    struct schooling *schoolings;
    const struct fact **ordered; /* working memory of history_build */
};

/* Memory for any child; NULL-free or false. */
bool history_init(struct history *history);
void history_fini(struct history *history);

/* The days of a child as of TODAY, from COUNT <= CHILD_FACTS_MAX facts: the newest versions, retracted ones included
 * (they are passed over), in any order. Pointers into FACTS are kept until the next call. Facts dated after TODAY count
 * for the profile and for next_fact_on alone. */
void history_build(struct history *history, const struct fact *facts, uint32_t count, const struct norms *norms,
                   struct day today);

/* The stay in whose days DAY lies, or NULL. */
const struct stay *history_stay_on(const struct history *history, struct day day);

/* Whether the child is enrolled at the end of DAY. */
bool history_enrolled_on(const struct history *history, struct day day);

/* The first day at or after DAY at whose end the child is enrolled; DAY_NEVER. */
struct day history_enrolled_from(const struct history *history, struct day day);

/* The last schooling that ended before DAY, or NULL. */
const struct schooling *history_schooling_ended_before(const struct history *history, struct day day);

/* The N-th school day (N >= 1) at or after FROM, each in the region lived in on it; days out of the period of STAY's
 * are not counted: DAY_NEVER where the period ends first. FROM must lie at or after STAY->from. */
struct day history_school_day_missed(const struct history *history, const struct calendar *calendar,
                                     const struct stay *stay, struct day from, int n);

/* School days in [FROM, UNTIL), each in the region lived in on it. FROM must lie in STAY, UNTIL must not be DAY_NEVER.
 */
int history_school_days(const struct history *history, const struct calendar *calendar, const struct stay *stay,
                        struct day from, struct day until);

#endif
