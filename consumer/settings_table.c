#include "consumer/settings_table.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define AT(member) offsetof(struct settings, member)
#define TOPIC_NAME(symbol, setting, name, content, use)                                                                \
    {"topics." setting, SETTING_NAME, AT(topics[TOPIC_##symbol]), 1, 249, name, "", TOPIC_HELP(content, use)},

const struct setting_row setting_rows[] = {
    {"calendar", SETTING_FILE, AT(calendar_file), 0, 0, "", "",
     "CSV file of school vacations and holidays; empty: the calendar built into the program."},
    {"clock", SETTING_CLOCK, AT(clock), 0, 0, "wall", "",
     "Which day it is: wall (Europe/Amsterdam), a date, or a simulated one such as 2025-01-01+1d/100ms."},
    {"log.level", SETTING_LEVEL, AT(log_level), 0, 0, "info", "", "What is logged: error, warning, info or debug."},
    {"service.group", SETTING_NAME, AT(group), 1, 100, "placement-alerts", "",
     "Consumer group; all instances of one service have the same."},
    {"service.instance", SETTING_NAME, AT(instance), 1, 100, NULL, "",
     "Name of this instance: unique among those running, the same after a restart."},
    {"service.workers", SETTING_INTEGER, AT(workers), 1, 64, "1", "",
     "Members of the consumer group in this process, each with threads of its own."},
    {"service.transaction_events", SETTING_INTEGER, AT(transaction_events_max), 1, 1000000, "100000", "events",
     "Most events in one transaction; reached only while catching up."},
    {"service.transaction_judged", SETTING_INTEGER, AT(transaction_judged_max), 1, 1000000, "10000", "children",
     "Most children one transaction judges because a day passed or a backlog ended."},
    {"service.gather_ms", SETTING_INTEGER, AT(gather_ms), 1, 5000, "100", "ms",
     "How long events may gather for a transaction while more are coming."},
    {"service.lag_bound", SETTING_INTEGER, AT(lag_bound), 1000, 1000000000, "100000", "messages",
     "So far behind the end a partition reads its backlog before it publishes again."},
    {"service.start_timeout_ms", SETTING_INTEGER, AT(start_timeout_ms), 100, 3600000, "30000", "ms",
     "How long the broker, or the schema registry, may be out of reach at the start."},
    TOPICS(TOPIC_NAME) /* their names */
    {"topics.partitions", SETTING_INTEGER, AT(topic_partitions), 1, 10000, "12", "",
     "Partitions of every topic that `topics create` creates; it can not be changed later."},
    {"topics.replication_factor", SETTING_INTEGER, AT(topic_replication), 1, 15, "1", "",
     "Brokers that keep each partition; 3 where there are as many."},
    {"topics.input_retention_days", SETTING_INTEGER, AT(input_retention_days), 1, 36500, "400", "days",
     "How long events stay in the input topics; forgotten children stay forgotten for as long, at least 30 days."},
    {"schemas.folder", SETTING_FILE, AT(schemas_folder), 0, 0, "", "",
     "Folder of further Avro schemas (.avsc) that producers write events by, known by fingerprint; empty: none."},
    {"registry.urls", SETTING_URLS, AT(registry_urls), 0, 0, "", "",
     "Schema registry: addresses separated by commas, tried in turn; empty: none, records are single-object encoded."},
    {"registry.register", SETTING_BOOLEAN, AT(registry_register), 0, 0, "true", "",
     "Whether the schemas of what is written are registered at the start where they are not; else they must be there."},
    {"registry.username", SETTING_TEXT, AT(registry_username), 0, 256, "", "", "Login at the registry; empty: none."},
    {"registry.password", SETTING_SECRET, AT(registry_password), 0, 1024, "", "", "Its password."},
    {"registry.password_file", SETTING_SECRET_FILE, AT(registry_password), 0, 1024, "", "",
     "File that holds the password."},
    {"registry.ca_file", SETTING_FILE, AT(registry_ca_file), 0, 0, "", "",
     "PEM file of who may vouch for the registry; empty: whom the system trusts."},
    {"registry.certificate_file", SETTING_FILE, AT(registry_certificate_file), 0, 0, "", "",
     "PEM file of the certificate to show to the registry; empty: none."},
    {"registry.key_file", SETTING_FILE, AT(registry_key_file), 0, 0, "", "",
     "PEM file of that certificate's key; empty: it stands with the certificate."},
    {"registry.timeout_ms", SETTING_INTEGER, AT(registry_timeout_ms), 10, 60000, "5000", "ms",
     "How long one address of the registry may take to answer."},
    {"dead_letters.payload", SETTING_BOOLEAN, AT(dead_letter_payload), 0, 0, "false", "",
     "Whether dead letters carry the record that could not be read, which may hold personal data."},
    {"cloudevents.source", SETTING_URN, AT(cloudevents_source), 0, 255, "", "",
     "Source in the CloudEvents headers of alerts and violations, urn:nld:oin:OIN:systeem:NAME; empty: no such "
     "headers."},
    {"state.accept_group_behind", SETTING_BOOLEAN, AT(accept_group_behind), 0, 0, "false", "",
     "Start from the state where the group's offsets are behind it, as after an offset reset."},
    {"state.accept_later_day", SETTING_BOOLEAN, AT(accept_later_day), 0, 0, "false", "",
     "Start where the state was judged through a day after the clock's, and go on from that day."},
};
const size_t setting_row_count = sizeof(setting_rows) / sizeof(setting_rows[0]);

bool setting_at(size_t i, struct setting *setting)
{
    const bool is_row = i < setting_row_count;
    *setting = (struct setting){.row = is_row ? &setting_rows[i] : NULL,
                                .norm = is_row ? NULL : norm_option_at(i - setting_row_count)};
    return setting->row != NULL || setting->norm != NULL;
}

bool setting_find(const char *path, struct setting *setting)
{
    char candidate[SETTING_PATH_SIZE];
    for (size_t i = 0; setting_at(i, setting); i++) {
        setting_path(setting, candidate);
        if (strcmp(candidate, path) == 0)
            return true;
    }
    return false;
}

void setting_path(const struct setting *setting, char path[static SETTING_PATH_SIZE])
{
    const bool is_norm = setting->row == NULL;
    snprintf(path, SETTING_PATH_SIZE, "%s%s", is_norm ? "rules." : "",
             is_norm ? setting->norm->name : setting->row->path);
}

const char *setting_help(const struct setting *setting)
{
    return setting->row != NULL ? setting->row->help : setting->norm->help;
}

const char *setting_unit(const struct setting *setting)
{
    return setting->row != NULL ? setting->row->unit : setting->norm->unit;
}

const char *setting_default(const struct setting *setting)
{
    const char *text = setting->row != NULL ? setting->row->default_text : setting->norm->default_text;
    return text != NULL ? text : "the host name";
}
