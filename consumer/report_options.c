#include "consumer/report_options.h"

#include <stdlib.h>
#include <string.h>

#include "consumer/command_language.h"
#include "consumer/command_parse.h"

#define FORECAST_DAYS_MAX 3660 /* ten years */

static const char *const format_names[] = {
    [REPORT_FORMAT_TABLE] = "table",
    [REPORT_FORMAT_CSV] = "csv",
    [REPORT_FORMAT_JSON] = "json",
    [REPORT_FORMAT_HTML] = "html",
};
#define FORMAT_COUNT ((int)(sizeof(format_names) / sizeof(format_names[0])))

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

static bool options_read(const struct arguments *arguments, struct report_options *options)
{
    struct report *report = &options->report;
    int by = -1, format = REPORT_FORMAT_TABLE;
    if (!read_date(arguments, "from", &report->from) || !read_date(arguments, "to", &report->to) ||
        !read_date(arguments, "as-of", &options->as_of) || !read_days(arguments, &options->forecast_days) ||
        !read_choice(arguments, "by", grouping_names, GROUPING_COUNT, &by) ||
        !read_choice(arguments, "format", format_names, FORMAT_COUNT, &format) ||
        !command_language(arguments, &report->language))
        return false;
    options->is_work_list = day_is_absent(report->from) && day_is_absent(report->to) && options->forecast_days > 0;
    options->format = (enum report_format)format;
    report->by = by >= 0 ? (enum grouping)by : options->is_work_list ? GROUPING_LOCATION : GROUPING_ALL;
    const bool is_alone = arguments_value(arguments, "unaccompanied") != NULL;
    report->population = is_alone ? POPULATION_UNACCOMPANIED : POPULATION_ALL;
    report->each_day = arguments_value(arguments, "each-day") != NULL;
    report->exact = arguments_value(arguments, "exact") != NULL;
    report->compared_name = arguments_value(arguments, "compare");
    return true;
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
    return options_read(arguments, options) && options_fit(arguments->command, options);
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
