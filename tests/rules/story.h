/* A child's story in plain words, and what the core says of it in a line an alert: so that tables of tests can be read.
 *
 * A story is facts, separated by semicolons, each "DAY WHAT…":
 *   2025-01-14 arrived noord-1 EMERGENCY NORTH      2025-03-05 moved azc-m CENTRE MIDDLE
 *   2025-04-01 departed [noord-1]                   2025-01-20 enrolled s1          2025-03-05 withdrawn s1
 * then any of
 *   born DAY, applied DAY, accompanied, unaccompanied   of an arrival
 *   id N              the event, N = 1-99; else facts are numbered from 1
 *   recorded DAY[+N]  at nine in the morning UTC and N ms; else on its own day
 *   retracted
 */
#ifndef TESTS_RULES_STORY_H
#define TESTS_RULES_STORY_H

#include <stddef.h>

#include "rules/child.h"

#define STORY_FACTS_MAX 32
#define STORY_TEXT_SIZE 4096

struct story {
    char text[STORY_TEXT_SIZE]; /* the texts of the facts lie in it */
    struct fact facts[STORY_FACTS_MAX];
    size_t count;
};

/* Fails the test where TEXT is no story. */
void story_tell(struct story *story, const char *text);

/* The event with number N. */
struct uuid story_event(unsigned n);

struct day day_of(const char *text);

/* A child, what it is measured with and the memory to judge it; the calendar is etc/school-calendar.csv. */
struct bench {
    struct calendar *calendar;
    struct norms norms;
    struct child child;
    struct judgement judgement;
    char said[8192];
};

void bench_init(struct bench *bench);
void bench_fini(struct bench *bench);

/* Defaults, then "NAME=VALUE; NAME=VALUE" (NULL: nothing). */
void bench_set_norms(struct bench *bench, const char *norms);
struct yardstick bench_yardstick(const struct bench *bench, const char *today);

/* A child without facts, then with those of the story, which has to outlive it. */
void bench_begin(struct bench *bench);
void bench_apply(struct bench *bench, const struct story *story);

/* The alerts of the child on a day by rule and cause, a line each, e.g.
 * "emergency-stay #1 VIOLATION raised 2025-06-14 violated 2025-07-15 due 2025-07-14 norm 6 at noord-1"
 * and " resolved 2025-08-01 TURNED_18" at its end where it is. */
const char *bench_alerts_on(struct bench *bench, const char *today);

/* Judges the child; what was published anew, a line each as above with "rev N" before it, and " by #N", " for #N" where
 * withdrawn. */
const char *bench_judge(struct bench *bench, const char *today);

#endif
