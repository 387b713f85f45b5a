#include "consumer/settings_alertmanager.h"

#include "consumer/settings_peer.h"

static struct settings_peer peer_of(const struct settings *settings)
{
    return (struct settings_peer){
        .section = "alertmanager",
        .urls = settings->alertmanager_urls,
        .username = settings->alertmanager_username,
        .password = settings->alertmanager_password.text,
        .ca_file = settings->alertmanager_ca_file,
        .certificate_file = settings->alertmanager_certificate_file,
        .key_file = settings->alertmanager_key_file,
    };
}

bool settings_alertmanager_fit(const struct settings *settings, FILE *errors)
{
    const struct settings_peer peer = peer_of(settings);
    return settings_peer_fit(&peer, errors);
}

void settings_alertmanager_advise(const struct settings *settings, FILE *out)
{
    const struct settings_peer peer = peer_of(settings);
    settings_peer_advise(&peer, out);
}
