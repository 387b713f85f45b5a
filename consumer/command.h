/* A subcommand: one const struct a file (cmd_*.c), from which parsing, --help and the manual are made (command*.c). */
#ifndef CONSUMER_COMMAND_H
#define CONSUMER_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "consumer/settings.h"
#include "rules/day.h"

enum command_option_type {
    OPTION_FLAG,    /* takes no argument */
    OPTION_TEXT,    /* anything */
    OPTION_DATE,    /* arguments_date */
    OPTION_INTEGER, /* from minimum to maximum: arguments_integer */
    OPTION_CHOICE   /* one of the choices: arguments_choice */
};

struct command_option {
    const char *name; /* long name without the dashes */
    char letter;      /* short one, or 0 */
    enum command_option_type type;
    const char *argument;       /* what its argument is called in the usage; of a flag NULL */
    uint64_t minimum, maximum;  /* of an integer */
    const char *unit;           /* of an integer: "days", or NULL */
    const char *const *choices; /* of a choice, in the order of an enum */
    int choice_count;
    const char *help; /* sentences; what the type takes is said after them */
    bool required;
    bool repeated;
};

/* What was given on the command line, checked against the options. */
struct arguments {
    const struct command *command;
    struct settings *settings; /* after -c and --set; NULL for commands without `has_settings` */
    bool settings_are_right;   /* false only where the command `judges_settings` */
    const char *settings_file; /* -c, or NULL */
    const char *const *sets;   /* every --set in order */
    size_t set_count;
    const char *const *operands; /* what is left, in order */
    size_t operand_count;
    const char **values; /* by option index; a flag's is "" when given; NULL: not given */
};

struct command {
    const char *name;     /* "evaluate", "topics create" */
    const char *operands; /* in the usage: "FILE…", "" */
    const char *summary;  /* one line */
    const char *details;  /* paragraphs for --help and the manual */
    const struct command_option *options;
    size_t option_count;
    size_t operand_minimum, operand_maximum;
    bool has_settings;                             /* takes -c FILE and --set NAME=VALUE */
    bool judges_settings;                          /* runs also when they are wrong (`check`) */
    bool needs_no_secrets;                         /* runs also where their files can not be read */
    int (*run)(const struct arguments *arguments); /* an exit code */
};

/* The value of an option by name, or NULL. The option must be one of the command's. */
const char *arguments_value(const struct arguments *arguments, const char *name);

/* Likewise of an option of that type; where it is not given DAY_ABSENT, or OTHERWISE. What it was given is right. */
struct day arguments_date(const struct arguments *arguments, const char *name);
uint64_t arguments_integer(const struct arguments *arguments, const char *name, uint64_t otherwise);
int arguments_choice(const struct arguments *arguments, const char *name, int otherwise); /* its index */

/* Parses, runs, and returns the exit code. */
int commands_main(int argc, char **argv);

/* The table (commands.c), in the order of --help and the manual. */
extern const struct command *const commands[];
extern const size_t command_count;

#define PROGRAM_NAME "placement-alerts"
#define PROGRAM_SUMMARY "watches over children in reception: from Kafka events to exact alerts"

/* --- what it is made of ------------------------------------------------------------------------------------------- */

/* Options every command has, and those of commands with settings: option number I of COMMAND's own and these, or NULL.
 */
const struct command_option *command_option_at(const struct command *command, size_t i);

/* Whether an option takes TEXT. */
bool command_option_takes(const struct command_option *option, const char *text);

/* What an option takes: "a number of days from 1 to 3660". False: anything or nothing, and TEXT is "". */
#define COMMAND_OPTION_EXPECTS_SIZE 128
bool command_option_expects(const struct command_option *option, char text[static COMMAND_OPTION_EXPECTS_SIZE]);

/* HELP, filled with what an option is for and takes. */
#define COMMAND_OPTION_HELP_SIZE 512
const char *command_option_help(const struct command_option *option, char help[static COMMAND_OPTION_HELP_SIZE]);

/* What --help prints: of the program, and of a command. */
void commands_print_help(FILE *out);
void command_print_help(const struct command *command, FILE *out);

/* The manual page in roff (man 7), all of it from the tables. */
void commands_print_manual(FILE *out);

#endif
