#include "schemas/http_client_internal.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_COUNT 6

/* --- life --------------------------------------------------------------------------------------------------------- */

static void prepare_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* The texts of settings, each by its place. They are copied, since a client that hangs in a call outlives whoever gave
 * them, and wiped in the end, since a password is among them. */
static void texts_of(struct http_settings *settings, const char **texts[static TEXT_COUNT])
{
    texts[0] = &settings->section;
    texts[1] = &settings->username;
    texts[2] = &settings->password;
    texts[3] = &settings->ca_file;
    texts[4] = &settings->certificate_file;
    texts[5] = &settings->key_file;
}

/* False: memory is short; some may be kept. */
static bool settings_keep(struct http_settings *kept, const struct http_settings *settings)
{
    const char **texts[TEXT_COUNT];
    bool all = true;
    *kept = *settings;
    texts_of(kept, texts);
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        *texts[i] = strdup(*texts[i] == NULL ? "" : *texts[i]);
        all &= *texts[i] != NULL;
    }
    return all;
}

static void settings_drop(struct http_settings *kept)
{
    const char **texts[TEXT_COUNT];
    texts_of(kept, texts);
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        char *text = (char *)(uintptr_t)*texts[i];
        if (text != NULL)
            explicit_bzero(text, strlen(text));
        free(text);
    }
}

struct http_client *http_client_new(const struct http_settings *settings)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct http_client *client = calloc(1, sizeof(*client));
    if (client == NULL)
        return NULL;
    pthread_once(&once, prepare_curl);
    client->curl = curl_easy_init();
    if (settings_keep(&client->settings, settings) && client->curl != NULL)
        return client;
    http_client_free(client);
    return NULL;
}

void http_client_free(struct http_client *client)
{
    if (client == NULL)
        return;
    curl_easy_cleanup(client->curl);
    settings_drop(&client->settings);
    free(client);
}

/* --- how it asks -------------------------------------------------------------------------------------------------- */

/* Called by libcurl while it waits, and at once when a signal ends the waiting. Anything but 0 ends the transfer. */
static int on_progress(void *context, curl_off_t to_come, curl_off_t came, curl_off_t to_go, curl_off_t went)
{
    const struct http_settings *settings = context;
    (void)to_come, (void)came, (void)to_go, (void)went;
    return *settings->is_cancelled ? 1 : 0;
}

static void set_bounds(CURL *curl, struct http_settings *settings)
{
    if (settings->is_cancelled != NULL) {
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
        curl_easy_setopt(curl, CURLOPT_XFERINFODATA, settings);
    }
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L); /* nor is a name server waited for that takes longer */
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)settings->timeout_ms);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)settings->timeout_ms);
}

/* Two parties that know each other: they by their certificate, we by a login or a certificate of ours. */
static void set_identity(CURL *curl, const struct http_settings *settings)
{
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (*settings->ca_file != '\0')
        curl_easy_setopt(curl, CURLOPT_CAINFO, settings->ca_file);
    if (*settings->certificate_file != '\0')
        curl_easy_setopt(curl, CURLOPT_SSLCERT, settings->certificate_file);
    if (*settings->key_file != '\0')
        curl_easy_setopt(curl, CURLOPT_SSLKEY, settings->key_file);
    if (*settings->username != '\0') {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        curl_easy_setopt(curl, CURLOPT_USERNAME, settings->username);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, settings->password);
    }
}

void http_client_configure(struct http_client *client)
{
    curl_easy_reset(client->curl); /* the connections stay */
    set_bounds(client->curl, &client->settings);
    set_identity(client->curl, &client->settings);
}
