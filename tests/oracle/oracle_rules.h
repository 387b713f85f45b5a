/* The rules of the oracle, and what they share. A rule is asked on every day whether one of its episodes starts there,
 * and if so, to find out about it. */
#ifndef TESTS_ORACLE_ORACLE_RULES_H
#define TESTS_ORACLE_ORACLE_RULES_H

#include "oracle_child.h"

enum { EMERGENCY_STAY, NO_SCHOOL, SCHOOL_MOVE, SCHOOL_GAP, REPEATED_MOVES };

static inline bool until_today(const struct oracle *oracle, struct day day)
{
    return day.number <= oracle->today.number;
}

static inline struct day later(struct day a, struct day b)
{
    return a.number > b.number ? a : b;
}

/* A new finding that reaches no level and does not end. */
struct finding *find(struct oracle *oracle, int rule, const struct fact *cause);

const struct dated_norm *norm_in_force(const struct dated_norms *norms, struct day day);

/* "the first day t [from EARLIEST on] with t > add_months(S, L(t))" */
struct day first_day_over(const struct oracle *oracle, const struct dated_norms *norms, struct day start,
                          struct day earliest);

bool starts_emergency_stay(const struct oracle *oracle, struct day day);
void emergency_stay(struct oracle *oracle, struct day start);

bool starts_repeated_moves(const struct oracle *oracle, struct day day);
void repeated_moves(struct oracle *oracle, struct day day);

void no_school(struct oracle *oracle, struct day first); /* on the first day of a period */

bool interrupts_school(const struct oracle *oracle, struct day day);
void school_move(struct oracle *oracle, struct day day);

bool loses_school(const struct oracle *oracle, struct day day);
void school_gap(struct oracle *oracle, struct day day);

#endif
