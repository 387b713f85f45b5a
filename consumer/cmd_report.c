/* `report`: the figures of a period, and what the days to come will bring if nothing happens. */
#include "alerts/report_html.h"
#include "consumer/calendar_file.h"
#include "consumer/command.h"
#include "consumer/command_compare.h"
#include "consumer/command_language.h"
#include "consumer/command_parse.h"
#include "consumer/exit_code.h"
#include "consumer/report_count.h"
#include "consumer/report_options.h"

#define OUTPUT_BYTES ((size_t)1 << 20)

struct reporting {
    const struct arguments *arguments;
    struct report_options options;
    struct report report; /* as asked, then with what was counted */
    struct report_counts counts;
    struct compared_norms compared;
};

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* Rows for programs are alone on stdout; their heading goes to stderr. */
static bool write_rows(struct reporting *reporting)
{
    const struct report *report = &reporting->report;
    struct work_list *list = &reporting->counts.list;
    const bool as_csv = reporting->options.format == REPORT_FORMAT_CSV;
    if (reporting->options.is_work_list) {
        work_list_heading_write(stderr, report);
        return (as_csv ? work_list_csv_write : work_list_json_write)(stdout, stderr, list, report);
    }
    report_heading_write(stderr, report);
    return (as_csv ? report_csv_write : report_json_write)(stdout, stderr, report);
}

static bool write_answer(struct reporting *reporting)
{
    switch (reporting->options.format) {
    case REPORT_FORMAT_TABLE:
        return reporting->options.is_work_list
                   ? work_list_table_write(stdout, &reporting->counts.list, &reporting->report)
                   : report_table_write(stdout, &reporting->report);
    case REPORT_FORMAT_HTML:
        return report_html_write(stdout, &reporting->report);
    default:
        return write_rows(reporting);
    }
}

static int conclude(struct reporting *reporting)
{
    const struct arguments *arguments = reporting->arguments;
    if (!report_period_is_known(arguments, &reporting->options, reporting->report.today))
        return EXIT_USAGE;
    setvbuf(stdout, NULL, _IOFBF, OUTPUT_BYTES);
    if (!write_answer(reporting)) {
        command_complain(arguments->command, "memory is short");
        return EXIT_OS;
    }
    if (reporting->report.exact)
        command_complain(arguments->command, "small groups are shown (--exact): not for publication");
    return EXIT_OK;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static int answer(struct reporting *reporting)
{
    const struct arguments *arguments = reporting->arguments;
    const struct report_options *options = &reporting->options;
    int exit_code = options->is_work_list
                        ? report_look_ahead(arguments, options->as_of, options->forecast_days, &reporting->report,
                                            &reporting->counts)
                        : report_count(arguments, options->as_of, &reporting->report, &reporting->counts);
    if (exit_code == EXIT_OK || exit_code == EXIT_DATA) {
        const int concluded = conclude(reporting);
        exit_code = concluded == EXIT_OK ? exit_code : concluded;
    }
    report_counts_fini(&reporting->counts);
    return exit_code;
}

static int read_norms(struct reporting *reporting)
{
    struct report *report = &reporting->report;
    const int exit_code = command_compare(reporting->arguments, &reporting->compared);
    report->norms = &reporting->arguments->settings->norms;
    report->compared_name = reporting->compared.file;
    report->compared_norms = reporting->compared.file != NULL ? &reporting->compared.norms : NULL;
    return exit_code;
}

static int report_with_calendar(struct reporting *reporting, struct day clock_day)
{
    char advice[CALENDAR_COVER_SIZE];
    struct calendar *calendar = settings_calendar(reporting->arguments->settings, stderr);
    if (calendar == NULL)
        return EXIT_CONFIG;
    if (calendar_cover_ends_soon(calendar, clock_day, advice))
        fprintf(stderr, "advice: %s\n", advice);
    reporting->report.calendar = calendar;
    const int exit_code = answer(reporting);
    calendar_free(calendar);
    return exit_code;
}

static int run(const struct arguments *arguments)
{
    struct reporting reporting = {.arguments = arguments};
    struct report_options *options = &reporting.options;
    if (!report_options_read(arguments, options))
        return EXIT_USAGE;
    const bool has_day = !day_is_absent(options->as_of);
    const struct day today = has_day ? options->as_of : clock_setting_today(&arguments->settings->clock);
    /* of a state topic it may turn out to be later */
    const bool is_final = has_day || arguments->operand_count > 0;
    if (is_final && !report_period_is_known(arguments, options, today))
        return EXIT_USAGE;
    reporting.report = options->report;
    const int exit_code = read_norms(&reporting);
    return exit_code == EXIT_OK ? report_with_calendar(&reporting, today) : exit_code;
}

static const struct command_option options[] = {
    {.name = "from", .type = OPTION_DATE, .argument = "DATE", .help = "The first day of the period."},
    {.name = "to", .type = OPTION_DATE, .argument = "DATE", .help = "Its last day."},
    {.name = "by",
     .type = OPTION_CHOICE,
     .argument = "GROUPING",
     .choices = grouping_names,
     .choice_count = GROUPING_COUNT,
     .help = "What a row is of; all without it, of a work list location."},
    {.name = "unaccompanied", .help = "Only children who are alone in the Netherlands."},
    {.name = "each-day", .help = "A row for each day and group, instead of one for each group."},
    {.name = "exact", .help = "Do not merge small groups; not for publication."},
    {.name = "forecast",
     .type = OPTION_INTEGER,
     .argument = "DAYS",
     .minimum = 1,
     .maximum = REPORT_FORECAST_DAYS_MAX,
     .unit = "days",
     .help = "Days after today, as they will be if nothing happens; without a period, the work list of norms that will "
             "be broken in them."},
    {.name = "as-of",
     .type = OPTION_DATE,
     .argument = "DATE",
     .help = "Today: the facts as they are in effect on this day."},
    COMMAND_OPTION_COMPARE("The same children under the norms of FILE's `rules:`, side by side."),
    {.name = "format",
     .type = OPTION_CHOICE,
     .argument = "FORMAT",
     .choices = report_format_names,
     .choice_count = REPORT_FORMAT_COUNT,
     .help = "The form of the answer; table without it."},
    COMMAND_OPTION_LANGUAGE,
};

const struct command command_report = {
    .name = "report",
    .operands = "[FILE…]",
    .summary = "show how many children, how long, and how many school days were lost",
    .details =
        "Counts the children of the files of events, or of the service's state topic where none is named, on the "
        "days of a period: docs/figures.md has what each figure means. Groups of one to four children are "
        "merged, so that no child can be recognised. Table and page are for people; csv and json hold the rows "
        "alone, and their heading goes to stderr. With --forecast and no period it is a work list: which norms "
        "will be broken, on which day and where, if nothing happens; --exact names the children.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .operand_minimum = 0,
    .operand_maximum = SIZE_MAX,
    .has_settings = true,
    .run = run,
};
