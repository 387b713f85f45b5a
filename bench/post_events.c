/* The floor of delivery: posts as many bodies of one size to a receiver on this machine, one after another on one
 * connection by libcurl, and does nothing else.
 *
 *     post_events --port=N [--events=10000] [--bytes=900]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "bench/probe.h"

#define URL_SIZE 64

static double port = 0, events = 10000, bytes = 900;

int main(int argc, char **argv)
{
    const struct probe_number numbers[] = {{"port", &port}, {"events", &events}, {"bytes", &bytes}};
    struct settings settings;
    char url[URL_SIZE];
    probe_arguments(argc, argv, numbers, sizeof numbers / sizeof numbers[0], &settings);
    CURL *curl = curl_easy_init();
    char *body = malloc((size_t)bytes);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/cloudevents+json");
    if (curl == NULL || body == NULL || headers == NULL)
        probe_fail("starting", "memory is short");
    memset(body, 'x', (size_t)bytes);
    snprintf(url, sizeof url, "http://127.0.0.1:%.0f/alerts", port);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)bytes);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    for (unsigned i = 0; i < (unsigned)events; i++) {
        const CURLcode code = curl_easy_perform(curl);
        if (code != CURLE_OK)
            probe_fail("posting", curl_easy_strerror(code));
    }
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    free(body);
    settings_fini(&settings);
    return 0;
}
