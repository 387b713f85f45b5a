#include "consumer/settings_registry.h"

#include "consumer/settings_peer.h"

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

static struct settings_peer peer_of(const struct settings *settings)
{
    return (struct settings_peer){
        .section = "registry",
        .urls = settings->registry_urls,
        .username = settings->registry_username,
        .password = settings->registry_password.text,
        .ca_file = settings->registry_ca_file,
        .certificate_file = settings->registry_certificate_file,
        .key_file = settings->registry_key_file,
    };
}

bool settings_registry_fit(const struct settings *settings, FILE *errors)
{
    const struct settings_peer peer = peer_of(settings);
    return settings_peer_fit(&peer, errors);
}

void settings_registry_advise(const struct settings *settings, FILE *out)
{
    const struct settings_peer peer = peer_of(settings);
    settings_peer_advise(&peer, out);
}
