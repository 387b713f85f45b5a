#include "consumer/settings_registry.h"

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
