/* `manual`: the manual page. */
#include "consumer/command.h"
#include "consumer/exit_code.h"

static int run(const struct arguments *arguments)
{
    (void)arguments;
    commands_print_manual(stdout);
    return EXIT_OK;
}

const struct command command_manual = {
    .name = "manual",
    .operands = "",
    .summary = "print the manual page",
    .details = "Prints the manual page in roff: commands, settings and exit codes. To read it: " PROGRAM_NAME
               " manual | man -l -",
    .run = run,
};
