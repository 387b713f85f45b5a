/* Whoever is spoken to over HTTP: what the settings of its section say of login and certificates makes sense together.
 */
#ifndef CONSUMER_SETTINGS_PEER_H
#define CONSUMER_SETTINGS_PEER_H

#include <stdbool.h>
#include <stdio.h>

/* The settings SECTION.username and so on; each "" where it is not set. */
struct settings_peer {
    const char *section;
    const char *urls;
    const char *username, *password;
    const char *ca_file, *certificate_file, *key_file;
};

/* That of a section whose settings have members PREFIX_urls and so on in SETTINGS; its texts are theirs. */
#define SETTINGS_PEER(settings, prefix)                                                                                \
    ((struct settings_peer){                                                                                           \
        .section = #prefix,                                                                                            \
        .urls = (settings)->prefix##_urls,                                                                             \
        .username = (settings)->prefix##_username,                                                                     \
        .password = (settings)->prefix##_password.text,                                                                \
        .ca_file = (settings)->prefix##_ca_file,                                                                       \
        .certificate_file = (settings)->prefix##_certificate_file,                                                     \
        .key_file = (settings)->prefix##_key_file,                                                                     \
    })

/* Whether they fit each other, and their files can be read. False: said on ERRORS. */
bool settings_peer_fit(const struct settings_peer *peer, FILE *errors);

/* What is unwise, as settings_advise says it. */
void settings_peer_advise(const struct settings_peer *peer, FILE *out);

#endif
