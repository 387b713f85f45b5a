/* `report`: the figures of a period, and what the days to come will bring if nothing happens. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alerts/report_html.h"
#include "consumer/calendar_file.h"
#include "consumer/command.h"
#include "consumer/command_language.h"
#include "consumer/command_parse.h"
#include "consumer/exit_code.h"
#include "consumer/report_count.h"
#include "consumer/settings_compare.h"

#define OUTPUT_BYTES ((size_t)1 << 20)
#define FORECAST_DAYS_MAX 3660 /* ten years */

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, FORMAT_HTML, FORMAT_COUNT };
static const char *const format_names[FORMAT_COUNT] = {"table", "csv", "json", "html"};

struct asked {
    const struct arguments *arguments;
    struct report report;
    struct norms compared_norms;
    enum format format;
    struct day as_of;  /* or DAY_ABSENT */
    int forecast_days; /* 0: none */
    bool is_work_list;
};

/* --- what was asked ----------------------------------------------------------------------------------------------- */

/* An option that is a date; DAY_ABSENT where it is not given. False: it is none, which was said. */
static bool read_date(const struct arguments *arguments, const char *name, struct day *day)
{
    const char *text = arguments_value(arguments, name);
    *day = DAY_ABSENT;
    return text == NULL || day_parse(text, strlen(text), day) ||
           command_complain(arguments->command, "--%s \"%s\" is not a date YYYY-MM-DD from 1900-01-01 to 2199-12-31",
                            name, text);
}

