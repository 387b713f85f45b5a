#include "consumer/settings.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "consumer/calendar_file.h"
#include "consumer/schema_folder.h"
#include "consumer/settings_assign.h"
#include "consumer/settings_check.h"
#include "consumer/settings_http.h"
#include "consumer/settings_kafka.h"
#include "consumer/settings_mail.h"
#include "consumer/settings_subscription.h"
#include "consumer/settings_table.h"

/* --- life --------------------------------------------------------------------------------------------------------- */

/* One that is no name for Kafka is not used. */
static void host_name(char *name, size_t size)
{
    char why[SETTING_WHY_SIZE];
    const bool is_known = gethostname(name, size) == 0;
    name[size - 1] = '\0';
    if (!is_known || name[0] == '\0' || !name_check(name, why))
        snprintf(name, size, "localhost");
}

bool settings_init(struct settings *settings)
{
    struct setting setting;
    char host[64], why[SETTING_WHY_SIZE];
    *settings = (struct settings){0};
    norms_init(&settings->norms);
    host_name(host, sizeof(host));
    for (size_t i = 0; i < setting_row_count; i++) {
        setting = (struct setting){.row = &setting_rows[i]};
        if (!setting_parse(&setting, settings, setting.row->is_host_name ? host : setting_default(&setting), why)) {
            settings_fini(settings);
            return false;
        }
    }
    return true;
}

void settings_fini(struct settings *settings)
{
    for (size_t i = 0; i < setting_row_count; i++)
        setting_row_free(&setting_rows[i], settings);
    settings_kafka_fini(settings);
    settings_subscriptions_fini(settings);
}

/* --- setting one -------------------------------------------------------------------------------------------------- */

bool setting_complain(const struct setting_source *source, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (source->file != NULL)
        fprintf(source->errors, "%s:%zu: ", source->file, source->line);
    else
        fputs("--set: ", source->errors);
    vfprintf(source->errors, format, arguments);
    fputc('\n', source->errors);
    va_end(arguments);
    return false;
}

bool setting_complain_section(const struct setting_source *source, const char *path)
{
    return setting_complain(source, "%s: this is a section; settings stand below it", path);
}

bool setting_is_section(const char *path)
{
    char candidate[SETTING_PATH_SIZE];
    struct setting setting;
    const size_t length = strlen(path);
    for (size_t i = 0; setting_at(i, &setting); i++) {
        setting_path(&setting, candidate);
        if (strncmp(candidate, path, length) == 0 && candidate[length] == '.')
            return true;
    }
    if (setting_is_of_subscription(path))
        return setting_is_subscription_section(path);
    return strcmp(path, "kafka") == 0 || strncmp(path, KAFKA_PREFIX, strlen(KAFKA_PREFIX)) == 0;
}

static bool complain_unknown(const struct setting_source *source, const char *path)
{
    char candidate[SETTING_PATH_SIZE];
    struct suggestion suggestion;
    struct setting setting;
    if (setting_is_section(path))
        return setting_complain_section(source, path);
    suggestion_init(&suggestion, path);
    for (size_t i = 0; setting_at(i, &setting); i++) {
        setting_path(&setting, candidate);
        suggestion_offer(&suggestion, candidate);
        if (setting.norm != NULL && strchr(path, '.') == NULL)
            suggestion_offer(&suggestion, setting.norm->name);
    }
    setting_suggest_subscription(&suggestion);
    const bool near = suggestion.nearest[0] != '\0';
    const bool is_short = source->file != NULL && norm_option_find(suggestion.nearest) != NULL;
    return setting_complain(source, "%s: there is no such setting%s%s%s%s", path, near ? "; did you mean " : "",
                            is_short ? "rules." : "", suggestion.nearest, near ? "?" : "");
}

bool setting_complain_open(const struct setting_source *source, const char *section, const char *name)
{
    return setting_complain(source,
                            "%s%s: a secret on the command line can be seen by others; put it into a file of its own "
                            "and set %s%s_file to its name",
                            section, name, section, name);
}

