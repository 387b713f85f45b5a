/* How the program ends where a schema registry's answer is not what it needs: one table for all commands. */
#ifndef CONSUMER_REGISTRY_EXIT_H
#define CONSUMER_REGISTRY_EXIT_H

#include "schemas/registry.h"

/* Says that the registry's ANSWER, which is not OK, ends the program, and what is to be done: NAME=VALUE is what it was
 * about ("subject", "topic"), WHY what the registry said. The exit code. */
int registry_exit(enum registry_answer answer, const char *component, const char *name, const char *value,
                  const char *why);

#endif
