/* Urls of the settings, read as libcurl reads them when it connects: what is said of one holds for where it leads. */
#ifndef SCHEMAS_HTTP_URL_H
#define SCHEMAS_HTTP_URL_H

#include <stdbool.h>

#include "rules/text.h"

#define HTTP_HOST_SIZE 256

struct http_url {
    bool is_https;
    char host[HTTP_HOST_SIZE]; /* in small letters; an IPv6 address in its brackets */
};

/* Reads TEXT, http or https, without a login, which others would see, and without a fragment; with a query only where
 * there MAY_BE_A_QUERY. NULL: it is right; else what is wrong, which never repeats it: it may hold a password. */
const char *http_url_read(struct http_url *url, const char *text, bool may_be_a_query);

/* Whether HOST is one of HOSTS, names without port apart by commas, in whatever letters. */
bool http_hosts_have(const char *hosts, const char *host);

/* Whether each of HOSTS is a host's name or address, and nothing more; "" is right. Else *WRONG is the one that is not.
 */
bool http_hosts_are_right(const char *hosts, struct text *wrong);

#endif