static bool assign_kafka(struct settings *settings, const struct setting_source *source, const char *name,
                         const char *value)
{
    char why[SETTING_WHY_SIZE];
    const bool is_secret = kafka_property_is_secret(name), is_file = strstr(name, "_file") != NULL;
    if (source->file == NULL && is_secret && !is_file)
        return setting_complain_open(source, KAFKA_PREFIX, name);
    return (settings->leaves_secret_files && is_secret && is_file) || settings_kafka_set(settings, name, value, why) ||
           setting_complain(source, KAFKA_PREFIX "%s: %s", name, why);
}

bool setting_assign(struct settings *settings, const struct setting_source *source, const char *path, const char *value)
{
    char why[SETTING_WHY_SIZE];
    struct setting setting;
    const bool is_kafka = strncmp(path, KAFKA_PREFIX, strlen(KAFKA_PREFIX)) == 0;
    const bool is_subscription = setting_is_of_subscription(path);
    if (!is_kafka && !is_subscription && !setting_find(path, &setting))
        return complain_unknown(source, path);
    if (source->section != NULL && strncmp(path, source->section, strlen(source->section)) != 0)
        return setting_complain(source, "%s: only norms (%s*) can be compared; this holds for both", path,
                                source->section);
    if (is_kafka)
        return assign_kafka(settings, source, path + strlen(KAFKA_PREFIX), value);
    if (is_subscription)
        return setting_assign_subscription(settings, source, path, value);
    if (source->file == NULL && setting.row != NULL && setting.row->type == SETTING_SECRET)
        return setting_complain_open(source, "", path);
    const bool is_file = setting.row != NULL && setting.row->type == SETTING_SECRET_FILE;
    return (settings->leaves_secret_files && is_file) || setting_parse(&setting, settings, value, why) ||
           setting_complain(source, "%s: %s", path, why);
}

bool settings_set(struct settings *settings, const char *assignment, FILE *errors)
{
    const struct setting_source source = {.errors = errors};
    char path[SETTING_PATH_SIZE];
    const size_t length = strcspn(assignment, "=");
    if (assignment[length] == '\0' || length == 0)
        return setting_complain(&source, "\"%s\" is not of the form NAME=VALUE", assignment);
    if (length + sizeof("rules.") > sizeof(path))
        return setting_complain(&source, "the name is too long");
    snprintf(path, sizeof(path), "%.*s", (int)length, assignment);
    if (norm_option_find(path) != NULL)
        snprintf(path, sizeof(path), "rules.%.*s", (int)length, assignment);
    return setting_assign(settings, &source, path, assignment + length + 1);
}

/* One topic for two things would feed the service its own alerts, or mix up records. */
bool settings_fit(const struct settings *settings, FILE *errors)
{
    const struct http_settings registry = settings_http_registry(settings);
    const struct http_settings alertmanager = settings_http_alertmanager(settings);
    bool fit = true;
    for (int a = 0; a < TOPIC_COUNT; a++)
        for (int b = a + 1; b < TOPIC_COUNT; b++)
            if (strcmp(settings->topics[a], settings->topics[b]) == 0) {
                fprintf(errors, "topics: \"%s\" is given as the name of two topics; each needs its own\n",
                        settings->topics[a]);
                fit = false;
            }
    fit &= settings_http_fit(&registry, errors);
    fit &= settings_http_fit(&alertmanager, errors);
    fit &= settings_mail_fit(settings, errors);
    return settings_subscriptions_fit(settings, errors) && fit;
}

/* --- what they lead to -------------------------------------------------------------------------------------------- */

struct calendar *settings_calendar(const struct settings *settings, FILE *errors)
{
    return settings->calendar_file[0] == '\0' ? calendar_shipped(errors)
                                              : calendar_file_read(settings->calendar_file, errors);
}

bool settings_event_versions(const struct settings *settings, struct event_versions *versions, FILE *errors)
{
    if (!event_versions_init(versions)) {
        fputs("memory is short\n", errors);
        return false;
    }
    return settings->schemas_folder[0] == '\0' || schema_folder_read(settings->schemas_folder, versions, errors);
}
