#include "consumer/command_parse.h"

#include <assert.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "consumer/suggestion.h"

static const struct command_option help_option = {.name = "help", .letter = 'h', .help = "Show this help."};
static const struct command_option settings_options[] = {
    {.name = "config",
     .letter = 'c',
     .type = OPTION_TEXT,
     .argument = "FILE",
     .help = "Read settings from a YAML file."},
    {.name = "set",
     .type = OPTION_TEXT,
     .argument = "NAME=VALUE",
     .help = "Set one setting, over what the file says.",
     .repeated = true},
};
#define SETTINGS_OPTION_COUNT (sizeof(settings_options) / sizeof(settings_options[0]))

const struct command_option *command_option_at(const struct command *command, size_t i)
{
    const size_t settings_count = command->has_settings ? SETTINGS_OPTION_COUNT : 0;
    if (i < command->option_count)
        return &command->options[i];
    i -= command->option_count;
    if (i < settings_count)
        return &settings_options[i];
    return i == settings_count ? &help_option : NULL;
}

bool command_complain(const struct command *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, PROGRAM_NAME "%s%s: ", command == NULL ? "" : " ", command == NULL ? "" : command->name);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return false;
}

/* A long option comes back as its index and this, a short one by its letter. */
#define INDEX_BASE 1000

/* The options in getopt's form. */
struct getopt_form {
    struct option longs[COMMAND_OPTIONS_MAX + 1];
    char shorts[2 * COMMAND_OPTIONS_MAX + 2];
};

static struct getopt_form form_of(const struct command *command)
{
    struct getopt_form form = {0};
    char *letter = form.shorts;
    *letter++ = ':'; /* a missing argument is told from an unknown option */
    const struct command_option *option;
    for (size_t i = 0; (option = command_option_at(command, i)) != NULL; i++) {
        assert(i < COMMAND_OPTIONS_MAX);
        const int argument = option->type == OPTION_FLAG ? no_argument : required_argument;
        assert((option->argument == NULL) == (option->type == OPTION_FLAG));
        form.longs[i] = (struct option){option->name, argument, NULL, INDEX_BASE + (int)i};
        if (option->letter != 0) {
            *letter++ = option->letter;
            if (argument == required_argument)
                *letter++ = ':';
        }
    }
    return form;
}

static size_t index_of(const struct command *command, int code)
{
    const struct command_option *option;
    size_t i = 0;
    if (code >= INDEX_BASE)
        return (size_t)(code - INDEX_BASE);
    while ((option = command_option_at(command, i)) != NULL && option->letter != code)
        i++;
    return i;
}

static bool complain_unknown_option(const struct command *command, const char *given)
{
    struct suggestion suggestion;
    char wanted[SUGGESTION_NAME_MAX];
    const struct command_option *option;
    snprintf(wanted, sizeof(wanted), "%.*s", (int)strcspn(given, "="), given);
    suggestion_init(&suggestion, wanted);
    for (size_t i = 0; (option = command_option_at(command, i)) != NULL; i++) {
        char name[SUGGESTION_NAME_MAX];
        snprintf(name, sizeof(name), "--%s", option->name);
        suggestion_offer(&suggestion, name);
    }
    if (suggestion.nearest[0] != '\0')
        return command_complain(command, "there is no option %s; did you mean %s?", wanted, suggestion.nearest);
    return command_complain(command, "there is no option %s; see --help", wanted);
}

/* getopt found nothing for what it just passed. */
static bool complain_option(const struct command *command, int result, char **argv)
{
    char letter[3] = {'-', (char)optopt, '\0'};
    const char *given = argv[optind - 1];
    const bool is_short = optopt > 0 && optopt < INDEX_BASE;
    if (result == ':')
        return command_complain(command, "%s needs an argument", is_short ? letter : given);
    if (optopt >= INDEX_BASE)
        return command_complain(command, "%.*s takes no argument", (int)strcspn(given, "="), given);
    return complain_unknown_option(command, is_short ? letter : given);
}

/* What was given for it, in the words of its table. */
static bool check_value(const struct command_parse *parse, const struct command_option *option, const char *text)
{
    char expected[COMMAND_OPTION_EXPECTS_SIZE];
    command_option_expects(option, expected);
    return command_option_takes(option, text) ||
           command_complain(parse->command, "--%s \"%s\" is not %s", option->name, text, expected);
}

static bool note_option(struct command_parse *parse, size_t i)
{
    const struct command_option *option = command_option_at(parse->command, i);
    if (option == &help_option)
        parse->wants_help = true;
    if (parse->values[i] != NULL && !option->repeated && option->type != OPTION_FLAG)
        return command_complain(parse->command, "--%s is given twice", option->name);
    parse->values[i] = option->type == OPTION_FLAG ? "" : optarg;
    if (option == &settings_options[1])
        parse->sets[parse->set_count++] = optarg;
    return check_value(parse, option, parse->values[i]);
}

static bool read_options(struct command_parse *parse, int argc, char **argv)
{
    const struct getopt_form form = form_of(parse->command);
    int result;
    opterr = 0;
    optind = 0; /* GNU: starts anew */
    while ((result = getopt_long(argc, argv, form.shorts, form.longs, NULL)) != -1) {
        if (result == '?' || result == ':')
            return complain_option(parse->command, result, argv);
        if (!note_option(parse, index_of(parse->command, result)))
            return false;
    }
    parse->operands = (const char *const *)(argv + optind);
    parse->operand_count = (size_t)(argc - optind);
    return true;
}

static bool check_complete(const struct command_parse *parse)
{
    const struct command *command = parse->command;
    for (size_t i = 0; i < command->option_count; i++)
        if (command->options[i].required && parse->values[i] == NULL)
            return command_complain(command, "--%s %s is missing", command->options[i].name,
                                    command->options[i].argument);
    if (parse->operand_count < command->operand_minimum)
        return command_complain(command, "%s is missing; see --help", command->operands);
    if (parse->operand_count > command->operand_maximum)
        return command_complain(command, command->operand_maximum == 0
                                             ? "nothing is expected after the options; see --help"
                                             : "too many arguments; see --help");
    return true;
}

bool command_parse(struct command_parse *parse, int argc, char **argv)
{
    return read_options(parse, argc, argv) && (parse->wants_help || check_complete(parse));
}
