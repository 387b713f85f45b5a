/* `evaluate`: the alerts that exist on a day for the events of files. */

#include "alerts/alert_table.h"
#include "alerts/norms_text.h"
#include "consumer/calendar_file.h"
#include "consumer/command.h"
#include "consumer/command_compare.h"
#include "consumer/command_language.h"
#include "consumer/comparison_show.h"
#include "consumer/evaluation.h"
#include "consumer/event_files.h"
#include "consumer/exit_code.h"
#include "consumer/parallel.h"

#define OUTPUT_BYTES ((size_t)1 << 20)

struct evaluating {
    struct evaluation *evaluation;
    struct yardstick yardstick;
    struct compared_norms compared; /* file NULL: nothing is compared */
    enum language language;
    int threads;
    bool as_json;
    uint64_t bad_lines, alerts; /* or changes of alerts */
};

/* --- showing ------------------------------------------------------------------------------------------------------ */

static void show_line(const char *line, size_t length)
{
    fwrite(line, 1, length, stdout);
    putchar('\n');
}

static void show_alert(void *context, const struct alert_record *alert)
{
    struct evaluating *evaluating = context;
    char line[ALERT_JSON_BYTES_MAX];
    if (!evaluating->as_json && evaluating->alerts == 0)
        show_line(line, alert_table_head_write(evaluating->language, line, sizeof(line)));
    evaluating->alerts++;
    show_line(line, evaluating->as_json ? alert_record_write_json(alert, false, line, sizeof(line))
                                        : alert_table_row_write(evaluating->language, alert, line, sizeof(line)));
}

static void show_summary(const struct evaluating *evaluating)
{
    const enum language language = evaluating->language;
    const char *unit = evaluating->compared.file == NULL ? "alerts" : "changes";
    char day[DAY_TEXT_SIZE], alerts[QUANTITY_SIZE], events[QUANTITY_SIZE], children[QUANTITY_SIZE], bad[QUANTITY_SIZE];
    day_format(evaluating->yardstick.today, day);
    quantity_words(language, (int64_t)evaluating->alerts, unit, alerts);
    quantity_words(language, (int64_t)evaluation_event_count(evaluating->evaluation), "events", events);
    quantity_words(language, (int64_t)evaluation_child_count(evaluating->evaluation), "children", children);
    fflush(stdout);
    message_print(stderr, language, MESSAGE_EVALUATED, alerts, day, events, children);
    if (evaluating->bad_lines > 0)
        fprintf(stderr, "; %s", quantity_words(language, (int64_t)evaluating->bad_lines, "bad lines", bad));
    fputc('\n', stderr);
}

static bool show_alerts(struct evaluating *evaluating)
{
    if (evaluating->compared.file != NULL)
        return evaluate_compare(evaluating->evaluation, &evaluating->yardstick, &evaluating->compared,
                                evaluating->language, evaluating->threads, evaluating->as_json, &evaluating->alerts);
    return evaluation_run(evaluating->evaluation, &evaluating->yardstick, evaluating->threads, show_alert, evaluating);
}

static int judge(struct evaluating *evaluating)
{
    if (!show_alerts(evaluating))
        return EXIT_OS;
    if (!evaluating->as_json)
        show_summary(evaluating);
    return event_files_conclude(evaluating->bad_lines, evaluation_left_out(evaluating->evaluation));
}

static int evaluate(struct evaluating *evaluating, const struct arguments *arguments)
{
    evaluating->evaluation = evaluation_new();
    int exit_code = EXIT_OS;
    if (evaluating->evaluation != NULL)
        exit_code = event_files_read(evaluating->evaluation, arguments->operands, arguments->operand_count,
                                     evaluating->threads, &evaluating->bad_lines);
    setvbuf(stdout, NULL, _IOFBF, OUTPUT_BYTES);
    if (exit_code == EXIT_OK)
        exit_code = judge(evaluating);
    if (exit_code == EXIT_OS)
        fprintf(stderr, "evaluate: memory is short\n");
    evaluation_free(evaluating->evaluation);
    return exit_code;
}

/* --- the command line --------------------------------------------------------------------------------------------- */

static int evaluate_with_calendar(struct evaluating *evaluating, const struct arguments *arguments)
{
    char advice[CALENDAR_COVER_SIZE];
    struct calendar *calendar = settings_calendar(arguments->settings, stderr);
    if (calendar == NULL)
        return EXIT_CONFIG;
    evaluating->yardstick.calendar = calendar;
    if (calendar_cover_ends_soon(calendar, evaluating->yardstick.today, advice))
        fprintf(stderr, "advice: %s\n", advice);
    const int exit_code = evaluate(evaluating, arguments);
    calendar_free(calendar);
    return exit_code;
}

static int run(const struct arguments *arguments)
{
    struct evaluating evaluating = {
        .yardstick = {.norms = &arguments->settings->norms, .today = arguments_date(arguments, "as-of")},
        .language = command_language(arguments),
        .threads = parallel_processors(),
        .as_json = arguments_value(arguments, "json") != NULL,
    };
    const int exit_code = command_compare(arguments, &evaluating.compared);
    return exit_code == EXIT_OK ? evaluate_with_calendar(&evaluating, arguments) : exit_code;
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
    .operands = "FILE…",
    .summary = "show the alerts that exist on a day for the events of files",
    .details =
        "Reads events as JSON lines, in any order (\"-\" is stdin), and prints the alerts that exist on the day, "
        "sorted by child, rule, day raised and cause. No broker is needed. A line that is no event is named on "
        "stderr with what is wrong with it; the rest is evaluated, and the exit code is 65.\n"
        "With --compare the same events are judged a second time, by the norms of the settings with those of FILE on "
        "top, which is the rules section of a configuration: what is printed is which alerts appear (+), go (-) or "
        "change (~, with what is different), and how many of each rule. With --json it is one object a line with "
        "change (APPEARS, GOES or MOVES) and the alert before and after, or null.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .operand_minimum = 1,
    .operand_maximum = SIZE_MAX,
    .has_settings = true,
    .run = run,
};
