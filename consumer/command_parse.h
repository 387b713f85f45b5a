/* What the words behind a command are: its options and operands, checked against its table. */
#ifndef CONSUMER_COMMAND_PARSE_H
#define CONSUMER_COMMAND_PARSE_H

#include "consumer/command.h"

#define COMMAND_OPTIONS_MAX 24 /* of one command, the common ones included */

struct command_parse {
    const struct command *command;
    const char *values[COMMAND_OPTIONS_MAX]; /* by index of command_option_at; of --set the last */
    const char **sets;                       /* every --set in order; room for as many as there are words */
    size_t set_count;
    const char *const *operands;
    size_t operand_count;
    bool wants_help; /* the rest may be incomplete then */
};

/* Parses the ARGC words from the command's (last) name on. COMMAND and SETS are set, the rest is zero. False: the
 * mistake was said. */
bool command_parse(struct command_parse *parse, int argc, char **argv);

/* Says what is wrong as the command, or as the program where COMMAND is NULL; returns false. */
bool command_complain(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
