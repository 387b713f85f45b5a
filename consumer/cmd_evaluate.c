/* `evaluate`: the alerts that exist on a day, of files of events or of the service's state topic. */
#include "consumer/calendar_file.h"
#include "consumer/command.h"
#include "consumer/command_compare.h"
#include "consumer/command_language.h"
#include "consumer/evaluate.h"
#include "consumer/exit_code.h"

static int run(const struct arguments *arguments)
{
    char advice[CALENDAR_COVER_SIZE];
    struct compared_norms compared;
    struct evaluate_question question = {
        .arguments = arguments,
        .compared = &compared,
        .as_of = arguments_date(arguments, "as-of"),
        .language = command_language(arguments),
        .as_json = arguments_value(arguments, "json") != NULL,
    };
    int exit_code = command_compare(arguments, &compared);
    if (exit_code != EXIT_OK)
        return exit_code;
    struct calendar *calendar = settings_calendar(arguments->settings, stderr);
    if (calendar == NULL)
        return EXIT_CONFIG;
    if (calendar_cover_ends_soon(calendar, question.as_of, advice))
        fprintf(stderr, "advice: %s\n", advice);
    question.calendar = calendar;
    exit_code = evaluate(&question);
    calendar_free(calendar);
    return exit_code;
}

static const struct command_option options[] = {
    {.name = "as-of",
     .type = OPTION_DATE,
     .argument = "DATE",
     .help = "The day on which the alerts exist.",
     .required = true},
    {.name = "json", .help = "Print one JSON object a line, with all fields of an alert."},
    COMMAND_OPTION_COMPARE("Show what alerts the norms of this file would have made instead."),
    COMMAND_OPTION_LANGUAGE,
};

const struct command command_evaluate = {
    .name = "evaluate",
    .operands = "[FILE…]",
    .summary = "show the alerts that exist on a day for the events of files, or of the service",
    .details =
        "Prints the alerts that exist on the day, sorted by child, rule, day raised and cause, for the events of "
        "files: JSON lines in any order (\"-\" is stdin), and no broker is needed. A line that is no event is named on "
        "stderr with what is wrong with it; the rest is evaluated, and the exit code is 65.\n"
        "Without a FILE the service's state topic is read: the alerts are judged anew from the facts in it, by the "
        "norms of the settings, and nothing is said of what was published.\n"
        "With --compare the same children are judged a second time, by the norms of the settings with those of FILE on "
        "top, which is the rules section of a configuration: what is printed is which alerts appear (+), go (-) or "
        "change (~, with what is different), and how many of each rule. With --json it is one object a line with "
        "change (APPEARS, GOES or MOVES) and the alert before and after, or null.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .operand_maximum = SIZE_MAX,
    .has_settings = true,
    .run = run,
};
