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

static bool find_user(const struct arguments *arguments, enum acl_user *user)
{
    const char *name = arguments_value(arguments, "for");
    *user = ACL_USER_RUN;
    if (name == NULL || acl_user_find(name, user))
        return true;
    char all[128] = "";
    for (enum acl_user each = 0; each < ACL_USER_COUNT; each++) {
        const size_t length = strlen(all);
        snprintf(all + length, sizeof(all) - length, "%s%s", each == 0 ? "" : ", ", acl_user_name(each));
    }
    return command_complain(arguments->command, "--for \"%.40s\" is none of %s", name, all);
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

static int run(const struct arguments *arguments)
{
    const char *given = arguments_value(arguments, "format"), *format = given == NULL ? "kafka-acls" : given;
    char principal[PRINCIPAL_SIZE];
    struct acl_wish wish = {.settings = arguments->settings, .principal = principal};
    if (!find_user(arguments, &wish.user))
        return EXIT_USAGE;
    if (strcmp(format, "table") == 0)
        return acls_print_table(&wish, stdout), EXIT_OK;
    if (strcmp(format, "kafka-acls") != 0 && strcmp(format, "json") != 0)
        return command_complain(arguments->command, "--format \"%.40s\" is none of kafka-acls, json, table", format),
               EXIT_USAGE;
    if (!find_principal(arguments, principal))
        return EXIT_USAGE;
    if (strcmp(format, "json") == 0)
        return print_json(&wish, arguments->command);
    return print_commands(&wish, arguments->command);
}

static const struct command_option options[] = {
    {"for", 0, "COMMAND",
     "Which command is to have its rights: run (if none is named), produce, watch, report, explain, "
     "forget or topics.",
     false, false},
    {"principal", 0, "TYPE:NAME", "Who is to have them, such as User:alerts; without it, kafka.sasl.username.", false,
     false},
    {"format", 0, "FORMAT",
     "kafka-acls (if none is named): commands of Kafka's kafka-acls.sh; json: an array of ACLs; "
     "table: for people.",
     false, false},
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
