#include "schemas/http_urls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schemas/http_url.h"

/* WHY never repeats an address that is not right: it may hold a password. */
static bool check(const char *text, size_t number, char why[static HTTP_URLS_WHY_SIZE])
{
    struct http_url url;
    const char *fault = http_url_read(&url, text, false);
    if (fault != NULL)
        snprintf(why, HTTP_URLS_WHY_SIZE, "address %zu: %s", number, fault);
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

static bool take(struct http_urls *urls, char *text, char why[static HTTP_URLS_WHY_SIZE])
{
    if (urls->count == HTTP_URLS_MAX) {
        snprintf(why, HTTP_URLS_WHY_SIZE, "there are more than %d addresses", HTTP_URLS_MAX);
        return false;
    }
    urls->items[urls->count++] = trim(text);
    return check(urls->items[urls->count - 1], urls->count, why);
}

bool http_urls_init(struct http_urls *urls, const char *text, char why[static HTTP_URLS_WHY_SIZE])
{
    *urls = (struct http_urls){.text = strdup(text)};
    char *rest = urls->text;
    bool right = rest != NULL;
    if (!right)
        snprintf(why, HTTP_URLS_WHY_SIZE, "memory is short");
    for (char *item; right && (item = strsep(&rest, ",")) != NULL;)
        right = take(urls, item, why);
    if (!right)
        http_urls_fini(urls);
    return right;
}

void http_urls_fini(struct http_urls *urls)
{
    free(urls->text);
    *urls = (struct http_urls){0};
}

bool http_urls_check(const char *text, char why[static HTTP_URLS_WHY_SIZE])
{
    struct http_urls urls;
    if (*text == '\0')
        return true;
    const bool right = http_urls_init(&urls, text, why);
    if (right)
        http_urls_fini(&urls);
    return right;
}
