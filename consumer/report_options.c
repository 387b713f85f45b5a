#include "consumer/report_options.h"

#include "consumer/command_language.h"
#include "consumer/command_parse.h"

const char *const report_format_names[REPORT_FORMAT_COUNT] = {
    [REPORT_FORMAT_TABLE] = "table",
    [REPORT_FORMAT_CSV] = "csv",
    [REPORT_FORMAT_JSON] = "json",
    [REPORT_FORMAT_HTML] = "html",
};

static void options_read(const struct arguments *arguments, struct report_options *options)
{
    struct report *report = &options->report;
    const bool is_alone = arguments_value(arguments, "unaccompanied") != NULL;
    report->from = arguments_date(arguments, "from");
    report->to = arguments_date(arguments, "to");
    options->as_of = arguments_date(arguments, "as-of");
    options->forecast_days = (int)arguments_integer(arguments, "forecast", 0);
    options->is_work_list = day_is_absent(report->from) && day_is_absent(report->to) && options->forecast_days > 0;
    options->format = (enum report_format)arguments_choice(arguments, "format", REPORT_FORMAT_TABLE);
    report->by = (enum grouping)arguments_choice(arguments, "by",
                                                 options->is_work_list ? GROUPING_LOCATION : GROUPING_ALL);
    report->language = command_language(arguments);
    report->population = is_alone ? POPULATION_UNACCOMPANIED : POPULATION_ALL;
    report->each_day = arguments_value(arguments, "each-day") != NULL;
    report->exact = arguments_value(arguments, "exact") != NULL;
    report->compared_name = arguments_value(arguments, "compare");
}

static bool options_fit(const struct command *command, const struct report_options *options)
{
    const struct report *report = &options->report;
    if (options->is_work_list) {
        if (report->each_day || report->compared_name != NULL || options->format == REPORT_FORMAT_HTML)
            return command_complain(command, "--each-day, --compare and --format html need --from and --to");
        return true;
    }
    if (day_is_absent(report->from) || day_is_absent(report->to))
        return command_complain(command, "--from and --to are required, or --forecast alone for what is to come");
    if (day_before(report->to, report->from))
        return command_complain(command, "--to is before --from");
    return true;
}

bool report_options_read(const struct arguments *arguments, struct report_options *options)
{
    *options = (struct report_options){0};
    options_read(arguments, options);
    return options_fit(arguments->command, options);
}

bool report_period_is_known(const struct arguments *arguments, const struct report_options *options, struct day today)
{
    char last[DAY_TEXT_SIZE], known[DAY_TEXT_SIZE];
    const struct day known_until = day_plus(today, options->forecast_days);
    if (options->is_work_list || !day_before(known_until, options->report.to))
        return true;
    day_format(options->report.to, last);
    day_format(known_until, known);
    return command_complain(arguments->command,
                            options->forecast_days == 0
                                ? "--to %s is after today, %s: days to come need --forecast DAYS"
                                : "--to %s is after the last day of the forecast, %s",
                            last, known);
}
