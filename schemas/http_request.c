#include "schemas/http_client_internal.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

const char *const http_answer_sentences[HTTP_ANSWER_COUNT] = {
#define X(symbol, sentence) sentence,
    HTTP_ANSWERS(X)
#undef X
};

/* --- the request -------------------------------------------------------------------------------------------------- */

static void set_request(CURL *curl, const struct http_request *request)
{
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "placement-alerts/" PROGRAM_VERSION);
    if (request->body != NULL) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
    }
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
}

static bool append(struct curl_slist **headers, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*headers, line);
    if (longer != NULL)
        *headers = longer;
    return longer != NULL;
}

/* The request's, and no asking beforehand whether a body may come. NULL: memory is short. */
static struct curl_slist *headers_new(const char *const *lines)
{
    struct curl_slist *headers = NULL;
    bool whole = append(&headers, "Expect:");
    for (; whole && lines != NULL && *lines != NULL; lines++)
        whole = append(&headers, *lines);
    if (whole)
        return headers;
    curl_slist_free_all(headers);
    return NULL;
}

/* --- whom it goes to ---------------------------------------------------------------------------------------------- */

/* The addresses that a name stands for, as libcurl tries them. */
struct guard {
    const char *(*address_fault)(const struct sockaddr *address);
    const char *fault; /* of the last that was refused; NULL: none was */
    char refused[INET6_ADDRSTRLEN];
    bool is_tried; /* another was tried */
};

static curl_socket_t on_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct guard *guard = context;
    const char *fault = guard->address_fault(&address->addr);
    (void)purpose;
    if (fault != NULL) {
        guard->fault = fault;
        getnameinfo(&address->addr, address->addrlen, guard->refused, sizeof(guard->refused), NULL, 0, NI_NUMERICHOST);
        return CURL_SOCKET_BAD;
    }
    guard->is_tried = true;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void set_guard(CURL *curl, struct guard *guard)
{
    if (guard->address_fault == NULL)
        return;
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, guard);
}

/* --- what came of it ---------------------------------------------------------------------------------------------- */

/* What no waiting mends; the FILES of the settings are at fault. */
static const struct {
    CURLcode code;
    enum http_answer answer;
    const char *files[2];
} faults[] = {
    {CURLE_PEER_FAILED_VERIFICATION, HTTP_UNTRUSTED, {NULL, NULL}},
    {CURLE_SSL_CACERT_BADFILE, HTTP_MISCONFIGURED, {"ca_file", NULL}},
    {CURLE_SSL_CERTPROBLEM, HTTP_MISCONFIGURED, {"certificate_file", "key_file"}},
};

static enum http_answer answer_of_failure(const struct http_client *client, CURLcode code, const char *details,
                                          char why[static HTTP_WHY_SIZE])
{
    enum http_answer answer = HTTP_UNAVAILABLE;
    int length = 0;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        if (faults[i].code != code)
            continue;
        answer = faults[i].answer;
        for (size_t k = 0; k < 2 && faults[i].files[k] != NULL; k++)
            length += snprintf(why + length, 64, "%s%.30s.%s", k == 0 ? "" : ", ", client->settings.section,
                               faults[i].files[k]);
    }
    snprintf(why + length, HTTP_WHY_SIZE - (size_t)length, "%s%s", length == 0 ? "" : ": ",
             *details != '\0' ? details : curl_easy_strerror(code));
    return answer;
}

/* An answer of which more came than is taken is one, too: its status counts. */
static enum http_answer perform(struct http_client *client, const struct guard *guard, struct http_reply *reply,
                                char why[static HTTP_WHY_SIZE])
{
    char details[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(client->curl, CURLOPT_ERRORBUFFER, details);
    const CURLcode code = curl_easy_perform(client->curl);
    curl_easy_setopt(client->curl, CURLOPT_ERRORBUFFER, NULL);
    http_reply_take_status(reply, client->curl);
    if (code == CURLE_OK || reply->is_too_long)
        return HTTP_ANSWERED;
    if (guard->fault == NULL || guard->is_tried)
        return answer_of_failure(client, code, details, why);
    snprintf(why, HTTP_WHY_SIZE, "its name stands for %s, %s", guard->refused, guard->fault);
    return HTTP_FORBIDDEN;
}

enum http_answer http_request_send(struct http_client *client, const struct http_request *request,
                                   struct http_reply *reply, char why[static HTTP_WHY_SIZE])
{
    struct guard guard = {.address_fault = client->settings.address_fault};
    struct curl_slist *headers = headers_new(request->headers);
    CURL *curl = client->curl;
    enum http_answer answer = HTTP_UNAVAILABLE;
    http_client_configure(client);
    http_reply_init(reply, client->settings.reply_bytes_max, curl);
    set_request(curl, request);
    set_guard(curl, &guard);
    if (headers != NULL && curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
        curl_easy_setopt(curl, CURLOPT_URL, request->url) == CURLE_OK)
        answer = perform(client, &guard, reply, why);
    else
        snprintf(why, HTTP_WHY_SIZE, "memory is short");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    if (answer != HTTP_ANSWERED)
        http_reply_fini(reply);
    return answer;
}
