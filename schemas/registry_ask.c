#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "schemas/ascii.h"
#include "schemas/registry_answer.h"
#include "schemas/registry_internal.h"

#define URL_SIZE 2048

/* Both media types, since not every registry knows Confluent's own. */
static const char *const headers[] = {"Accept: application/vnd.schemaregistry.v1+json, application/json",
                                      "Content-Type: application/vnd.schemaregistry.v1+json", NULL};

static_assert(REGISTRY_WHY_SIZE >= HTTP_WHY_SIZE, "what http_request_send says fits");

static const enum registry_answer answers[HTTP_ANSWER_COUNT] = {
    [HTTP_ANSWERED] = REGISTRY_OK,           [HTTP_UNAVAILABLE] = REGISTRY_UNAVAILABLE,
    [HTTP_UNTRUSTED] = REGISTRY_UNTRUSTED,   [HTTP_MISCONFIGURED] = REGISTRY_MISCONFIGURED,
    [HTTP_FORBIDDEN] = REGISTRY_UNAVAILABLE,
};

static enum registry_answer ask_address(struct registry *registry, const char *address,
                                        const struct registry_request *request, json_t **json,
                                        char why[static REGISTRY_WHY_SIZE])
{
    char url[URL_SIZE];
    struct http_reply reply;
    const int length = snprintf(url, sizeof(url), "%s%s", address, request->path);
    const struct http_request http = {.method = request->method,
                                      .url = url,
                                      .headers = headers,
                                      .body = request->body,
                                      .body_length = request->body == NULL ? 0 : strlen(request->body)};
    *json = NULL;
    if (length < 0 || (size_t)length >= sizeof(url)) {
        snprintf(why, REGISTRY_WHY_SIZE, "the address is too long");
        return REGISTRY_UNAVAILABLE;
    }
    enum registry_answer answer = answers[http_request_send(registry->http, &http, &reply, why)];
    if (answer != REGISTRY_OK)
        return answer;
    answer = registry_answer_of(&reply, json, why);
    http_reply_fini(&reply);
    return answer;
}

/* Appends what an address said, in plain characters; a line that gets too long is cut off. */
static void add_why(char why[static REGISTRY_WHY_SIZE], const char *address, const char *what)
{
    const size_t length = strlen(why);
    snprintf(why + length, REGISTRY_WHY_SIZE - length, "%s%.100s: %s", length == 0 ? "" : "; ", address, what);
    ascii_replace_others(why + length);
}

/* Whether the registry may say more at another of its addresses. */
static bool is_of_the_address(enum registry_answer answer)
{
    return answer == REGISTRY_UNAVAILABLE || answer == REGISTRY_UNTRUSTED;
}

/* What may pass at one address may be asked again, whatever the others are. */
enum registry_answer registry_ask(struct registry *registry, const struct registry_request *request, json_t **json,
                                  char why[static REGISTRY_WHY_SIZE])
{
    const size_t count = registry->urls.count, first = registry->last_good;
    enum registry_answer of_all = REGISTRY_UNTRUSTED;
    char what[REGISTRY_WHY_SIZE];
    why[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const size_t number = (first + i) % count;
        const enum registry_answer answer = ask_address(registry, registry->urls.items[number], request, json, what);
        if (!is_of_the_address(answer)) {
            registry->last_good = number;
            why[0] = '\0';
        }
        if (answer != REGISTRY_OK)
            add_why(why, registry->urls.items[number], what);
        if (!is_of_the_address(answer))
            return answer;
        if (answer == REGISTRY_UNAVAILABLE)
            of_all = answer;
    }
    return of_all;
}

enum registry_answer registry_conclude(struct registry *registry, enum registry_answer answer, const char *what,
                                       char why[static REGISTRY_WHY_SIZE])
{
    if (answer != REGISTRY_OK)
        add_why(why, registry->urls.items[registry->last_good], what);
    if (answer == REGISTRY_UNAVAILABLE)
        registry->last_good = (registry->last_good + 1) % registry->urls.count;
    return answer;
}
