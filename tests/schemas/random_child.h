/* Children as they could be known, at random, and whether two are the same. */
#ifndef TESTS_SCHEMAS_RANDOM_CHILD_H
#define TESTS_SCHEMAS_RANDOM_CHILD_H

#include "rules/child.h"
#include "testing.h"

/* The texts that children made afterwards point into; to be made anew now and then. */
void random_child_texts(struct random *random);

/* FACTS facts, and at most ALERTS alerts about them, in the order in which a child has them. */
void random_child(struct random *random, struct child *child, uint32_t facts, uint32_t alerts);

/* Fails the test where a field differs, but for the child's id. */
void assert_same_child(const struct child *a, const struct child *b);

#endif
