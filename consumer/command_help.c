/* What --help prints, made of the table of commands. */
#include <string.h>

#include "consumer/command.h"

#define WIDTH 100

/* TEXT in lines of at most WIDTH columns, each begun with INDENT blanks, the first with FIRST of them already there. */
static void print_wrapped(const char *text, int indent, int column, FILE *out)
{
    while (*text != '\0') {
        const int word = (int)strcspn(text, " \n");
        if (column > indent && column + 1 + word > WIDTH) {
            fprintf(out, "\n%*s", indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', out);
            column++;
        }
        fwrite(text, 1, (size_t)word, out);
        column += word;
        text += word;
        if (text[0] == '\n') {
            fprintf(out, "\n%*s", indent, "");
            column = indent;
        }
        text += *text != '\0';
    }
    fputc('\n', out);
}

static void print_options(const struct command *command, FILE *out)
{
    const struct command_option *option;
    char left[64], help[COMMAND_OPTION_HELP_SIZE];
    for (size_t i = 0; (option = command_option_at(command, i)) != NULL; i++) {
        const char letter[] = {'-', option->letter, ',', ' ', '\0'};
        snprintf(left, sizeof(left), "%s--%s%s%s", option->letter != 0 ? letter : "    ", option->name,
                 option->argument != NULL ? " " : "", option->argument != NULL ? option->argument : "");
        const int width = fprintf(out, "  %-26s", left);
        fprintf(out, "  ");
        print_wrapped(command_option_help(option, help), width + 2, width + 2, out);
    }
}

/* evaluate FILE… --as-of DATE [OPTION]… */
static void print_usage(const struct command *command, FILE *out)
{
    fprintf(out, "Usage: " PROGRAM_NAME " %s", command->name);
    for (size_t i = 0; i < command->option_count; i++)
        if (command->options[i].required)
            fprintf(out, " --%s %s", command->options[i].name, command->options[i].argument);
    fprintf(out, " [OPTION]…%s%s\n", *command->operands != '\0' ? " " : "", command->operands);
}

void command_print_help(const struct command *command, FILE *out)
{
    print_usage(command, out);
    fputc('\n', out);
    print_wrapped(command->details, 0, 0, out);
    fputs("\nOptions:\n", out);
    print_options(command, out);
}

void commands_print_help(FILE *out)
{
    fputs("Usage: " PROGRAM_NAME " COMMAND [OPTION]… [ARGUMENT]…\n\n" PROGRAM_NAME " " PROGRAM_SUMMARY
          ".\n\nCommands:\n",
          out);
    for (size_t i = 0; i < command_count; i++)
        fprintf(out, "  %-16s  %s\n", commands[i]->name, commands[i]->summary);
    fputs("\nSee \"" PROGRAM_NAME " help COMMAND\" for each; --version prints the version.\n", out);
}
