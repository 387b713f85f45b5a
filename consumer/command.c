#include "consumer/command.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/exit_code.h"
#include "consumer/suggestion.h"

#ifndef PROGRAM_VERSION
#error "PROGRAM_VERSION is set by CMakeLists.txt"
#endif

static const struct command_option help_option = {"help", 'h', NULL, "Show this help.", false, false};
static const struct command_option settings_options[] = {
    {"config", 'c', "FILE", "Read settings from a YAML file.", false, false},
    {"set", 0, "NAME=VALUE", "Set one setting, over what the file says.", false, true},
};
#define SETTINGS_OPTION_COUNT (sizeof(settings_options) / sizeof(settings_options[0]))
#define OPTIONS_MAX 24

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

const char *arguments_value(const struct arguments *arguments, const char *name)
{
    for (size_t i = 0; i < arguments->command->option_count; i++)
        if (strcmp(arguments->command->options[i].name, name) == 0)
            return arguments->values[i];
    assert(false && "an option of the command");
    return NULL;
}

/* --- one parse
 * -------------------------------------------------------------------------------------------------------- */

/* What the command line says, before any setting is read. */
struct parse {
    const struct command *command;
    const char *values[OPTIONS_MAX]; /* by index of command_option_at; of --set the last */
    const char **sets;               /* every --set in order */
    size_t set_count;
    bool wants_help;
    struct option longs[OPTIONS_MAX + 1];
    char shorts[2 * OPTIONS_MAX + 3];
};

__attribute__((format(printf, 2, 3))) static bool complain(const struct command *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, PROGRAM_NAME "%s%s: ", command == NULL ? "" : " ", command == NULL ? "" : command->name);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return false;
}

/* The options in getopt's form. Every one comes back as its index + 1000, or by its letter. */
#define INDEX_BASE 1000

static void prepare(struct parse *parse)
{
    char *letter = parse->shorts;
    *letter++ = ':'; /* a missing argument is told from an unknown option */
    const struct command_option *option;
    for (size_t i = 0; (option = command_option_at(parse->command, i)) != NULL; i++) {
        assert(i < OPTIONS_MAX);
        const int argument = option->argument == NULL ? no_argument : required_argument;
        parse->longs[i] = (struct option){option->name, argument, NULL, INDEX_BASE + (int)i};
        if (option->letter != 0) {
            *letter++ = option->letter;
            if (argument == required_argument)
                *letter++ = ':';
        }
    }
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
        return complain(command, "there is no option %s; did you mean %s?", wanted, suggestion.nearest);
    return complain(command, "there is no option %s; see --help", wanted);
}

/* getopt found nothing for what it just passed. */
static bool complain_option(const struct command *command, int result, char **argv)
{
    char letter[3] = {'-', (char)optopt, '\0'};
    const char *given = argv[optind - 1];
    const bool is_short = optopt > 0 && optopt < INDEX_BASE;
    if (result == ':')
        return complain(command, "%s needs an argument", is_short ? letter : given);
    if (optopt >= INDEX_BASE)
        return complain(command, "%.*s takes no argument", (int)strcspn(given, "="), given);
    return complain_unknown_option(command, is_short ? letter : given);
}

static bool note_option(struct parse *parse, size_t i)
{
    const struct command_option *option = command_option_at(parse->command, i);
    if (option == &help_option)
        parse->wants_help = true;
    if (parse->values[i] != NULL && !option->repeated && option->argument != NULL)
        return complain(parse->command, "--%s is given twice", option->name);
    parse->values[i] = option->argument == NULL ? "" : optarg;
    if (option == &settings_options[1])
        parse->sets[parse->set_count++] = optarg;
    return true;
}

static bool parse_options(struct parse *parse, int argc, char **argv)
{
    int result;
    prepare(parse);
    opterr = 0;
    optind = 0; /* GNU: starts anew */
    while ((result = getopt_long(argc, argv, parse->shorts, parse->longs, NULL)) != -1) {
        if (result == '?' || result == ':')
            return complain_option(parse->command, result, argv);
        if (!note_option(parse, index_of(parse->command, result)))
            return false;
    }
    return true;
}

static bool check_required(const struct parse *parse, size_t operand_count)
{
    const struct command *command = parse->command;
    for (size_t i = 0; i < command->option_count; i++)
        if (command->options[i].required && parse->values[i] == NULL)
            return complain(command, "--%s %s is missing", command->options[i].name, command->options[i].argument);
    if (operand_count < command->operand_minimum)
        return complain(command, "%s is missing; see --help", command->operands);
    if (operand_count > command->operand_maximum)
        return complain(command, command->operand_maximum == 0 ? "nothing is expected after the options; see --help"
                                                               : "too many arguments; see --help");
    return true;
}

/* --- settings and running
 * --------------------------------------------------------------------------------------------- */

