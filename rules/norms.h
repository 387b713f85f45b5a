/* The norms: every number of rules.md that is configuration, with its default.
 *
 * A norm of so many months is dated: the one in force on a day is the last whose `from` is not after it. `norm_options`
 * is the table from which the configuration, its help and its checks are made; rows that belong to one rule stand in
 * that rule's file and are reached through the table of rules (rule.h).
 */
#ifndef RULES_NORMS_H
#define RULES_NORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "day.h"

#define DATED_NORMS_MAX 8

struct dated_norm {
    struct day from; /* in force from this day; of the first one DAY_FIRST */
    int months;
    bool defers_to_holidays; /* a violation waits for the end of a vacation (used by no-school) */
};

struct dated_norms {
    struct dated_norm norms[DATED_NORMS_MAX]; /* ascending by `from`, all different */
    int count;                                /* at least 1 */
};

enum stay_scope { STAY_SCOPE_CONTINUOUS, STAY_SCOPE_LOCATION };

struct norms {
    /* a child's days (rules.md 3) */
    int adult_months;          /* 216 */
    int aged_out_months;       /* 228 */
    int school_age_months;     /* 60 */
    int transfer_days;         /* 3 */
    bool move_ends_enrollment; /* true */
    /* emergency-stay */
    enum stay_scope stay_scope;     /* continuous */
    struct dated_norms stay_months; /* 6 */
    int stay_notice_days;           /* 30 */
    int stay_severe_months;         /* 12 */
    /* no-school */
    struct dated_norms school_months; /* 3; 2 from 2026-06-12, which defers to holidays */
    int school_notice_days;           /* 30 */
    int school_severe_months;         /* 6 */
    /* school-move and school-gap */
    int gap_grace_school_days; /* 5 */
    int severe_school_days;    /* 20 */
    /* repeated-moves */
    int repeated_moves;        /* 3 */
    int repeated_moves_months; /* 12 */
};

enum norm_type { NORM_INTEGER, NORM_BOOLEAN, NORM_SCOPE, NORM_DATED };

struct norm_option {
    const char *name; /* as in the configuration, below `rules.` */
    enum norm_type type;
    const char *unit;         /* "days", "months", "school days", "" */
    size_t offset;            /* into struct norms */
    int minimum, maximum;     /* of NORM_INTEGER, and of the months of NORM_DATED */
    bool may_defer;           /* NORM_DATED: the rule knows norms that defer to school holidays */
    const char *default_text; /* in the form that norm_parse reads */
    const char *help;         /* one sentence, for --help, the manual and the commented example */
    const char *source;       /* law or letter it comes from */
};

/* The options of a child's days; those of the rules stand in the rules. */
extern const struct norm_option day_options[];
extern const size_t day_option_count;

/* Every option of days and rules in the order of the manual: OPTION number I, or NULL past the last. */
const struct norm_option *norm_option_at(size_t i);

/* The option of that name, or NULL. */
const struct norm_option *norm_option_find(const char *name);

/* Fills in every default. */
void norms_init(struct norms *norms);

/* Sets one option from text: an integer; true/false/yes/no/on/off; continuous/location; or a dated norm
 * "MONTHS[+holidays][, MONTHS[+holidays] from DATE]…", e.g. "3, 2+holidays from 2026-06-12", where "+holidays" is
 * taken by options that may_defer alone. False: TEXT is not such a
 * value or out of range, *WHY says what is expected, NORMS is unchanged. */
bool norm_parse(struct norms *norms, const struct norm_option *option, const char *text, const char **why);

#define NORM_TEXT_SIZE 256 /* of any value as text, its NUL included */

/* Writes the value in the form that norm_parse reads; false where SIZE is too small (NORM_TEXT_SIZE always suffices).
 */
bool norm_format(const struct norms *norms, const struct norm_option *option, char *text, size_t size);

/* The norm in force on DAY. */
const struct dated_norm *dated_norm_on(const struct dated_norms *norms, struct day day);

/* The first day t >= EARLIEST with t > add_months(START, L(t)), where L(t) is the norm in force on t (rules.md 4). */
struct day dated_norms_first_day_over(const struct dated_norms *norms, struct day start, struct day earliest);

/* Changes when any value does. */
uint64_t norms_hash(const struct norms *norms);

#endif
