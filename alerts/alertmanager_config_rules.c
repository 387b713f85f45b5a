/* What mutes what, and when nobody is mailed. */
#include "alerts/alertmanager_config_internal.h"

/* An alert that goes on as another one at the same place: the one mutes the other, so that only the newer is told of.
 * Where it left a place nothing mutes its ending. A rule whose sources are among its targets would mute nothing, so
 * those that replaced others are told apart by whether it was an odd number of times. */
static const struct {
    const char *source, *target, *label;
} successions[] = {
    {"level=\"SEVERE\"", "level=~\"NOTICE|VIOLATION\"", "alert_id"},
    {"level=\"VIOLATION\"", "level=\"NOTICE\"", "alert_id"},
    {"overdue=\"yes\"", "overdue=\"no\"", "alert_id"},
    {"replaces=~\"odd|even\"", "replaces=\"no\"", "thread"},
    {"replaces=\"odd\"", "replaces=\"even\"", "thread"},
    {"replaces=\"even\"", "replaces=\"odd\"", "thread"},
};

/* Alertmanager holds each target of a rule against all of its sources. Ids begin with a hexadecimal digit at random: a
 * rule for each makes that sixteen times less. With 7,000 alerts a look took six seconds of a core without. */
void config_write_inhibition(FILE *out)
{
    static const char digits[] = "0123456789abcdef";
    fputs("inhibit_rules:\n", out);
    for (size_t i = 0; i < sizeof(successions) / sizeof(successions[0]); i++)
        for (const char *digit = digits; *digit != '\0'; digit++)
            fprintf(out,
                    "  - source_matchers: ['%s', '%s=~\"%c.*\"']\n"
                    "    target_matchers: ['%s', '%s=~\"%c.*\"']\n"
                    "    equal: [%s, location]\n",
                    successions[i].source, successions[i].label, *digit, successions[i].target, successions[i].label,
                    *digit, successions[i].label);
}

bool config_has_quiet_times(const struct alertmanager_config *config)
{
    return config->quiet.from != config->quiet.until || config->quiet.weekend;
}

static void write_range(FILE *out, int from, int until)
{
    if (from < until)
        fprintf(out, "          - {start_time: '%02d:%02d', end_time: '%02d:%02d'}\n", from / 60, from % 60, until / 60,
                until % 60);
}

/* Each day from FROM to before UNTIL; over midnight, where UNTIL is the earlier, in two pieces. */
static void write_hours(FILE *out, int from, int until)
{
    const bool is_over_midnight = until < from;
    fputs("      - location: Europe/Amsterdam\n"
          "        times:\n",
          out);
    write_range(out, from, is_over_midnight ? MINUTES_PER_DAY : until);
    if (is_over_midnight)
        write_range(out, 0, until);
}

void config_write_times(FILE *out, const struct alertmanager_config *config)
{
    fputs("time_intervals:\n"
          "  - name: " CONFIG_TIMES_DIGEST "\n"
          "    time_intervals:\n",
          out);
    write_hours(out, config->digest_at, (config->digest_at + ALERTMANAGER_DIGEST_MINUTES) % MINUTES_PER_DAY);
    if (!config_has_quiet_times(config))
        return;
    fputs("  - name: " CONFIG_TIMES_QUIET "\n"
          "    time_intervals:\n",
          out);
    if (config->quiet.from != config->quiet.until)
        write_hours(out, config->quiet.from, config->quiet.until);
    if (config->quiet.weekend)
        fputs("      - location: Europe/Amsterdam\n"
              "        weekdays: [saturday, sunday]\n",
              out);
}
