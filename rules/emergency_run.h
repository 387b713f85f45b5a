/* Runs of emergency reception: what the rule about them and the figures have in common (rules.md 4). */
#ifndef RULES_EMERGENCY_RUN_H
#define RULES_EMERGENCY_RUN_H

#include "history.h"
#include "norms.h"

/* The first run that begins at or after the stay FROM; NULL where there is none. */
const struct stay *emergency_run_from(const struct history *history, const struct stay *from);

/* The first stay after FIRST, with which a run begins, that is no part of it; it may lie past the last stay. */
const struct stay *emergency_run_end(const struct history *history, const struct stay *first, enum stay_scope scope);

#endif
