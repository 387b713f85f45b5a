/* Trying a property on a story. One that fails is cut down to the facts that matter and printed with its seed. */
#ifndef TESTS_ORACLE_TRIAL_H
#define TESTS_ORACLE_TRIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "lab.h"

/* The number that the environment gives NAME, such as PA_SEED. */
uint64_t trial_setting(const char *name, uint64_t otherwise);

/* Whether PROPERTY holds for STORY on TODAY; where it does not, stderr tells a shorter story that it fails, too. */
bool trial_holds(struct lab *lab, const struct property *property, const struct story *story, struct day today);

#endif
