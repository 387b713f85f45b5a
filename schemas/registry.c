#include "schemas/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "schemas/registry_answer.h"
#include "schemas/registry_internal.h"

#define PATH_SIZE 1024

const char *const registry_answer_sentences[REGISTRY_ANSWER_COUNT] = {
#define X(symbol, sentence) sentence,
    REGISTRY_ANSWERS(X)
#undef X
};

/* --- life --------------------------------------------------------------------------------------------------------- */

struct registry *registry_new(const char *urls, const struct http_settings *http)
{
    struct http_settings settings = *http;
    char why[HTTP_URLS_WHY_SIZE];
    struct registry *registry = calloc(1, sizeof(*registry));
    if (registry == NULL)
        return NULL;
    settings.reply_bytes_max = REGISTRY_REPLY_BYTES_MAX;
    registry->http = http_client_new(&settings);
    if (registry->http != NULL && http_urls_init(&registry->urls, urls, why))
        return registry;
    registry_free(registry);
    return NULL;
}

void registry_free(struct registry *registry)
{
    if (registry == NULL)
        return;
    http_client_free(registry->http);
    http_urls_fini(&registry->urls);
    free(registry);
}

/* --- paths and bodies -------------------------------------------------------------------------------- */

/* "<before><subject><after>", the subject as a URL has it. False: it is too long, or memory is short. */
static bool subject_path(char path[static PATH_SIZE], const char *before, const char *subject, const char *after)
{
    char *escaped = curl_easy_escape(NULL, subject, 0);
    const int length = escaped == NULL ? -1 : snprintf(path, PATH_SIZE, "%s%s%s", before, escaped, after);
    curl_free(escaped);
    return length >= 0 && length < PATH_SIZE;
}

/* Sends {NAME: TEXT} about a subject. */
static enum registry_answer tell(struct registry *registry, struct registry_request request, const char *name,
                                 const char *text, json_t **json, char why[static REGISTRY_WHY_SIZE])
{
    json_t *body = json_pack("{s:s}", name, text);
    char *bytes = body == NULL ? NULL : json_dumps(body, JSON_COMPACT);
    json_decref(body);
    if (bytes == NULL) {
        snprintf(why, REGISTRY_WHY_SIZE, "what is to be sent is no UTF-8, or memory is short");
        return REGISTRY_REFUSED;
    }
    request.body = bytes;
    const enum registry_answer answer = registry_ask(registry, &request, json, why);
    free(bytes);
    return answer;
}

/* --- the calls ---------------------------------------------------------------------------------------------------- */

/* An id is a signed number of 32 bits in all registries: what no registry gives need not be asked for, and some answer
 * such a question as a proxy would, which would have to be asked again for ever. */
enum registry_answer registry_schema_get(struct registry *registry, uint32_t id, char **text, size_t *length,
                                         char why[static REGISTRY_WHY_SIZE])
{
    char path[PATH_SIZE], what[REGISTRY_WHY_SIZE];
    json_t *json;
    *text = NULL;
    *length = 0;
    if (id > INT32_MAX) {
        snprintf(why, REGISTRY_WHY_SIZE, "no registry gives an id beyond 2147483647");
        return REGISTRY_ABSENT;
    }
    snprintf(path, sizeof(path), "/schemas/ids/%u", (unsigned)id);
    const struct registry_request request = {"GET", path, NULL};
    enum registry_answer answer = registry_ask(registry, &request, &json, why);
    if (answer == REGISTRY_OK)
        answer = registry_conclude(registry, registry_answer_schema(json, text, length, what), what, why);
    json_decref(json);
    return answer == REGISTRY_REFUSED        ? REGISTRY_UNUSABLE
           : answer == REGISTRY_INCOMPATIBLE ? REGISTRY_UNAVAILABLE
                                             : answer;
}

/* The id of TEXT, by a POST to the subject's path. */
static enum registry_answer id_of(struct registry *registry, const char *subject, const char *after, const char *text,
                                  uint32_t *id, char why[static REGISTRY_WHY_SIZE])
{
    char path[PATH_SIZE], what[REGISTRY_WHY_SIZE];
    json_t *json = NULL;
    if (!subject_path(path, "/subjects/", subject, after)) {
        snprintf(why, REGISTRY_WHY_SIZE, "the subject's name is too long, or memory is short");
        return REGISTRY_REFUSED;
    }
    enum registry_answer answer = tell(registry, (struct registry_request){"POST", path, NULL}, "schema", text, &json,
                                       why);
    if (answer == REGISTRY_OK)
        answer = registry_conclude(registry, registry_answer_id(json, id, what), what, why);
    json_decref(json);
    return answer;
}

enum registry_answer registry_schema_register(struct registry *registry, const char *subject, const char *text,
                                              uint32_t *id, char why[static REGISTRY_WHY_SIZE])
{
    return id_of(registry, subject, "/versions", text, id, why);
}

/* Some registries find only the same text unless they are told to compare what it means, and some only what was
 * registered in that form if they are: so the text itself is asked for first. */
enum registry_answer registry_schema_look_up(struct registry *registry, const char *subject, const char *text,
                                             uint32_t *id, char why[static REGISTRY_WHY_SIZE])
{
    const enum registry_answer answer = id_of(registry, subject, "", text, id, why);
    return answer == REGISTRY_ABSENT ? id_of(registry, subject, "?normalize=true", text, id, why) : answer;
}

enum registry_answer registry_compatibility_set(struct registry *registry, const char *subject, const char *level,
                                                char why[static REGISTRY_WHY_SIZE])
{
    char path[PATH_SIZE];
    json_t *json = NULL;
    if (!subject_path(path, "/config/", subject, "")) {
        snprintf(why, REGISTRY_WHY_SIZE, "the subject's name is too long, or memory is short");
        return REGISTRY_REFUSED;
    }
    const enum registry_answer answer = tell(registry, (struct registry_request){"PUT", path, NULL}, "compatibility",
                                             level, &json, why);
    json_decref(json);
    return answer;
}
