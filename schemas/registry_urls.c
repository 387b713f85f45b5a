#include "schemas/registry_urls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#define URL_LENGTH_MAX 1024

/* Of a URL's parts, which an address must not have, and what to do instead. */
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

static bool is_http(CURLU *url)
{
    char *scheme = NULL;
    const bool is = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                    (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
    curl_free(scheme);
    return is;
}

/* What is wrong with an address; NULL: nothing. */
static const char *fault_of(CURLU *url, const char *text)
{
    const CURLUcode code = curl_url_set(url, CURLUPART_URL, text, 0);
    if (code == CURLUE_OUT_OF_MEMORY)
        return "memory is short";
    if (code != CURLUE_OK || !is_http(url))
        return "an address begins with http:// or https:// and a host's name";
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        if (has_part(url, refused[i].part))
            return refused[i].instead;
    return NULL;
}

/* WHY never repeats an address that is not right: it may hold a password. */
static bool check(const char *text, size_t number, char why[static REGISTRY_WHY_SIZE])
{
    CURLU *url = curl_url();
    const char *fault = url == NULL ? "memory is short" : NULL;
    if (fault == NULL)
        fault = strlen(text) > URL_LENGTH_MAX ? "the address is too long" : fault_of(url, text);
    curl_url_cleanup(url);
    if (fault != NULL)
        snprintf(why, REGISTRY_WHY_SIZE, "address %zu: %s", number, fault);
    return fault == NULL;
}

/* An address without the spaces around it and the "/" at its end. */
static const char *trim(char *text)
{
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t/", text[length - 1]) != NULL)
        length--;
    text[length] = '\0';
    return text;
}

static bool take(struct registry_urls *urls, char *text, char why[static REGISTRY_WHY_SIZE])
{
    if (urls->count == REGISTRY_ADDRESSES_MAX) {
        snprintf(why, REGISTRY_WHY_SIZE, "there are more than %d addresses", REGISTRY_ADDRESSES_MAX);
        return false;
    }
    urls->items[urls->count++] = trim(text);
    return check(urls->items[urls->count - 1], urls->count, why);
}

bool registry_urls_init(struct registry_urls *urls, const char *text, char why[static REGISTRY_WHY_SIZE])
{
    *urls = (struct registry_urls){.text = strdup(text)};
    char *rest = urls->text;
    bool right = rest != NULL;
    if (!right)
        snprintf(why, REGISTRY_WHY_SIZE, "memory is short");
    for (char *item; right && (item = strsep(&rest, ",")) != NULL;)
        right = take(urls, item, why);
    if (!right)
        registry_urls_fini(urls);
    return right;
}

void registry_urls_fini(struct registry_urls *urls)
{
    free(urls->text);
    *urls = (struct registry_urls){0};
}

bool registry_urls_check(const char *text, char why[static REGISTRY_WHY_SIZE])
{
    struct registry_urls urls;
    if (*text == '\0')
        return true;
    const bool right = registry_urls_init(&urls, text, why);
    if (right)
        registry_urls_fini(&urls);
    return right;
}
