#include "schemas/http_url.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "schemas/comma_list.h"

#define URL_LENGTH_MAX 1024

/* --- urls --------------------------------------------------------------------------------------------------------- */

/* Of a url's parts, which it must not have, and what to do instead. */
static const struct {
    CURLUPart part;
    const char *instead;
} refused[] = {
    {CURLUPART_USER, "a login does not stand in an address, which others see; there are settings for it"},
    {CURLUPART_PASSWORD, "a login does not stand in an address, which others see; there are settings for it"},
    {CURLUPART_QUERY, "an address has no \"?\""},
    {CURLUPART_FRAGMENT, "an address has no \"#\""},
};

static bool has_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    const bool has = curl_url_get(url, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return has;
}

static bool has_scheme(CURLU *url, const char *expected)
{
    char *scheme = NULL;
    const bool has = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK && strcmp(scheme, expected) == 0;
    curl_free(scheme);
    return has;
}

static bool take_host(CURLU *parts, struct http_url *url)
{
    char *host = NULL;
    const bool right = curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK && strlen(host) < sizeof(url->host);
    snprintf(url->host, sizeof(url->host), "%s", right ? host : "");
    curl_free(host);
    for (char *c = url->host; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return right;
}

static const char *read_parts(CURLU *parts, struct http_url *url, const char *text, bool may_be_a_query)
{
    const CURLUcode code = curl_url_set(parts, CURLUPART_URL, text, 0);
    url->is_https = code == CURLUE_OK && has_scheme(parts, "https");
    if (code == CURLUE_OUT_OF_MEMORY)
        return "memory is short";
    if (code == CURLUE_BAD_PORT_NUMBER)
        return "the port of an address is a number up to 65535";
    if (code != CURLUE_OK || (!url->is_https && !has_scheme(parts, "http")) || !take_host(parts, url))
        return "an address begins with http:// or https:// and a host's name";
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        if (has_part(parts, refused[i].part) && !(may_be_a_query && refused[i].part == CURLUPART_QUERY))
            return refused[i].instead;
    return NULL;
}

const char *http_url_read(struct http_url *url, const char *text, bool may_be_a_query)
{
    if (strlen(text) > URL_LENGTH_MAX)
        return "the address is too long";
    CURLU *parts = curl_url();
    const char *fault = parts == NULL ? "memory is short" : read_parts(parts, url, text, may_be_a_query);
    curl_url_cleanup(parts);
    return fault;
}

/* --- hosts -------------------------------------------------------------------------------------------------------- */

bool http_hosts_have(const char *hosts, const char *host)
{
    while (hosts != NULL && *hosts != '\0') {
        const struct text item = comma_list_next(&hosts);
        if (item.length == strlen(host) && strncasecmp(item.bytes, host, item.length) == 0)
            return true;
    }
    return false;
}

/* Of a url that is made of it, it is the host, and all else is missing. */
static bool is_host(struct text item)
{
    char text[HTTP_HOST_SIZE + 16];
    struct http_url url;
    if (item.length == 0 || item.length >= HTTP_HOST_SIZE)
        return false;
    snprintf(text, sizeof(text), "https://%.*s/", (int)item.length, item.bytes);
    return http_url_read(&url, text, false) == NULL && strlen(url.host) == item.length &&
           strncasecmp(url.host, item.bytes, item.length) == 0;
}

bool http_hosts_are_right(const char *hosts, struct text *wrong)
{
    while (hosts != NULL && *hosts != '\0') {
        *wrong = comma_list_next(&hosts);
        if (!is_host(*wrong))
            return false;
    }
    return true;
}
