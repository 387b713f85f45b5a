/* Other norms to compare with: --compare, the same of every command that has it. */
#ifndef CONSUMER_COMMAND_COMPARE_H
#define CONSUMER_COMMAND_COMPARE_H

#include "consumer/command.h"
#include "rules/norms.h"

/* The option, a row of the command's table; HELP says what is compared. */
#define COMMAND_OPTION_COMPARE(HELP)                                                                                   \
    {                                                                                                                  \
        .name = "compare", .type = OPTION_TEXT, .argument = "FILE", .help = HELP                                       \
    }

struct compared_norms {
    const char *file; /* where they stand; NULL: nothing is to be compared */
    struct norms norms;
};

/* Reads those the option names: the settings' norms with those of its file on top. An exit code, which is said. */
int command_compare(const struct arguments *arguments, struct compared_norms *compared);

#endif