/* The file first, then --set, wherever they stood. */
static int read_settings(const struct parse *parse, struct arguments *arguments)
{
    const char *file = parse->values[parse->command->option_count];
    int exit_code = EXIT_OK;
    arguments->settings_file = file;
    if (!settings_init(arguments->settings))
        return complain(parse->command, "memory is short"), EXIT_OS;
    if (file != NULL && !settings_read(arguments->settings, file, stderr))
        exit_code = errno != 0 ? EXIT_NO_INPUT : EXIT_CONFIG;
    for (size_t i = 0; i < parse->set_count; i++)
        if (!settings_set(arguments->settings, parse->sets[i], stderr) && exit_code == EXIT_OK)
            exit_code = EXIT_CONFIG;
    if (exit_code == EXIT_OK && !settings_fit(arguments->settings, stderr))
        exit_code = EXIT_CONFIG;
    return exit_code;
}

static int run_with_settings(const struct parse *parse, struct arguments *arguments)
{
    struct settings settings;
    arguments->settings = &settings;
    int exit_code = read_settings(parse, arguments);
    arguments->settings_are_right = exit_code == EXIT_OK;
    log_set_level(settings.log_level);
    if (exit_code == EXIT_OK || (exit_code == EXIT_CONFIG && parse->command->judges_settings))
        exit_code = parse->command->run(arguments);
    settings_fini(&settings);
    return exit_code;
}

static int run_command(struct parse *parse, int argc, char **argv)
{
    if (!parse_options(parse, argc, argv))
        return EXIT_USAGE;
    if (parse->wants_help) {
        command_print_help(parse->command, stdout);
        return EXIT_OK;
    }
    if (!check_required(parse, (size_t)(argc - optind)))
        return EXIT_USAGE;
    struct arguments arguments = {.command = parse->command,
                                  .operands = (const char *const *)(argv + optind),
                                  .operand_count = (size_t)(argc - optind),
                                  .values = parse->values};
    return parse->command->has_settings ? run_with_settings(parse, &arguments) : parse->command->run(&arguments);
}

/* --- which command
 * ---------------------------------------------------------------------------------------------------- */

/* How many of the ARGC words are COMMAND's name; 0: it is another. */
static int words_of(const struct command *command, int argc, char **argv)
{
    const char *name = command->name;
    int words = 0;
    while (words < argc) {
        const size_t length = strcspn(name, " ");
        if (strlen(argv[words]) != length || strncmp(argv[words], name, length) != 0)
            return 0;
        words++;
        if (name[length] == '\0')
            return words;
        name += length + 1;
    }
    return 0;
}

/* Offers the first words of all commands, or all of each. */
static void suggest_commands(struct suggestion *suggestion, bool all_words)
{
    for (size_t i = 0; i < command_count; i++) {
        char name[SUGGESTION_NAME_MAX];
        const int length = (int)strcspn(commands[i]->name, all_words ? "" : " ");
        snprintf(name, sizeof(name), "%.*s", length, commands[i]->name);
        suggestion_offer(suggestion, name);
    }
}

/* Nearest by the first word, and if that is right, by both. */
static int complain_unknown_command(int argc, char **argv)
{
    char wanted[SUGGESTION_NAME_MAX];
    const char *second = argc > 1 && argv[1][0] != '-' ? argv[1] : "";
    struct suggestion suggestion, whole;
    suggestion_init(&suggestion, argv[0]);
    suggest_commands(&suggestion, false);
    const bool near = suggestion.nearest[0] != '\0';
    snprintf(wanted, sizeof(wanted), "%.40s %.40s", suggestion.nearest, second);
    suggestion_init(&whole, wanted);
    whole.distance = SUGGESTION_NAME_MAX;
    suggest_commands(&whole, true);
    complain(NULL, "there is no command %s%s%s%s%s%s; see --help", argv[0], *second == '\0' || !near ? "" : " ",
             near ? second : "", near ? "; did you mean " : "", near ? whole.nearest : "", near ? "?" : "");
    return EXIT_USAGE;
}

static int dispatch(int argc, char **argv)
{
    for (size_t i = 0; i < command_count; i++) {
        const int words = words_of(commands[i], argc - 1, argv + 1);
        if (words == 0)
            continue;
        struct parse parse = {.command = commands[i], .sets = calloc((size_t)argc, sizeof(*parse.sets))};
        if (parse.sets == NULL)
            return EXIT_OS;
        const int exit_code = run_command(&parse, argc - words, argv + words);
        free(parse.sets);
        return exit_code;
    }
    return complain_unknown_command(argc - 1, argv + 1);
}

/* What stdout could not take is a failure, too. */
static int finish(int exit_code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return exit_code;
    if (errno != EPIPE)
        complain(NULL, "stdout can not be written: %s", strerror(errno));
    return exit_code == EXIT_OK && errno != EPIPE ? EXIT_IO : exit_code;
}

int commands_main(int argc, char **argv)
{
    const char *first = argc < 2 ? "" : argv[1];
    if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
        puts(PROGRAM_NAME " " PROGRAM_VERSION);
    } else if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0) {
        commands_print_help(stdout);
    } else if (argc < 2) {
        commands_print_help(stderr);
        return EXIT_USAGE;
    } else if (first[0] == '-') {
        complain(NULL, "a command is expected before %s; see --help", first);
        return EXIT_USAGE;
    } else {
        return finish(dispatch(argc, argv));
    }
    return finish(EXIT_OK);
}
