#include "consumer/settings_registry.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

bool settings_have_registry(const struct settings *settings)
{
    return settings->registry_urls[0] != '\0';
}

struct registry_settings settings_registry(const struct settings *settings)
{
    return (struct registry_settings){
        .urls = settings->registry_urls,
        .username = settings->registry_username,
        .password = settings->registry_password.text,
        .ca_file = settings->registry_ca_file,
        .certificate_file = settings->registry_certificate_file,
        .key_file = settings->registry_key_file,
        .timeout_ms = settings->registry_timeout_ms,
    };
}

static bool is_readable(const char *name, const char *path, FILE *errors)
{
    if (*path == '\0' || access(path, R_OK) == 0)
        return true;
    fprintf(errors, "registry.%s: %s can not be read: %s\n", name, path, strerror(errno));
    return false;
}

/* A part of a login without the other. */
static bool is_whole(const char *name, const char *value, const char *needed_name, const char *needed, FILE *errors)
{
    if (*value == '\0' || *needed != '\0')
        return true;
    fprintf(errors, "registry.%s: is of no use without registry.%s\n", name, needed_name);
    return false;
}

bool settings_registry_fit(const struct settings *settings, FILE *errors)
{
    const bool is_right[] = {
        is_readable("ca_file", settings->registry_ca_file, errors),
        is_readable("certificate_file", settings->registry_certificate_file, errors),
        is_readable("key_file", settings->registry_key_file, errors),
        is_whole("password", settings->registry_password.text, "username", settings->registry_username, errors),
        is_whole("key_file", settings->registry_key_file, "certificate_file", settings->registry_certificate_file,
                 errors),
    };
    for (size_t i = 0; i < sizeof(is_right) / sizeof(is_right[0]); i++)
        if (!is_right[i])
            return false;
    return true;
}

void settings_registry_advise(const struct settings *settings, FILE *out)
{
    if (settings->registry_username[0] != '\0' && strcasestr(settings->registry_urls, "http://") != NULL)
        fputs("advice: registry.urls: the login crosses the network unencrypted; use https\n", out);
}
