/* `rules`: the norms that hold, in words. */
#include "alerts/norms_text.h"
#include "consumer/calendar_file.h"
#include "consumer/command.h"
#include "consumer/command_language.h"
#include "consumer/exit_code.h"

static int run(const struct arguments *arguments)
{
    const struct settings *settings = arguments->settings;
    const struct day today = clock_setting_today(&settings->clock);
    const enum language language = command_language(arguments);
    char advice[CALENDAR_COVER_SIZE];
    struct calendar *calendar = settings_calendar(settings, stderr);
    if (calendar == NULL)
        return EXIT_CONFIG;
    if (calendar_cover_ends_soon(calendar, today, advice))
        fprintf(stderr, "advice: %s\n", advice);
    if (arguments_value(arguments, "json") != NULL)
        norms_list_print_json(stdout, language, &settings->norms, calendar, today);
    else
        norms_list_print(stdout, language, &settings->norms, calendar, today);
    calendar_free(calendar);
    return EXIT_OK;
}

static const struct command_option options[] = {
    {.name = "json", .help = "Print one JSON object with all of it."},
    COMMAND_OPTION_LANGUAGE,
};

const struct command command_rules = {
    .name = "rules",
    .operands = "",
    .summary = "show the norms in force, what they mean and where they come from",
    .details = "Prints every norm with its value as the settings have it, the days from which it holds, what it means "
               "and its source, and how far the school calendar reaches. In force is what holds on the clock's day; "
               "for another day: --set clock=DATE.",
    .options = options,
    .option_count = sizeof(options) / sizeof(options[0]),
    .has_settings = true,
    .run = run,
};
