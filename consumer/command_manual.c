/* The manual page, made of the tables of commands, settings and exit codes, so that it can not lag behind them. */
#include <string.h>

#include "consumer/command.h"
#include "consumer/exit_code.h"
#include "consumer/settings_subscription.h"
#include "consumer/settings_table.h"

/* In roff a backslash, a dash, and a dot or quote that begins a line mean something. */
static void print_text(const char *text, FILE *out)
{
    for (bool begins = true; *text != '\0'; begins = *text == '\n', text++) {
        if (begins && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else if (*text == '\n')
            fputs("\n.PP", out), fputc('\n', out);
        else
            fputc(*text, out);
    }
}

static void print_entry(const char *term, const char *argument, const char *text, FILE *out)
{
    fputs(".TP\n\\fB", out);
    print_text(term, out);
    fputs("\\fR", out);
    if (argument != NULL)
        fprintf(out, " \\fI%s\\fR", argument);
    fputc('\n', out);
    print_text(text, out);
    fputc('\n', out);
}

static void print_option(const struct command_option *option, FILE *out)
{
    const char letter[] = {'-', option->letter, ',', ' ', '\0'};
    char term[64], help[COMMAND_OPTION_HELP_SIZE];
    snprintf(term, sizeof(term), "%s--%s", option->letter != 0 ? letter : "", option->name);
    print_entry(term, option->argument, command_option_help(option, help), out);
}

static void print_command(const struct command *command, FILE *out)
{
    fprintf(out, ".SS %s %s\n", command->name, command->operands);
    print_text(command->details, out);
    fputc('\n', out);
    for (size_t i = 0; i < command->option_count; i++)
        print_option(&command->options[i], out);
}

/* Those that are no command's own. */
static void print_common_options(FILE *out)
{
    static const struct command any = {.has_settings = true};
    const struct command_option *option;
    fputs(".SH OPTIONS\nBeside those of each command:\n", out);
    for (size_t i = 0; (option = command_option_at(&any, i)) != NULL; i++)
        print_option(option, out);
}

static void print_setting(const struct setting *setting, FILE *out)
{
    char path[SETTING_PATH_SIZE], text[1024];
    const char *value = setting_default(setting), *unit = setting_unit(setting);
    setting_path(setting, path);
    snprintf(text, sizeof(text), "%s%s%s%s Default: %s%s%s.", setting_help(setting),
             setting->norm != NULL ? " Source: " : "", setting->norm != NULL ? setting->norm->source : "",
             setting->norm != NULL ? "." : "", *value == '\0' ? "empty" : value, *unit != '\0' ? " " : "", unit);
    print_entry(path, NULL, text, out);
}

static void print_subscription_settings(FILE *out)
{
    for (size_t i = 0; i < subscription_row_count; i++) {
        char path[SETTING_PATH_SIZE];
        snprintf(path, sizeof(path), SUBSCRIPTIONS_PREFIX "NAME.%s", subscription_rows[i].path);
        print_entry(path, NULL, subscription_rows[i].help, out);
    }
}

static void print_settings(FILE *out)
{
    struct setting setting;
    fputs(".SH SETTINGS\nOne YAML file (\\fB\\-c\\fR) and \\fB\\-\\-set\\fR on top of it. Sections may be nested or "
          "written "
          "with dots. Names below \\fBrules.\\fR may be given to \\fB\\-\\-set\\fR without it.\n",
          out);
    for (size_t i = 0; setting_at(i, &setting); i++)
        print_setting(&setting, out);
    print_subscription_settings(out);
    print_entry(
        "kafka.", "PROPERTY",
        "Any property of librdkafka, such as kafka.bootstrap.servers. A password or key may stand in a file of its "
        "own, which only the service can read: kafka.sasl.password_file: /run/secrets/kafka. On the command line "
        "secrets are refused.",
        out);
}

static void print_exit_codes(FILE *out)
{
    static const struct {
        const char *code, *sentence;
    } codes[] = {
#define X(symbol, code, sentence) {#code, sentence},
        EXIT_CODES(X)
#undef X
    };
    fputs(".SH EXIT STATUS\n", out);
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        print_entry(codes[i].code, NULL, codes[i].sentence, out);
}

void commands_print_manual(FILE *out)
{
    fputs(".TH PLACEMENT\\-ALERTS 1 \"\" \"" PROGRAM_NAME " " PROGRAM_VERSION "\" \"User Commands\"\n.SH NAME\n"
          "placement\\-alerts \\- " PROGRAM_SUMMARY "\n.SH SYNOPSIS\n.B placement\\-alerts\n\\fICOMMAND\\fR "
          "[\\fIOPTION\\fR]… [\\fIARGUMENT\\fR]…\n.SH COMMANDS\n",
          out);
    for (size_t i = 0; i < command_count; i++)
        print_command(commands[i], out);
    fputs(".SS help [COMMAND]\nPrints the commands, or all of one, as \\fB\\-\\-help\\fR does.\n", out);
    print_common_options(out);
    print_settings(out);
    print_exit_codes(out);
}
