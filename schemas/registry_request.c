#include "schemas/registry_request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define URL_SIZE 2048
#define HEAD_BYTES_MAX 65536

/* --- the answer, as it comes in ----------------------------------------------------------------------------------- */

static size_t on_head(char *bytes, size_t size, size_t count, void *context)
{
    struct registry_reply *reply = context;
    (void)bytes;
    reply->head_length += size * count;
    return reply->head_length <= HEAD_BYTES_MAX ? size * count : 0;
}

/* Anything but the number of bytes ends the transfer. */
static size_t on_bytes(char *bytes, size_t size, size_t count, void *context)
{
    struct registry_reply *reply = context;
    const size_t more = size * count;
    reply->is_too_long |= more > REGISTRY_REPLY_BYTES_MAX - reply->length;
    char *larger = reply->is_too_long ? NULL : realloc(reply->bytes, reply->length + more + 1);
    if (larger == NULL)
        return 0;
    memcpy(larger + reply->length, bytes, more);
    reply->bytes = larger;
    reply->length += more;
    larger[reply->length] = '\0';
    return more;
}

void registry_reply_fini(struct registry_reply *reply)
{
    free(reply->bytes);
    *reply = (struct registry_reply){0};
}

/* --- the request -------------------------------------------------------------------------------------------------- */

/* Called by libcurl while it waits, and at once when a signal ends the waiting. Anything but 0 ends the transfer. */
static int on_progress(void *context, curl_off_t to_come, curl_off_t came, curl_off_t to_go, curl_off_t went)
{
    const struct registry_settings *settings = context;
    (void)to_come, (void)came, (void)to_go, (void)went;
    return *settings->is_cancelled != 0;
}

static void set_bounds(CURL *curl, const struct registry_settings *settings)
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
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)settings->timeout_ms);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)settings->timeout_ms);
}

/* Two parties that know each other: the registry by its certificate, we by a login or a certificate of ours. */
static void set_identity(CURL *curl, const struct registry_settings *settings)
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

static void set_request(CURL *curl, const struct registry_request *request, struct registry_reply *reply)
{
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "placement-alerts");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, reply);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_head);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, reply);
    if (request->body != NULL)
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
}

/* Both media types, since not every registry knows Confluent's own; and no asking beforehand whether a body may come.
 */
static struct curl_slist *headers_new(void)
{
    static const char *const lines[] = {"Accept: application/vnd.schemaregistry.v1+json, application/json",
                                        "Content-Type: application/vnd.schemaregistry.v1+json", "Expect:"};
    struct curl_slist *headers = NULL;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct curl_slist *longer = curl_slist_append(headers, lines[i]);
        if (longer == NULL) {
            curl_slist_free_all(headers);
            return NULL;
        }
        headers = longer;
    }
    return headers;
}

/* What no waiting mends; WHERE is the setting at fault. */
static const struct {
    CURLcode code;
    enum registry_answer answer;
    const char *where;
} faults[] = {
    {CURLE_PEER_FAILED_VERIFICATION, REGISTRY_UNTRUSTED, ""},
    {CURLE_SSL_CACERT_BADFILE, REGISTRY_MISCONFIGURED, "registry.ca_file: "},
    {CURLE_SSL_CERTPROBLEM, REGISTRY_MISCONFIGURED, "registry.certificate_file, registry.key_file: "},
};

static enum registry_answer answer_of_failure(CURLcode code, const char *details, char why[static REGISTRY_WHY_SIZE])
{
    enum registry_answer answer = REGISTRY_UNAVAILABLE;
    const char *where = "";
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        if (faults[i].code == code) {
            answer = faults[i].answer;
            where = faults[i].where;
        }
    snprintf(why, REGISTRY_WHY_SIZE, "%s%s", where, *details != '\0' ? details : curl_easy_strerror(code));
    return answer;
}

/* An answer of which more came than is taken is one, too: its status counts. */
static enum registry_answer perform(CURL *curl, struct registry_reply *reply, char why[static REGISTRY_WHY_SIZE])
{
    char details[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, details);
    const CURLcode code = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply->status);
    if (code == CURLE_OK || reply->is_too_long)
        return REGISTRY_OK;
    return answer_of_failure(code, details, why);
}

enum registry_answer registry_request(CURL *curl, const struct registry_settings *settings, const char *address,
                                      const struct registry_request *request, struct registry_reply *reply,
                                      char why[static REGISTRY_WHY_SIZE])
{
    char url[URL_SIZE];
    struct curl_slist *headers = headers_new();
    *reply = (struct registry_reply){0};
    curl_easy_reset(curl); /* the connections stay */
    set_bounds(curl, settings);
    set_identity(curl, settings);
    set_request(curl, request, reply);
    const int length = snprintf(url, sizeof(url), "%s%s", address, request->path);
    enum registry_answer answer = REGISTRY_UNAVAILABLE;
    if (headers == NULL)
        snprintf(why, REGISTRY_WHY_SIZE, "memory is short");
    else if (length < 0 || (size_t)length >= sizeof(url))
        snprintf(why, REGISTRY_WHY_SIZE, "the address is too long");
    else if (curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
             curl_easy_setopt(curl, CURLOPT_URL, url) == CURLE_OK)
        answer = perform(curl, reply, why);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    if (answer != REGISTRY_OK)
        registry_reply_fini(reply);
    return answer;
}
