/* Norms for a story: often the defaults, else any that the configuration allows. */
#ifndef TESTS_ORACLE_RANDOM_NORMS_H
#define TESTS_ORACLE_RANDOM_NORMS_H

#include "random_source.h"
#include "rules/norms.h"

/* The norms of rules.md, written out a second time. */
void default_norms(struct norms *norms);

void random_norms(struct random_source *random, struct norms *norms);

#endif
