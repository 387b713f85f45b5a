/* What options take, by type: checked when the command line is read, told in --help and the manual, and had by commands
 * without another look.
 */
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "consumer/command.h"

/* --- texts to values ---------------------------------------------------------------------------------------------- */

static bool read_date(const char *text, struct day *day)
{
    return day_parse(text, strlen(text), day);
}

static bool read_integer(const struct command_option *option, const char *text, uint64_t *number)
{
    errno = 0;
    *number = strtoull(text, NULL, 10);
    return *text != '\0' && strspn(text, "0123456789") == strlen(text) && errno == 0 && *number >= option->minimum &&
           *number <= option->maximum;
}

/* Its index, or -1. */
static int find_choice(const struct command_option *option, const char *text)
{
    int i = option->choice_count - 1;
    while (i >= 0 && strcmp(option->choices[i], text) != 0)
        i--;
    return i;
}

/* --- by type ------------------------------------------------------------------------------------------------------ */

static bool is_date(const struct command_option *option, const char *text)
{
    struct day day;
    (void)option;
    return read_date(text, &day);
}

static void expect_date(const struct command_option *option, char text[static COMMAND_OPTION_EXPECTS_SIZE])
{
    (void)option;
    strcpy(text, "a date YYYY-MM-DD from 1900-01-01 to 2199-12-31");
}

static bool is_integer(const struct command_option *option, const char *text)
{
    uint64_t number;
    return read_integer(option, text, &number);
}

static void expect_integer(const struct command_option *option, char text[static COMMAND_OPTION_EXPECTS_SIZE])
{
    const bool has_unit = option->unit != NULL;
    snprintf(text, COMMAND_OPTION_EXPECTS_SIZE, "a number%s%s from %" PRIu64 " to %" PRIu64, has_unit ? " of " : "",
             has_unit ? option->unit : "", option->minimum, option->maximum);
}

static bool is_choice(const struct command_option *option, const char *text)
{
    return find_choice(option, text) >= 0;
}

/* table, csv, json or html */
static void expect_choice(const struct command_option *option, char text[static COMMAND_OPTION_EXPECTS_SIZE])
{
    size_t used = 0;
    for (int i = 0; i < option->choice_count; i++) {
        const char *separator = i == 0 ? "" : i == option->choice_count - 1 ? " or " : ", ";
        used += (size_t)snprintf(text + used, COMMAND_OPTION_EXPECTS_SIZE - used, "%s%s", separator,
                                 option->choices[i]);
        assert(used < COMMAND_OPTION_EXPECTS_SIZE);
    }
}

static const struct {
    bool (*is_right)(const struct command_option *option, const char *text);
    void (*expect)(const struct command_option *option, char text[static COMMAND_OPTION_EXPECTS_SIZE]);
} types[] = {
    [OPTION_FLAG] = {NULL, NULL}, /* takes nothing */
    [OPTION_TEXT] = {NULL, NULL}, /* takes anything */
    [OPTION_DATE] = {is_date, expect_date},
    [OPTION_INTEGER] = {is_integer, expect_integer},
    [OPTION_CHOICE] = {is_choice, expect_choice},
};

bool command_option_takes(const struct command_option *option, const char *text)
{
    return types[option->type].is_right == NULL || types[option->type].is_right(option, text);
}

bool command_option_expects(const struct command_option *option, char text[static COMMAND_OPTION_EXPECTS_SIZE])
{
    text[0] = '\0';
    if (types[option->type].expect != NULL)
        types[option->type].expect(option, text);
    return *text != '\0';
}

const char *command_option_help(const struct command_option *option, char help[static COMMAND_OPTION_HELP_SIZE])
{
    char expected[COMMAND_OPTION_EXPECTS_SIZE];
    const bool is_typed = command_option_expects(option, expected);
    snprintf(help, COMMAND_OPTION_HELP_SIZE, is_typed ? "%s Takes %s." : "%s", option->help, expected);
    return help;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* The number of an option, which must be one of the command's. */
static size_t find_option(const struct command *command, const char *name)
{
    size_t i = 0;
    while (i < command->option_count && strcmp(command->options[i].name, name) != 0)
        i++;
    assert(i < command->option_count);
    return i;
}

const char *arguments_value(const struct arguments *arguments, const char *name)
{
    return arguments->values[find_option(arguments->command, name)];
}

struct day arguments_date(const struct arguments *arguments, const char *name)
{
    const char *text = arguments_value(arguments, name);
    struct day day = DAY_ABSENT;
    if (text != NULL)
        read_date(text, &day);
    return day;
}

uint64_t arguments_integer(const struct arguments *arguments, const char *name, uint64_t otherwise)
{
    const struct command_option *option = &arguments->command->options[find_option(arguments->command, name)];
    const char *text = arguments_value(arguments, name);
    if (text != NULL)
        read_integer(option, text, &otherwise);
    return otherwise;
}

int arguments_choice(const struct arguments *arguments, const char *name, int otherwise)
{
    const struct command_option *option = &arguments->command->options[find_option(arguments->command, name)];
    const char *text = arguments_value(arguments, name);
    return text != NULL ? find_choice(option, text) : otherwise;
}
