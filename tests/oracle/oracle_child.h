/* What the parts of the oracle know of a child: its facts, its profile, and one row for every day. */
#ifndef TESTS_ORACLE_ORACLE_CHILD_H
#define TESTS_ORACLE_ORACLE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "almanac.h"
#include "rules/alert.h"
#include "rules/fact.h"
#include "rules/norms.h"

struct child_day {
    const struct place *home;      /* where the child is at the end of the day; NULL: not in reception */
    const struct place *last_home; /* the same, or where it was last before */
    const struct fact *brought_by; /* the cause of the stay */
    const struct fact *opener;     /* of the reception period that opened on this day */
    const struct fact *withdrawn;  /* the day's last WITHDRAWN that ended an enrollment */
    const struct text *school;     /* enrolled there at the end of the day; NULL: not enrolled */
    int period;                    /* number of the reception period; 0: none */
    int moves_in_period;           /* so far, this day included */
    bool moved;
    bool enrolled_fact;                 /* an ENROLLED is dated on this day */
    bool enrolled_fact_after_withdrawn; /* one of them comes after `withdrawn` */
};

/* What a rule finds: days are numbers, as in struct day. */
struct finding {
    uint8_t rule;
    const struct fact *cause;
    struct day from[LEVEL_COUNT]; /* or DAY_NEVER */
    struct day end;               /* the first day it no longer holds, up to today; or DAY_NEVER */
    enum resolution resolution;
    struct day due_on; /* or DAY_ABSENT */
    int norm_months;
    bool reported_anyway; /* a school-move in term */
};

struct oracle {
    const struct norms *norms;
    const struct almanac *almanac;
    struct day today;

    struct fact *versions; /* of the caller, normalized and sorted */
    size_t version_capacity;
    struct fact *facts; /* those that count, in the order of the days */
    size_t fact_count, fact_capacity;

    struct day birth_date; /* or DAY_ABSENT */
    enum answer unaccompanied;
    struct day adult_from, nineteen_from, school_age_from;

    struct day first; /* the day before the first fact: an empty row */
    struct child_day *days;

    struct finding *findings;
    size_t finding_count, finding_capacity;
    struct alert *alerts;
};

static inline struct child_day *day_row(const struct oracle *oracle, struct day day)
{
    return &oracle->days[day.number - oracle->first.number];
}

static inline struct day next_day(struct day day)
{
    return (struct day){day.number + 1};
}
static inline struct day day_before_it(struct day day)
{
    return (struct day){day.number - 1};
}
static inline struct day days_later(struct day day, int days)
{
    return (struct day){day.number + days};
}
static inline bool is_adult(const struct oracle *oracle, struct day day)
{
    return day.number >= oracle->adult_from.number;
}

/* Does all of what follows: from versions, as oracle_alerts takes them, to rows up to TODAY and findings. False:
 * nothing has happened by then, there are no rows; the profile is read all the same. */
bool oracle_look(struct oracle *oracle, const struct fact *versions, size_t version_count, const struct norms *norms,
                 const struct almanac *almanac, struct day today);

/* Chooses the facts that count (rules.md 2) and sorts them by (day, first recorded, event_id). */
void oracle_choose_facts(struct oracle *oracle, const struct fact *versions, size_t count);

/* Reads the profile (2) and what ages follow from it (3). */
void oracle_read_profile(struct oracle *oracle);

/* Walks the days up to today (3). */
void oracle_walk(struct oracle *oracle);

/* Collects what the five rules find (4). */
void oracle_apply_rules(struct oracle *oracle);

#endif
