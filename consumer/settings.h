/* The settings of the program: one struct, filled from the defaults, a YAML file and --set, by one table
 * (settings_table.c).
 *
 * Names are paths: `kafka.bootstrap.servers`, `rules.stay_scope`, `service.group`. What stands under `kafka.` goes to
 * librdkafka as it is; what stands under `rules.` is the table of norms. In YAML `service: {group: x}` and
 * `service.group: x` are the same.
 */
#ifndef CONSUMER_SETTINGS_H
#define CONSUMER_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "consumer/clock.h"
#include "consumer/log.h"
#include "rules/calendar.h"
#include "rules/norms.h"

/* X(SYMBOL, setting below `topics.`, default name, what its records are, USE by the service). The inputs come first,
 * in the order of enum stream. */
#define TOPICS(X)                                                                                                      \
    X(PLACEMENTS, "placements", "placements", "arrivals and departures", READ)                                         \
    X(MOVES, "moves", "moves", "moves", READ)                                                                          \
    X(ENROLLMENTS, "enrollments", "enrollments", "school enrollments", READ)                                           \
    X(ALERTS, "alerts", "alerts", "every revision of every alert", WRITTEN)                                            \
    X(VIOLATIONS, "violations", "violations", "violations in force", WRITTEN)                                          \
    X(STATE, "state", "state", "the service's memory of children", KEPT)                                               \
    X(DEAD_LETTERS, "dead_letters", "dead-letters", "what could not be read, and why", WRITTEN)                        \
    X(DELIVERIES, "deliveries", "deliveries", "what subscribers were told; notify's own", KEPT)

#define TOPIC_READ_TEXT "read"
#define TOPIC_WRITTEN_TEXT "written"
#define TOPIC_KEPT_TEXT "written and read back at the start"
#define TOPIC_HELP(content, use) "Topic of " content ", " TOPIC_##use##_TEXT "."

/* clang-format off */
enum topic {
#define X(symbol, setting, name, content, use) TOPIC_##symbol,
    TOPICS(X)
#undef X
    TOPIC_COUNT
};
/* clang-format on */

/* A secret: what it is, and the file that it was read from, or NULL (settings_secret.h). */
struct setting_secret {
    char *text, *file;
};

struct kafka_property {
    char *name;
    struct setting_secret value; /* handled as one whether it is secret or not */
};

/* subscriptions.NAME.*: somebody who is told of alerts by webhooks. */
struct subscription {
    char *name;
    char *url;
    struct setting_secret secret; /* .secret, .secret_file: of Standard Webhooks, apart by blanks while one replaces
                                     another */
    char *rules, *levels, *regions, *locations; /* which alerts, apart by commas; "" all */
};

