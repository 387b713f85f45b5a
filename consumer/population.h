/* The children that a question is about, whole and each once: of files of events, or by default of the service's state
 * topic.
 *
 * A state topic is read partition by partition to the end it had when the question was asked (what is committed), so
 * that one partition is in memory at a time, and only the newest state of each child is looked at.
 */
#ifndef CONSUMER_POPULATION_H
#define CONSUMER_POPULATION_H

#include <stdbool.h>
#include <stdint.h>

#include "consumer/command.h"
#include "consumer/visit.h"
#include "rules/child.h"

struct population_question {
    const struct arguments *arguments; /* its operands are FILE…; with none the state topic is read */
    size_t operands_before;            /* operands that come before the files */
    struct day as_of;                  /* today; DAY_ABSENT: the later of the clock's day and the day judged through */
    struct text only;                  /* a child_id: just this child, from its partition alone; or absent: all */
    int threads;                       /* on which children are visited at once, 1 to PARALLEL_MAX */

    /* Told of each child that has facts or published alerts (those only in a state topic), on thread number THREAD of
     * `threads`; CHILD is the visitor's until it returns, and TODAY is the child's. */
    enum visit (*visit)(void *context, int thread, const struct child *child, struct day today);

    /* Told, on the calling thread while no child is visited, when all children visited so far come before any others in
     * the order of child_ids: of files now and then, of a state topic at the end, once it is known to be an answer; of
     * no children perhaps never. Or NULL. */
    enum visit (*on_round)(void *context);
    void *context;
};

struct population_answer {
    uint64_t children;  /* visited */
    uint64_t events;    /* read from files, good ones */
    uint64_t bad_lines; /* of files, each named on stderr */
    uint64_t left_out;  /* facts beyond CHILD_FACTS_MAX of a child */
    struct day today;   /* the latest day any child was visited with */
};

/* Visits them, until the visitor has enough. An exit code, everything but EXIT_OK said on stderr; EXIT_DATA where lines
 * were bad or facts left out and the rest was visited all the same. On a terminal, stderr shows how far a state topic
 * is read. */
int population_visit(const struct population_question *question, struct population_answer *answer);

#endif