/* An option that is one of COUNT names; *CHOICE stays where it is not given. */
static bool read_choice(const struct arguments *arguments, const char *name, const char *const names[], int count,
                        int *choice)
{
    const char *text = arguments_value(arguments, name);
    char all[128] = "";
    for (int i = 0; text != NULL && i < count; i++) {
        if (strcmp(text, names[i]) == 0) {
            *choice = i;
            return true;
        }
        snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    return text == NULL || command_complain(arguments->command, "--%s \"%s\" is not one of %s", name, text, all);
}

static bool read_days(const struct arguments *arguments, int *days)
{
    const char *text = arguments_value(arguments, "forecast");
    *days = 0;
    if (text == NULL)
        return true;
    const size_t digits = strspn(text, "0123456789");
    const long number = digits > 0 && digits <= 4 && text[digits] == '\0' ? strtol(text, NULL, 10) : 0;
    *days = (int)number;
    return (number >= 1 && number <= FORECAST_DAYS_MAX) ||
           command_complain(arguments->command, "--forecast \"%s\" is not a number of days from 1 to %d", text,
                            FORECAST_DAYS_MAX);
}

static bool read_options(struct asked *asked)
{
    const struct arguments *arguments = asked->arguments;
    struct report *report = &asked->report;
    int by = -1, format = FORMAT_TABLE;
    if (!read_date(arguments, "from", &report->from) || !read_date(arguments, "to", &report->to) ||
        !read_date(arguments, "as-of", &asked->as_of) || !read_days(arguments, &asked->forecast_days) ||
        !read_choice(arguments, "by", grouping_names, GROUPING_COUNT, &by) ||
        !read_choice(arguments, "format", format_names, FORMAT_COUNT, &format) ||
        !command_language(arguments, &report->language))
        return false;
    asked->is_work_list = day_is_absent(report->from) && day_is_absent(report->to) && asked->forecast_days > 0;
    asked->format = (enum format)format;
    report->by = by >= 0 ? (enum grouping)by : asked->is_work_list ? GROUPING_LOCATION : GROUPING_ALL;
    report->population = arguments_value(arguments, "unaccompanied") != NULL ? POPULATION_UNACCOMPANIED
                                                                             : POPULATION_ALL;
    report->each_day = arguments_value(arguments, "each-day") != NULL;
    report->exact = arguments_value(arguments, "exact") != NULL;
    report->compared_name = arguments_value(arguments, "compare");
    return true;
}

static bool options_fit(const struct asked *asked)
{
    const struct command *command = asked->arguments->command;
    const struct report *report = &asked->report;
    if (asked->is_work_list) {
        if (report->each_day || report->compared_name != NULL || asked->format == FORMAT_HTML)
            return command_complain(command, "--each-day, --compare and --format html need --from and --to");
        return true;
    }
    if (day_is_absent(report->from) || day_is_absent(report->to))
        return command_complain(command, "--from and --to are required, or --forecast alone for what is to come");
    if (day_before(report->to, report->from))
        return command_complain(command, "--to is before --from");
    return true;
}

/* A day to come has figures only as a forecast, which has to be asked for. */
static bool period_is_known(const struct asked *asked, struct day today)
{
    char last[DAY_TEXT_SIZE], known[DAY_TEXT_SIZE];
    const struct day known_until = day_plus(today, asked->forecast_days);
    if (asked->is_work_list || !day_before(known_until, asked->report.to))
        return true;
    day_format(asked->report.to, last);
    day_format(known_until, known);
    return command_complain(asked->arguments->command,
                            asked->forecast_days == 0 ? "--to %s is after today, %s: days to come need --forecast DAYS"
                                                      : "--to %s is after the last day of the forecast, %s",
                            last, known);
}

/* Of files today is known before they are read; of a state topic it may be later than the clock's day. */
static bool period_is_known_now(const struct asked *asked)
{
    const struct arguments *arguments = asked->arguments;
    if (day_is_absent(asked->as_of) && arguments->operand_count == 0)
        return true;
    const struct day clock_day = clock_setting_today(&arguments->settings->clock);
    return period_is_known(asked, day_is_absent(asked->as_of) ? clock_day : asked->as_of);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static bool write_rows(const struct asked *asked, struct work_list *list)
{
    const struct report *report = &asked->report;
    const bool as_csv = asked->format == FORMAT_CSV;
    if (asked->is_work_list)
        work_list_heading_write(stderr, report);
    else
        report_heading_write(stderr, report);
    if (asked->is_work_list)
        return (as_csv ? work_list_csv_write : work_list_json_write)(stdout, stderr, list, report);
    return (as_csv ? report_csv_write : report_json_write)(stdout, stderr, report);
}

static bool write_answer(const struct asked *asked, struct work_list *list)
{
    switch (asked->format) {
    case FORMAT_TABLE:
        return asked->is_work_list ? work_list_table_write(stdout, list, &asked->report)
                                   : report_table_write(stdout, &asked->report);
    case FORMAT_HTML:
        return report_html_write(stdout, &asked->report);
    default:
        return write_rows(asked, list);
    }
}

static int conclude(const struct asked *asked, struct work_list *list)
{
    setvbuf(stdout, NULL, _IOFBF, OUTPUT_BYTES);
    if (!write_answer(asked, list)) {
        command_complain(asked->arguments->command, "memory is short");
        return EXIT_OS;
    }
    if (asked->report.exact)
        fprintf(stderr, "%s: small groups are shown (--exact): not for publication\n", asked->arguments->command->name);
    return EXIT_OK;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static int answer(struct asked *asked)
{
    struct report_counts counts;
    int exit_code = asked->is_work_list ? report_look_ahead(asked->arguments, asked->as_of, asked->forecast_days,
                                                            &asked->report, &counts)
                                        : report_count(asked->arguments, asked->as_of, &asked->report, &counts);
    if (exit_code == EXIT_OK || exit_code == EXIT_DATA) {
        const int written = period_is_known(asked, asked->report.today) ? conclude(asked, &counts.list) : EXIT_USAGE;
        exit_code = written == EXIT_OK ? exit_code : written;
    }
    report_counts_fini(&counts);
    return exit_code;
}

static int read_norms(struct asked *asked)
{
    const char *path = asked->report.compared_name;
    asked->report.norms = &asked->arguments->settings->norms;
    if (path == NULL)
        return EXIT_OK;
    errno = 0;
    if (!settings_compare_read(asked->arguments->settings, path, &asked->compared_norms, stderr))
        return errno != 0 ? EXIT_NO_INPUT : EXIT_CONFIG;
    asked->report.compared_norms = &asked->compared_norms;
    return EXIT_OK;
}

static int run(const struct arguments *arguments)
{
    struct asked asked = {.arguments = arguments};
    char advice[CALENDAR_COVER_SIZE];
    if (!read_options(&asked) || !options_fit(&asked) || !period_is_known_now(&asked))
        return EXIT_USAGE;
    int exit_code = read_norms(&asked);
    struct calendar *calendar = exit_code == EXIT_OK ? settings_calendar(arguments->settings, stderr) : NULL;
    if (calendar == NULL)
        return exit_code == EXIT_OK ? EXIT_CONFIG : exit_code;
    if (calendar_cover_ends_soon(calendar, clock_setting_today(&arguments->settings->clock), advice))
        fprintf(stderr, "advice: %s\n", advice);
    asked.report.calendar = calendar;
    exit_code = answer(&asked);
    calendar_free(calendar);
    return exit_code;
}

static const struct command_option options[] = {
    {"from", 0, "DATE", "The first day of the period, YYYY-MM-DD.", false, false},
    {"to", 0, "DATE", "Its last day.", false, false},
    {"by", 0, "GROUPING", "Rows by: all, region, location or kind; all without it, of a work list location.", false,
     false},
    {"unaccompanied", 0, NULL, "Only children who are alone in the Netherlands.", false, false},
    {"each-day", 0, NULL, "A row for each day and group, instead of one for each group.", false, false},
    {"exact", 0, NULL, "Do not merge small groups; not for publication.", false, false},
    {"forecast", 0, "DAYS",
     "Days after today, as they will be if nothing happens; without a period, the work list of norms that will be "
     "broken in them.",
     false, false},
    {"as-of", 0, "DATE", "Today: the facts as they are in effect on this day, YYYY-MM-DD.", false, false},
    {"compare", 0, "FILE", "The same children under the norms of FILE's `rules:`, side by side.", false, false},
    {"format", 0, "FORMAT", "table, csv, json or html; table without it.", false, false},
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
