#include "consumer/settings_table.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "consumer/settings_check.h"
#include "consumer/settings_mail.h"
#include "consumer/settings_subscription.h"
#include "schemas/http_urls.h"

#define AT(member) offsetof(struct settings, member)
/* clang-format off */
#define TOPIC_NAME(symbol, setting, name, content, use)                                                                \
    {"topics." setting, SETTING_TEXT, AT(topics[TOPIC_##symbol]), .check = name_check, .minimum = 1, .maximum = 249,   \
     .default_text = name, .help = TOPIC_HELP(content, use)},
/* clang-format on */

static_assert(SETTING_WHY_SIZE >= HTTP_URLS_WHY_SIZE, "what http_urls_check says fits");

const struct setting_row setting_rows[] = {
    {"calendar", SETTING_TEXT, AT(calendar_file),
     .help = "CSV file of school vacations and holidays; empty: the calendar built into the program."},
    {"clock", SETTING_CLOCK, AT(clock), .default_text = "wall",
     .help = "Which day it is: wall (Europe/Amsterdam), a date, or a simulated one such as 2025-01-01+1d/100ms."},
    {"log.level", SETTING_LEVEL, AT(log_level), .default_text = "info",
     .help = "What is logged: error, warning, info or debug."},
    {"service.group", SETTING_TEXT, AT(group), .check = name_check, .minimum = 1, .maximum = 100,
     .default_text = "placement-alerts", .help = "Consumer group; all instances of one service have the same."},
    {"service.instance", SETTING_TEXT, AT(instance), .check = name_check, .minimum = 1, .maximum = 100,
     .is_host_name = true, .help = "Name of this instance: unique among those running, the same after a restart."},
    {"service.workers", SETTING_INTEGER, AT(workers), .minimum = 1, .maximum = 64, .default_text = "1",
     .help = "Members of the consumer group in this process, each with threads of its own."},
    {"service.transaction_events", SETTING_INTEGER, AT(transaction_events_max), .minimum = 1, .maximum = 1000000,
     .default_text = "100000", .unit = "events",
     .help = "Most events in one transaction; reached only while catching up."},
    {"service.transaction_judged", SETTING_INTEGER, AT(transaction_judged_max), .minimum = 1, .maximum = 1000000,
     .default_text = "10000", .unit = "children",
     .help = "Most children one transaction judges because a day passed or a backlog ended."},
    {"service.gather_ms", SETTING_INTEGER, AT(gather_ms), .minimum = 1, .maximum = 5000, .default_text = "100",
     .unit = "ms", .help = "How long events may gather for a transaction while more are coming."},
    {"service.lag_bound", SETTING_INTEGER, AT(lag_bound), .minimum = 1000, .maximum = 1000000000,
     .default_text = "100000", .unit = "messages",
     .help = "So far behind the end a partition reads its backlog before it publishes again."},
    {"service.start_timeout_ms", SETTING_INTEGER, AT(start_timeout_ms), .minimum = 100, .maximum = 3600000,
     .default_text = "30000", .unit = "ms",
     .help = "How long the broker, or the schema registry, may be out of reach at the start."},
    TOPICS(TOPIC_NAME) /* their names */
    {"topics.partitions", SETTING_INTEGER, AT(topic_partitions), .minimum = 1, .maximum = 10000, .default_text = "12",
     .help = "Partitions of every topic that `topics create` creates; it can not be changed later."},
    {"topics.replication_factor", SETTING_INTEGER, AT(topic_replication), .minimum = 1, .maximum = 15,
     .default_text = "1", .help = "Brokers that keep each partition; 3 where there are as many."},
    {"topics.input_retention_days", SETTING_INTEGER, AT(input_retention_days), .minimum = 1, .maximum = 36500,
     .default_text = "400", .unit = "days",
     .help =
         "How long events stay in the input topics; forgotten children stay forgotten for as long, at least 30 days."},
    {"schemas.folder", SETTING_TEXT, AT(schemas_folder),
     .help =
         "Folder of further Avro schemas (.avsc) that producers write events by, known by fingerprint; empty: none."},
    {"registry.urls", SETTING_TEXT, AT(registry_urls), .check = http_urls_check, .is_list = true,
     .help = "Schema registry: addresses separated by commas, tried in turn; empty: none, records are single-object "
             "encoded."},
    {"registry.register", SETTING_BOOLEAN, AT(registry_register), .default_text = "true",
     .help = "Whether own schemas that the registry lacks are registered at the start; else they must be there."},
    {"registry.username", SETTING_TEXT, AT(registry_username), .maximum = 256,
     .help = "Login at the registry; empty: none."},
    {"registry.password", SETTING_SECRET, AT(registry_password), .maximum = 1024, .help = "Its password."},
    {"registry.password_file", SETTING_SECRET_FILE, AT(registry_password), .maximum = 1024,
     .help = "File that holds the password."},
    {"registry.ca_file", SETTING_TEXT, AT(registry_ca_file),
     .help = "PEM file of who may vouch for the registry; empty: whom the system trusts."},
    {"registry.certificate_file", SETTING_TEXT, AT(registry_certificate_file),
     .help = "PEM file of the certificate to show to the registry; empty: none."},
    {"registry.key_file", SETTING_TEXT, AT(registry_key_file),
     .help = "PEM file of that certificate's key; empty: it stands with the certificate."},
    {"registry.timeout_ms", SETTING_INTEGER, AT(registry_timeout_ms), .minimum = 10, .maximum = 60000,
     .default_text = "5000", .unit = "ms", .help = "How long one address of the registry may take to answer."},
    {"alertmanager.urls", SETTING_TEXT, AT(alertmanager_urls), .check = http_urls_check, .is_list = true,
     .help =
         "Alertmanagers that notify keeps in step: addresses separated by commas, each told by itself; empty: none."},
    {"alertmanager.username", SETTING_TEXT, AT(alertmanager_username), .maximum = 256,
     .help = "Login at Alertmanager; empty: none."},
    {"alertmanager.password", SETTING_SECRET, AT(alertmanager_password), .maximum = 1024, .help = "Its password."},
    {"alertmanager.password_file", SETTING_SECRET_FILE, AT(alertmanager_password), .maximum = 1024,
     .help = "File that holds the password."},
    {"alertmanager.ca_file", SETTING_TEXT, AT(alertmanager_ca_file),
     .help = "PEM file of who may vouch for Alertmanager; empty: whom the system trusts."},
    {"alertmanager.certificate_file", SETTING_TEXT, AT(alertmanager_certificate_file),
     .help = "PEM file of the certificate to show to Alertmanager; empty: none."},
    {"alertmanager.key_file", SETTING_TEXT, AT(alertmanager_key_file),
     .help = "PEM file of that certificate's key; empty: it stands with the certificate."},
    {"alertmanager.timeout_ms", SETTING_INTEGER, AT(alertmanager_timeout_ms), .minimum = 10, .maximum = 60000,
     .default_text = "10000", .unit = "ms", .help = "How long Alertmanager may take to answer."},
    {"alertmanager.link", SETTING_TEXT, AT(alertmanager_link), .check = link_check, .maximum = 1024,
     .help = "Address of a page about an alert, with {alert_id} where its id is to stand; empty: mails have no link."},
    {"alertmanager.overdue_days", SETTING_INTEGER, AT(alertmanager_overdue_days), .minimum = 1, .maximum = 3660,
     .default_text = "30", .unit = "days",
     .help = "A violation that stands for so long is overdue: told once more, and to whom overdue ones are routed."},
    {"alertmanager.quiet_hours", SETTING_TEXT, AT(alertmanager_quiet_hours), .check = quiet_hours_check,
     .help = "When nobody is mailed, such as 19:00-07:00 in Amsterdam; told at the end of it. Empty: at no hour."},
    {"alertmanager.quiet_weekend", SETTING_BOOLEAN, AT(alertmanager_quiet_weekend), .default_text = "false",
     .help = "Whether nobody is mailed on Saturdays and Sundays."},
    {"mail.smarthost", SETTING_TEXT, AT(mail_smarthost), .check = smarthost_check, .maximum = 260,
     .help = "Mail server that Alertmanager hands its mails to, HOST:PORT; port 465 speaks TLS from the start."},
    {"mail.from", SETTING_TEXT, AT(mail_from), .check = mail_address_check, .maximum = 254,
     .help = "Address that the mails are from."},
    {"mail.require_tls", SETTING_BOOLEAN, AT(mail_require_tls), .default_text = "true",
     .help = "Whether mails are handed over by TLS (STARTTLS) or not at all."},
    {"mail.username", SETTING_TEXT, AT(mail_username), .maximum = 256,
     .help = "Login at the mail server; empty: none."},
    {"mail.password_file", SETTING_TEXT, AT(mail_password_file), .maximum = 1024,
     .help =
         "File from which Alertmanager reads the password, without a newline at its end; not read by this program."},
    {"mail.gather_seconds", SETTING_INTEGER, AT(mail_gather_seconds), .minimum = 1, .maximum = 3600,
     .default_text = "60", .unit = "seconds",
     .help = "How long the first alerts of a location are gathered for one mail."},
    {"mail.interval_seconds", SETTING_INTEGER, AT(mail_interval_seconds), .minimum = 1, .maximum = 86400,
     .default_text = "300", .unit = "seconds", .help = "Least time between two mails of one kind about a location."},
    {"mail.digest_at", SETTING_TEXT, AT(mail_digest_at), .check = time_of_day_check, .default_text = "07:00",
     .help = "When the new notices of each location are mailed, once a day, in Amsterdam."},
    {"dead_letters.payload", SETTING_BOOLEAN, AT(dead_letter_payload), .default_text = "false",
     .help = "Whether dead letters carry the record that could not be read, which may hold personal data."},
    {"cloudevents.source", SETTING_TEXT, AT(cloudevents_source), .check = urn_check, .maximum = 255,
     .help = "Source in the CloudEvents headers of alerts and violations, urn:nld:oin:OIN:systeem:NAME; empty: no such "
             "headers."},
    {"webhooks.allowed_hosts", SETTING_TEXT, AT(webhook_allowed_hosts), .check = webhook_hosts_check, .is_list = true,
     .help = "Hosts that subscriptions may send to, apart by commas; a url with another is refused."},
    {"webhooks.allow_private_addresses", SETTING_BOOLEAN, AT(webhook_allow_private), .default_text = "false",
     .help = "Whether a host's name may stand for an address that is not of the public internet."},
    {"webhooks.allow_http", SETTING_BOOLEAN, AT(webhook_allow_http), .default_text = "false",
     .help = "Whether a url may be http, by which children's data cross the network unencrypted."},
    {"webhooks.ca_file", SETTING_TEXT, AT(webhook_ca_file),
     .help = "PEM file of who may vouch for receivers; empty: whom the system trusts."},
    {"webhooks.certificate_file", SETTING_TEXT, AT(webhook_certificate_file),
     .help = "PEM file of the certificate to show to receivers; empty: none."},
    {"webhooks.key_file", SETTING_TEXT, AT(webhook_key_file),
     .help = "PEM file of that certificate's key; empty: it stands with the certificate."},
    {"webhooks.timeout_ms", SETTING_INTEGER, AT(webhook_timeout_ms), .minimum = 100, .maximum = 60000,
     .default_text = "15000", .unit = "ms", .help = "How long a receiver may take to answer."},
    {"webhooks.give_up_hours", SETTING_INTEGER, AT(webhook_give_up_hours), .minimum = 1, .maximum = 720,
     .default_text = "72", .unit = "hours",
     .help = "How long after its first attempt an event is given up that a receiver does not take."},
    {"state.accept_group_behind", SETTING_BOOLEAN, AT(accept_group_behind), .default_text = "false",
     .help = "Start from the state where the group's offsets are behind it, as after an offset reset."},
    {"state.accept_other_group", SETTING_BOOLEAN, AT(accept_other_group), .default_text = "false",
     .help = "Start from the state where another group wrote it and this one has no offsets, as after a renaming."},
    {"state.accept_later_day", SETTING_BOOLEAN, AT(accept_later_day), .default_text = "false",
     .help = "Start where the state was judged through a day after the clock's, and go on from that day."},
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
    const char *unit = setting->row != NULL ? setting->row->unit : setting->norm->unit;
    return unit != NULL ? unit : "";
}

const char *setting_default(const struct setting *setting)
{
    if (setting->row != NULL && setting->row->is_host_name)
        return "the host name";
    const char *text = setting->row != NULL ? setting->row->default_text : setting->norm->default_text;
    return text != NULL ? text : "";
}
