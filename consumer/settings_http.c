#include "consumer/settings_http.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "schemas/http_guard.h"

struct http_settings settings_http_registry(const struct settings *settings)
{
    return (struct http_settings){
        .section = "registry",
        .username = settings->registry_username,
        .password = settings->registry_password.text,
        .ca_file = settings->registry_ca_file,
        .certificate_file = settings->registry_certificate_file,
        .key_file = settings->registry_key_file,
        .timeout_ms = settings->registry_timeout_ms,
    };
}

struct http_settings settings_http_alertmanager(const struct settings *settings)
{
    return (struct http_settings){
        .section = "alertmanager",
        .username = settings->alertmanager_username,
        .password = settings->alertmanager_password.text,
        .ca_file = settings->alertmanager_ca_file,
        .certificate_file = settings->alertmanager_certificate_file,
        .key_file = settings->alertmanager_key_file,
        .timeout_ms = settings->alertmanager_timeout_ms,
    };
}

/* Who may write a receiver's url may not have this machine talk to its neighbours. */
struct http_settings settings_http_webhooks(const struct settings *settings)
{
    return (struct http_settings){
        .section = "webhooks",
        .username = "",
        .password = "",
        .ca_file = settings->webhook_ca_file,
        .certificate_file = settings->webhook_certificate_file,
        .key_file = settings->webhook_key_file,
        .timeout_ms = settings->webhook_timeout_ms,
        .address_fault = settings->webhook_allow_private ? NULL : http_address_fault,
    };
}

/* --- whether it makes sense together ------------------------------------------------------------------------------ */

static bool is_readable(const char *section, const char *name, const char *path, FILE *errors)
{
    if (*path == '\0' || access(path, R_OK) == 0)
        return true;
    fprintf(errors, "%s.%s: %s can not be read: %s\n", section, name, path, strerror(errno));
    return false;
}

/* A part of a login without the other. */
static bool is_whole(const char *section, const char *name, const char *value, const char *needed_name,
                     const char *needed, FILE *errors)
{
    if (*value == '\0' || *needed != '\0')
        return true;
    fprintf(errors, "%s.%s: is of no use without %s.%s\n", section, name, section, needed_name);
    return false;
}

bool settings_http_fit(const struct http_settings *http, FILE *errors)
{
    const char *section = http->section;
    const bool is_right[] = {
        is_readable(section, "ca_file", http->ca_file, errors),
        is_readable(section, "certificate_file", http->certificate_file, errors),
        is_readable(section, "key_file", http->key_file, errors),
        is_whole(section, "password", http->password, "username", http->username, errors),
        is_whole(section, "key_file", http->key_file, "certificate_file", http->certificate_file, errors),
    };
    for (size_t i = 0; i < sizeof(is_right) / sizeof(is_right[0]); i++)
        if (!is_right[i])
            return false;
    return true;
}

void settings_http_advise(const struct http_settings *http, const char *urls, FILE *out)
{
    if (http->username[0] != '\0' && strcasestr(urls, "http://") != NULL)
        fprintf(out, "advice: %s.urls: the login crosses the network unencrypted; use https\n", http->section);
    if (http->username[0] != '\0' && http->password[0] == '\0')
        fprintf(out, "advice: %s.username: has no password; set %s.password_file\n", http->section, http->section);
}
