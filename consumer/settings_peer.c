#include "consumer/settings_peer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

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

bool settings_peer_fit(const struct settings_peer *peer, FILE *errors)
{
    const char *section = peer->section;
    const bool is_right[] = {
        is_readable(section, "ca_file", peer->ca_file, errors),
        is_readable(section, "certificate_file", peer->certificate_file, errors),
        is_readable(section, "key_file", peer->key_file, errors),
        is_whole(section, "password", peer->password, "username", peer->username, errors),
        is_whole(section, "key_file", peer->key_file, "certificate_file", peer->certificate_file, errors),
    };
    for (size_t i = 0; i < sizeof(is_right) / sizeof(is_right[0]); i++)
        if (!is_right[i])
            return false;
    return true;
}

void settings_peer_advise(const struct settings_peer *peer, FILE *out)
{
    if (peer->username[0] != '\0' && strcasestr(peer->urls, "http://") != NULL)
        fprintf(out, "advice: %s.urls: the login crosses the network unencrypted; use https\n", peer->section);
    if (peer->username[0] != '\0' && peer->password[0] == '\0')
        fprintf(out, "advice: %s.username: has no password; set %s.password_file\n", peer->section, peer->section);
}
