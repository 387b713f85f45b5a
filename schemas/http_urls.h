/* Several addresses to ask over HTTP, as they stand in the settings: separated by commas. */
#ifndef SCHEMAS_HTTP_URLS_H
#define SCHEMAS_HTTP_URLS_H

#include <stdbool.h>
#include <stddef.h>

#define HTTP_URLS_MAX 8
#define HTTP_URLS_WHY_SIZE 256

struct http_urls {
    char *text;                       /* holds the items */
    const char *items[HTTP_URLS_MAX]; /* without the "/" at their end */
    size_t count;
};

/* False: URLS is empty, and WHY, which never repeats an address, says what is wrong with TEXT, or that memory is short.
 */
bool http_urls_init(struct http_urls *urls, const char *text, char why[static HTTP_URLS_WHY_SIZE]);
void http_urls_fini(struct http_urls *urls);

/* Whether TEXT can be such addresses; "" is none, and right. False: WHY likewise. */
bool http_urls_check(const char *text, char why[static HTTP_URLS_WHY_SIZE]);

#endif
