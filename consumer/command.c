#include "consumer/command.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <librdkafka/rdkafka.h>

#include "consumer/command_parse.h"
#include "consumer/exit_code.h"
#include "consumer/suggestion.h"

#define HALF_NAMES_SIZE 256
#define COMMAND_NAME_SIZE 64

#ifndef PROGRAM_VERSION
#error "PROGRAM_VERSION is set by CMakeLists.txt"
#endif

/* --- help --------------------------------------------------------------------------------------------------------- */

/* The help of the command NAME, and of every one whose name has further words. False: there is none. */
static bool print_help_of(const char *name)
{
    const size_t length = strlen(name);
    int printed = 0;
    for (size_t i = 0; i < command_count; i++) {
        const char *candidate = commands[i]->name;
        if (strncmp(candidate, name, length) != 0 || (candidate[length] != '\0' && candidate[length] != ' '))
            continue;
        if (printed++ > 0)
            putchar('\n');
        command_print_help(commands[i], stdout);
    }
    return printed > 0;
}

/* --- settings and running ----------------------------------------------------------------------------------------- */

/* The file first, then --set, wherever they stood. */
static int read_settings(const struct command_parse *parse, struct arguments *arguments)
{
    const char *file = parse->values[parse->command->option_count];
    int exit_code = EXIT_OK;
    arguments->settings_file = file;
    if (!settings_init(arguments->settings))
        return command_complain(parse->command, "memory is short"), EXIT_OS;
    arguments->settings->leaves_secret_files = parse->command->needs_no_secrets;
    if (file != NULL && !settings_read(arguments->settings, file, stderr))
        exit_code = errno != 0 ? EXIT_NO_INPUT : EXIT_CONFIG;
    for (size_t i = 0; i < parse->set_count; i++)
        if (!settings_set(arguments->settings, parse->sets[i], stderr) && exit_code == EXIT_OK)
            exit_code = EXIT_CONFIG;
    if (exit_code == EXIT_OK && !settings_fit(arguments->settings, stderr))
        exit_code = EXIT_CONFIG;
    return exit_code;
}

static int run_with_settings(const struct command_parse *parse, struct arguments *arguments)
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

static int run_command(struct command_parse *parse, int argc, char **argv)
{
    if (!command_parse(parse, argc, argv))
        return EXIT_USAGE;
    if (parse->wants_help) {
        print_help_of(parse->command->name);
        return EXIT_OK;
    }
    struct arguments arguments = {.command = parse->command,
                                  .operands = parse->operands,
                                  .operand_count = parse->operand_count,
                                  .sets = parse->sets,
                                  .set_count = parse->set_count,
                                  .values = parse->values};
    return parse->command->has_settings ? run_with_settings(parse, &arguments) : parse->command->run(&arguments);
}

/* --- which command ------------------------------------------------------------------------------------------------ */

/* How many words of COMMAND's name the first of the ARGC words are, in its order; *IS_WHOLE: all of the name. */
static int words_of(const struct command *command, int argc, char **argv, bool *is_whole)
{
    const char *name = command->name;
    int words = 0;
    *is_whole = false;
    while (words < argc && !*is_whole) {
        const size_t length = strcspn(name, " ");
        if (strlen(argv[words]) != length || strncmp(argv[words], name, length) != 0)
            return words;
        words++;
        *is_whole = name[length] == '\0';
        name += length + 1;
    }
    return words;
}

/* The first word of commands that have two, and no more: which they are. False: it is not such a word. */
static bool complain_half_a_command(int argc, char **argv)
{
    char names[HALF_NAMES_SIZE] = "";
    size_t used = 0;
    for (size_t i = 0; argc == 1 && i < command_count; i++) {
        bool is_whole;
        if (words_of(commands[i], argc, argv, &is_whole) == 1)
            used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s", used == 0 ? "" : ", ",
                                     commands[i]->name);
        assert(used < sizeof(names));
    }
    if (used > 0)
        command_complain(NULL, "%s is half a command; there are: %s", argv[0], names);
    return used > 0;
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
    command_complain(NULL, "there is no command %s%s%s%s%s%s; see --help", argv[0], *second == '\0' || !near ? "" : " ",
                     near ? second : "", near ? "; did you mean " : "", near ? whole.nearest : "", near ? "?" : "");
    return EXIT_USAGE;
}

