/* `topics acls`: the rights that a command needs. */
#include <ctype.h>
#include <string.h>

#include "consumer/acls.h"
#include "consumer/command.h"
#include "consumer/command_parse.h"
#include "consumer/exit_code.h"

#define PRINCIPAL_SIZE 1024

/* TYPE:NAME, as Kafka has them; a name may be of a certificate, with commas and blanks, but is one line. */
static bool is_principal(const char *text)
{
    const size_t type = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    for (const char *c = text; *c != '\0'; c++)
        if (iscntrl((unsigned char)*c))
            return false;
    return type > 0 && text[type] == ':' && text[type + 1] != '\0';
}

/* Who is told on the command line, or else logs in by the settings. */
static bool find_principal(const struct arguments *arguments, char principal[static PRINCIPAL_SIZE])
{
    const char *told = arguments_value(arguments, "principal");
    const char *user = settings_kafka(arguments->settings, "sasl.username");
    if (told == NULL && user == NULL)
        return command_complain(arguments->command, "--principal User:NAME is missing: who is to have these rights "
                                                    "(kafka.sasl.username is not set either)");
    const int length = snprintf(principal, PRINCIPAL_SIZE, "%s%s", told == NULL ? "User:" : "",
                                told == NULL ? user : told);
    if (length < PRINCIPAL_SIZE && is_principal(principal))
        return true;
    return command_complain(arguments->command, "--principal is not of the form User:NAME, in one line");
}

static int print_json(const struct acl_wish *wish, const struct command *command)
{
    if (acls_print_json(wish, stdout))
        return EXIT_OK;
    command_complain(command, "the JSON could not be made: memory is short, or a name is not UTF-8");
    return EXIT_OS;
}

static int print_commands(const struct acl_wish *wish, const struct command *command)
{
    const char *servers = settings_kafka(wish->settings, "bootstrap.servers");
    if (servers == NULL || *servers == '\0') {
        command_complain(command, "kafka.bootstrap.servers is not set: name the broker with -c FILE or --set "
                                  "kafka.bootstrap.servers=HOST:PORT");
        return EXIT_CONFIG;
    }
    acls_print_commands(wish, stdout);
    return EXIT_OK;
}

enum format { FORMAT_KAFKA_ACLS, FORMAT_JSON, FORMAT_TABLE, FORMAT_COUNT };
static const char *const format_names[FORMAT_COUNT] = {"kafka-acls", "json", "table"};

static int run(const struct arguments *arguments)
{
    const int format = arguments_choice(arguments, "format", FORMAT_KAFKA_ACLS);
    char principal[PRINCIPAL_SIZE];
    const struct acl_wish wish = {.settings = arguments->settings,
                                  .user = (enum acl_user)arguments_choice(arguments, "for", ACL_USER_RUN),
                                  .principal = principal};
    if (format == FORMAT_TABLE)
        return acls_print_table(&wish, stdout), EXIT_OK;
    if (!find_principal(arguments, principal))
        return EXIT_USAGE;
    return (format == FORMAT_JSON ? print_json : print_commands)(&wish, arguments->command);
}

static const struct command_option options[] = {
    {.name = "for",
     .type = OPTION_CHOICE,
     .argument = "COMMAND",
     .choices = acl_user_names,
     .choice_count = ACL_USER_COUNT,
     .help = "Which command is to have its rights; run without it."},
    {.name = "principal",
     .type = OPTION_TEXT,
     .argument = "TYPE:NAME",
     .help = "Who is to have them, such as User:alerts; without it, kafka.sasl.username."},
    {.name = "format",
     .type = OPTION_CHOICE,
     .argument = "FORMAT",
     .choices = format_names,
     .choice_count = FORMAT_COUNT,
     .help = "Commands of Kafka's kafka-acls.sh (without it), an array of ACLs, or a table for people."},
};

const struct command command_topics_acls = {
    .name = "topics acls",
    .operands = "",
    .summary = "print the rights that the service or another command needs",
    .details =
        "Prints the least that a broker with ACLs must allow, by the names in the settings, ready to be given to a "
        "shell. Nothing is asked of the broker and nothing changed on it.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .has_settings = true,
    .run = run,
};