struct settings {
    struct norms norms;           /* rules.* */
    char *calendar_file;          /* calendar: path of the CSV; "" the shipped one */
    struct clock_setting clock;   /* clock: wall | DATE | DATE+1d/100ms */
    enum log_level log_level;     /* log.level */
    struct kafka_property *kafka; /* kafka.*: in the order given */
    size_t kafka_count;
    char *topics[TOPIC_COUNT];      /* topics.placements … topics.deliveries: their names */
    int64_t topic_partitions;       /* topics.partitions */
    int64_t topic_replication;      /* topics.replication_factor */
    int64_t input_retention_days;   /* topics.input_retention_days */
    char *group;                    /* service.group */
    char *instance;                 /* service.instance */
    int64_t workers;                /* service.workers */
    int64_t transaction_events_max; /* service.transaction_events */
    int64_t transaction_judged_max; /* service.transaction_judged */
    int64_t gather_ms;              /* service.gather_ms */
    int64_t lag_bound;              /* service.lag_bound */
    int64_t start_timeout_ms;       /* service.start_timeout_ms: how long broker and registry may be out of reach */
    char *schemas_folder;           /* schemas.folder: of further schemas of events; "" there is none */
    char *registry_urls;            /* registry.urls: a schema registry's addresses; "" there is none */
    bool registry_register;         /* registry.register: own schemas that it lacks; else they are only looked up */
    char *registry_username;        /* registry.username; "" no login */
    struct setting_secret registry_password;             /* registry.password, registry.password_file */
    char *registry_ca_file;                              /* registry.ca_file; "" what the system trusts */
    char *registry_certificate_file, *registry_key_file; /* registry.certificate_file, registry.key_file */
    int64_t registry_timeout_ms;                         /* registry.timeout_ms: of one request */
    char *alertmanager_urls;                     /* alertmanager.urls: each is told by itself; "" there is none */
    char *alertmanager_username;                 /* alertmanager.username; "" no login */
    struct setting_secret alertmanager_password; /* alertmanager.password, alertmanager.password_file */
    char *alertmanager_ca_file;                  /* alertmanager.ca_file; "" what the system trusts */
    char *alertmanager_certificate_file, *alertmanager_key_file; /* alertmanager.certificate_file, .key_file */
    int64_t alertmanager_timeout_ms;                             /* alertmanager.timeout_ms: of one request */
    char *alertmanager_link;           /* alertmanager.link: of an alert, with {alert_id}; "" there is none */
    int64_t alertmanager_overdue_days; /* alertmanager.overdue_days */
    char *alertmanager_quiet_hours;    /* alertmanager.quiet_hours: "HH:MM-HH:MM"; "" there are none */
    bool alertmanager_quiet_weekend;   /* alertmanager.quiet_weekend */
    char *mail_smarthost;              /* mail.smarthost: "HOST:PORT"; "" there is none */
    char *mail_from;                   /* mail.from; "" not set */
    bool mail_require_tls;             /* mail.require_tls */
    char *mail_username;               /* mail.username; "" no login */
    char *mail_password_file;          /* mail.password_file: Alertmanager reads it, this program never */
    int64_t mail_gather_seconds;       /* mail.gather_seconds */
    int64_t mail_interval_seconds;     /* mail.interval_seconds */
    char *mail_digest_at;              /* mail.digest_at: "HH:MM" */
    bool dead_letter_payload;          /* dead_letters.payload */
    char *cloudevents_source;          /* cloudevents.source: "" no CloudEvents headers */
    bool accept_group_behind;          /* state.accept_group_behind */
    bool accept_other_group;           /* state.accept_other_group */
    bool accept_later_day;             /* state.accept_later_day */

    char *webhook_allowed_hosts;                       /* webhooks.allowed_hosts: where subscriptions may send to */
    bool webhook_allow_private;                        /* webhooks.allow_private_addresses */
    bool webhook_allow_http;                           /* webhooks.allow_http */
    char *webhook_ca_file;                             /* webhooks.ca_file; "" what the system trusts */
    char *webhook_certificate_file, *webhook_key_file; /* webhooks.certificate_file, webhooks.key_file */
    int64_t webhook_timeout_ms;                        /* webhooks.timeout_ms: of one attempt */
    int64_t webhook_give_up_hours;                     /* webhooks.give_up_hours: after the first attempt */
    struct subscription *subscriptions;                /* subscriptions.*: in the order given */
    size_t subscription_count;
    bool leaves_secret_files; /* no setting: files of secrets are not read, since they are not needed */
};

/* Fills in the defaults; false: memory is short. */
bool settings_init(struct settings *settings);
void settings_fini(struct settings *settings);

/* Reads a YAML file on top. Every mistake is written to ERRORS as "file:line: what", a misspelt name with the nearest
 * right one; false if there was any, or the file could not be read (errno is then its error, else 0). */
bool settings_read(struct settings *settings, const char *path, FILE *errors);

/* Sets one by "path=value", as --set does; a bare name that stands under `rules.` is taken as that. Secrets are refused
 * here: a command line can be seen by others. False: said on ERRORS. */
bool settings_set(struct settings *settings, const char *assignment, FILE *errors);

/* Whether the settings fit each other. False: said on ERRORS. */
bool settings_fit(const struct settings *settings, FILE *errors);

/* Prints every effective setting as YAML that settings_read takes; secrets (passwords, keys) as "********". */
void settings_print(const struct settings *settings, FILE *out);

/* The value of a kafka property, or NULL. Of those that have two names and that this program looks at, both set the
 * one that it uses, such as bootstrap.servers. */
const char *settings_kafka(const struct settings *settings, const char *name);

/* Whether a schema registry is configured. */
static inline bool settings_have_registry(const struct settings *settings)
{
    return settings->registry_urls[0] != '\0';
}

/* Loads the calendar it names (or the shipped one, built in). NULL: said on ERRORS with file and line. */
struct calendar *settings_calendar(const struct settings *settings, FILE *errors);

/* The schemas that events may be written by: the shipped ones and those of schemas.folder. False: each mistake said on
 * ERRORS with its file. Either way VERSIONS are to be fini'ed. */
struct event_versions;
bool settings_event_versions(const struct settings *settings, struct event_versions *versions, FILE *errors);

#endif