static int run_parsed(const struct command *command, int argc, char **argv)
{
    struct command_parse parse = {.command = command, .sets = calloc((size_t)argc, sizeof(*parse.sets))};
    const int exit_code = parse.sets == NULL ? EXIT_OS : run_command(&parse, argc, argv);
    free(parse.sets);
    return exit_code;
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* The command with which the ARGC words begin, the longer name where there are two, and of how many words that is.
 * NULL: none. */
static const struct command *command_named(int argc, char **argv, int *word_count)
{
    const struct command *named = NULL;
    *word_count = 0;
    for (size_t i = 0; i < command_count; i++) {
        bool is_whole;
        const int words = words_of(commands[i], argc, argv, &is_whole);
        if (is_whole && words > *word_count) {
            named = commands[i];
            *word_count = words;
        }
    }
    return named;
}

/* `notify confg`: the word after a command that takes none, and that others are named by. */
static bool is_misspelt(const struct command *command, int argc, char **argv)
{
    const size_t length = strlen(command->name);
    bool has_others = false;
    for (size_t i = 0; i < command_count; i++)
        has_others |= strncmp(commands[i]->name, command->name, length) == 0 && commands[i]->name[length] == ' ';
    return has_others && command->operand_maximum == 0 && argc > 1 && argv[1][0] != '-';
}

static int dispatch(int argc, char **argv)
{
    int words;
    const struct command *command = command_named(argc - 1, argv + 1, &words);
    if (command != NULL && is_misspelt(command, argc - words, argv + words))
        return complain_unknown_command(argc - 1, argv + 1);
    if (command != NULL)
        return run_parsed(command, argc - words, argv + words);
    if (argc == 3 && is_help(argv[2]) && print_help_of(argv[1])) /* `topics --help` */
        return EXIT_OK;
    if (complain_half_a_command(argc - 1, argv + 1))
        return EXIT_USAGE;
    return complain_unknown_command(argc - 1, argv + 1);
}

/* `help` and `help COMMAND`. */
static int help(int argc, char **argv)
{
    char name[COMMAND_NAME_SIZE] = "";
    if (argc == 0)
        return commands_print_help(stdout), EXIT_OK;
    const int length = snprintf(name, sizeof(name), "%s%s%s", argv[0], argc > 1 ? " " : "", argc > 1 ? argv[1] : "");
    if (argc > 2 || length >= (int)sizeof(name) || !print_help_of(name))
        return complain_unknown_command(argc, argv);
    return EXIT_OK;
}

/* What stdout could not take is a failure, too. */
static int finish(int exit_code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return exit_code;
    if (errno != EPIPE)
        command_complain(NULL, "stdout can not be written: %s", strerror(errno));
    return exit_code == EXIT_OK && errno != EPIPE ? EXIT_IO : exit_code;
}

int commands_main(int argc, char **argv)
{
    const char *first = argc < 2 ? "" : argv[1];
    if (strcmp(first, "--version") == 0 || strcmp(first, "-V") == 0) {
        printf("%s %s, librdkafka %s\n", PROGRAM_NAME, PROGRAM_VERSION, rd_kafka_version_str());
    } else if (is_help(first)) {
        commands_print_help(stdout);
    } else if (strcmp(first, "help") == 0) {
        return finish(help(argc - 2, argv + 2));
    } else if (argc < 2) {
        commands_print_help(stderr);
        return EXIT_USAGE;
    } else if (first[0] == '-') {
        command_complain(NULL, "a command is expected before %s; see --help", first);
        return EXIT_USAGE;
    } else {
        return finish(dispatch(argc, argv));
    }
    return finish(EXIT_OK);
}
