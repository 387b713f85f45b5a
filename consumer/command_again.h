/* A command line to be shown and copied: one that asks the same of something else. */
#ifndef CONSUMER_COMMAND_AGAIN_H
#define CONSUMER_COMMAND_AGAIN_H

#include "consumer/command.h"
#include "rules/text.h"

/* The program as it was called, the command, FIRST in place of the first operand, the others, the settings, and of
 * OPTIONS (names, NULL behind the last) those that were given; each word as a shell takes it. NULL: no memory. To be
 * freed. */
char *command_again(const struct arguments *arguments, struct text first, const char *const options[]);

#endif
