/* `check`: the configuration, the calendar and further schemas, looked at before they are relied on. */
#include "consumer/calendar_file.h"
#include "consumer/command.h"
#include "consumer/exit_code.h"
#include "consumer/kafka_client.h"
#include "consumer/settings_advice.h"
#include "schemas/event_versions.h"

static bool check_calendar(const struct settings *settings)
{
    struct calendar *calendar = settings_calendar(settings, stderr);
    if (calendar == NULL)
        return false;
    char text[CALENDAR_COVER_SIZE];
    if (calendar_cover_ends_soon(calendar, clock_setting_today(&settings->clock), text))
        fprintf(stderr, "advice: %s\n", text);
    calendar_free(calendar);
    return true;
}

static bool check_schemas(const struct settings *settings)
{
    struct event_versions versions;
    const bool are_right = settings_event_versions(settings, &versions, stderr);
    event_versions_fini(&versions);
    return are_right;
}

/* What librdkafka finds when it puts the properties together: files that are missing, logins that lack a name. It
 * connects to nobody before it is asked something. */
static bool check_kafka(const struct settings *settings)
{
    static const struct client_property quiet[] = {{"log_level", "0"}};
    char why[512];
    rd_kafka_conf_t *configuration = client_configuration(settings, quiet, 1);
    if (configuration == NULL)
        return false;
    rd_kafka_t *kafka = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, why, sizeof(why));
    if (kafka != NULL) {
        rd_kafka_destroy(kafka);
        return true;
    }
    rd_kafka_conf_destroy(configuration);
    fprintf(stderr, "kafka: %s\n", why);
    return false;
}

static int run(const struct arguments *arguments)
{
    const struct settings *settings = arguments->settings;
    settings_print(settings, stdout);
    fflush(stdout);
    const bool calendar_is_right = check_calendar(settings);
    const bool schemas_are_right = check_schemas(settings);
    const bool kafka_is_right = check_kafka(settings);
    settings_advise(settings, arguments->settings_file, stderr);
    const bool is_right = arguments->settings_are_right && calendar_is_right && schemas_are_right && kafka_is_right;
    return is_right ? EXIT_OK : EXIT_CONFIG;
}

const struct command command_check = {
    .name = "check",
    .operands = "",
    .summary = "read configuration, calendar and further schemas, show what holds and what is wrong",
    .details =
        "Prints every setting as it holds (secrets hidden), and on stderr each mistake with file and line. Lines "
        "that begin with \"advice:\" are not mistakes. The exit code is 78 where something is wrong.",
    .has_settings = true,
    .judges_settings = true,
    .run = run,
};
